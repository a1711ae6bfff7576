"""After the preview: what was written, the rest, the undo; waiting for the background; the sheet with red cells; the history."""

import io
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from core.audit import AuditKind
from core.models import AuditEvent
from core.roles import Role
from imports.models import UNDO_FOR, ImportBlock, ImportJob
from imports.views import deciding
from labour_teams.models import Engagement, LabourTeam
from tests.factories import ImportJobFactory, id_number, person_with
from tests.house.test_url_matrix import client_for
from tests.roster_import.pages import press, send, text_of
from tests.roster_import.rosters import FIRST, as_csv, engaged, person

pytestmark = pytest.mark.django_db

S = ImportJob.Status
WRONG = id_number(FIRST + 2)[:17]


def job() -> ImportJob:
    return ImportJob.objects.order_by("pk")[0]


def page_of(browser: Client, which: ImportJob) -> Any:
    return browser.get(reverse("import-job", args=[which.pk]))


# The correct rows first


def test_the_correct_rows_are_written_and_the_rest_waits_to_be_corrected(team: LabourTeam, browser: Client) -> None:
    send(browser, team, as_csv(person(1, team.name), person(2, team.name, id_number=WRONG)))
    result = press(browser, "write", job(), version=job().version, mode="valid")
    rest = ImportJob.objects.get(rest_of=job())
    assert (job().status, Engagement.objects.count(), rest.counts["error"]) == (S.WRITTEN, 1, 1)
    assert "还有 1 行没有写入" in text_of(result)
    assert reverse("import-job", args=[rest.pk]) in text_of(result)
    history = text_of(browser.get(reverse("imports", args=[team.project.code])))
    assert "还有待改的行" in history
    preview = page_of(browser, rest)
    assert reverse("import-columns", args=[rest.pk]) not in text_of(preview)
    assert reverse("import-job", args=[job().pk]) in text_of(preview)
    press(browser, "row", rest, 3, **{"field-id_number": id_number(FIRST + 2)})
    rest.refresh_from_db()
    assert (rest.counts["new"], rest.leavers["ids"]) == (1, [])
    press(browser, "write", rest, version=rest.version)
    assert Engagement.objects.count() == 2


# The undo


def test_an_import_is_undone_after_a_page_that_says_what_that_means(team: LabourTeam, browser: Client) -> None:
    known = engaged(9, team)
    send(browser, team, as_csv(person(1, team.name), person(2, team.name), person(9, team.name, trade="电工")))
    result = press(browser, "write", job(), version=job().version)
    assert "前可以撤销整次导入" in text_of(result)
    asked = browser.get(reverse("import-undo", args=[job().pk]))
    assert "撤销 3 条" in text_of(asked)
    assert Engagement.objects.count() == 3
    touched = Engagement.objects.get(phone_tail="9001")
    touched.remark = "改过"
    touched.save()
    page = press(browser, "undo", job(), version=job().version)
    known.refresh_from_db()
    assert (page.context["undone"], page.context["kept"].number, page.context["stuck"].number) == (2, 1, 0)
    assert reverse("worker", args=[touched.worker.public_id]) in text_of(page)
    assert (known.trade, Engagement.objects.count(), job().status) == ("钢筋工", 2, S.UNDONE)


