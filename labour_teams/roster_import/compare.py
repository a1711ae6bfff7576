"""What writing a roster would change: each row beside what is known about its person.

    not engaged in this project (unknown, or known elsewhere)    new
    engaged here, same team                                      update or same; an exit date ends the engagement
    engaged here, other team                                     transfer: the old engagement ends the day before the new one
    left this project, entry after the exit                      new
    left this project, nothing newer in the row                  update or same; a warning where the exit date is missing

An empty cell and a missing column never wipe anything: a roster says what is, not what is not. The name that this project wrote
down is never changed by an import. What other projects wrote down is neither seen nor touched (docs/adr/0011).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from core.names import unify_dots
from imports.characters import masked
from imports.registry import Comparison, Creation, Judged, Outcome, StagedRow
from imports.sheets import Issue, Level
from labour_teams.models import Engagement, WorkCrew, Worker
from labour_teams.roster import ROSTER
from labour_teams.roster_import.known import Known, gather
from regions.models import Project

# What the sheet and the engagement call by the same names: particulars of the person, and what goes along to another team.
PARTICULARS = ("ethnicity_code", "political_status_code", "education_code", "native_place")
TERMS = (*PARTICULARS, "trade", "phone", "bank_card", "remark")
TRANSFERRED = ("name", "branch", *TERMS, "employment_type", "contract_type", "contract_signed_on")
RETURNED = ("branch", *PARTICULARS, "trade", "phone", "bank_card")
TEAMS_NAMED = 12


@dataclass(slots=True)
class Plan:
    """What writing a row does: a new worker and a new engagement are inserted, a known engagement is updated in `changed`."""

    worker: Worker
    engagement: Engagement
    changed: set[str] = field(default_factory=set)
    ended: Engagement | None = None  # what a transfer ends


def compare(project: Project, rows: Sequence[StagedRow], as_of: date) -> Comparison:
    """As of a day: a transfer without a date of its own happens then."""
    known = gather(project, (row.values["id_number"].hashed for row in rows))
    judged = [Case(row, known, as_of).judged() for row in rows]
    crews = [f"{crew.team.name}·{crew.name}" for crew in known.new_crews()]
    return Comparison(judged, [Creation(_("New work crews"), crews)] if crews else [])


class Case:
    """One row beside what is known about its person."""

    def __init__(self, row: StagedRow, known: Known, as_of: date) -> None:
        self.number, self.values, self.known, self.as_of = row.number, row.values, known, as_of
        self.worker = known.workers.get(self.values["id_number"].hashed)
        self.stints = known.stints.get(self.worker.pk, []) if self.worker else []
        self.team = known.team(self.values["labour_team"])
        self.changes: dict[str, tuple[str, str]] = {}
        self.issues: list[Issue] = []

    def judged(self) -> Judged:
        self._ask_about_team()
        self._ask_about_name()
        plan = None if self._is_wrong() else self._plan()
        if plan is None or self._is_wrong():
            return Judged(self.number, Outcome.ERROR, issues=self.issues)
        return Judged(self.number, self._outcome(plan), self.changes, self.issues, plan)

    def _is_wrong(self) -> bool:
        return any(issue.level is Level.ERROR for issue in self.issues)

    def _outcome(self, plan: Plan) -> str:
        if plan.ended:
            return Outcome.TRANSFER
        if not plan.engagement.pk:
            return Outcome.NEW
        return Outcome.UPDATE if self.changes else Outcome.SAME

    # What only a person can answer

    def _ask_about_team(self) -> None:
        if self.team is None:
            names = [team.name for team in self.known.teams.values()][-TEAMS_NAMED:]
            self._say(
                "unknown_team",
                _("This project has no such labour team. Have it added first, or change it to one of these: %(names)s.")
                % {"names": "、".join(sorted(names)) or _("(none yet)")},
                "labour_team",
            )

    def _ask_about_name(self) -> None:
        """Only about people of this project: what others wrote is not ours to know."""
        if self.stints and unify_dots(self.stints[-1].name) != self.values["name"]:
            self._say(
                "other_name",
                _(
                    "On this project's roster the ID number belongs to “%(name)s”. Check the ID card: if the sheet is wrong,"
                    " correct it; if the roster is wrong, ask the labour resources management centre to correct it."
                )
                % {"name": self.stints[-1].name},
                "name",
            )

    def _say(self, code: str, text: str, name: str, level: Level = Level.ERROR) -> None:
        self.issues.append(Issue(level, code, text, self.number, ROSTER.column(name).header))

    # What writing does

    def _plan(self) -> Plan:
        if not self.stints or self._is_return:
            return self._arrival()
        last = self.stints[-1]
        if last.left_on is None and last.team_id != self._team_id and self._transfer_day(last) > last.entered_on:
            return self._transfer(last)
        return self._amendment(last)

    @property
    def _team_id(self) -> int | None:
        return self.team.pk if self.team else None

    @property
    def _is_return(self) -> bool:
        left_on = self.stints[-1].left_on
        return left_on is not None and self.values["entered_on"] > left_on

    def _transfer_day(self, last: Engagement) -> date:
        """The row's entry date if it is news; most rosters keep repeating the first entry, then it is the day of the import."""
        entered_on: date = self.values["entered_on"]
        return entered_on if entered_on > last.entered_on else self.as_of

    def _arrival(self) -> Plan:
        """Nothing is shown as changed, whatever is known of the person: a new row looks like every other new row."""
        values = self.values
        worker = self.worker or Worker(id_number=values["id_number"])
        engagement = self._engagement(worker, name=values["name"], entered_on=values["entered_on"], left_on=values["left_on"])
        for name in RETURNED if self.stints else ():
            setattr(engagement, name, getattr(self.stints[-1], name))
        for name in TERMS:
            if values.get(name) is not None:
                setattr(engagement, name, values[name])
        return Plan(worker, engagement)

    def _transfer(self, last: Engagement) -> Plan:
        """What the row leaves open goes along to the new team, but not the crew."""
        day = self._transfer_day(last)
        new = self._engagement(last.worker, entered_on=day, left_on=self.values["left_on"], follows=last)
        for name in TRANSFERRED:
            setattr(new, name, getattr(last, name))
        plan = Plan(last.worker, new, ended=last)
        self._show("labour_team", last.team, new.team)
        self._show("work_crew", last.crew, new.crew)
        self._show("entered_on", last.entered_on, day)
        self._apply_terms(plan)
        self._check_exit(new)
        last.left_on = day - timedelta(days=1)
        return plan

    def _engagement(self, worker: Worker, **said: Any) -> Engagement:
        project = self.known.project
        return Engagement(worker=worker, team=self.team, crew=self._crew(), project=project, region_id=project.region_id, **said)

    def _crew(self) -> WorkCrew | None:
        name = self.values.get("work_crew")
        return self.known.crew(self.team, name) if name and self.team else None

    def _amendment(self, last: Engagement) -> Plan:
        plan = Plan(last.worker, last)
        if last.left_on is not None and self.values["left_on"] is None:
            self._ask_about_return(last)
        if last.team_id != self._team_id:
            self._set(plan, "team", self.team, "labour_team")
            self._set(plan, "crew", self._crew(), "work_crew")
        elif crew := self._crew():
            self._set(plan, "crew", crew, "work_crew")
        if self._is_news(last):
            self._set(plan, "entered_on", self.values["entered_on"])
        if self.values["left_on"] is not None:
            self._set(plan, "left_on", self.values["left_on"])
        self._apply_terms(plan)
        self._check_exit(last)
        return plan

    def _ask_about_return(self, last: Engagement) -> None:
        """He left, and the row neither says so nor names a later entry: an old sheet, or a return without its date."""
        level = Level.WARNING if last.team_id == self._team_id else Level.ERROR
        text = _(
            "The roster has an exit on %(day)s. If the person has come back, write the new entry date; otherwise the exit stays."
        )
        self._say("has_left", text % {"day": last.left_on}, "entered_on", level)

    def _is_news(self, last: Engagement) -> bool:
        """Whether the entry date corrects this engagement's. One from an earlier engagement is the first entry, repeated."""
        entered_on: date = self.values["entered_on"]
        before = self.stints[-2].left_on if len(self.stints) > 1 else None
        if before is None or entered_on > before:
            return entered_on != last.entered_on
        if last.follows_id is None:
            text = _("The entry date lies before the exit on %(exit)s, so the entry on %(entry)s stays.")
            self._say("entry_before_exit", text % {"exit": before, "entry": last.entered_on}, "entered_on", Level.WARNING)
        return False

    def _check_exit(self, engagement: Engagement) -> None:
        if engagement.left_on and engagement.left_on < engagement.entered_on:
            text = _("The exit date %(exit)s lies before the entry to this team on %(entry)s.")
            self._say("exit_before_entry", text % {"exit": engagement.left_on, "entry": engagement.entered_on}, "left_on")

    def _apply_terms(self, plan: Plan) -> None:
        for name in TERMS:
            if self.values.get(name) is not None:
                self._set(plan, name, self.values[name])

    def _set(self, plan: Plan, name: str, value: Any, column: str = "") -> None:
        before = getattr(plan.engagement, name)
        if before != value:
            self._show(column or name, before, value)
            setattr(plan.engagement, name, value)
            plan.changed.add(name)

    def _show(self, column: str, before: Any, after: Any) -> None:
        if before != after:
            self.changes[column] = (_text(column, before), _text(column, after))


def _text(column: str, value: Any) -> str:
    """For the preview: codes by name, numbers masked, also those that somebody wrote into a remark."""
    if value in (None, ""):
        return ""
    shown = ROSTER.column(column).show(value)
    return masked(shown) if isinstance(value, str) else shown
