"""One row of a roster beside what the project knows about its person."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from core.names import unify_dots
from imports.models import Outcome
from imports.registry import Candidate, Judged
from imports.sheets import Issue, Level
from labour_teams.models import LabourTeam
from labour_teams.roster import ROSTER
from labour_teams.roster_import.known import Stint, Units, folded
from labour_teams.roster_import.showing import SEALED_MARK, shown

# Columns that go over as they are, under the same names in the sheet and in the model; and those that are compared by hash.
PLAIN = ("ethnicity_code", "political_status_code", "education_code", "native_place", "trade", "remark")
SEALED = ("phone", "bank_card")
RENAME, KEEP, NEW = "rename", "keep", "new"
OTHER_NAME, NAME_AND_PHONE = "other_name", "name_and_phone"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the rows of one chunk are compared with."""

    units: Units
    choices: dict[str, str]
    stints: dict[str, list[Stint]]
    phones: dict[tuple[str, str], int]
    as_of: date


class Case:
    def __init__(self, row: Candidate, around: Surroundings) -> None:
        self.row, self.values, self.around = row, row.values, around
        self.stints = around.stints.get(self.values["id_number"].hashed, []) if around.stints else []
        self.team = around.units.team(self.values["labour_team"], around.choices)
        self.changes: dict[str, tuple[str, str]] = {}
        self.issues: list[Issue] = []

    def judged(self) -> Judged:
        if self.team is None:
            self._say("unknown_team", _("This project has no such labour team. Say above which one it is."), "labour_team")
            return self._as(Outcome.ERROR)
        if twin := self._twin():
            return self._as(Outcome.DUPLICATE, twin)
        if not self.stints or self._is_return:
            return self._as(Outcome.NEW, self._arrival())
        last = self.stints[-1]
        if last.left_on is None and last.team_id != self.team.pk and self._transfer_day(last) > last.entered_on:
            return self._as(Outcome.TRANSFER, self._transfer(last, self.team))
        plan = self._amendment(last, self.team)
        return self._as(Outcome.UPDATE if plan.get("set") else Outcome.SAME, plan)

    def _as(self, outcome: str, plan: dict[str, Any] | None = None) -> Judged:
        if self.issues and any(issue.level is Level.ERROR for issue in self.issues):
            return Judged(self.row.number, Outcome.ERROR, issues=self.issues)
        return Judged(self.row.number, outcome, self.changes, self.issues, plan)

    def _say(self, code: str, text: str, name: str, level: Level = Level.ERROR) -> None:
        self.issues.append(Issue(level, code, text, self.row.number, ROSTER.column(name).header))

    # Possible duplicates: only among people of this project, of others even the name is not ours to know

    def _twin(self) -> dict[str, Any] | None:
        """The other side of a possible duplicate that nobody has judged yet."""
        if self.stints:
            last = self.stints[-1]
            if unify_dots(last.name) == self.values["name"] or self.row.decision in (RENAME, KEEP):
                return None
            text = _("On this project's roster the ID number belongs to “%s”. Look at both and decide.") % last.name
            self._say(OTHER_NAME, text, "name", Level.WARNING)
            return {"twin": last.pk, "kind": OTHER_NAME}
        phone = self.values.get("phone")
        phones = self.around.phones
        holder = phones.get((phone.hashed, folded(self.values["name"]))) if phone and phones else None
        if holder is None or self.row.decision == NEW:
            return None
        text = _("Somebody of this name with this mobile is on the roster under another ID number. Look at both and decide.")
        self._say(NAME_AND_PHONE, text, "id_number", Level.WARNING)
        return {"twin": holder, "kind": NAME_AND_PHONE}

    # Somebody comes

    @property
    def _is_return(self) -> bool:
        left_on = self.stints[-1].left_on
        return left_on is not None and self.values["entered_on"] > left_on

    def _arrival(self) -> dict[str, Any] | None:
        """Nothing is shown as changed: a new row looks like every other new row."""
        self._crew()
        if not self.stints:
            return None
        last = self.stints[-1]
        return self._going_on(last)

    def _transfer_day(self, last: Stint) -> date:
        """The row's entry date if it is news; most rosters keep repeating the first entry, then it is the day of the import."""
        entered_on: date = self.values["entered_on"]
        return entered_on if entered_on > last.entered_on else self.around.as_of

    def _transfer(self, last: Stint, team: LabourTeam) -> dict[str, Any]:
        """What the row leaves open goes along to the new team, but not the crew."""
        day = self._transfer_day(last)
        self._show("labour_team", self._team_name(last), team.name)
        self._show("work_crew", self._crew_name(last), self._crew())
        self._show("entered_on", last.entered_on, day)
        self._compare_particulars(last)
        self._check_exit(day, self.values["left_on"])
        return {**self._going_on(last), "on": day.isoformat()}

    def _going_on(self, last: Stint) -> dict[str, Any]:
        plan = {"known": len(self.stints), "carry": last.pk, "seen": last.updated_at.isoformat()}
        return {**plan, "keep_name": True} if self.row.decision == KEEP else plan

    # Somebody is here

    def _amendment(self, last: Stint, team: LabourTeam) -> dict[str, Any]:
        columns = []
        if last.left_on is not None and self.values["left_on"] is None:
            self._ask_about_return(last, team)
        if last.team_id != team.pk:
            self._show("labour_team", self._team_name(last), team.name)
            columns.append("team")
        crew = self._crew()
        if (crew or columns) and crew != self._crew_name(last):
            self._show("work_crew", self._crew_name(last), crew)
            columns.append("crew")
        columns += self._compare_dates(last) + self._compare_particulars(last)
        return {"id": last.pk, "seen": last.updated_at.isoformat(), "set": columns} if columns else {"id": last.pk}

    def _ask_about_return(self, last: Stint, team: LabourTeam) -> None:
        """He left, and the row neither says so nor names a later entry: an old sheet, or a return without its date."""
        level = Level.WARNING if last.team_id == team.pk else Level.ERROR
        text = _(
            "The roster has an exit on %(day)s. If the person has come back, write the new entry date; otherwise the exit stays."
        )
        self._say("has_left", text % {"day": last.left_on}, "entered_on", level)

    def _compare_dates(self, last: Stint) -> list[str]:
        columns = []
        entered_on, left_on = self.values["entered_on"], self.values["left_on"]
        if self._is_news(last):
            self._show("entered_on", last.entered_on, entered_on)
            columns.append("entered_on")
        if left_on is not None and left_on != last.left_on:
            self._show("left_on", last.left_on, left_on)
            columns.append("left_on")
        self._check_exit(entered_on if "entered_on" in columns else last.entered_on, left_on or last.left_on)
        return columns

    def _is_news(self, last: Stint) -> bool:
        """Whether the entry date corrects this engagement's. One from an earlier engagement is the first entry, repeated."""
        entered_on: date = self.values["entered_on"]
        before = self.stints[-2].left_on if len(self.stints) > 1 else None
        if before is None or entered_on > before:
            return entered_on != last.entered_on
        if last.follows_id is None:
            text = _("The entry date lies before the exit on %(exit)s, so the entry on %(entry)s stays.")
            self._say("entry_before_exit", text % {"exit": before, "entry": last.entered_on}, "entered_on", Level.WARNING)
        return False

    def _check_exit(self, entered_on: date, left_on: date | None) -> None:
        if left_on and left_on < entered_on:
            text = _("The exit date %(exit)s lies before the entry to this team on %(entry)s.")
            self._say("exit_before_entry", text % {"exit": left_on, "entry": entered_on}, "left_on")

    def _compare_particulars(self, last: Stint) -> list[str]:
        """Columns in which the row knows better. An empty cell knows nothing."""
        columns = []
        if self.row.decision == RENAME and unify_dots(last.name) != self.values["name"]:
            self._show("name", last.name, self.values["name"])
            columns.append("name")
        for name in PLAIN:
            value = self.values.get(name)
            if value is not None and value != getattr(last, name):
                self._show(name, getattr(last, name), value)
                columns.append(name)
        for name in SEALED:
            number = self.values.get(name)
            before = getattr(last, f"{name}_hash")
            if number is not None and number.hashed != before:
                self.changes[name] = (SEALED_MARK if before else "", str(number))
                columns.append(name)
        return columns

    # Words

    def _crew(self) -> str:
        """The name of the row's crew as the project spells it; a new crew begins to exist."""
        name = self.values.get("work_crew")
        return self.around.units.crew(self.team, name).name if name and self.team else ""

    def _team_name(self, stint: Stint) -> str:
        return self.around.units.team_names[stint.team_id]

    def _crew_name(self, stint: Stint) -> str:
        return self.around.units.crew_names.get(stint.crew_id, "") if stint.crew_id else ""

    def _show(self, column: str, before: Any, after: Any) -> None:
        if before != after:
            self.changes[column] = (shown(column, before), shown(column, after))
