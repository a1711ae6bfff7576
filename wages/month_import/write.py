"""Writing a compared sheet of a month: the sheet where there is none, its lines, and what follows from them; all or none.

What is written leaves a trace for the undo: [line, {"was": what it said before, or None, "now": its state}].
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from typing import Any

from core.months import Month
from imports.blocks import StagedRow
from imports.registry import Overtaken, Trail
from labour_teams.models import LabourTeam
from regions.models import Project
from wages.month_import.kinds import Kind, Line, Sheet


def writing_of(kind: Kind) -> Callable[[Project, Mapping[str, str], Trail], AbstractContextManager["MonthWriter"]]:
    """For Target.writing."""

    @contextmanager
    def writing(project: Project, choices: Mapping[str, str], trail: Trail) -> Iterator[MonthWriter]:
        yield MonthWriter(kind, project, trail)

    return writing


class MonthWriter:
    def __init__(self, kind: Kind, project: Project, trail: Trail) -> None:
        self.kind, self.project, self.trail = kind, project, trail
        self.rows: list[StagedRow] = []
        self.leaving: list[int] = []
        self.sheets: dict[tuple[int, str], Sheet] = {}
        self.traces: list[Any] = []
        self.made: list[int] = []

    def prepare(self, rows: Sequence[StagedRow]) -> Sequence[StagedRow]:
        return rows

    def take(self, rows: Sequence[StagedRow]) -> None:
        self.rows += rows

    def leave(self, records: Sequence[int], on: date) -> None:
        """Lines that the corrected sheet no longer names. A line has no last day."""
        self.leaving += records

    def write(self) -> dict[str, Any]:
        for row in self.rows:
            self._write(row)
        lines = self.kind.line.objects.filter(pk__in=self.leaving, sheet__project=self.project).select_related("sheet__team")
        for line in lines:
            self._remove(line)
        for sheet in self.sheets.values():
            self.kind.finish(sheet)
        if self.traces:
            self.trail.keep(self.traces)
        return {"sheets": self.made}

    def _write(self, row: StagedRow) -> None:
        plan = row.plan or {}
        sheet = self._sheet(plan["team"], plan["month"])
        line = self._known(sheet, plan) if "line" in plan else self.kind.line(sheet=sheet)
        was = self.kind.kept(line) if line.pk else None
        line.number, line.engagement_id = row.number, plan["engagement"]
        for field in self.kind.fields:
            if (text := row.values.get(field)) is not None:
                self.kind.put(line, field, self.kind.loaded(field, text))
        line.save()
        self.traces.append([line.pk, {"was": was, "now": self.kind.state_of(line)}])

    def _remove(self, line: Line) -> None:
        self.sheets.setdefault((line.sheet.team_id, str(line.sheet.month)), line.sheet)
        self.traces.append([line.pk, {"was": self.kind.kept(line), "now": None}])
        line.delete()

    def _known(self, sheet: Sheet, plan: Mapping[str, Any]) -> Line:
        line = self.kind.line.objects.filter(sheet=sheet, pk=plan["line"]).first()
        if line is None or self.kind.state_of(line) != plan["seen"]:
            raise Overtaken
        return line

    def _sheet(self, team: int, month: str) -> Sheet:
        if (team, month) not in self.sheets:
            self.sheets[team, month] = self._found(team, month) or self._begin(team, month)
        return self.sheets[team, month]

    def _found(self, team: int, month: str) -> Sheet | None:
        sheet = self.kind.sheet.objects.select_for_update(of=("self",)).filter(team=team, month=month).first()
        if sheet and self.kind.closed(sheet):
            raise Overtaken
        return sheet

    def _begin(self, team: int, month: str) -> Sheet:
        unit = LabourTeam.objects.get(pk=team, project=self.project)
        sheet = self.kind.begin(self.project, unit, Month.parse(month), self.trail)
        self.made.append(sheet.pk)
        return sheet
