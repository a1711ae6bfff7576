"""The wizard over HTTP: uploading, looking, writing; what people do not get to see. Its other pages: test_wizard_*.py."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from core.roles import Role
from imports import workflow
from imports.forms import PASTED_NAME
from imports.models import ImportBlock, ImportJob
from labour_teams.models import Engagement, LabourTeam, Worker
from tests.factories import ImportBlockFactory, ImportJobFactory, LabourTeamFactory, bank_card, id_number, person_with, staged_row
from tests.house.crawling import full_numbers
from tests.house.test_url_matrix import client_for
from tests.roster_import.pages import press, send, text_of
from tests.roster_import.rosters import FIRST, as_csv, engaged, person

pytestmark = pytest.mark.django_db

S = ImportJob.Status
ROSTERS = Path(__file__).parent.parent / "data" / "rosters"
TEAMS = ("示例劳务队甲", "示例劳务队乙", "示例劳务队丙")


REAL = {
    "a01_clean.xlsx": (12, "李建山", 1),
    "a07_title_two_level_header_footer.xlsx": (10, "程国勇", 4),
}


@pytest.mark.parametrize("name", REAL)
def test_a_real_workbook_goes_from_upload_to_the_teams_pages(team: LabourTeam, browser: Client, name: str) -> None:
    people, somebody, header_row = REAL[name]
    for label in TEAMS:
        LabourTeamFactory(project=team.project, name=label)
    preview = send(browser, team, (ROSTERS / name).read_bytes(), name)
    job = ImportJob.objects.get()
    assert (job.status, job.found["header_row"], job.counts["new"], job.counts["error"]) == (S.PREVIEWED, header_row, people, 0)
    assert somebody in text_of(preview)
    assert f"写入 {people} 行" in text_of(preview)
    assert Engagement.objects.count() == 0

    result = press(browser, "write", job, version=job.version)
    assert Engagement.objects.filter(project=team.project).count() == people
    shown = ""
    for place in result.context["places"]:
        assert place.url in text_of(result)
        shown += text_of(browser.get(place.url))
    assert somebody in shown
    assert sum(place.number for place in result.context["places"]) == people

    again = send(browser, team, (ROSTERS / name).read_bytes(), name)
    assert ImportJob.objects.latest("pk").counts == {**job.counts, "new": 0, "same": people}
    assert "没有要写的" in text_of(again)


def test_the_preview_shows_before_and_after_and_filters_by_result(team: LabourTeam, browser: Client) -> None:
    engaged(1, team)
    engaged(2, LabourTeamFactory(project=team.project, name="桥梁一队"))
    send(
        browser,
        team,
        as_csv(person(1, team.name, trade="喷浆工"), person(2, team.name, name="周文军"), person(3, team.name, name="麻三妹")),
    )
    job = ImportJob.objects.get()
    url = reverse("import-job", args=[job.pk])
    updates = text_of(browser.get(url, {"outcome": "update"}))
    assert "钢筋工</del>" in updates
    assert "喷浆工</ins>" in updates
    assert "麻三妹" not in updates
    assert "桥梁一队</del>" in text_of(browser.get(url, {"outcome": "transfer"}))
    assert "麻三妹" in text_of(browser.get(url, {"outcome": "new"}))
    assert [line.number for line in browser.get(url, {"outcome": "nonsense"}).context["lines"]] == [2, 3, 4]


def test_a_long_preview_comes_in_pages(team: LabourTeam, browser: Client) -> None:
    job = ImportJobFactory(project=team.project, counts={"new": 120})
    for first in (2, 62):
        ImportBlockFactory(job=job, staged=[staged_row(number) for number in range(first, first + 60)])
    url, seen = reverse("import-job", args=[job.pk]), []
    while url:
        page = browser.get(url.split("#")[0])
        seen += [line.number for line in page.context["lines"]]
        url = page.context["next"] and reverse("import-job", args=[job.pk]) + page.context["next"]
    assert seen == list(range(2, 122))


def test_errors_are_grouped_by_what_to_do_and_all_or_nothing_writes_nothing(team: LabourTeam, browser: Client) -> None:
    wrong = id_number(FIRST + 2)[:17]
    sent = as_csv(person(1, team.name), person(2, team.name, id_number=wrong), person(3, "天上来队"))
    page = send(browser, team, sent)
    job = ImportJob.objects.get()
    assert [(group.title, group.count) for group in page.context["groups"]] == [("身份证号要核对", 1), ("本项目没有这支队伍", 1)]
    assert [(fix.number, fix.title) for group in page.context["groups"] for fix in group.fixes] == [(3, "周文军"), (4, "周文军")]
    assert "先写正确的 1 行，2 行留着改" in text_of(page)
    refused = press(browser, "write", job, version=job.version, mode="all")
    assert "还有待修改或待判断的行" in text_of(refused)
    assert (Worker.objects.count(), ImportJob.objects.get().status) == (0, S.PREVIEWED)


UNUSABLE = {
    "no workbook": ("花名册.xlsx", b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "格式"),
    "empty": ("花名册.xlsx", b"", "空"),
    "password": ("c16_encrypted.xlsx", None, "密码"),
}


@pytest.mark.parametrize("kind", UNUSABLE)
def test_an_unusable_file_says_what_to_do_and_writes_nothing(team: LabourTeam, browser: Client, kind: str) -> None:
    name, data, word = UNUSABLE[kind]
    page = send(browser, team, (ROSTERS / name).read_bytes() if data is None else data, name)
    job = ImportJob.objects.get()
    assert (job.status, ImportBlock.objects.count(), Worker.objects.count()) == (S.REFUSED, 0, 0)
    assert word in text_of(page)
    assert reverse("import-upload", args=[team.project.code]) in text_of(page)
    assert reverse("import-template", args=[team.project.code]) in text_of(page)
    assert reverse("import-write", args=[job.pk]) not in text_of(page)


def test_bad_id_numbers_are_named_by_row_and_column_and_never_shown(team: LabourTeam, browser: Client) -> None:
    page = send(browser, team, (ROSTERS / "b01_bad_ids.xlsx").read_bytes(), "b01_bad_ids.xlsx")
    job = ImportJob.objects.get()
    errors = text_of(browser.get(reverse("import-job", args=[job.pk]), {"outcome": "error"}))
    for row in (3, 4, 9, 10, 13, 17):
        assert f"第{row}行「身份证号」" in errors
        assert reverse("import-row", args=[job.pk, row]) in text_of(page)
    assert full_numbers(text_of(page)) == full_numbers(errors) == []
    assert Worker.objects.count() == 0


def test_no_page_of_the_wizard_shows_a_full_number(team: LabourTeam, browser: Client) -> None:
    for n in (1, 4, 5):
        engaged(n, team)
    given = person(1, team.name, phone="15412345678", bank_card=bank_card(1), remark=f"原号 {id_number(FIRST + 8)}")
    wrong = person(
        2, team.name, id_number=id_number(FIRST + 2)[:-1] + "?", phone="1541234567899", entered_on=id_number(FIRST + 7)
    )
    twin = person(4, team.name, name="别人")
    send(browser, team, as_csv(given, wrong, twin, person(3, "天上来队")), f"{id_number(FIRST + 1)}.csv")
    job = ImportJob.objects.get()
    addresses = [reverse(f"import-{page}", args=[job.pk]) for page in ("job", "columns", "leavers")]
    addresses += [reverse("import-row", args=[job.pk, row]) for row in (2, 3, 4, 5)]
    pages = [text_of(browser.get(address)) for address in addresses]
    pages.append(text_of(press(browser, "write", job, mode="valid")))
    pages += [text_of(browser.get(reverse("import-undo", args=[job.pk]))), text_of(press(browser, "undo", job))]
    pages.append(text_of(browser.get(reverse("imports", args=[team.project.code]))))
    assert ImportJob.objects.get(pk=job.pk).status == S.UNDONE
    for page in pages:
        assert full_numbers(page) == []
        for number in (id_number(FIRST + 2)[:-1], "1541234567899", id_number(FIRST + 7)[:12]):
            assert number not in page


def test_somebody_known_elsewhere_looks_unknown_on_every_page(team: LabourTeam, browser: Client) -> None:
    """Two uploads of one person each, one known in another region: the pages differ in nothing but their own numbers."""
    engaged(1, LabourTeamFactory())
    pages = []
    for n in (1, 2):
        shown = send(browser, team, as_csv(person(n, team.name)))
        job = ImportJob.objects.latest("pk")
        pages.append([plain(text_of(shown), job, n), plain(text_of(press(browser, "write", job)), job, n)])
        Engagement.objects.filter(project=team.project).delete()
    assert pages[0] == pages[1]


def plain(page: str, job: ImportJob, n: int) -> str:
    """A page without the numbers that are its own."""
    for own in (f"/imports/{job.pk}/", id_number(FIRST + n)[-4:], str(9000 + n)):
        page = page.replace(own, "#")
    return "\n".join(line for line in page.splitlines() if "csrfmiddlewaretoken" not in line)


def test_pressing_twice_writes_once_and_says_so(team: LabourTeam, browser: Client) -> None:
    send(browser, team, as_csv(person(1, team.name)))
    job = ImportJob.objects.get()
    press(browser, "write", job, version=job.version)
    second = press(browser, "write", job, version=job.version)
    assert "没有重复写" in text_of(second)
    assert Engagement.objects.count() == 1


def test_an_overtaken_preview_shows_the_new_comparison(team: LabourTeam, browser: Client) -> None:
    send(browser, team, as_csv(person(1, team.name)))
    job = ImportJob.objects.get()
    colleague = person_with(Role.PROJECT_COORDINATOR, project=team.project)
    data = as_csv(person(1, team.name))
    theirs = workflow.receive(team.project, "roster", name="同.csv", data=data, by=colleague)
    workflow.write(workflow.read(theirs, by=colleague), by=colleague)
    page = text_of(press(browser, "write", job, version=job.version))
    assert page.count("没有写入任何数据；已重新对比") == 1
    assert "没有要写的，结束" in page
    assert Engagement.objects.count() == 1


def test_dropping_leaves_the_fact_and_the_way_on(team: LabourTeam, browser: Client) -> None:
    send(browser, team, as_csv(person(1, team.name)))
    job = ImportJob.objects.get()
    page = text_of(press(browser, "drop", job, version=job.version))
    assert ImportBlock.objects.count() == 0
    assert "周文军" not in page
    assert "已放弃" in page


def test_no_file_and_too_big_a_file_are_said_at_the_field(team: LabourTeam, browser: Client, settings: Any) -> None:
    settings.IMPORT_MAX_BYTES = 100
    url = reverse("import-upload", args=[team.project.code])
    assert "请先选一个文件" in text_of(browser.post(url))
    assert "文件过大" in text_of(send(browser, team, b"x" * 101))
    assert ImportJob.objects.count() == 0


def test_cells_copied_out_of_a_spreadsheet_are_read_like_a_file(team: LabourTeam, browser: Client) -> None:
    given = person(1, team.name)
    pasted = "\r\n".join(["姓名\t身份证号\t所属劳务队伍\t进场日期", f"周文军\t{given['id_number']}\t{team.name}\t2026/3/1"])
    url = reverse("import-upload", args=[team.project.code])
    page = browser.post(url, {"pasted": pasted}, follow=True)
    job = ImportJob.objects.get()
    assert (job.status, job.counts["new"], job.file_name) == (S.PREVIEWED, 1, PASTED_NAME)
    assert given["id_number"] not in text_of(page)


def test_the_empty_sheet_carries_the_teams_of_the_project_and_imports_nobody(team: LabourTeam, browser: Client) -> None:
    answer = browser.get(reverse("import-template", args=[team.project.code]))
    assert answer.headers["Content-Disposition"].startswith("attachment")
    send(browser, team, answer.content, "花名册.xlsx")
    job = ImportJob.objects.get()
    assert (job.status, job.row_count) == (S.ASKED, 0)
    assert "没有" in job.problems[0]["message"]


@pytest.mark.parametrize("role", [Role.PROJECT_COMMITTEE, Role.HEALTH_OFFICER])
def test_those_who_may_only_look_get_no_button_and_no_write(team: LabourTeam, browser: Client, role: str) -> None:
    send(browser, team, as_csv(person(1, team.name)))
    job = ImportJob.objects.get()
    looker = client_for(person_with(role, project=team.project))
    page = text_of(looker.get(reverse("import-job", args=[job.pk])))
    assert "周文军" in page
    assert reverse("import-write", args=[job.pk]) not in page
    press(looker, "write", job, version=job.version)
    for name in ("columns", "leavers", "undo"):
        assert looker.get(reverse(f"import-{name}", args=[job.pk])).headers["Location"] == reverse("import-job", args=[job.pk])
    assert looker.get(reverse("import-row", args=[job.pk, 2])).status_code == 302
    refused = send(looker, team, as_csv(person(2, team.name)))
    assert "你的岗位不能往这个项目导入" in text_of(refused)
    assert (Engagement.objects.count(), ImportJob.objects.count()) == (0, 1)


@pytest.mark.parametrize("role", [Role.PROJECT_CLERK, Role.REGIONAL_COORDINATOR, Role.SYSTEM_ADMINISTRATOR])
def test_out_of_reach_is_not_found(team: LabourTeam, browser: Client, role: str) -> None:
    send(browser, team, as_csv(person(1, team.name)))
    job = ImportJob.objects.get()
    stranger = client_for(person_with(role))
    addresses = [reverse(name, args=[team.project.code]) for name in ("imports", "import-upload")]
    addresses += [reverse(name, args=[job.pk]) for name in ("import-job", "import-write", "import-drop", "import-undo")]
    assert [stranger.get(url).status_code for url in addresses] == [404] * 6
    assert [stranger.post(url).status_code for url in addresses[1:2] + addresses[3:]] == [404] * 4
    assert ImportJob.objects.get().status == S.PREVIEWED


def test_a_press_that_sign_in_interrupted_leads_to_the_import(team: LabourTeam, browser: Client) -> None:
    send(browser, team, as_csv(person(1, team.name)))
    job = ImportJob.objects.get()
    assert browser.get(reverse("import-write", args=[job.pk])).headers["Location"] == reverse("import-job", args=[job.pk])
    assert Engagement.objects.count() == 0


def test_the_history_lists_imports_newest_first_in_a_fixed_number_of_queries(team: LabourTeam, browser: Client) -> None:
    url = reverse("imports", args=[team.project.code])
    assert "还没有导入过" in text_of(browser.get(url))
    counts = []
    for _round in range(2):
        ImportJobFactory(project=team.project, written=True)
        ImportJobFactory(project=team.project, refused=True, created_at=timezone.now() - timedelta(days=9))
        ImportJobFactory()
        with CaptureQueriesContext(connection) as queries:
            page = browser.get(url)
        counts.append(len(queries))
        shown = [row.job.pk for row in page.context["rows"]]
        assert shown == list(ImportJob.objects.filter(project=team.project).order_by("-created_at").values_list("pk", flat=True))
    assert counts[0] == counts[1]


def test_older_imports_are_reached_by_the_next_page(team: LabourTeam, browser: Client) -> None:
    jobs = ImportJobFactory.create_batch(60, project=team.project)
    url = reverse("imports", args=[team.project.code])
    first = browser.get(url)
    second = browser.get(url + first.context["next"])
    shown = [row.job.pk for page in (first, second) for row in page.context["rows"]]
    assert shown == [job.pk for job in reversed(jobs)]
    assert (second.context["next"], second.context["previous"]) == ("", "?page=1")


def test_a_preview_takes_the_same_queries_whatever_is_in_it(team: LabourTeam, browser: Client) -> None:
    """Errors, possible duplicates with their other sides, questions and leavers: one of each, then three."""
    counts = []
    for number in (1, 3):
        for n in range(number * 10, number * 11):
            engaged(n, team)
            engaged(n + 100, team)
        rows = [person(n, team.name, name="别人") for n in range(number * 10, number * 11)]
        rows += [person(n + 50, team.name, entered_on="何时") for n in range(number)]
        rows += [person(n + 60, f"天{n}队") for n in range(number)]
        send(browser, team, as_csv(*rows))
        job = ImportJob.objects.latest("pk")
        assert (job.counts["duplicate"], job.counts["error"], len(job.found["questions"])) == (number, 2 * number, number)
        with CaptureQueriesContext(connection) as queries:
            browser.get(reverse("import-job", args=[job.pk]))
        counts.append(len(queries))
    assert counts[0] == counts[1]


HOSTILE = [
    "../../../etc/cron.d/x.csv",
    "<img src=x onerror=alert(1)>.csv",
    "花名册\u202exslx.csv",
    "=cmd|'/C calc'!A0.csv",
    "名" * 300 + ".csv",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_name_is_only_shown(team: LabourTeam, browser: Client, name: str) -> None:
    page = send(browser, team, as_csv(person(1, team.name)), name)
    assert page.status_code == 200
    assert "<img src=x" not in text_of(page)
    assert all(len(job.file_name) <= 255 and "/" not in job.file_name for job in ImportJob.objects.all())
