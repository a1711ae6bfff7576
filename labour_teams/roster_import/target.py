"""The roster, as the import pipeline knows it."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.personal import BankCard, IdNumber, Phone
from core.roles import Role
from core.scope import Level
from imports.blocks import StagedRow
from imports.models import ImportJob
from imports.registry import Choice, Party, Place, Target
from labour_teams.models import Engagement, LabourTeam
from labour_teams.roster import ROSTER
from labour_teams.roster_import.case import KEEP, NAME_AND_PHONE, NEW, OTHER_NAME, RENAME
from labour_teams.roster_import.compare import RosterComparer
from labour_teams.roster_import.showing import parties, people
from labour_teams.roster_import.undo import undo
from labour_teams.roster_import.words import ROSTER_WORDS
from labour_teams.roster_import.write import writing
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
    stamp = job.written_at
    written = Engagement.objects.filter(Q(created_at=stamp) | Q(updated_at=stamp), project=job.project)
    teams = written.values("team_id", "team__name").annotate(count=Count("pk")).order_by("team__name", "team_id")
    return [Place(team["team__name"], reverse("team", args=[team["team_id"]]), team["count"]) for team in teams]


def decisions(row: StagedRow) -> list[Choice]:
    """What can be said of a possible duplicate. Leaving the row out is always possible beside these."""
    kind = (row.plan or {}).get("kind")
    if kind == OTHER_NAME:
        return [
            Choice(RENAME, _("The same person: take the sheet's name")),
            Choice(KEEP, _("The same person: keep the roster's name")),
        ]
    return [Choice(NEW, _("Two different people: write as new"))] if kind == NAME_AND_PHONE else []


def twins(project: Project, rows: Sequence[StagedRow]) -> dict[int, Party]:
    """The other sides that are still on the project's roster."""
    numbers = {row.number: row.plan["twin"] for row in rows if row.plan and "twin" in row.plan}
    found = parties(project, numbers.values())
    return {row: found[number] for row, number in numbers.items() if number in found}


def names(project: Project) -> dict[str, list[str]]:
    teams = LabourTeam.objects.filter(project=project, left_on=None).order_by("name")
    return {"labour_team": list(teams.values_list("name", flat=True))}


ROSTER_TARGET = Target(
    key=ROSTER.key,
    title=gettext_lazy("Roster import"),
    sheet_title=gettext_lazy("Roster"),
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
    comparer=RosterComparer,
    writing=writing,
    undo=undo,
    places=places,
    decisions=decisions,
    twins=twins,
    people=people,
    names=names,
    upload_page="import-upload",
    template_page="import-template",
    order=1,
    words=ROSTER_WORDS,
)
