"""A project's liaisons, as the import pipeline knows them.

Whoever imports writes posts that two sides have decided on already; the paper on which they did is asked for in every row. One by
one they come through nominations.
"""

from typing import TYPE_CHECKING

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from coordinators.liaison_import.compare import LiaisonComparer
from coordinators.models import Liaison
from coordinators.post_import.target import post_target, written_posts
from coordinators.post_import.words import post_words
from core.roles import Role
from core.scope import Level
from imports.models import ImportJob
from imports.registry import Place
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
    teams = Liaison.objects.filter(pk__in=written_posts(job)).values("team_id", "team__name").annotate(count=Count("pk"))
    found = teams.order_by("team__name", "team_id")
    return [Place(team["team__name"], reverse("team", args=[team["team_id"]]), team["count"]) for team in found]


def names(project: Project) -> dict[str, list[str]]:
    teams = LabourTeam.objects.filter(project=project, left_on=None).order_by("name")
    crews = WorkCrew.objects.filter(team__project=project, is_active=True).order_by("name")
    return {
        "labour_team": list(teams.values_list("name", flat=True)),
        "work_crew": list(crews.values_list("name", flat=True).distinct()),
    }


LIAISON_TARGET = post_target(
    LiaisonComparer,
    who_may,
    title=_("Import of liaisons"),
    sheet_title=_("Liaisons"),
    shown=("name", "labour_team", "work_crew", "phone", "is_crew_leader", "from_on", "document_no"),
    places=places,
    names=names,
    upload_page="liaison-import",
    template_page="liaison-import-template",
    order=2,
    words=post_words(
        written=_("The liaisons are written"),
        places=_("The liaisons of this file on their team’s page:"),
        missing=_("%(number)s liaisons of these teams are not in the sheet."),
        all_there=_("Every liaison of these teams stands in the sheet."),
    ),
)
