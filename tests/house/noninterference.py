"""Rows of every model in the other region: what happens there changes not one byte of what somebody here sees (AC-02).

Totals, ranks, pages, facets and choices are all caught by this.
"""

from core.months import Month
from core.roles import ADMIN_SITE, Role
from tests.factories import (
    CoordinatorFactory,
    EngagementFactory,
    ImportBlockFactory,
    ImportJobFactory,
    LabourTeamFactory,
    LiaisonFactory,
    MonthlyReportFactory,
    ProjectFactory,
    StaffPostFactory,
    WorkCrewFactory,
)
from tests.house import matrix
from tests.world import Company

# The system administrator's work is the structure of the whole company.
CONFINED = [role for role in Role if role not in ADMIN_SITE]
SEVEN = 7


def fill_the_other_region(company: Company) -> None:
    region = company.crew_at("foreign").team.project.region
    for number in range(SEVEN):
        project = ProjectFactory(region=region)
        team = LabourTeamFactory(project=project)
        crew = WorkCrewFactory(team=team)
        EngagementFactory(team=team, crew=crew)
        CoordinatorFactory(project=project)
        LiaisonFactory(team=team, crew=crew)
        StaffPostFactory(role=Role.PROJECT_CLERK, project=project)
        ImportBlockFactory(job=ImportJobFactory(project=project))
        MonthlyReportFactory(region=region, month=Month(2025, number + 1), submitted=True)
        matrix.fill(region)