def test_long_piles_are_counted(team: LabourTeam, browser: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("imports.results.PEOPLE", 2)
    stuck = [engaged(n, team).pk for n in range(5)]
    undoing = {"undone": 0, "kept": stuck[:4], "stuck": [[stuck[4], "后来的记录用到了：出勤。"]]}
    undone = ImportJobFactory(project=team.project, undone=True, undoing=undoing)
    page = page_of(browser, undone)
    assert [(len(page.context[pile].people), page.context[pile].more) for pile in ("kept", "stuck")] == [(2, 2), (1, 0)]
    assert "后来的记录用到了：出勤。" in text_of(page)
    assert "还有 2 人" in text_of(page)


def test_after_seven_days_there_is_no_way_back_and_no_row_but_the_page_stands(
    team: LabourTeam, browser: Client, clerk: User, time_machine: Any
) -> None:
    send(browser, team, as_csv(person(1, team.name)))
    press(browser, "write", job(), version=job().version)
    time_machine.move_to(timezone.now() + UNDO_FOR + timedelta(minutes=1))
    call_command("forget_imports")
    later = client_for(clerk)
    page = text_of(page_of(later, job()))
    assert ImportBlock.objects.count() == 0
    assert "逐行明细保留 7 天，现已清除" in page
    assert reverse("import-undo", args=[job().pk]) not in page
    assert later.get(reverse("import-undo", args=[job().pk])).status_code == 302
    press(later, "undo", job())
    assert (Engagement.objects.count(), job().status) == (1, S.WRITTEN)


# The background


def test_work_in_the_background_has_a_page_with_a_bar(team: LabourTeam, browser: Client) -> None:
    reading = ImportJobFactory(project=team.project, reading=True)
    page = text_of(page_of(browser, reading))
    assert '<progress class="lx-progress" aria-labelledby="h-progress" value="1200" max="5000">' in page
    assert '<noscript><meta http-equiv="refresh"' in page
    assert reverse("import-resume", args=[reading.pk]) not in page
    state = browser.get(reverse("import-progress", args=[reading.pk])).json()
    assert state == {"at_work": True, "silent": False, "done": 1200, "total": 5000, "words": "1,200 / 5,000 行"}
    drop = press(browser, "drop", reading)
    assert "已放弃" in text_of(drop)
    assert browser.get(reverse("import-progress", args=[reading.pk])).json()["at_work"] is False


def test_work_that_fell_silent_says_so_and_is_begun_once_more(
    team: LabourTeam, browser: Client, settings: Any, time_machine: Any, clerk: User
) -> None:
    settings.IMPORT_INLINE_BYTES = 0
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}  # a worker that does nothing
    waiting = send(browser, team, as_csv(person(1, team.name)))
    assert (job().status, "可以关掉这一页" in text_of(waiting)) == (S.READING, True)
    press(browser, "resume", job())
    assert job().status == S.READING
    time_machine.move_to(timezone.now() + timedelta(minutes=5))
    later = client_for(clerk)
    silent = text_of(page_of(later, job()))
    assert "后台停了" in silent
    assert reverse("import-resume", args=[job().pk]) in silent
    after = press(later, "resume", job())
    assert (job().status, job().counts["new"]) == (S.PREVIEWED, 1)
    assert "写入 1 行" in text_of(after)


# The sheet with red cells


def test_the_marked_sheet_goes_back_to_whoever_sent_it_and_to_nobody_else(team: LabourTeam, browser: Client, clerk: User) -> None:
    page = send(browser, team, as_csv(person(1, team.name), person(2, team.name, id_number=WRONG)))
    assert reverse("import-marked", args=[job().pk]) in text_of(page)
    answer = press(browser, "marked", job())
    cells = [str(cell.value) for row in openpyxl.load_workbook(io.BytesIO(answer.content)).active.iter_rows() for cell in row]
    assert {WRONG, id_number(FIRST + 1)} <= set(cells)
    assert "%E6%A0%87%E7%BA%A2" in answer.headers["Content-Disposition"]
    [event] = AuditEvent.objects.filter(kind=AuditKind.EXPORT)
    assert (event.by, event.subject_id, event.details["rows"]) == (clerk, str(job().pk), 2)

    colleague = client_for(person_with(Role.PROJECT_COORDINATOR, project=team.project))
    assert reverse("import-marked", args=[job().pk]) not in text_of(page_of(colleague, job()))
    refused = press(colleague, "marked", job())
    assert "只有上传的人可以下载原表" in text_of(refused)
    assert AuditEvent.objects.filter(kind=AuditKind.EXPORT).count() == 1


# Every state, in the history and on its own page


STATES = {
    "reading": "正在",
    "asked": "待确认列",
    "refused": "读不了",
    "written": "已写入",
    "undone": "已撤销",
    "dropped": "已放弃",
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("role", [Role.PROJECT_CLERK, Role.PROJECT_COMMITTEE, Role.AUDITOR])
def test_every_state_has_its_page(team: LabourTeam, state: str, role: str) -> None:
    somewhere = {} if role == Role.AUDITOR else {"project": team.project}
    browser = client_for(person_with(role, **somewhere))
    found = ImportJobFactory(project=team.project, **{state: True})
    page = browser.get(reverse("import-job", args=[found.pk]), follow=True)
    assert page.status_code == 200
    assert STATES[state] in text_of(page)
    assert STATES[state] in text_of(browser.get(reverse("imports", args=[team.project.code])))
    has_forms = text_of(page).count(f'action="/imports/{found.pk}/')
    assert (has_forms == 0) if role != Role.PROJECT_CLERK else True


def test_of_a_very_long_sheet_only_rows_with_something_to_say_come_back(
    team: LabourTeam, browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deciding, "WHOLE_SHEET", 2)
    send(browser, team, as_csv(person(1, team.name), person(2, team.name, id_number=WRONG), person(3, team.name)))
    answer = browser.post(reverse("import-marked", args=[job().pk]))
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    rows = list(book.worksheets[0].iter_rows(min_row=2, values_only=True))
    assert [WRONG in map(str, row) for row in rows] == [True]
