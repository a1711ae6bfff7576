"""Safety groups, campaigns, clinics, medical teams, evaluations of teams, and teams that nobody inspected."""

from typing import Any

from core.roles import COMPANY_WIDE, Role
from handbook.models import Campaign, Clinic, MedicalTeam, SafetyGroup, SafetyMember
from handbook.units.quarters import Quarter
from regions.models import Region
from tests.factories import (
    CampaignActivityFactory,
    CampaignFactory,
    ClinicFactory,
    HazardRecordFactory,
    LabourTeamFactory,
    MedicalTeamFactory,
    SafetyGroupFactory,
    SafetyMemberFactory,
    TeamEvaluationFactory,
)
from tests.house.pages import ADMITTED, BOTH, NOWHERE_ID, Page, records
from tests.world import Company

READERS = frozenset(set(Role) - {Role.SYSTEM_ADMINISTRATOR, Role.DEPARTMENT_OFFICER}) | COMPANY_WIDE
KEEPERS = frozenset({Role.REGIONAL_COORDINATOR, Role.PROJECT_COORDINATOR, Role.PROJECT_COMMITTEE})
CAMPAIGNING = frozenset({Role.PARTY_ORGANISATION, Role.LABOUR_CENTRE, Role.REGIONAL_COORDINATOR, Role.PROJECT_COORDINATOR})
MEDICAL = READERS - {Role.LIAISON}
EVALUATION = MEDICAL - {Role.HEALTH_OFFICER}
INSPECTION = COMPANY_WIDE | KEEPERS
QUARTER = Quarter(2026, 1)


def with_liaison(role: str, where: str) -> bool:
    return records(role, where) or (role == Role.LIAISON and where == "own")


def of_its_region(role: str, where: str) -> bool:
    """A region's medical team serves all its projects."""
    return role in COMPANY_WIDE or (role in MEDICAL and where in ("own", "sibling"))


def evaluated(role: str, where: str) -> bool:
    return records(role, where) and role in EVALUATION


def group_at(company: Company, where: str) -> SafetyGroup:
    project = company.crew_at(where).team.project
    return SafetyGroup.objects.filter(project=project).first() or SafetyGroupFactory(project=project)


def group_args(company: Company, where: str) -> list[Any]:
    return [NOWHERE_ID if where == "none" else group_at(company, where).pk]


def member_args(company: Company, where: str) -> list[Any]:
    if where == "none":
        return [NOWHERE_ID]
    group = group_at(company, where)
    return [(SafetyMember.objects.filter(group=group).first() or SafetyMemberFactory(group=group)).pk]


def campaign_args(company: Company, where: str) -> list[Any]:
    if where == "none":
        return [NOWHERE_ID]
    project = company.crew_at(where).team.project
    return [(Campaign.objects.filter(project=project).first() or CampaignFactory(project=project)).pk]


def clinic_args(company: Company, where: str) -> list[Any]:
    if where == "none":
        return [NOWHERE_ID]
    project = company.crew_at(where).team.project
    return [(Clinic.objects.filter(project=project).first() or ClinicFactory(project=project)).pk]


def medical_team_args(company: Company, where: str) -> list[Any]:
    if where == "none":
        return [NOWHERE_ID]
    region = company.crew_at(where).team.project.region
    return [(MedicalTeam.objects.filter(region=region).first() or MedicalTeamFactory(region=region)).pk]


def quarter_args(company: Company, where: str) -> list[Any]:
    return [QUARTER]


def project_args(company: Company, where: str) -> list[Any]:
    return ["NOWHERE" if where == "none" else company.crew_at(where).team.project.code, QUARTER]


def team_args(company: Company, where: str) -> list[Any]:
    return [NOWHERE_ID if where == "none" else company.crew_at(where).team_id, QUARTER]


KEPT = frozenset({200, 302, 403})  # who sees a unit and does not keep it is told so
PAGES: dict[str, Page] = {
    "groups": Page(has_unit=False, roles=READERS),
    "group-new": Page(methods=BOTH, has_unit=False, roles=KEEPERS),
    "group": Page(group_args, reach=with_liaison, roles=READERS),
    "group-edit": Page(group_args, methods=BOTH, reach=with_liaison, roles=READERS, ok=KEPT),
    "group-end": Page(group_args, methods=BOTH, reach=with_liaison, roles=READERS, ok=KEPT),
    "group-staff": Page(group_args, methods=BOTH, reach=with_liaison, roles=READERS, ok=KEPT),
    "group-workers": Page(group_args, methods=BOTH, reach=with_liaison, roles=READERS, ok=KEPT),
    "group-member": Page(member_args, methods=BOTH, reach=records, roles=READERS, ok=KEPT),
    "group-member-remove": Page(member_args, methods=BOTH, reach=records, roles=READERS, ok=KEPT),
    "campaigns": Page(has_unit=False, roles=READERS),
    "campaign-new": Page(methods=BOTH, has_unit=False, roles=CAMPAIGNING),
    "campaign-edit": Page(campaign_args, methods=BOTH, reach=with_liaison, roles=READERS, ok=KEPT),
    "clinics": Page(has_unit=False, roles=MEDICAL),
    "clinic-new": Page(methods=BOTH, has_unit=False, roles=KEEPERS),
    "clinic-edit": Page(clinic_args, methods=BOTH, reach=records, roles=MEDICAL, ok=KEPT),
    "clinic-end": Page(clinic_args, methods=BOTH, reach=records, roles=MEDICAL, ok=KEPT),
    "medical-team-new": Page(methods=BOTH, has_unit=False, roles=frozenset({Role.REGIONAL_COORDINATOR})),
    "medical-team-edit": Page(medical_team_args, methods=BOTH, reach=of_its_region, roles=MEDICAL, ok=KEPT),
    "medical-team-end": Page(medical_team_args, methods=BOTH, reach=of_its_region, roles=MEDICAL, ok=KEPT),
    "evaluations-now": Page(has_unit=False, roles=EVALUATION),
    "evaluations-quarter": Page(quarter_args, has_unit=False, roles=EVALUATION),
    "evaluations": Page(project_args, reach=evaluated, roles=EVALUATION),
    "evaluation": Page(team_args, methods=BOTH, reach=evaluated, roles=EVALUATION, ok=ADMITTED | KEPT),
    "uninspected": Page(has_unit=False, roles=INSPECTION),
}


def fill(region: Region) -> None:
    team = LabourTeamFactory(project__region=region)
    group = SafetyMemberFactory(group__project=team.project).group
    HazardRecordFactory(entry__project=team.project, group=group)
    CampaignActivityFactory(entry__project=team.project, campaign=CampaignFactory(project=team.project))
    CampaignFactory(region=region)
    ClinicFactory(project=team.project)
    MedicalTeamFactory(region=region)
    TeamEvaluationFactory(team=team, quarter=str(QUARTER))
