"""The hotline: calls, duty rosters, mailboxes."""

from typing import Any

from core.roles import MANAGING_DEPARTMENTS, READERS, Role
from feedback.hotline.shifts import Week
from feedback.models import HotlineCall, MailboxOpening
from regions.models import Region
from tests.factories import (
    HotlineCallFactory,
    HotlineDutyFactory,
    MailboxOpeningFactory,
    ProjectFactory,
    SiteContactFactory,
)
from tests.house.pages import ADMITTED, BOTH, NOWHERE_ID, Page, project_args, records, region_args
from tests.world import Company

MAY_BE_REFUSED = ADMITTED | {403}
AT_HEADQUARTERS = MANAGING_DEPARTMENTS | READERS
SEERS = frozenset(AT_HEADQUARTERS | {Role.REGIONAL_COORDINATOR, Role.PROJECT_COORDINATOR})


def calls(role: str, where: str) -> bool:
    """A missed call of the project: also its coordinator's business."""
    if role in AT_HEADQUARTERS:
        return True
    if role == Role.REGIONAL_COORDINATOR:
        return where in ("own", "sibling")
    return role == Role.PROJECT_COORDINATOR and where == "own"


def rosters(role: str, where: str) -> bool:
    """A project's coordinator is on duty for his region."""
    return calls(role, where) or (role == Role.PROJECT_COORDINATOR and where == "sibling")


def call_args(company: Company, where: str) -> list[Any]:
    if where == "none":
        return [NOWHERE_ID]
    project = company.crew_at(where).team.project
    found = HotlineCall.objects.filter(project=project, is_missed=True, called_back_at=None).first()
    return [(found or HotlineCallFactory(project=project, missed=True)).pk]


def week_args(company: Company, where: str) -> list[Any]:
    return [*region_args(company, where), str(Week.current())]


def opening_args(company: Company, where: str) -> list[Any]:
    if where == "none":
        return [NOWHERE_ID]
    project = company.crew_at(where).team.project
    return [(MailboxOpening.objects.filter(project=project).first() or MailboxOpeningFactory(project=project)).pk]


PAGES: dict[str, Page] = {
    "hotline": Page(roles=SEERS, has_unit=False),
    "call-new": Page(roles=SEERS, methods=BOTH, has_unit=False, ok=MAY_BE_REFUSED),
    "call": Page(call_args, reach=calls),
    "call-number": Page(call_args, methods=BOTH, reach=calls, ok=MAY_BE_REFUSED),
    "call-back": Page(call_args, methods=BOTH, reach=calls, ok=ADMITTED),
    "call-matter": Page(call_args, methods=BOTH, reach=calls, ok=MAY_BE_REFUSED),
    "duty": Page(region_args, reach=rosters),
    "duty-week": Page(week_args, methods=BOTH, reach=rosters, ok=MAY_BE_REFUSED),
    "mailboxes": Page(has_unit=False),
    "mailbox": Page(project_args, reach=records),
    "mailbox-open": Page(project_args, methods=BOTH, reach=records, ok=MAY_BE_REFUSED),
    "mailbox-letter": Page(opening_args, methods=BOTH, reach=records, ok=MAY_BE_REFUSED),
}


def fill(region: Region) -> None:
    project = ProjectFactory(region=region)
    SiteContactFactory(project=project)
    HotlineCallFactory(project=project)
    HotlineCallFactory(project=project, missed=True)
    HotlineDutyFactory(region=region)
    MailboxOpeningFactory(project=project)
