"""Teams over a span of time: who was on site in a quarter, and what nobody did this month."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet

from core.months import Month
from handbook.models import EntryKind, HandbookEntry, TeamEvaluation
from handbook.units.quarters import Quarter
from labour_teams.models import LabourTeam
from regions.models import Project

if TYPE_CHECKING:
    from accounts.models import User

NEITHER, NOT_INSPECTED, NOT_VISITED = "neither", "not_inspected", "not_visited"


@dataclass(frozen=True, slots=True)
class Missing:
    """A project's teams on site with something missing this month, of so many teams."""

    project: Project
    teams: list[LabourTeam]
    on_site: int


@dataclass(frozen=True, slots=True)
class Progress:
    """How many of a project's teams of a quarter are evaluated."""

    project: Project
    evaluated: int
    teams: int


def teams_of(user: "User", quarter: Quarter) -> QuerySet[LabourTeam]:
    """On site on any day of the quarter, as far as the person sees."""
    was_there = Q(entered_on=None) | Q(entered_on__lte=quarter.last), Q(left_on=None) | Q(left_on__gte=quarter.first)
    return LabourTeam.objects.visible_to(user).filter(*was_there).for_list()


def progress_of(user: "User", quarter: Quarter) -> list[Progress]:
    """Project by project; those without a team in the quarter are left out."""
    evaluated = set(TeamEvaluation.objects.visible_to(user).filter(quarter=str(quarter)).values_list("team", flat=True))
    found = []
    for project, group in groupby(teams_of(user, quarter), key=lambda team: team.project):
        keys = [team.pk for team in group]
        found.append(Progress(project, sum(key in evaluated for key in keys), len(keys)))
    return found


def missing_of(teams: QuerySet[LabourTeam], user: "User", day: date, what: str = "") -> Iterator[Missing]:
    """Teams on site on `day` without an inspection, without a visit (of whomever), or without both, in its month.

    Each team carries `is_inspected` and `is_visited`. Planned and withdrawn entries are none.
    """
    done = HandbookEntry.objects.visible_to(user).held().within(Month.of(day)).filter(team=OuterRef("pk"))
    there = teams.on_site(day).annotate(  # type: ignore[attr-defined]
        is_inspected=Exists(done.filter(kind=EntryKind.INSPECTION)), is_visited=Exists(done.filter(kind=EntryKind.VISIT))
    )
    for project, group in groupby(there.for_list(), key=lambda team: team.project):
        of_project = list(group)
        if lacking := [team for team in of_project if _is_wanted(team, what)]:
            yield Missing(project, lacking, len(of_project))


def _is_wanted(team: LabourTeam, what: str) -> bool:
    lacks_inspection, lacks_visit = not team.is_inspected, not team.is_visited  # type: ignore[attr-defined]
    wanted = {
        NOT_INSPECTED: lacks_inspection,
        NOT_VISITED: lacks_visit,
        NEITHER: lacks_inspection and lacks_visit,
    }
    return wanted.get(what, lacks_inspection or lacks_visit)
