"""What writing a month's sheet (wages, attendance, payments) would change, row by row.

    no sheet of that team and month yet               new
    there is one that can still be changed            new, update or same, line by line; lines not named may be ticked away
    there is one that cannot                          error, with the reason
    nobody of that ID number or name on site          new all the same; the ledger's own checks say so (wages/checks.py)

The plan of a row, kept with it until it is written: {"team", "month", "engagement"}; with {"line", "seen"} for a line that is
there.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from core.months import Month
from imports.models import Outcome
from imports.registry import Candidate, Choice, Creation, Judged, Question
from imports.sheets import Issue, Level
from labour_teams.models import Engagement, LabourTeam
from labour_teams.roster_import.known import folded
from regions.models import Project
from wages.month_import.kinds import Kind, Line
from wages.month_import.known import People, people_of, teams_of


def comparer_of(kind: Kind) -> "Callable[[Project, date, Mapping[str, str]], MonthComparer]":
    """For Target.comparer."""
    return lambda project, as_of, choices: MonthComparer(kind, project, choices)


class MonthComparer:
    """People of a month are looked up once, whatever the length of the sheet."""

    def __init__(self, kind: Kind, project: Project, choices: Mapping[str, str]) -> None:
        self.kind, self.project, self.choices = kind, project, choices
        self.teams = teams_of(project)
        self.people: dict[str, People] = {}
        self.lines: dict[tuple[int, str], dict[str, Line]] = {}
        sheets = kind.sheet.objects.filter(project=project)
        self.closed = {(sheet.team_id, str(sheet.month)): str(reason) for sheet in sheets if (reason := kind.closed(sheet))}
        self.named: set[int] = set()  # lines that a row of the sheet is about
        self.unknown: Counter[str] = Counter()

    def judge(self, rows: Sequence[Candidate]) -> list[Judged]:
        return [self._judged(row) for row in rows if row.is_ok]

    def creations(self) -> list[Creation]:
        return []

    def questions(self) -> list[Question]:
        """Which team is meant by a name that the project does not have; answered ones stay, so that the answer can be changed."""
        teams = [Choice(str(team.pk), team.name) for team in sorted(self.teams.values(), key=lambda team: team.name)]
        text = _("The sheet says “%s”; this project has no such labour team. Which one is it?")
        return [
            Question(_key(name), text % name, teams, rows, self.choices.get(_key(name), ""))
            for name, rows in self.unknown.items()
        ]

    def leavers(self) -> list[int]:
        """Lines of the same sheets that no row names any more."""
        return [line.pk for known in self.lines.values() for line in known.values() if line.pk not in self.named]

    def _judged(self, row: Candidate) -> Judged:
        team, month = self._team(row.values["labour_team"]), row.values["month"]
        if team is None:
            return self._wrong(
                row, "unknown_team", _("This project has no such labour team: answer the question above."), "labour_team"
            )
        if reason := self.closed.get((team.pk, month)):
            return self._wrong(row, "closed", reason, "month")
        people = self._people(month)
        if people.are_alike(team, row.values) and people.find(team, row.values) is None:
            text = _("Two people of this name are in this team: write the ID number.")
            return self._wrong(row, "alike", text, "name")
        return self._beside(row, team, people.find(team, row.values))

    def _beside(self, row: Candidate, team: LabourTeam, engagement: Engagement | None) -> Judged:
        """The row beside the line that is there, if one is."""
        month = row.values["month"]
        plan: dict[str, Any] = {"team": team.pk, "month": month, "engagement": engagement.pk if engagement else None}
        line = self._line(team, row, engagement)
        if line is None:
            return Judged(row.number, Outcome.NEW, issues=self._doubts(row, engagement), plan=plan)
        self.named.add(line.pk)
        had, says = self.kind.said_of(line), row.values
        changed = [name for name in self.kind.fields if says[name] is not None and says[name] != had[name]]
        if not changed and line.engagement_id == plan["engagement"]:
            return Judged(row.number, Outcome.SAME)
        show = {name: self.kind.definition.column(name).show for name in changed}
        changes = {name: (show[name](had[name]) if had[name] is not None else "", show[name](says[name])) for name in changed}
        return Judged(row.number, Outcome.UPDATE, changes, plan={**plan, "line": line.pk, "seen": self.kind.state_of(line)})

    def _team(self, name: str) -> LabourTeam | None:
        team = self.teams.get(folded(name))
        if team is not None:
            return team
        self.unknown[name] += 1
        chosen = self.choices.get(_key(name), "")
        return next((each for each in self.teams.values() if str(each.pk) == chosen), None)

    def _people(self, month: str) -> People:
        if month not in self.people:
            self.people[month] = people_of(self.project, Month.parse(month))
        return self.people[month]

    def _line(self, team: LabourTeam, row: Candidate, engagement: Engagement | None) -> Line | None:
        where = team.pk, row.values["month"]
        if where not in self.lines:
            found = self.kind.line.objects.filter(sheet__team=team, sheet__month=row.values["month"]).order_by("number")
            self.lines[where] = {_identity(line.engagement_id, self.kind.number_of(line), line.name): line for line in found}
        number = self.kind.number_in(row.values)
        identity = _identity(engagement.pk if engagement else None, number, row.values["name"])
        return self.lines[where].get(identity)

    def _doubts(self, row: Candidate, engagement: Engagement | None) -> list[Issue]:
        """Somebody unknown is written all the same, and said: the roster may be behind."""
        if engagement is None:
            text = _(
                "Nobody of this ID number or name was on site in that month. Written all the same, and listed in the ledger."
            )
            return [self._issue(row, "not_on_roster", text, "name", Level.WARNING)]
        if folded(engagement.name) != folded(row.values["name"]):
            text = _("On the roster the ID number belongs to “%s”.") % engagement.name
            return [self._issue(row, "other_name", text, "name", Level.WARNING)]
        return []

    def _wrong(self, row: Candidate, code: str, text: str, column: str) -> Judged:
        return Judged(row.number, Outcome.ERROR, issues=[self._issue(row, code, text, column, Level.ERROR)])

    def _issue(self, row: Candidate, code: str, text: str, column: str, level: Level) -> Issue:
        return Issue(level, code, text, row.number, self.kind.definition.column(column).header)


def _identity(engagement: int | None, number: str | None, name: str) -> str:
    """By which a row meets its line: the person on the roster, else the ID number, else the name."""
    return f"e{engagement}" if engagement else f"n{number}" if number else folded(name)


def _key(name: str) -> str:
    return f"team:{folded(name)}"
