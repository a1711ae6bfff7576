"""Writing a compared list of people in post: posts, and accounts for those who have none, all or none.

What is written leaves a trace for the undo: [post, {"was": state before or None, "now": state after, "ended": such a trace of
the post that a transfer ended, or None}].
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import date, timedelta
from secrets import randbelow
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.workflow import new_account
from coordinators.mobiles import accounts_by_phone, owner_of
from coordinators.post_import.kinds import InPost, Kind, as_held
from coordinators.post_import.known import posts_by_phone
from core.personal import Phone
from imports.blocks import StagedRow
from imports.registry import Overtaken, Trail
from regions.models import Project

RANDOM = 10_000  # user names end in five digits that say nothing


def writing_of(kind: Kind) -> Callable[[Project, Mapping[str, str], Trail], AbstractContextManager["PostWriter"]]:
    """For Target.writing."""

    @contextmanager
    def writing(project: Project, choices: Mapping[str, str], trail: Trail) -> Iterator[PostWriter]:
        yield PostWriter(kind, project, trail)

    return writing


class PostWriter:
    def __init__(self, kind: Kind, project: Project, trail: Trail) -> None:
        self.kind, self.project, self.trail = kind, project, trail
        self.rows: list[StagedRow] = []
        self.leaving: list[tuple[int, date]] = []
        self.posts: dict[int, InPost] = {}
        self.traces: list[Any] = []

    def prepare(self, rows: Sequence[StagedRow]) -> Sequence[StagedRow]:
        return rows

    def take(self, rows: Sequence[StagedRow]) -> None:
        self.rows += rows

    def leave(self, records: Sequence[int], on: date) -> None:
        self.leaving += [(number, on) for number in records]

    def write(self) -> dict[str, Any]:
        by_phone = posts_by_phone(self.kind, self.project, timezone.localdate(self.trail.at))
        self.posts = {post.pk: post for post in by_phone.values()}
        for row in self.rows:
            if row.plan is None:
                continue
            if "id" in row.plan:
                self._change(row.plan)
            elif "ends" in row.plan:
                self._move(row.plan, row.values)
            else:
                self._begin(row.plan, row.values, by_phone)
        for number, on in self.leaving:
            if (post := self.posts.get(number)) and post.from_on <= on:
                self._end(post, on, str(self.kind.words.left))
        if self.traces:
            self.trail.keep(self.traces)
        return {}

    def _begin(self, plan: Mapping[str, Any], values: Mapping[str, str], by_phone: Mapping[str, InPost]) -> None:
        phone = Phone(values["phone"])
        if phone.hashed in by_phone:
            raise Overtaken
        accounts = accounts_by_phone([phone]).get(phone.hashed, [])
        person = owner_of(values["name"], accounts)
        if person is None and accounts:
            raise Overtaken
        if person is None:
            person = new_account(values["name"], phone, number=RANDOM + randbelow(9 * RANDOM), at=self.trail.at)
        self._appoint(person, plan, values)

    def _move(self, plan: Mapping[str, Any], values: Mapping[str, str]) -> None:
        post = self._as_seen(plan["ends"], plan["seen"])
        last_day = date.fromisoformat(values["from_on"]) - timedelta(days=1)
        self._end(post, last_day, _("Serves another crew."))
        ended = self.traces.pop()
        self._appoint(post.person, plan, values, ended)

    def _appoint(self, person: User, plan: Mapping[str, Any], values: Mapping[str, str], ended: Any = None) -> None:
        said = {name: as_held(name, values[name]) for name in ("from_on", *self.kind.said) if name in values}
        post = self.kind.model.objects.create(person=person, **said, **self.kind.unit(self.project, plan))
        self.traces.append([post.pk, {"was": None, "now": self.kind.seen(post), "ended": ended}])

    def _change(self, plan: Mapping[str, Any]) -> None:
        post = self._as_seen(plan["id"], plan["seen"])
        for name, said in plan["set"].items():
            setattr(post, name, as_held(name, said))
        self._save(post, plan["seen"])

    def _end(self, post: InPost, last_day: date, reason: str) -> None:
        before = self.kind.seen(post)
        post.to_on, post.end_reason = last_day, reason
        self._save(post, before)

    def _save(self, post: InPost, before: list[Any]) -> None:
        post.save()
        self.traces.append([post.pk, {"was": before, "now": self.kind.seen(post), "ended": None}])

    def _as_seen(self, number: int, state: list[Any]) -> InPost:
        post = self.posts.get(number)
        if post is None or self.kind.seen(post) != state:
            raise Overtaken
        return post
