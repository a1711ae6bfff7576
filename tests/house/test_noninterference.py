"""AC-02: what happens in another region changes not one byte of what somebody sees.

Every page is fetched as each role of region A; then seven rows of every model are added in region B (and none in A), and every
page is fetched again. Totals, ranks, pages, facets and choices are all caught by this.
"""

from itertools import zip_longest

import pytest
from django.test import Client
from django.urls import reverse

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
from tests.house.crawling import steady
from tests.house.test_url_matrix import client_for
from tests.house.url_matrix import PAGES
from tests.world import Company, found_company

pytestmark = [pytest.mark.matrix, pytest.mark.django_db]
# The system administrator's work is the structure of the whole company.
CONFINED = [role for role in Role if role not in ADMIN_SITE]
SEVEN = 7


def addresses_in(company: Company) -> list[str]:
    """Every page of one's own and of the sibling project; what they need is made before the first look."""
    return [
        reverse(name, args=page.args(company, where))
        for name, page in PAGES.items()
        if "GET" in page.methods
        for where in (("own", "sibling") if page.has_unit else ("own",))
    ]


def fetch_all(client: Client, addresses: list[str]) -> dict[str, bytes]:
    return {address: steady(client.get(address).content) for address in addresses}


def difference(before: bytes, after: bytes) -> str:
    """The first lines that are not the same."""
    texts = (body.decode(errors="backslashreplace") for body in (before, after))  # photos are no text
    pairs = zip_longest(*(text.splitlines() for text in texts))
    return next((f"{old} → {new}" for old, new in pairs if old != new), "")


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


@pytest.mark.usefixtures("stopped_clock")
@pytest.mark.parametrize("role", CONFINED)
def test_the_other_region_is_not_to_be_felt(role: str) -> None:
    company = found_company()
    client, addresses = client_for(company.person(role)), addresses_in(company)
    before = fetch_all(client, addresses)
    fill_the_other_region(company)
    after = fetch_all(client, addresses)
    assert {address: unlike for address in addresses if (unlike := difference(before[address], after[address]))} == {}
