"""Coverage against a company counted by hand, on 23 March 2026."""

import io
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import openpyxl
import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from core.models import AuditEvent
from core.roles import Role
from overview.coverage import Coverage, coverage_of
from regions.models import Project, Region
from tests.factories import (
    CoordinatorFactory,
    LabourTeamFactory,
    LiaisonFactory,
    ProjectFactory,
    RegionFactory,
    UserFactory,
    WorkCrewFactory,
    person_with,
)
from tests.house.crawl import client_for

pytestmark = pytest.mark.django_db

TODAY = date(2026, 3, 23)
LONG_AGO = date(2025, 1, 1)


@pytest.fixture(autouse=True)
def _on_that_day() -> Any:
    with time_machine.travel(datetime(2026, 3, 23, 10, tzinfo=ZoneInfo("Asia/Shanghai")), tick=False):
        yield


def somebody(name: str) -> User:
    return UserFactory(name=name)


@pytest.fixture
def company() -> None:
    """Four regions, five projects (one of them completed), what is wrong with each beside it."""
    northwest = RegionFactory(code="NW", name="西北片区", order=1)
    CoordinatorFactory(region=northwest, person=somebody("王海东"), from_on=LONG_AGO)
    _dunge(northwest)
    _s101(northwest)
    ProjectFactory(region=northwest, code="DONE", name="竣工项目", stage="completed")

    shaanxi = RegionFactory(code="SN", name="陕西片区", order=2)  # only somebody acting, since 16 March
    CoordinatorFactory(region=shaanxi, from_on=LONG_AGO, to_on=date(2026, 3, 15))
    CoordinatorFactory(region=shaanxi, person=somebody("马俊峰"), from_on=date(2026, 3, 16), acting=True)
    qinling = ProjectFactory(region=shaanxi, code="QL", name="秦岭项目")  # only somebody acting, since 1 February
    CoordinatorFactory(project=qinling, person=somebody("惠建平"), from_on=date(2026, 2, 1), acting=True)
    team = LabourTeamFactory(project=qinling, name="涵洞队", entered_on=None)
    WorkCrewFactory(team=team, name="一班")  # no liaison, and nobody knows since when

    RegionFactory(code="HN", name="湖南片区", order=3)  # nobody, ever

    guangxi = RegionFactory(code="GX", name="广西片区", order=4)  # two at once since 20 March
    CoordinatorFactory(region=guangxi, person=somebody("韦国良"), from_on=LONG_AGO, to_on=date(2026, 4, 10))
    CoordinatorFactory(region=guangxi, person=somebody("覃志明"), from_on=date(2026, 3, 20))
    liuzhou = ProjectFactory(region=guangxi, code="LZ", name="柳州项目")  # covered; the post ends on the thirtieth day from now
    CoordinatorFactory(project=liuzhou, person=somebody("黄永忠"), from_on=LONG_AGO, to_on=date(2026, 4, 22))


def _dunge(region: Region) -> Project:
    """No coordinator since 1 March; one crew without a liaison since 21 March, a team without crews since it came on the 10th."""
    project = ProjectFactory(region=region, code="DUNGE", name="敦格项目", pilot_started_on=date(2025, 6, 1))
    CoordinatorFactory(project=project, from_on=LONG_AGO, to_on=date(2026, 2, 28))
    tunnel = LabourTeamFactory(project=project, name="隧道一队", entered_on=date(2025, 7, 1))
    digging = WorkCrewFactory(team=tunnel, name="开挖班")
    LiaisonFactory(crew=digging, person=somebody("石永福"), from_on=LONG_AGO, to_on=date(2026, 4, 1))
    LiaisonFactory(crew=WorkCrewFactory(team=tunnel, name="支护班"), from_on=LONG_AGO, to_on=date(2026, 3, 20))
    WorkCrewFactory(team=tunnel, name="喷浆班", is_active=False)  # at rest: needs nobody
    LabourTeamFactory(project=project, name="路基队", entered_on=date(2026, 3, 10))
    LabourTeamFactory(project=project, name="涵洞队", entered_on=LONG_AGO, left_on=date(2026, 3, 1))  # gone: needs nobody
    return project


def _s101(region: Region) -> Project:
    """Covered: a coordinator until after the thirty days, a team without crews with its liaison."""
    project = ProjectFactory(region=region, code="S101", name="省道101项目")
    CoordinatorFactory(project=project, person=somebody("祁永录"), from_on=LONG_AGO, to_on=date(2026, 4, 23))
    team = LabourTeamFactory(project=project, name="桥梁队", entered_on=LONG_AGO)
    LiaisonFactory(team=team, person=somebody("关长山"), from_on=LONG_AGO)
    return project


def seen(user: User, **unit: str) -> Coverage:
    found = coverage_of(user, TODAY, **unit)
    assert found is not None
    return found


def rows(coverage: Coverage) -> list[tuple[Any, ...]]:
    return [
        (
            row.unit.code,
            [post.person.name for post in row.holders],
            f"{row.part_time}/{row.projects}",
            f"{row.served}/{row.places}",
            row.gaps,
            row.late,
        )
        for row in coverage.units
    ]


