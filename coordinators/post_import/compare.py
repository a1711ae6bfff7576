"""What a list of people in post would change in a project, row by row.

    nobody of that mobile holds such a post here     new; said, where others hold the same one
    he holds it, for the same unit                   update or same
    he holds it, for another unit of the project     transfer: the old post ends the day before the new one (liaisons)
    the mobile is another's                          error: one of the two is mistyped

Posts of other projects are not looked for: whoever holds none here is new, on the account that he has (coordinators/mobiles.py).
The plan of a row: its unit for an arrival, with
{"ends", "seen"} for a transfer; {"id", "seen", "set"} for a change; None where nothing changes.
"""

from collections.abc import Hashable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any, ClassVar

from django.utils.translation import gettext as _

from accounts.models import User
from coordinators.mobiles import HAS_ACCOUNT, TAKEN, accounts_by_phone, owner_of, people_of
from coordinators.post_import.kinds import InPost, Kind, as_said
from coordinators.post_import.known import posts_by_phone
from imports.models import Outcome
from imports.registry import Candidate, Creation, Judged, Question
from imports.sheets import Issue, Level
from labour_teams.roster_import.known import folded
from regions.models import Project

Unit = dict[str, Any]


class PostComparer:
    """`kind` and what concerns units is the subclass's."""

    kind: ClassVar[Kind]

    def __init__(self, project: Project, as_of: date, choices: Mapping[str, str]) -> None:
        self.project = project
        self.posts = posts_by_phone(self.kind, project, as_of)
        self.holders: dict[Hashable, list[InPost]] = {}
        for post in self.posts.values():
            self.holders.setdefault(_key(self.unit_of(post)), []).append(post)
        self.present: set[int] = set()
        self.accounts: dict[str, list[User]] = {}

    @cached_property
    def known_here(self) -> set[int]:
        return people_of(self.project)

    def unit_of(self, post: InPost) -> Unit:
        """The unit of a post, as a row's plan says it."""
        return {}

    def meant(self, row: Candidate) -> tuple[Unit, Issue | None]:
        """The unit that a row means, or why there is none."""
        return {}, None

    def covers(self, post: InPost) -> bool:
        """Whether a sheet like this one would name whoever holds the post."""
        return True

    def moved(self, row: Candidate, post: InPost, unit: Unit) -> Judged:
        """The row of somebody who holds his post for another unit."""
        raise NotImplementedError

    def note(self, row: Candidate) -> None:
        """A row, misread or not, before any is judged."""
        phone = row.values.get("phone")
        if phone is not None and (post := self.posts.get(phone.hashed)):
            self.present.add(post.pk)

    def judge(self, rows: Sequence[Candidate]) -> list[Judged]:
        for row in rows:
            self.note(row)
        unknown = [row.values["phone"] for row in rows if row.is_ok and row.values["phone"].hashed not in self.posts]
        self.accounts = accounts_by_phone(unknown) if unknown else {}
        return [self._judged(row) for row in rows if row.is_ok]

    def creations(self) -> list[Creation]:
        return []

    def questions(self) -> list[Question]:
        return []

    def leavers(self) -> list[int]:
        """Those whom a sheet like this one would name, and who stand in no row."""
        posts = sorted(self.posts.values(), key=lambda post: (post.person.name_pinyin, post.pk))
        return [post.pk for post in posts if self.covers(post) and post.pk not in self.present]

    def said(self, row: Candidate, code: str, text: str, column: str, level: Level = Level.ERROR) -> Issue:
        return Issue(level, code, text, row.number, self.kind.sheet.column(column).header)

    def _judged(self, row: Candidate) -> Judged:
        unit, problem = self.meant(row)
        if problem:
            return wrong(row, problem)
        post = self.posts.get(row.values["phone"].hashed)
        if post is None:
            return self._new(row, unit)
        if folded(post.person.name) != folded(row.values["name"]):
            return wrong(row, self.said(row, "phone_of_another", self.kind.words.known % post.person.name, "phone"))
        return self._amended(row, post) if self.unit_of(post) == unit else self.moved(row, post, unit)

    def _new(self, row: Candidate, unit: Unit) -> Judged:
        issues = []
        accounts = self.accounts.get(row.values["phone"].hashed, [])
        owner = owner_of(row.values["name"], accounts)
        if accounts and owner is None:
            return wrong(row, self.said(row, "phone_of_another", str(TAKEN), "phone"))
        if owner and owner.pk in self.known_here:
            issues.append(self.said(row, "has_account", HAS_ACCOUNT % owner.name, "phone", Level.WARNING))
        if others := self.holders.get(_key(unit)):
            names = "、".join(post.person.name for post in others)
            issues.append(self.said(row, "beside_others", self.kind.words.beside % names, "name", Level.WARNING))
        return Judged(row.number, Outcome.NEW, issues=issues, plan=unit)

    def _amended(self, row: Candidate, post: InPost) -> Judged:
        """Only what the sheet says; the first day of a post that is there stays."""
        had = {name: as_said(post, name) for name in self.kind.said}
        said = {name: row.values[name] for name in self.kind.said if row.values[name] is not None}
        changed = {name: value for name, value in said.items() if value != had[name]}
        if "to_on" in changed and changed["to_on"] < post.from_on:
            text = _("The post began on %(day)s: its last day cannot be before that.") % {"day": post.from_on}
            return wrong(row, self.said(row, "ends_before_start", text, "to_on"))
        issues = []
        if row.values["from_on"] != post.from_on:
            text = _("The post began on %s; that stays. To begin another one, end this one first.") % post.from_on
            issues.append(self.said(row, "began_otherwise", text, "from_on", Level.WARNING))
        if not changed:
            return Judged(row.number, Outcome.SAME, issues=issues)
        show = {name: self.kind.sheet.column(name).show for name in changed}
        changes = {name: (show[name](had[name]) if had[name] else "", show[name](value)) for name, value in changed.items()}
        plan = {"id": post.pk, "seen": self.kind.seen(post), "set": {name: str(value) for name, value in changed.items()}}
        return Judged(row.number, Outcome.UPDATE, changes, issues, plan)


def wrong(row: Candidate, issue: Issue) -> Judged:
    return Judged(row.number, Outcome.ERROR, issues=[issue])


def _key(unit: Unit) -> Hashable:
    return tuple(sorted(unit.items(), key=lambda entry: entry[0]))
