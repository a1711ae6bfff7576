"""A project's liaisons, as the import pipeline knows them.

Whoever imports writes posts that two sides have decided on already; the paper on which they did is asked for in every row. One by
one they come through nominations.
"""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from coordinators.liaison_import.compare import LiaisonComparer
from coordinators.liaison_import.sheet import LIAISONS
from coordinators.liaison_import.undo import undo
from coordinators.liaison_import.write import writing
from coordinators.models import Liaison
from core.personal import Phone
from core.roles import Role
from core.scope import Level
from imports.blocks import StagedRow
from imports.models import ImportJob, ImportTrace
from imports.registry import Party, Person, Place, Target
from labour_teams.models import LabourTeam, WorkCrew
from regions.models import Project

if TYPE_CHECKING:
    from accounts.models import User


def who_may(user: "User", project: Project) -> bool:
    """The region's coordinator, who chooses liaisons with the project's committee, and the two departments above him."""
    scope = user.scope
    is_above = scope.holds(Role.LABOUR_CENTRE, Role.PARTY_ORGANISATION)
    return is_above or scope.holds_at(Level.REGION, project.region_id, Role.REGIONAL_COORDINATOR)


def places(job: ImportJob) -> list[Place]:
    """The teams whose liaisons were written."""
    numbers = [record[0] for trace in ImportTrace.objects.filter(job=job) for record in trace.records]
    teams = Liaison.objects.filter(pk__in=numbers).values("team_id", "team__name").annotate(count=Count("pk"))
    found = teams.order_by("team__name", "team_id")
    return [Place(team["team__name"], reverse("team", args=[team["team_id"]]), team["count"]) for team in found]


def people(project: Project, numbers: Sequence[int]) -> list[Person]:
    posts = Liaison.objects.filter(team__project=project, pk__in=numbers).select_related("person", "team", "crew")
    found = {post.pk: post for post in posts}
    return [
        Person(number, post.person.name, f"{post.team}·{post.crew}" if post.crew else str(post.team), _address(post))
        for number in numbers
        if (post := found.get(number))
    ]


def names(project: Project) -> dict[str, list[str]]:
    teams = LabourTeam.objects.filter(project=project, left_on=None).order_by("name")
    crews = WorkCrew.objects.filter(team__project=project, is_active=True).order_by("name")
    return {
        "labour_team": list(teams.values_list("name", flat=True)),
        "work_crew": list(crews.values_list("name", flat=True).distinct()),
    }


def nobody(project: Project, rows: Sequence[StagedRow]) -> dict[int, Party]:
    """No row is ever a possible duplicate: a mobile is somebody's or nobody's."""
    return {}


def _address(post: Liaison) -> str:
    return reverse("liaison", args=[post.pk])


LIAISON_TARGET = Target(
    key=LIAISONS.key,
    title=_("Import of liaisons"),
    sheet_title=_("Liaisons"),
    definition=LIAISONS,
    loaders={"phone": Phone, "from_on": date.fromisoformat},
    shown=("name", "labour_team", "work_crew", "phone", "is_crew_leader", "from_on", "document_no"),
    who_may=who_may,
    comparer=LiaisonComparer,
    writing=writing,
    undo=undo,
    places=places,
    decisions=lambda row: [],
    twins=nobody,
    people=people,
    names=names,
    upload_page="liaison-import",
    template_page="liaison-import-template",
    order=2,
)
