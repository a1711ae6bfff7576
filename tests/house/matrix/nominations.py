"""Nominations, and the end of a post."""

from typing import Any

from coordinators.models import Nomination
from coordinators.nominations.policies import SEERS
from core.roles import COMPANY_WIDE, Role
from regions.models import Region
from tests.factories import LabourTeamFactory, NominationFactory, ProjectFactory, UserFactory
from tests.factories.nominations import kept_letter
from tests.house.pages import ADMITTED, BOTH, NOWHERE_ID, Page, coordinator_args, structure
from tests.world import Company

PROPOSERS = frozenset({Role.REGIONAL_COORDINATOR, Role.PROJECT_COORDINATOR, Role.PROJECT_COMMITTEE})


def seers(role: str, where: str) -> bool:
    if role in COMPANY_WIDE or (role == Role.REGIONAL_COORDINATOR and where != "foreign"):
        return True
    return role in (Role.PROJECT_COORDINATOR, Role.PROJECT_COMMITTEE) and where == "own"


def nomination_args(company: Company, where: str) -> list[Any]:
    """An open one for the project."""
    if where == "none":
        return [NOWHERE_ID]
    project = company.crew_at(where).team.project
    return [(Nomination.objects.filter(project=project, letter=None).first() or NominationFactory(project=project)).pk]


def letter_args(company: Company, where: str) -> list[Any]:
    if where == "none":
        return [NOWHERE_ID]
    project = company.crew_at(where).team.project
    there = Nomination.objects.filter(project=project, letter__isnull=False).first()
    return [(there or NominationFactory(project=project, letter=kept_letter())).pk]


def kind_args(company: Company, where: str) -> list[Any]:
    return ["part_time"]


def ending_args(company: Company, where: str) -> list[Any]:
    return ["coordinator", *coordinator_args(company, where)]


VERB = Page(nomination_args, methods=BOTH, reach=seers, ok=ADMITTED)
PAGES: dict[str, Page] = {
    "nominations": Page(has_unit=False, roles=SEERS),
    "nomination-propose": Page(kind_args, methods=BOTH, has_unit=False, roles=PROPOSERS),
    "nomination": Page(nomination_args, reach=seers),
    "nomination-letter": Page(letter_args, reach=seers),
    **{
        f"nomination-{verb}": VERB
        for verb in ("amend", "add-letter", "check", "induct", "approve", "decide", "decline", "withdraw")
    },
    "post-end": Page(ending_args, methods=BOTH, reach=structure, ok=frozenset({200, 302, 403})),
}


def fill(region: Region) -> None:
    NominationFactory(full_time=True, region=region, proposed_by=UserFactory())  # people at headquarters are no region's
    NominationFactory(project=ProjectFactory(region=region), inducted=True)
    NominationFactory(liaison_of=True, team=LabourTeamFactory(project__region=region), decided=True)
