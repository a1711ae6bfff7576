"""Tables of the admin site as spreadsheets: what leaves is safe and masked, what comes in is shown before it is written."""

import io
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from openpyxl import Workbook, load_workbook

from coordinators.models import Coordinator, Liaison
from core.audit import AuditKind
from core.models import AuditEvent
from core.roles import READERS, Role
from core.sheet_import import Upload, seal
from labour_teams.models import LabourTeam, WorkCrew
from regions.models import Project, Region
from tests.factories import (
    CoordinatorFactory,
    EngagementFactory,
    LabourTeamFactory,
    LiaisonFactory,
    ProjectFactory,
    RegionFactory,
    UserFactory,
    WorkCrewFactory,
    person_with,
)
from tests.house.crawl import client_for
from tests.house.crawling import full_numbers

pytestmark = pytest.mark.django_db
HEADER_ROW = 3


def workbook(*rows: list[Any]) -> SimpleUploadedFile:
    book, stream = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(stream)
    return SimpleUploadedFile("表.xlsx", stream.getvalue())


def cells_of(response: HttpResponse) -> list[list[Any]]:
    sheet = load_workbook(io.BytesIO(response.content)).active
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def check(client: Client, table: str, *rows: list[Any]) -> HttpResponse:
    return client.post(f"/admin/{table}/import/", {"file": workbook(*rows)})


def write(client: Client, table: str, preview: HttpResponse) -> HttpResponse:
    return client.post(f"/admin/{table}/process_import/", {"sealed": preview.context["sealed"]})


def problems(response: HttpResponse) -> list[tuple[int, str]]:
    return [(problem.row, problem.column) for problem in response.context["outcome"].problems]


@pytest.fixture
def centre() -> Client:
    return client_for(person_with(Role.LABOUR_CENTRE))


def test_an_export_has_a_title_headings_and_text_that_stays_text(centre: Client) -> None:
    RegionFactory(code="R7", name="=1+1", order=3, emphasis="+培训")
    response = centre.post("/admin/regions/region/export/", {"format": "xlsx"})
    rows = cells_of(response)
    assert rows[0][0] == "片区"
    assert rows[HEADER_ROW - 1][:2] == ["代码", "姓名"] or rows[HEADER_ROW - 1][:2] == ["代码", "名称"]
    assert rows[HEADER_ROW][:2] == ["R7", "=1+1"]
    sheet = load_workbook(io.BytesIO(response.content)).active
    assert {sheet.cell(HEADER_ROW + 1, column).data_type for column in (1, 2, 6)} == {"s"}
    assert "attachment" in response.headers["Content-Disposition"]


def test_an_export_as_text_defuses_formulas(centre: Client) -> None:
    RegionFactory(code="R7", name="=1+1")
    text = centre.post("/admin/regions/region/export/", {"format": "csv"}).content.decode("utf-8-sig")
    assert "'=1+1" in text.splitlines()[1]


def test_an_export_follows_the_filters_and_is_recorded() -> None:
    ours, theirs = ProjectFactory(), ProjectFactory()
    person = person_with(Role.PARTY_ORGANISATION)
    rows = cells_of(
        client_for(person).post(f"/admin/regions/project/export/?region__id__exact={ours.region_id}", {"format": "xlsx"})
    )
    assert [row[0] for row in rows[HEADER_ROW:]] == [ours.code]
    assert theirs.code not in str(rows)
    event = AuditEvent.objects.get(kind=AuditKind.EXPORT)
    assert (event.by, event.details["what"], event.details["rows"]) == (person, "regions.project", 1)


def test_the_roster_leaves_masked(centre: Client) -> None:
    EngagementFactory.create_batch(3)
    rows = cells_of(centre.post("/admin/labour_teams/engagement/export/", {"format": "xlsx"}))
    assert len(rows) == HEADER_ROW + 3
    assert full_numbers(str(rows)) == []
    assert "**********" in str(rows)