def gaps(coverage: Coverage) -> list[tuple[str, date | None, int | None, str]]:
    return [(gap.words.split(":")[0].split("：")[0], gap.since, gap.days, gap.tone) for gap in coverage.gaps]


# What somebody with a pencil finds in the company above: unit, since, days with the first, tone; the worst first.
HN_GAP = ("湖南片区", None, None, "late")
QL_CREW = ("秦岭项目·涵洞队·一班", None, None, "late")
DUNGE_GAP = ("敦格项目", date(2026, 3, 1), 23, "late")
DUNGE_TEAM = ("敦格项目·路基队", date(2026, 3, 10), 14, "late")
QL_ACTING = ("秦岭项目", date(2026, 2, 1), 51, "soon")
SN_ACTING = ("陕西片区", date(2026, 3, 16), 8, "soon")
GX_TWO = ("广西片区", date(2026, 3, 20), 4, "soon")
DUNGE_CREW = ("敦格项目·隧道一队·支护班", date(2026, 3, 21), 3, "soon")


@pytest.mark.usefixtures("company")
def test_the_company_is_counted_as_by_hand() -> None:
    found = seen(person_with(Role.PARTY_ORGANISATION))
    assert rows(found) == [
        ("NW", ["王海东"], "1/2", "2/4", 3, 2),
        ("SN", ["马俊峰"], "1/1", "0/1", 3, 1),
        ("HN", [], "0/0", "0/0", 1, 1),
        ("GX", ["覃志明", "韦国良"], "1/1", "0/0", 1, 0),
    ]
    assert gaps(found) == [HN_GAP, QL_CREW, DUNGE_GAP, DUNGE_TEAM, QL_ACTING, SN_ACTING, GX_TWO, DUNGE_CREW]


@pytest.mark.usefixtures("company")
def test_the_headline_holds_it_against_what_is_expected(settings: Any) -> None:
    settings.EXPECTED_REGIONAL_COORDINATORS, settings.EXPECTED_PROJECT_COORDINATORS = 8, 28
    response = client_for(person_with(Role.LABOUR_CENTRE)).get("/coverage/")
    assert [(tile.value, tile.tone) for tile in response.context["tiles"]] == [
        ("4/8", "soon"),
        ("3/28", "soon"),
        ("2/5", "soon"),
        (8, "late"),
    ]
    assert "40%" in response.context["tiles"][2].unit


@pytest.mark.usefixtures("company")
def test_the_company_reads_no_names_of_crews_and_its_regions_do() -> None:
    person = person_with(Role.LEADER)
    company = client_for(person).get("/coverage/").content.decode()
    region = client_for(person).get("/coverage/?region=NW").content.decode()
    assert ("敦格项目" in company, "支护班" in company, "/coverage/?region=NW" in company) == (True, False, True)
    assert ("支护班" in region, "秦岭" in region, "/coverage/?project=DUNGE" in region) == (True, False, True)


@pytest.mark.usefixtures("company")
def test_a_region_compares_its_projects() -> None:
    found = seen(person_with(Role.AUDITOR), region="NW")
    assert rows(found) == [("DUNGE", [], "0/1", "1/3", 3, 2), ("S101", ["祁永录"], "1/1", "1/1", 0, 0)]
    assert gaps(found) == [DUNGE_GAP, DUNGE_TEAM, DUNGE_CREW]


@pytest.mark.usefixtures("company")
def test_a_project_shows_its_crews_with_their_liaisons() -> None:
    found = seen(person_with(Role.LABOUR_CENTRE), project="DUNGE")
    places = [
        (row.place.team, row.place.crew, [each.person.name for each in row.liaisons], bool(row.gap)) for row in found.places
    ]
    assert places == [
        ("路基队", "", [], True),
        ("隧道一队", "开挖班", ["石永福"], False),
        ("隧道一队", "支护班", [], True),
    ]


@pytest.mark.usefixtures("company")
def test_posts_that_end_within_thirty_days_are_announced_with_who_follows() -> None:
    person = person_with(Role.PARTY_PERSONNEL)
    company = seen(person)
    northwest = Region.objects.get(code="NW")
    announced = [(ending.post.person.name, ending.days, ending.successor) for ending in company.endings]
    assert announced == [("韦国良", 18, "覃志明"), ("黄永忠", 30, "")]
    assert company.ending_liaisons == {northwest.pk: 1}
    in_region = seen(person, region="NW")
    assert [(ending.post.person.name, ending.days) for ending in in_region.endings] == [("石永福", 9)]


@pytest.mark.usefixtures("company")
def test_a_successor_ends_the_warning() -> None:
    crew = LiaisonFactory._meta.model.objects.get(person__name="石永福").crew
    LiaisonFactory(crew=crew, person=somebody("杨玉林"), from_on=date(2026, 4, 2))
    (ending,) = seen(person_with(Role.PARTY_PERSONNEL), region="NW").endings
    assert ending.successor == "杨玉林"


