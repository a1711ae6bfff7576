"""What writing a sign-in sheet would change, row by row.

    on the roster, on site that day, not yet ticked     new
    ticked already                                      same; or update, where the sheet says another result
    not on the roster, or not on site that day          error: nobody is ticked who was not there, whoever he was
    two of one name, and no number to tell them apart   error

The plan of a row, kept with it until it is written: {"entry", "engagement"}; with {"row", "seen"} for an
attendance that is there.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from core.personal import IdNumber
from handbook.attendance_import.sheet import ATTENDED, NO, YES
from handbook.attendance_import.trainings import meant
from handbook.kinds.people import posts_named
from handbook.models import HandbookEntry, TrainingAttendance
from imports.models import Outcome
from imports.registry import Candidate, Creation, Judged, Question
from imports.sheets import Issue, Level
from labour_teams.models import Engagement
from labour_teams.roster_import.known import folded
from regions.models import Project

Fault = tuple[str, str, str]  # code, words, field


class Result(NamedTuple):
    """How somebody did; None where nothing is said."""

    score: Decimal | None
    has_passed: bool | None

    @classmethod
    def of(cls, row: TrainingAttendance) -> "Result":
        return cls(row.score, row.has_passed)

    def packed(self) -> list[str | bool | None]:
        """For plans and traces."""
        return [None if self.score is None else f"{self.score:.1f}", self.has_passed]


@dataclass(slots=True)
class Roster:
    """Everybody who was ever on the project, by name and by number; and who is ticked at the training already."""

    entry: HandbookEntry
    by_name: dict[str, list[Engagement]] = field(default_factory=lambda: defaultdict(list))
    by_number: dict[str, list[Engagement]] = field(default_factory=lambda: defaultdict(list))
    ticked: dict[int, TrainingAttendance] = field(default_factory=dict)
    taken: dict[int, int] = field(default_factory=dict)  # engagement → the row of the sheet that named it
    named: int = 0  # by name so far, posts included

    @classmethod
    def of(cls, entry: HandbookEntry) -> "Roster":
        roster = cls(entry)
        people = Engagement.objects.filter(project=entry.project_id).select_related("worker", "team")
        for engagement in people.order_by("entered_on", "pk"):
            roster.by_name[folded(engagement.name)].append(engagement)
            roster.by_number[engagement.worker.id_number_hash or ""].append(engagement)
        rows = TrainingAttendance.objects.filter(session__entry=entry, engagement__isnull=False)
        roster.ticked = {row.engagement_id or 0: row for row in rows}
        roster.named = len(roster.ticked) + len(posts_named(entry))
        return roster

    def find(self, values: Mapping[str, Any]) -> Engagement | Fault:
        """Whom a row means, if he was there."""
        known = self._known(values)
        if not known:
            text = _(
                "Nobody of this name or ID number is on the roster of the project. Correct it, or put him on the roster first."
            )
            return "not_on_roster", text, "name"
        there = [each for each in known if each.is_current_on(self.entry.on) and self._is_of(each)]
        if not there:
            text = (
                _("%(name)s was not on site on %(day)s.")
                if not self._are_elsewhere(known)
                else _("%(name)s is of another team than the training.")
            )
            return "not_there", text % {"name": known[-1].name, "day": self.entry.on}, "name"
        if len(there) > 1 and (team := values["labour_team"]):
            there = [each for each in there if folded(each.team.name) == folded(team)] or there
        if len(there) > 1:
            return "alike", _("Several people have this name: write the last four characters of the ID number."), "id_number"
        return there[0]

    def _known(self, values: Mapping[str, Any]) -> list[Engagement]:
        number = values["id_number"]
        if isinstance(number, IdNumber):
            return self.by_number.get(number.hashed, [])
        alike = self.by_name.get(folded(values["name"]), [])
        return alike if number is None else [each for each in alike if each.worker.id_number.tail == number]

    def _is_of(self, engagement: Engagement) -> bool:
        return self.entry.team_id in (None, engagement.team_id)

    def _are_elsewhere(self, known: Sequence[Engagement]) -> bool:
        return any(each.is_current_on(self.entry.on) for each in known)


class AttendanceComparer:
    """The people of a project are looked up once, whatever the length of the sheet."""

    def __init__(self, project: Project, as_of: date) -> None:
        self.project, self.as_of = project, as_of
        self.rosters: dict[str, Roster | None] = {}

    def judge(self, rows: Sequence[Candidate]) -> list[Judged]:
        return [self._judged(row) for row in rows if row.is_ok]

    def creations(self) -> list[Creation]:
        return []

    def questions(self) -> list[Question]:
        return []

    def leavers(self) -> list[int]:
        """A sheet may speak of one team of several: nobody is unticked because he is not in it."""
        return []

    def _judged(self, row: Candidate) -> Judged:
        roster = self._roster(row.values["training"])
        if roster is None:
            text = _("No training of this project that can still be written to. Choose it from the list.")
            return _wrong(row, ("unknown_training", text, "training"))
        found = roster.find(row.values)
        if not isinstance(found, Engagement):
            return _wrong(row, found)
        if found.pk in roster.taken:
            text = _("The same person as in row %d.") % roster.taken[found.pk]
            return _wrong(row, ("duplicate", text, "name"))
        roster.taken[found.pk] = row.number
        if ticked := roster.ticked.get(found.pk):
            return _beside(row, roster, ticked)
        return _new(row, roster, found)

    def _roster(self, label: str) -> Roster | None:
        if label not in self.rosters:
            entry = meant(self.project, label, self.as_of)
            self.rosters[label] = Roster.of(entry) if entry else None
        return self.rosters[label]


def result_in(values: Mapping[str, Any], before: Result | None = None) -> Result:
    """What a row says, and where it says nothing, what was known before."""
    known = before or Result(None, None)
    said = {YES: True, NO: False}.get(values.get("has_passed") or "")
    return Result(values["score"] if values.get("score") is not None else known.score, known.has_passed if said is None else said)


def _new(row: Candidate, roster: Roster, engagement: Engagement) -> Judged:
    """Never more by name than are declared."""
    declared = roster.entry.headcount
    if declared is not None and roster.named >= declared:
        text = _("Only %(declared)d people are declared for this training, and so many are named. Correct the number first.")
        return _wrong(row, ("beyond_declared", text % {"declared": declared}, "name"))
    roster.named += 1
    plan = {"entry": roster.entry.pk, "engagement": engagement.pk}
    return Judged(row.number, Outcome.NEW, issues=_doubts(row, engagement), plan=plan)


def _beside(row: Candidate, roster: Roster, ticked: TrainingAttendance) -> Judged:
    before = Result.of(ticked)
    after = result_in(row.values, before)
    if after == before:
        return Judged(row.number, Outcome.SAME)
    codes = [Result(each.score, each.has_passed) for each in (before, after)]
    changes = {name: shown for name in ("score", "has_passed") if (shown := _change(name, *codes))}
    plan = {"entry": roster.entry.pk, "engagement": ticked.engagement_id, "row": ticked.pk, "seen": before.packed()}
    return Judged(row.number, Outcome.UPDATE, changes, plan=plan)


def _change(name: str, before: Result, after: Result) -> tuple[str, str] | None:
    show = ATTENDED.column(name).show
    was, now = (getattr(each, name) for each in (before, after))
    if was == now:
        return None
    texts = [value if name == "score" or value is None else YES if value else NO for value in (was, now)]
    return "" if texts[0] is None else show(texts[0]), show(texts[1])


def _doubts(row: Candidate, engagement: Engagement) -> list[Issue]:
    if folded(engagement.name) == folded(row.values["name"]):
        return []
    text = _("On the roster the ID number belongs to “%s”.") % engagement.name
    return [_issue(row, ("other_name", text, "name"), Level.WARNING)]


def _wrong(row: Candidate, fault: Fault) -> Judged:
    return Judged(row.number, Outcome.ERROR, issues=[_issue(row, fault, Level.ERROR)])


def _issue(row: Candidate, fault: Fault, level: Level) -> Issue:
    code, text, name = fault
    return Issue(level, code, text, row.number, ATTENDED.column(name).header)
