"""Posts of several projects in one sheet of the admin site: the columns of the wizard's sheets, and whom a row means."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook, load_workbook

from coordinators.coordinator_import.sheet import COORDINATORS
from coordinators.liaison_import.sheet import LIAISONS
from coordinators.models import Coordinator, Liaison
from coordinators.resources import CoordinatorResource, LiaisonResource
from core.personal import Phone
from core.roles import Role
from imports.sheets import SheetDefinition
from labour_teams.models import WorkCrew
from tests.factories import LiaisonFactory, ProjectFactory, UserFactory, WorkCrewFactory, person_with, phone
from tests.house.crawling import full_numbers
from tests.house.test_url_matrix import client_for

pytestmark = pytest.mark.django_db
FIRST = 9_700  # far from the running numbers of the factories
HEADERS = ["姓名", "手机号", "项目编码", "所属劳务队伍", "作业工班", "聘任日期", "聘任文号"]


@pytest.fixture
def centre() -> Client:
    return client_for(person_with(Role.LABOUR_CENTRE))


def check(client: Client, table: str, *rows: list[Any]) -> Any:
    book, stream = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(stream)
    return client.post(f"/admin/coordinators/{table}/import/", {"file": SimpleUploadedFile("表.xlsx", stream.getvalue())})


def write(client: Client, table: str, preview: Any) -> None:
    client.post(f"/admin/coordinators/{table}/process_import/", {"sealed": preview.context["sealed"]})


def problems(preview: Any) -> list[tuple[int, str, str]]:
    return [(problem.row, problem.column, problem.message) for problem in preview.context["outcome"].problems]


def somebody(n: int, name: str = "向春生") -> Any:
    return UserFactory(name=name, phone=Phone.parse(phone(FIRST + n)))


def row(n: int, crew: WorkCrew, name: str = "向春生", **said: Any) -> list[Any]:
    said = {"from": "2026年3月1日", "document": "党工委3号", **said}
    return [name, phone(FIRST + n), crew.team.project.code, crew.team.name, crew.name, said["from"], said["document"]]


@pytest.mark.parametrize(("resource", "sheet"), [(CoordinatorResource, COORDINATORS), (LiaisonResource, LIAISONS)])
def test_every_header_of_the_wizard_is_understood_and_leaves_again(resource: Any, sheet: SheetDefinition) -> None:
    names = resource().names_by_heading()
    columns = [column for column in sheet.columns if column.field != "seq"]
    spellings = {spelling for column in columns for spelling in (column.header, *column.aliases)}
    assert spellings <= set(names)
    assert {names[column.header] for column in columns} <= set(resource().names)
    assert {column.header for column in columns} <= {resource().heading(name) for name in resource().names}
    assert "" not in names


def test_a_list_of_two_projects_comes_in_by_mobile(centre: Client) -> None:
    crews = [WorkCrewFactory(name="钢筋一班", team__name="隧道一队") for _number in range(2)]
    people = [somebody(n) for n in range(2)]
    preview = check(centre, "liaison", HEADERS, *(row(n, crew) for n, crew in enumerate(crews)))
    assert problems(preview) == []
    assert full_numbers(preview.content.decode().split('name="sealed"')[0]) == []
    write(centre, "liaison", preview)
    written = list(Liaison.objects.order_by("pk").values_list("person", "crew", "document_no"))
    assert written == [(person.pk, crew.pk, "党工委3号") for person, crew in zip(people, crews, strict=True)]


def test_coordinators_of_two_projects_come_in_with_term_and_main_job(centre: Client) -> None:
    projects = [ProjectFactory(code=code) for code in ("DUNGE", "SANXI")]
    for n in range(2):
        somebody(n)
    head = ["兼职协理员", "联系电话", "类型", "项目编码", "职务", "任职日期", "任期至", "代理", "文号"]
    rows = [
        ["向春生", phone(FIRST + n), "part_time", project.code, "工会干事", "2026.3.1", "2029-02-28", "是", "党工委3号"]
        for n, project in enumerate(projects)
    ]
    preview = check(centre, "coordinator", head, *rows)
    assert problems(preview) == []
    write(centre, "coordinator", preview)
    for post in Coordinator.objects.all():
        assert (post.main_job, f"{post.from_on}", f"{post.to_on}", post.is_acting) == (
            "工会干事",
            "2026-03-01",
            "2029-02-28",
            True,
        )
    assert set(Coordinator.objects.values_list("project", flat=True)) == {project.pk for project in projects}


@pytest.mark.parametrize("case", ["unknown", "several", "other name", "nobody", "no mobile"])
def test_a_row_that_names_nobody_for_certain_is_refused(case: str, centre: Client) -> None:
    crew = WorkCrewFactory()
    for _number in range({"unknown": 0, "several": 2}.get(case, 1)):
        somebody(1, "石光荣" if case == "other name" else "向春生")
    line = row(1, crew)
    line[1] = {"nobody": "", "no mobile": "1390000"}.get(case, line[1])
    found = problems(check(centre, "liaison", HEADERS, line))
    assert [(number, column) for number, column, _words in found] == [(2, "用户名")]
    assert all(words and phone(FIRST + 1) not in words for _number, _column, words in found)
    assert not Liaison.objects.exists()


def test_a_user_name_beside_another_ones_name_is_refused(centre: Client) -> None:
    crew, person = WorkCrewFactory(), somebody(1, "石光荣")
    line = [person.username, "向春生", crew.team.project.code, crew.team.name, crew.name, "2026-03-01"]
    found = problems(check(centre, "liaison", ["用户名", "姓名", "项目编码", "所属劳务队伍", "作业工班", "聘任日期"], line))
    assert [(number, column) for number, column, _words in found] == [(2, "用户名")]


@pytest.mark.parametrize(("changed", "column"), [({"from": "2026-02-30"}, "聘任日期"), ({"document": "x" * 61}, "聘任文号")])
def test_cells_are_read_with_the_wizards_cleaners(changed: dict[str, str], column: str, centre: Client) -> None:
    somebody(1)
    found = problems(check(centre, "liaison", HEADERS, row(1, WorkCrewFactory(), **changed)))
    assert [(number, name) for number, name, _words in found] == [(2, column)]


def test_an_export_is_headed_like_the_wizards_sheet_and_masks_the_mobile(centre: Client) -> None:
    LiaisonFactory(person=somebody(1), for_crew=True)
    answer = centre.post("/admin/coordinators/liaison/export/", {"format": "xlsx"})
    texts = [[cell.value for cell in cells] for cells in load_workbook(io.BytesIO(answer.content)).active.iter_rows()]
    assert set(HEADERS) <= set(texts[2])
    assert full_numbers(str(texts)) == []
