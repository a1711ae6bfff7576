"""Health results by name with their consents: the officer's. Documents of labour acts: between a region and headquarters."""

from typing import Any

from core.roles import COMPANY_WIDE, Role
from handbook.models import EthnicFestival, HealthCheck, HealthConsent, LabourAct
from regions.models import Region
from tests.factories import (
    CampaignActivityFactory,
    CampaignFactory,
    CareDistributionFactory,
    ClinicFactory,
    CoordinatorFactory,
    EngagementFactory,
    EthnicCustomNoteFactory,
    GuidanceRecordFactory,
    HazardRecordFactory,
    HealthCheckFactory,
    InspectionFindingFactory,
    LabourActFactory,
    LabourTeamFactory,
    LiaisonFactory,
    MedicalSpendingFactory,
    MedicalTeamFactory,
    MeetingRecordFactory,
    PhotoFactory,
    ProjectFactory,
    SafetyMemberFactory,
    TaskFactory,
    TeamEvaluationFactory,
    TrainingAttendanceFactory,
    WorkerCertificateFactory,
)
from tests.house.pages import ADMITTED, BOTH, NOWHERE_ID, Page, project_args
from tests.world import Company


def officers(role: str, where: str) -> bool:
    return role == Role.HEALTH_OFFICER and where == "own"


def acts(role: str, where: str) -> bool:
    return role in COMPANY_WIDE or (role == Role.REGIONAL_COORDINATOR and where in ("own", "sibling"))


def check_at(company: Company, where: str) -> HealthCheck:
    project = company.crew_at(where).team.project
    known = HealthCheck.objects.filter(batch__entry__project=project).first()
    if known:
        return known
    engagement = EngagementFactory(team=company.crew_at(where).team)
    return HealthCheckFactory(batch__entry__project=project, engagement=engagement)


def batch_args(company: Company, where: str) -> list[Any]:
    return [NOWHERE_ID if where == "none" else check_at(company, where).batch_id]


def result_args(company: Company, where: str) -> list[Any]:
    if where == "none":
        return [NOWHERE_ID, NOWHERE_ID]
    check = check_at(company, where)
    return [check.batch_id, check.engagement_id]


def person_args(company: Company, where: str) -> list[Any]:
    return [NOWHERE_ID if where == "none" else check_at(company, where).engagement_id]


def consent_args(company: Company, where: str) -> list[Any]:
    if where == "none":
        return [NOWHERE_ID]
    return [HealthConsent.objects.get(engagement=check_at(company, where).engagement).pk]


def act_args(company: Company, where: str) -> list[Any]:
    if where == "none":
        return [NOWHERE_ID]
    project = company.crew_at(where).team.project
    known = LabourAct.objects.filter(entry__project=project).first()
    return [(known or LabourActFactory(entry__project=project, document=PhotoFactory())).pk]


SENT_ON = frozenset({302})
PAGES: dict[str, Page] = {
    "labour-document": Page(act_args, reach=acts),
    "health-results": Page(batch_args, reach=officers),
    "health-open": Page(batch_args, methods=BOTH, reach=officers, ok=SENT_ON),
    "health-result": Page(result_args, methods=BOTH, reach=officers, ok=ADMITTED),
    "health-consents": Page(project_args, reach=officers),
    "health-consent": Page(person_args, methods=BOTH, reach=officers),
    "health-consent-withdraw": Page(consent_args, methods=BOTH, reach=officers, ok=SENT_ON),
}


def fill(region: Region) -> None:
    """A row of every kind, and what they refer to."""
    project = ProjectFactory(region=region)
    team = LabourTeamFactory(project=project)
    of_project: dict[str, Any] = {"entry__project": project}
    HealthCheckFactory(batch__entry__project=project)
    CareDistributionFactory(event__entry__project=project)
    MedicalSpendingFactory(service__entry__project=project)
    InspectionFindingFactory(inspection__entry__team=team)
    TrainingAttendanceFactory(session__entry__project=project)
    for beside in (MeetingRecordFactory, CampaignActivityFactory, HazardRecordFactory):
        beside(**of_project)
    EthnicCustomNoteFactory(**of_project, festival=EthnicFestival.objects.earliest("pk"))  # the list of festivals is everybody's
    GuidanceRecordFactory(**of_project, guided_coordinator=CoordinatorFactory(project=project))
    LabourActFactory(entry__region=region)
    SafetyMemberFactory(group__project=project)
    CampaignFactory(region=region)
    ClinicFactory(project=project)
    MedicalTeamFactory(region=region)
    TeamEvaluationFactory(team=team)
    TaskFactory(project=project, to_liaison=LiaisonFactory(team=team))
    WorkerCertificateFactory(engagement__team=team)