def test_looking_at_the_export_page_records_nothing(centre: Client) -> None:
    assert centre.get("/admin/labour_teams/engagement/export/").status_code == 200
    assert not AuditEvent.objects.exists()


@pytest.mark.parametrize("role", sorted({*READERS, Role.SYSTEM_ADMINISTRATOR}))
def test_files_are_for_headquarters_only(role: Role) -> None:
    client = client_for(person_with(role))
    for page in ("export", "import", "process_import"):
        assert client.get(f"/admin/regions/region/{page}/").status_code in {403, 405}
        assert client.post(f"/admin/regions/region/{page}/", {"format": "xlsx"}).status_code == 403
    assert not AuditEvent.objects.exists()


def test_what_was_exported_comes_back_unchanged(centre: Client) -> None:
    LiaisonFactory(for_crew=True)
    CoordinatorFactory(part_time=True)
    CoordinatorFactory(full_time=True)
    for table in (
        "regions/region",
        "regions/project",
        "labour_teams/labourteam",
        "labour_teams/workcrew",
        "coordinators/coordinator",
        "coordinators/liaison",
    ):
        content = centre.post(f"/admin/{table}/export/", {"format": "xlsx"}).content
        preview = centre.post(f"/admin/{table}/import/", {"file": SimpleUploadedFile("表.xlsx", content)})
        assert preview.context["outcome"].problems == [], table
        assert {line.kind for line in preview.context["outcome"].lines} == {"skip"}, table


def test_regions_come_in_from_a_sheet() -> None:
    RegionFactory(code="NW", name="西北片区", order=1)
    person = person_with(Role.LABOUR_CENTRE)
    client = client_for(person)
    preview = check(
        client,
        "regions/region",
        ["片区一览"],
        ["代码", "name", "顺序", "备注"],
        ["NW", "大西北片区", 1, "x"],
        ["GX", "广西片区", 4, ""],
    )
    outcome = preview.context["outcome"]
    assert (outcome.problems, outcome.ignored) == ([], ["备注"])
    assert [(line.row, line.kind) for line in outcome.lines] == [(3, "update"), (4, "new")]
    assert ("西北片区", "大西北片区") in outcome.lines[0].cells
    assert Region.objects.count() == 1
    assert write(client, "regions/region", preview).status_code == 302
    assert dict(Region.objects.values_list("code", "name")) == {"NW": "大西北片区", "GX": "广西片区"}
    event = AuditEvent.objects.get(kind=AuditKind.IMPORT)
    assert (event.by, event.details) == (person, {"what": "regions.region", "file": "表.xlsx", "new": 1, "update": 1})


def test_one_bad_row_keeps_everything_out_and_is_named(centre: Client) -> None:
    project = ProjectFactory(code="DUNGE")
    preview = check(
        centre,
        "labour_teams/labourteam",
        ["项目编码", "name", "类型", "进场日期"],
        ["DUNGE", "隧道一队", "架子队", "2026年3月1日"],
        ["NOWHERE", "隧道二队", "架子队", ""],
        ["DUNGE", "隧道三队", "游击队", "2026-02-30"],
        ["DUNGE", "", "架子队", ""],
    )
    assert {row for row, _column in problems(preview)} == {3, 4, 5}
    assert [column for row, column in problems(preview) if row == 3] == ["项目编码"]
    assert {column for row, column in problems(preview) if row == 4} == {"类型", "进场日期"}
    assert preview.context["sealed"] == ""
    assert not LabourTeam.objects.filter(project=project).exists()


def test_teams_and_crews_come_in_under_their_units(centre: Client) -> None:
    ProjectFactory(code="DUNGE")
    preview = check(centre, "labour_teams/labourteam", ["project", "name", "kind"], ["DUNGE", "隧道一队", "frame"])
    write(centre, "labour_teams/labourteam", preview)
    team = LabourTeam.objects.get()
    assert (team.name, team.kind, team.project.code) == ("隧道一队", "frame", "DUNGE")
    elsewhere = LabourTeamFactory(name="隧道一队")
    preview = check(
        centre, "labour_teams/workcrew", ["project", "team", "name", "is_active"], ["DUNGE", "隧道一队", "开挖班", "是"]
    )
    write(centre, "labour_teams/workcrew", preview)
    assert WorkCrew.objects.get().team == team
    assert not elsewhere.crews.exists()


