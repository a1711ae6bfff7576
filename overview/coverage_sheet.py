"""Coverage as a table for a spreadsheet: a line for every post that a unit needs, with its holder or since when it is vacant."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from coordinators.models import Coordinator
from core.exports import ExportColumn
from overview.coverage import Coverage, PlaceRow
from overview.coverage_gaps import Gap, day_words, names_of
from regions.models import Project, Region


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One post that a unit needs. `state` says what is wrong with it, or nothing."""

    region: Region
    post: str
    holders: str
    project: Project | None = None
    team: str = ""
    crew: str = ""
    state: str = ""
    since: date | None = None
    days: int | None = None


class SheetLines(list[SheetLine]):
    """What core.exports asks of the rows that it writes, for lines that no table holds; the audit trail counts them as posts."""

    model = Coordinator

    def iterator(self, chunk_size: int) -> Iterator[SheetLine]:
        return iter(self)


def columns() -> tuple[ExportColumn, ...]:
    return (
        ExportColumn(_("Region"), lambda line: line.region.name),
        ExportColumn(_("Project"), lambda line: line.project.name if line.project else "", width=22),
        ExportColumn(_("Labour team"), lambda line: line.team, width=18),
        ExportColumn(_("Work crew"), lambda line: line.crew, width=18),
        ExportColumn(_("Post"), lambda line: line.post, width=20),
        ExportColumn(_("Holder"), lambda line: line.holders, width=18),
        ExportColumn(_("State"), lambda line: line.state, width=18),
        ExportColumn(_("Since"), lambda line: line.since),
        ExportColumn(_("Days"), lambda line: line.days, width=8),
    )


def title_of(coverage: Coverage, company: str) -> str:
    """Table, unit, day: what a leader asks first of a sheet of paper."""
    return f"{_('Coverage')}·{coverage.unit or company}·{day_words(coverage.facts.day)}"


def lines_of(coverage: Coverage) -> SheetLines:
    """Region by region, project by project; needs a coverage that has read its liaisons."""
    gaps = {(gap.region_id, gap.project_id, gap.place): gap for gap in coverage.gaps}
    places: dict[int, list[PlaceRow]] = {}
    for row in coverage.places:
        places.setdefault(row.place.project_id, []).append(row)
    lines = SheetLines()
    for region in coverage.facts.units.regions:
        if region.pk in coverage.facts.units.own_regions:
            lines.append(_of_region(coverage, region, gaps.get((region.pk, None, None))))
        for project in (each for each in coverage.facts.units.projects if each.region_id == region.pk):
            lines.append(_of_project(coverage, project, gaps.get((region.pk, project.pk, None))))
            lines.extend(_of_place(project, row) for row in places.get(project.pk, []))
    return lines


def _of_region(coverage: Coverage, region: Region, gap: Gap | None) -> SheetLine:
    holders = coverage.facts.held(coverage.facts.of_region(region))
    return SheetLine(region, str(Coordinator.Kind.FULL_TIME.label), names_of(holders), **_state(gap))


def _of_project(coverage: Coverage, project: Project, gap: Gap | None) -> SheetLine:
    holders = coverage.facts.held(coverage.facts.of_project(project))
    return SheetLine(project.region, str(Coordinator.Kind.PART_TIME.label), names_of(holders), project=project, **_state(gap))


def _of_place(project: Project, row: PlaceRow) -> SheetLine:
    where: dict[str, Any] = {"project": project, "team": row.place.team, "crew": row.place.crew}
    return SheetLine(project.region, _("Liaison"), names_of(row.liaisons), **where, **_state(row.gap))


def _state(gap: Gap | None) -> dict[str, Any]:
    return {"state": gap.state, "since": gap.since, "days": gap.days} if gap else {}
