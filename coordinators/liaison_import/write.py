"""Writing a compared list of liaisons: posts, and accounts for those who have none, all or none.

What is written leaves a trace for the undo: [post, {"was": state before or None, "now": state after, "ended": such a trace of
the post that a transfer ended, or None}].
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from secrets import randbelow
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.workflow import new_account
from coordinators.liaison_import.known import posts_by_phone, seen
from coordinators.liaison_import.sheet import YES
from coordinators.models import Liaison
from core.personal import Phone
from imports.blocks import StagedRow
from imports.registry import Overtaken, Trail
from regions.models import Project

RANDOM = 10_000  # user names end in five digits that say nothing


@contextmanager
def writing(project: Project, choices: Mapping[str, str], trail: Trail) -> Iterator["LiaisonWriter"]:
    yield LiaisonWriter(project, trail)


class LiaisonWriter:
    def __init__(self, project: Project, trail: Trail) -> None:
        self.project, self.trail = project, trail
        self.rows: list[StagedRow] = []
        self.leaving: list[tuple[int, date]] = []
        self.posts: dict[int, Liaison] = {}
        self.traces: list[Any] = []

    def prepare(self, rows: Sequence[StagedRow]) -> Sequence[StagedRow]:
        return rows

    def take(self, rows: Sequence[StagedRow]) -> None:
        self.rows += rows

    def leave(self, records: Sequence[int], on: date) -> None:
        self.leaving += [(number, on) for number in records]

    def write(self) -> dict[str, Any]:
        by_phone = posts_by_phone(self.project, timezone.localdate(self.trail.at))
        self.posts = {post.pk: post for post in by_phone.values()}
        for row in self.rows:
            if not row.plan:
                continue
            if "id" in row.plan:
                self._change(row.plan)
            elif "ends" in row.plan:
                self._move(row.plan, row.values)
            else:
                self._begin(row.plan, row.values, by_phone)
        for number, on in self.leaving:
            if (post := self.posts.get(number)) and post.from_on <= on:
                self._end(post, on, _("Not on the list of liaisons any more."))
        if self.traces:
            self.trail.keep(self.traces)
        return {}

    def _begin(self, plan: Mapping[str, Any], values: Mapping[str, str], by_phone: Mapping[str, Liaison]) -> None:
        phone = Phone(values["phone"])
        if phone.hashed in by_phone:
            raise Overtaken
        person = new_account(values["name"], phone, number=RANDOM + randbelow(9 * RANDOM), at=self.trail.at)
        self._appoint(person, plan, values)

    def _move(self, plan: Mapping[str, Any], values: Mapping[str, str]) -> None:
        post = self._as_seen(plan["ends"], plan["seen"])
        last_day = date.fromisoformat(values["from_on"]) - timedelta(days=1)
        self._end(post, last_day, _("Serves another crew."))
        ended = self.traces.pop()
        self._appoint(post.person, plan, values, ended)

    def _appoint(self, person: User, plan: Mapping[str, Any], values: Mapping[str, str], ended: Any = None) -> None:
        post = Liaison.objects.create(
            person=person,
            team_id=plan["team"],
            crew_id=plan["crew"],
            is_crew_leader=values.get("is_crew_leader") == YES,
            document_no=values["document_no"],
            from_on=date.fromisoformat(values["from_on"]),
        )
        self.traces.append([post.pk, {"was": None, "now": seen(post), "ended": ended}])

    def _change(self, plan: Mapping[str, Any]) -> None:
        post, said = self._as_seen(plan["id"], plan["seen"]), plan["set"]
        if "document_no" in said:
            post.document_no = said["document_no"]
        if "is_crew_leader" in said:
            post.is_crew_leader = said["is_crew_leader"] == YES
        self._save(post, plan["seen"])

    def _end(self, post: Liaison, last_day: date, reason: str) -> None:
        before = seen(post)
        post.to_on, post.end_reason = last_day, reason
        self._save(post, before)

    def _save(self, post: Liaison, before: list[Any]) -> None:
        post.save()
        self.traces.append([post.pk, {"was": before, "now": seen(post), "ended": None}])

    def _as_seen(self, number: int, state: list[Any]) -> Liaison:
        post = self.posts.get(number)
        if post is None or seen(post) != state:
            raise Overtaken
        return post
