"""How an address of the site is described: its arguments, its methods, who reaches it, who may open it.

`where` is one's own unit, a sibling (another project of the same region), a foreign one (the other region) or none at all. Out of
reach and nonexistent are the same: 404.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from core.months import Month
from core.roles import COMPANY_WIDE, Role
from imports.models import ImportBlock, ImportJob
from labour_teams.models import Engagement
from reports.models import MonthlyReport
from tests.factories import ImportBlockFactory, ImportJobFactory, MonthlyReportFactory, staged_row
from tests.world import Company

HERE = ("own", "sibling", "foreign")
NOWHERE_ID = 987_654_321
ROW = 2
MONTH = Month(2026, 5)
PROJECT_ROLES = frozenset({Role.PROJECT_COORDINATOR, Role.PROJECT_COMMITTEE, Role.PROJECT_CLERK, Role.HEALTH_OFFICER})
EVERYBODY = frozenset(Role)

Reach = Callable[[str, str], bool]
Args = Callable[[Company, str], list[Any]]


def structure(role: str, where: str) -> bool:
    """Units, people in post: the system administrator too."""
    return role == Role.SYSTEM_ADMINISTRATOR or records(role, where)


def records(role: str, where: str) -> bool:
    """What units recorded: company-wide posts, the region's coordinator, the project's own people."""
    if role in COMPANY_WIDE:
        return True
    if role == Role.REGIONAL_COORDINATOR:
        return where in ("own", "sibling")
    return role in PROJECT_ROLES and where == "own"


def of_region(role: str, where: str) -> bool:
    """Rows of a region itself; a project's people reach their project, not the region."""
    if role in COMPANY_WIDE:
        return True
    return role == Role.REGIONAL_COORDINATOR and where in ("own", "sibling")


def region_page(role: str, where: str) -> bool:
    return role == Role.SYSTEM_ADMINISTRATOR or of_region(role, where)


def with_crew(role: str, where: str) -> bool:
    """People, and posts that serve a crew: the liaison sees his own."""
    return records(role, where) or (role == Role.LIAISON and where == "own")


def anywhere(role: str, where: str) -> bool:
    return True


@dataclass(frozen=True)
class Page:
    """One address. `reach` decides 404; `roles` who may open it at all; `ok` are the codes of a look or an empty POST in reach,
    `otherwise` those of a method that the address does not take."""

    args: Args = lambda company, where: []
    methods: frozenset[str] = frozenset({"GET"})
    reach: Reach = anywhere
    roles: frozenset[str] = EVERYBODY
    ok: frozenset[int] = frozenset({200})
    otherwise: frozenset[int] = frozenset({405})
    is_public: bool = False
    has_unit: bool = True
    data: dict[str, str] = field(default_factory=dict)


def project_args(company: Company, where: str) -> list[Any]:
    return ["NOWHERE" if where == "none" else company.crew_at(where).team.project.code]


def region_args(company: Company, where: str) -> list[Any]:
    return ["NOWHERE" if where == "none" else company.crew_at(where).team.project.region.code]


def team_args(company: Company, where: str) -> list[Any]:
    return [NOWHERE_ID if where == "none" else company.crew_at(where).team_id]


def worker_args(company: Company, where: str) -> list[Any]:
    if where == "none":
        return [UUID(int=NOWHERE_ID)]
    return [Engagement.objects.select_related("worker").get(crew=company.crew_at(where)).worker.public_id]


def job_args(company: Company, where: str) -> list[Any]:
    if where == "none":
        return [NOWHERE_ID]
    project = company.crew_at(where).team.project
    return [(ImportJob.objects.filter(project=project).first() or ImportJobFactory(project=project)).pk]


def row_args(company: Company, where: str) -> list[Any]:
    [job] = job_args(company, where)
    if where != "none" and not ImportBlock.objects.filter(job=job).exists():
        empty = ["error", "required", "不能空着。", "姓名", "cells"]
        ImportBlockFactory(job_id=job, round=1, staged=[staged_row(ROW, "error", issues=[empty])])
    return [job, ROW]


def report_args(company: Company, where: str) -> list[Any]:
    if where == "none":
        return ["NOWHERE", MONTH]
    region = company.crew_at(where).team.project.region
    if not MonthlyReport.objects.filter(region=region).exists():
        MonthlyReportFactory(region=region, month=MONTH, submitted=True)
    return [region.code, MONTH]


def figure_region_args(company: Company, where: str) -> list[Any]:
    return ["workers_on_site", "region", *region_args(company, where), MONTH]


def coordinator_args(company: Company, where: str) -> list[Any]:
    from coordinators.models import Coordinator
    from tests.factories import CoordinatorFactory

    if where == "none":
        return [NOWHERE_ID]
    project = company.crew_at(where).team.project
    return [(Coordinator.objects.filter(project=project).first() or CoordinatorFactory(project=project)).pk]


POST = frozenset({"POST"})
BOTH = frozenset({"GET", "POST"})
ADMITTED = frozenset({200, 302})