def test_coordinators_and_liaisons_come_in_by_user_name(centre: Client) -> None:
    person = UserFactory(username="zhou")
    crew = WorkCrewFactory(name="开挖班", team__project__code="DUNGE", team__name="隧道一队")
    head = ["person", "kind", "project", "from_on"]
    write(
        centre,
        "coordinators/coordinator",
        check(centre, "coordinators/coordinator", head, ["zhou", "part_time", "DUNGE", "2026-01-01"]),
    )
    assert Coordinator.objects.get().person == person
    head = ["person", "project", "team", "crew", "from_on"]
    write(
        centre,
        "coordinators/liaison",
        check(centre, "coordinators/liaison", head, ["zhou", "DUNGE", "隧道一队", "开挖班", "2026-01-01"]),
    )
    assert Liaison.objects.get().crew == crew


def test_a_sheet_gives_nobody_a_post_of_his_own() -> None:
    person = person_with(Role.PARTY_PERSONNEL)
    RegionFactory(code="NW")
    head = ["person", "kind", "region", "project", "from_on"]
    preview = check(client_for(person), "coordinators/coordinator", head, [person.username, "full_time", "NW", "", "2026-01-01"])
    assert [row for row, _column in problems(preview)] == [2]
    assert not Coordinator.objects.exists()


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([["别的", "列"], ["x", "y"]], "代码"),
        ([["代码", "code"], ["NW", "NW"]], "两次"),
        ([["代码", "name"]], "数据"),
    ],
)
def test_a_sheet_without_its_table_is_refused_in_words(centre: Client, rows: list[list[Any]], words: str) -> None:
    response = check(centre, "regions/region", *rows)
    assert words in response.context["form"].errors["file"][0]


@pytest.mark.parametrize(
    ("name", "data"), [("a.xlsx", b"not a workbook"), ("a.exe", b"MZ"), ("a.xlsx", b""), ("a.xlsx", b"0" * 1_100_000)]
)
def test_a_file_that_is_no_small_workbook_is_refused(centre: Client, name: str, data: bytes) -> None:
    response = centre.post("/admin/regions/region/import/", {"file": SimpleUploadedFile(name, data)})
    assert response.context["form"].errors["file"]
    assert "outcome" not in response.context


@pytest.mark.parametrize("whose", ["nobody", "somebody else", "another table", "an hour ago"])
def test_a_preview_that_was_not_sealed_for_this_is_refused(whose: str) -> None:
    person = person_with(Role.LABOUR_CENTRE)
    upload = Upload("表.xlsx", workbook(["代码", "name"], ["GX", "广西片区"]).read())
    with time_machine.travel(timezone.now() - timedelta(hours=whose == "an hour ago")):
        sealed = {
            "nobody": "k1:AAAA",
            "somebody else": seal(upload, model=Region, user=UserFactory()),
            "another table": seal(upload, model=Project, user=person),
            "an hour ago": seal(upload, model=Region, user=person),
        }[whose]
    response = client_for(person).post("/admin/regions/region/process_import/", {"sealed": sealed})
    assert response.headers["Location"] == "/admin/regions/region/import/"
    assert not Region.objects.filter(code="GX").exists()


def test_what_no_longer_fits_at_the_second_look_is_not_written() -> None:
    client = client_for(person_with(Role.LABOUR_CENTRE))
    preview = check(client, "regions/region", ["代码", "name"], ["GX", "广西片区"], ["HN", "湖南片区"])
    RegionFactory(code="XX", name="湖南片区")
    answer = write(client, "regions/region", preview)
    assert problems(answer)
    assert set(Region.objects.values_list("code", flat=True)) == {"XX"}
    assert not AuditEvent.objects.filter(kind=AuditKind.IMPORT).exists()
