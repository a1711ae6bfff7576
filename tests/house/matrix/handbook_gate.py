"""The gate of inductions, certificates, and the papers that are signed."""

from typing import Any

from core.roles import COMPANY_WIDE, Role
from handbook.models import CareDistribution, CareEvent, TrainingSession
from labour_teams.models import Engagement, WorkerCertificate
from regions.models import Region
from tests.factories import (
    CareDistributionFactory,
    EngagementFactory,
    LabourTeamFactory,
    PhotoFactory,
    TrainingAttendanceFactory,
    WorkerCertificateFactory,
)
from tests.house.pages import ADMITTED, BOTH, NOWHERE_ID, PROJECT_ROLES, Page, project_args, records, with_crew
from tests.world import Company

READERS = frozenset(set(Role) - {Role.SYSTEM_ADMINISTRATOR, Role.DEPARTMENT_OFFICER})
ON_PROJECT = PROJECT_ROLES - {Role.HEALTH_OFFICER}
ASKED = frozenset({200, 403})  # who sees the people, and may not do this with them


def at_work(role: str, where: str) -> bool:
    """Entries of a project: none of the health officer's business, nor of a liaison's."""
    if role in COMPANY_WIDE:
        return True
    if role == Role.REGIONAL_COORDINATOR:
        return where in ("own", "sibling")
    return role in ON_PROJECT and where == "own"


def person_args(company: Company, where: str) -> list[Any]:
    if where == "none":
        return [NOWHERE_ID]
    return [Engagement.objects.filter(crew=company.crew_at(where)).earliest("pk").pk]


def certificate_args(company: Company, where: str) -> list[Any]:
    if where == "none":
        return [NOWHERE_ID]
    [person] = person_args(company, where)
    known = WorkerCertificate.objects.filter(engagement=person).first()
    return [(known or WorkerCertificateFactory(engagement_id=person)).pk]


def training_args(company: Company, where: str) -> list[Any]:
    if where == "none":
        return [NOWHERE_ID]
    project = company.crew_at(where).team.project
    known = TrainingSession.objects.filter(entry__project=project).first()
    return [(known or TrainingAttendanceFactory(session__entry__project=project).session).pk]


def care_args(company: Company, where: str) -> list[Any]:
    if where == "none":
        return [NOWHERE_ID]
    project = company.crew_at(where).team.project
    known = CareEvent.objects.filter(entry__project=project).first()
    return [(known or CareDistributionFactory(event__entry__project=project).event).pk]


def line_args(company: Company, where: str) -> list[Any]:
    """A line of goods with its signed list."""
    if where == "none":
        return [NOWHERE_ID]
    project = company.crew_at(where).team.project
    known = CareDistribution.objects.filter(event__entry__project=project).exclude(receipt=None).first()
    return [(known or CareDistributionFactory(event__entry__project=project, receipt=PhotoFactory())).pk]


PAGES: dict[str, Page] = {
    "inductions": Page(has_unit=False, roles=READERS, ok=ADMITTED),
    "induction": Page(project_args, reach=with_crew, roles=READERS),
    "induction-held": Page(project_args, methods=BOTH, reach=with_crew, roles=READERS, ok=ASKED),
    "induction-sheet": Page(project_args, reach=with_crew, roles=READERS, ok=ASKED),
    "training-import": Page(project_args, methods=BOTH, reach=records, ok=ADMITTED),
    "training-import-template": Page(project_args, reach=records),
    "certificates": Page(has_unit=False, roles=READERS),
    "certificate-projects": Page(has_unit=False, roles=READERS),
    "certificate-find": Page(has_unit=False, roles=READERS, ok=ASKED),
    "certificate-new": Page(person_args, methods=BOTH, reach=with_crew, roles=READERS, ok=ASKED),
    "certificate-amend": Page(certificate_args, methods=BOTH, reach=with_crew, roles=READERS, ok=ASKED),
    "papers": Page(has_unit=False, roles=READERS),
    "training-sheet": Page(training_args, reach=at_work, roles=READERS, ok=ASKED),
    "care-receipt": Page(care_args, reach=at_work, roles=READERS, ok=ASKED),
    "care-signed": Page(line_args, reach=at_work, roles=READERS),
    "care-sign": Page(line_args, methods=BOTH, reach=at_work, roles=READERS, ok=ASKED),
    "customs-notice": Page(project_args, reach=with_crew, roles=READERS, ok=ASKED),
}


def fill(region: Region) -> None:
    """Somebody inducted and somebody not, a certificate that has run out, goods."""
    team = LabourTeamFactory(project__region=region)
    attendance = TrainingAttendanceFactory(session__entry__project=team.project, engagement=EngagementFactory(team=team))
    WorkerCertificateFactory(engagement=attendance.engagement, valid_until=attendance.session.entry.on)
    CareDistributionFactory(event__entry__project=team.project, team=team)
