"""A sheet of a month as the import pipeline knows it: what wage sheets and attendance sheets answer alike."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import Count
from django.urls import reverse

from core.months import Month
from imports.blocks import StagedRow
from imports.models import ImportJob, ImportTrace
from imports.registry import Party, Person, Place, Target
from labour_teams.models import LabourTeam
from regions.models import Project
from wages.month_import.compare import comparer_of
from wages.month_import.kinds import Kind
from wages.month_import.undo import undo_of
from wages.month_import.write import writing_of
from wages.policies import can_import


def month_target(kind: Kind, page: str, **own: Any) -> Target:
    """`page`: the address of a sheet. `own`: the fields of Target that differ (titles, pages, what is shown, the order)."""
    return Target(
        key=kind.definition.key,
        definition=kind.definition,
        loaders=kind.loaders,
        who_may=can_import,
        comparer=comparer_of(kind),
        writing=writing_of(kind),
        undo=undo_of(kind),
        places=_places(kind, page),
        decisions=lambda row: [],
        twins=_nobody,
        people=_people(kind, page),
        names=_names,
        asked={"month": _last_month, "labour_team": str},
        **own,
    )


def _places(kind: Kind, page: str) -> Callable[[ImportJob], list[Place]]:
    """The sheets whose lines were written."""

    def places(job: ImportJob) -> list[Place]:
        numbers = [record[0] for trace in ImportTrace.objects.filter(job=job) for record in trace.records]
        lines = kind.line.objects.filter(pk__in=numbers).values("sheet_id", "sheet__team__name", "sheet__month")
        sheets = lines.annotate(count=Count("pk")).order_by("sheet__team__name", "sheet_id")
        return [
            Place(f"{row['sheet__team__name']} {row['sheet__month']}", reverse(page, args=[row["sheet_id"]]), row["count"])
            for row in sheets
        ]

    return places


def _people(kind: Kind, page: str) -> Callable[[Project, Sequence[int]], list[Person]]:
    """Lines of sheets, for the page of those that are no longer named."""

    def people(project: Project, numbers: Sequence[int]) -> list[Person]:
        found = kind.line.objects.filter(sheet__project=project, pk__in=numbers).select_related("sheet__team")
        by_number = {line.pk: line for line in found}
        lines = [by_number[number] for number in numbers if number in by_number]
        return [Person(line.pk, line.name, str(line.sheet), reverse(page, args=[line.sheet_id])) for line in lines]

    return people


def _names(project: Project) -> dict[str, list[str]]:
    """Teams that have left too: the last wages come after them."""
    teams = LabourTeam.objects.filter(project=project).order_by("left_on", "name")
    return {"labour_team": list(teams.values_list("name", flat=True))}


def _last_month() -> str:
    return str(Month.current().plus(-1))


def _nobody(project: Project, rows: Sequence[StagedRow]) -> dict[int, Party]:
    """No row is a possible duplicate: a line is a person's, or nobody's that is known."""
    return {}
