"""Schemes with their months, and the register of Party members."""

from typing import Any

from coordinators.models import PartyMemberLink, Scheme
from core.roles import COMPANY_WIDE, Role
from regions.models import Region
from tests.factories import (
    EngagementFactory,
    LabourTeamFactory,
    PartyMemberLinkFactory,
    PartyMemberTickFactory,
    ProjectFactory,
    SchemeCheckFactory,
    SchemeFactory,
    SchemeItemFactory,
)
from tests.house.pages import (
    ADMITTED,
    BOTH,
    MONTH,
    NOWHERE_ID,
    POST,
    PROJECT_ROLES,
    Page,
    project_args,
    records,
)
from tests.world import Company

SEE_TICKS = COMPANY_WIDE | PROJECT_ROLES | {Role.REGIONAL_COORDINATOR}
KEEP_REGISTERS = frozenset({Role.PARTY_ORGANISATION, Role.REGIONAL_COORDINATOR, Role.PROJECT_COMMITTEE})


def register(role: str, where: str) -> bool:
    """Nobody else, not even leaders."""
    if role == Role.REGIONAL_COORDINATOR:
        return where in ("own", "sibling")
    return role == Role.PARTY_ORGANISATION or (role == Role.PROJECT_COMMITTEE and where == "own")


def _scheme(use: str) -> Scheme:
    return Scheme.objects.filter(use=use).order_by("pk").first() or SchemeItemFactory(scheme=SchemeFactory(use=use)).scheme


def month_args(company: Company, where: str) -> list[Any]:
    return [_scheme("team").key, MONTH]


def sheet_args(company: Company, where: str) -> list[Any]:
    return [_scheme("project").key, MONTH, *project_args(company, where)]


def member_args(company: Company, where: str) -> list[Any]:
    if where == "none":
        return ["NOWHERE", NOWHERE_ID]
    team = company.crew_at(where).team
    found = PartyMemberLink.objects.filter(project=team.project).first()
    found = found or PartyMemberLinkFactory(engagement=EngagementFactory(team=team, party_member=True))
    return [team.project.code, found.pk]


PAGES: dict[str, Page] = {
    "schemes": Page(has_unit=False, roles=SEE_TICKS),
    "scheme-month": Page(month_args, has_unit=False, roles=SEE_TICKS),
    "scheme-project": Page(sheet_args, methods=BOTH, reach=records, roles=SEE_TICKS, ok=frozenset({200, 302, 403})),
    "party-members": Page(has_unit=False, roles=KEEP_REGISTERS),
    "party-members-project": Page(project_args, reach=register, roles=KEEP_REGISTERS),
    "party-member-add": Page(project_args, methods=POST, reach=register, roles=KEEP_REGISTERS, ok=ADMITTED),
    "party-member": Page(member_args, methods=BOTH, reach=register, roles=KEEP_REGISTERS, ok=ADMITTED),
    "party-member-take-off": Page(member_args, methods=POST, reach=register, roles=KEEP_REGISTERS, ok=ADMITTED),
}


def fill(region: Region) -> None:
    """Ticks of a project and of a team in the month that the pages show, and members with their ticks."""
    project = ProjectFactory(region=region)
    team = LabourTeamFactory(project=project)
    SchemeCheckFactory(project=project, item=_scheme("project").items.order_by("number").first(), month=MONTH)
    SchemeCheckFactory(team=team, item=_scheme("team").items.order_by("number").first(), month=MONTH)
    EngagementFactory(team=team, party_member=True)
    member = PartyMemberLinkFactory(engagement=EngagementFactory(team=team, party_member=True))
    PartyMemberTickFactory(member=member, item=_scheme("member").items.order_by("number").first())
