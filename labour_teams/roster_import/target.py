"""The roster, as the import pipeline knows it."""

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.personal import BankCard, IdNumber, Phone
from core.roles import Role
from core.scope import Level
from imports.models import ImportJob, ImportRow
from imports.registry import Place, Target
from labour_teams.models import Engagement
from labour_teams.roster import ROSTER
from labour_teams.roster_import.compare import compare
from labour_teams.roster_import.write import write
from regions.models import Project

if TYPE_CHECKING:
    from accounts.models import User


def who_may(user: "User", project: Project) -> bool:
    """The project's clerk and coordinator, the region's coordinator, and the labour centre."""
    scope = user.scope
    return (
        scope.holds(Role.LABOUR_CENTRE)
        or scope.holds_at(Level.REGION, project.region_id, Role.REGIONAL_COORDINATOR)
        or scope.holds_at(Level.PROJECT, project.pk, Role.PROJECT_CLERK, Role.PROJECT_COORDINATOR)
    )


def places(job: ImportJob) -> list[Place]:
    """The teams on whose pages the written people now stand."""
    written = Engagement.objects.filter(pk__in=ImportRow.objects.filter(job=job).values("target_id"))
    teams = written.values("team_id", "team__name").annotate(count=Count("pk")).order_by("team__name", "team_id")
    return [Place(team["team__name"], reverse("team", args=[team["team_id"]]), team["count"]) for team in teams]


ROSTER_TARGET = Target(
    key=ROSTER.key,
    title=_("Roster import"),
    definition=ROSTER,
    loaders={
        "id_number": IdNumber,
        "phone": Phone,
        "bank_card": BankCard,
        "entered_on": date.fromisoformat,
        "left_on": date.fromisoformat,
    },
    shown=("name", "id_number", "labour_team", "work_crew", "trade", "phone", "entered_on"),
    who_may=who_may,
    compare=compare,
    write=write,
    places=places,
)
