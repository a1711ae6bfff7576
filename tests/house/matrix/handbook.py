"""The handbook's rules: read in the region, written at headquarters."""

from typing import Any

from coordinators.models import HandbookEdition
from core.roles import COMPANY_WIDE, Role
from regions.models import Region
from tests.factories import HandbookEditionFactory
from tests.house.pages import ADMITTED, BOTH, POST, PROJECT_ROLES, Page, region_args
from tests.world import Company

READERS = COMPANY_WIDE | PROJECT_ROLES | {Role.REGIONAL_COORDINATOR, Role.LIAISON}


def at_work(role: str, where: str) -> bool:
    """The handbook is the region's: somebody on one of its projects reads it as well."""
    return role in COMPANY_WIDE or (role in READERS and where in ("own", "sibling"))


def writer(role: str, where: str) -> bool:
    return role == Role.PARTY_ORGANISATION


def edition_args(company: Company, where: str) -> list[Any]:
    if where == "none":
        return ["NOWHERE", 1]
    region = company.crew_at(where).team.project.region
    if not HandbookEdition.objects.filter(region=region, number=1).exists():
        HandbookEditionFactory(region=region)
    return [region.code, 1]


def begun_args(company: Company, where: str) -> list[Any]:
    """There while "begin" is asked, which leads to it: a region has one of these at most."""
    if where == "none":
        return ["NOWHERE", 2]
    region = company.crew_at(where).team.project.region
    if not HandbookEdition.objects.filter(region=region, number=2).exists():
        HandbookEditionFactory(region=region, number=2, being_written=True)
    return [region.code, 2]


PAGES: dict[str, Page] = {
    "handbooks": Page(has_unit=False, roles=READERS, ok=ADMITTED),
    "handbook": Page(region_args, reach=at_work, roles=READERS),
    "handbook-edition": Page(edition_args, reach=at_work, roles=READERS),
    "handbook-begin": Page(region_args, methods=POST, reach=at_work, roles=READERS, ok=frozenset({302, 403})),
    "handbook-write": Page(begun_args, methods=BOTH, reach=writer, ok=ADMITTED),
    "handbook-publish": Page(begun_args, methods=POST, reach=writer, ok=ADMITTED),
}


def fill(region: Region) -> None:
    """One more edition in force."""
    latest = HandbookEdition.objects.filter(region=region).order_by("-number").first()
    HandbookEditionFactory(region=region, number=latest.number + 1 if latest else 1)