@pytest.mark.usefixtures("company")
def test_a_regional_coordinator_sees_his_region_at_once_and_no_other() -> None:
    person = person_with(Role.REGIONAL_COORDINATOR, region=Region.objects.get(code="HN"))
    client = client_for(person)
    found = client.get("/coverage/").context["coverage"]
    assert (found.level, found.region.code, found.gaps) == ("region", "HN", [])
    assert client.get("/coverage/?region=NW").status_code == 404
    assert client.get("/coverage/?region=NOWHERE").status_code == 404
    assert client.get("/coverage/?project=DUNGE").status_code == 404


@pytest.mark.usefixtures("company")
@pytest.mark.parametrize("role", [Role.PROJECT_CLERK, Role.PROJECT_COMMITTEE])
def test_a_project_s_people_see_their_project_and_nothing_of_the_region_s_post(role: Role) -> None:
    client = client_for(person_with(role, project=Project.objects.get(code="QL")))
    found = client.get("/coverage/").context["coverage"]
    assert (found.level, found.project.code) == ("project", "QL")
    assert gaps(found) == [QL_CREW, QL_ACTING]
    region = client.get("/coverage/?region=SN")
    assert gaps(region.context["coverage"]) == [QL_CREW, QL_ACTING]
    assert "马俊峰" not in region.content.decode()
    assert client.get("/coverage/?project=DUNGE").status_code == 404


@pytest.mark.parametrize("role", [Role.DEPARTMENT_OFFICER, Role.LIAISON])
def test_whoever_reaches_no_unit_is_told_so(role: Role) -> None:
    response = client_for(person_with(role)).get("/coverage/")
    assert response.context["coverage"].facts.units.regions == []
    assert "lx-empty" in response.content.decode()


def test_full_coverage_says_so() -> None:
    CoordinatorFactory(full_time=True, from_on=LONG_AGO)
    response = client_for(person_with(Role.LEADER)).get("/coverage/")
    assert response.context["coverage"].gaps == []
    assert "lx-ok" in response.content.decode()


def whole_region() -> Project:
    """Something of everything that the page can show."""
    region = RegionFactory()
    CoordinatorFactory(region=region, from_on=LONG_AGO, to_on=date(2026, 4, 1))
    project = ProjectFactory(region=region)
    CoordinatorFactory(project=project, from_on=LONG_AGO, to_on=date(2026, 4, 1))
    ProjectFactory(region=region)
    crew = WorkCrewFactory(team__project=project)
    LiaisonFactory(crew=crew, from_on=LONG_AGO, to_on=date(2026, 4, 1))
    WorkCrewFactory(team=crew.team)
    LabourTeamFactory(project=project)
    return project


@pytest.mark.parametrize(
    ("address", "queries"), [("/coverage/", 11), ("/coverage/?region={region}", 12), ("/coverage/?project={project}", 12)]
)
def test_a_page_costs_the_same_however_large_the_company(address: str, queries: int) -> None:
    project = whole_region()
    whole_region()
    person, counts = person_with(Role.PARTY_ORGANISATION), []
    for more in (0, 2):
        for _again in range(more):
            whole_region()
            LiaisonFactory(crew=WorkCrewFactory(team__project=project), from_on=LONG_AGO, to_on=date(2026, 4, 1))
        client = client_for(person)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address.format(region=project.region.code, project=project.code)).status_code == 200
        counts.append(len(asked))
    assert counts == [queries, queries]


@pytest.mark.usefixtures("company")
def test_the_export_has_a_line_for_every_post_that_is_needed() -> None:
    response = client_for(person_with(Role.PARTY_ORGANISATION)).post("/coverage/export/", {"region": "NW"})
    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
    lines = [tuple(cell.value for cell in line) for line in sheet.iter_rows(min_row=4)]
    title = sheet["A1"].value
    assert "西北片区" in title
    assert "3月23日" in title
    cells = [(line[1], line[2], line[3], line[5], line[7] and line[7].date(), line[8]) for line in lines]
    assert cells == [
        (None, None, None, "王海东", None, None),
        ("敦格项目", None, None, None, date(2026, 3, 1), 23),
        ("敦格项目", "路基队", None, None, date(2026, 3, 10), 14),
        ("敦格项目", "隧道一队", "开挖班", "石永福", None, None),
        ("敦格项目", "隧道一队", "支护班", None, date(2026, 3, 21), 3),
        ("省道101项目", None, None, "祁永录", None, None),
        ("省道101项目", "桥梁队", None, "关长山", None, None),
    ]
    event = AuditEvent.objects.get(kind="export")
    assert event.details["rows"] == 7


@pytest.mark.usefixtures("company")
def test_an_export_stays_within_reach() -> None:
    person = person_with(Role.REGIONAL_COORDINATOR, region=Region.objects.get(code="HN"))
    assert client_for(person).post("/coverage/export/", {"region": "NW"}).status_code == 404
    leader = client_for(person_with(Role.LEADER))
    assert leader.post("/coverage/export/").status_code == 403
    assert "/coverage/export/" not in leader.get("/coverage/").content.decode()
    assert AuditEvent.objects.filter(kind="export").count() == 0
