"""Every file of tests/data/rosters through the pages: what is accepted stands in the roster cell for cell, nothing else does."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import User
from core.models import AuditEvent
from core.roles import Role
from imports import blocks
from imports.models import ImportBlock, ImportFile, ImportJob
from imports.staging import issues_of
from labour_teams import codes
from labour_teams.models import Engagement, Worker
from regions.models import Project
from tests.factories import LabourTeamFactory, ProjectFactory, person_with
from tests.house.crawling import full_numbers
from tests.house.test_url_matrix import client_for

ROSTERS = Path(__file__).parents[1] / "data" / "rosters"
MANIFEST = json.loads((ROSTERS / "manifest.json").read_text())
pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only]

S = ImportJob.Status
Entry = dict[str, Any]
SEXES = dict(codes.Sex.choices)


@pytest.fixture
def project(time_machine: Any) -> Project:
    time_machine.move_to(f"{MANIFEST['as_of']} 10:00:00+08:00", tick=False)
    return ProjectFactory()


@pytest.fixture
def clerk(project: Project) -> User:
    return person_with(Role.PROJECT_CLERK, project=project)


@pytest.fixture
def browser(clerk: User) -> Client:
    return client_for(clerk)


def upload(browser: Client, project: Project, name: str, content: bytes) -> ImportJob:
    """The page of the import after the upload, looked at; its job."""
    file = SimpleUploadedFile("x", content)
    file._name = name
    answer = browser.post(reverse("import-upload", args=[project.code]), {"file": file}, follow=True)
    assert answer.status_code == 200
    job = ImportJob.objects.latest("pk")
    seen(browser.get(reverse("import-job", args=[job.pk]), follow=True))
    return job


def seen(answer: Any) -> str:
    page: str = answer.content.decode()
    assert answer.status_code == 200
    assert full_numbers(page) == []
    assert "Traceback" not in page
    return page


def press(browser: Client, name: str, job: ImportJob, **data: Any) -> None:
    job.refresh_from_db()
    seen(browser.post(reverse(name, args=[job.pk]), {"version": job.version, **data}, follow=True))
    job.refresh_from_db()


def ready(browser: Client, project: Project, entry: Entry) -> ImportJob:
    """The file uploaded, and the questions about its teams answered."""
    job = upload(browser, project, entry["file"], (ROSTERS / entry["file"]).read_bytes())
    for question in job.found.get("questions", []):
        press(browser, "import-question", job, key=question[0], answer="new")
    return job


def told(job: ImportJob) -> list[dict[str, Any]]:
    """Everything that the page has to say: of the file, and of its rows."""
    issues = [issue for rows in blocks.each(job) for issue in issues_of(rows)]
    said = [{"row": issue.row, "column": issue.column, "message": issue.message, "level": issue.level} for issue in issues]
    return [{**problem, "row": None} for problem in job.problems] + said


def as_written(engagement: Engagement) -> dict[str, str]:
    worker = engagement.worker
    return {
        "姓名": engagement.name,
        "性别": str(SEXES[worker.sex_code]),
        "民族": engagement.ethnicity,
        "身份证号": worker.id_number.in_the_clear(),
        "手机号": engagement.phone.in_the_clear() if engagement.phone else "",
        "工种": engagement.trade,
        "所属劳务队伍": engagement.team.name,
        "作业工班": engagement.crew.name if engagement.crew else "",
        "进场日期": engagement.entered_on.isoformat(),
        "退场日期": engagement.left_on.isoformat() if engagement.left_on else "",
        "政治面貌": engagement.political_status,
        "籍贯": engagement.native_place,
        "银行卡号": engagement.bank_card.in_the_clear() if engagement.bank_card else "",
        "备注": engagement.remark,
    }


ACCEPTED = [entry for entry in MANIFEST["files"] if entry["outcome"] in ("accept", "either")]
REFUSED = [entry for entry in MANIFEST["files"] if entry["outcome"] == "reject"]


@pytest.mark.parametrize("entry", ACCEPTED, ids=lambda entry: entry["file"])
def test_an_accepted_file_stands_in_the_roster_cell_for_cell(browser: Client, project: Project, entry: Entry) -> None:
    job = ready(browser, project, entry)
    if entry["outcome"] == "either" and job.status in (S.REFUSED, S.ASKED):
        assert_nothing_came(job)
        return
    assert (job.status, job.counts["new"], job.counts["error"]) == (S.PREVIEWED, entry["rows"], 0)
    press(browser, "import-write", job, mode="all")
    assert job.status == S.WRITTEN
    written = Engagement.objects.filter(project=project).select_related("worker", "team", "crew").order_by("pk")
    assert written.count() == entry["rows"]
    stands = [as_written(each) for each in written[: len(entry.get("expect_rows", []))]]
    expected = [{name: text for name, text in row.items() if name != "row"} for row in entry.get("expect_rows", [])]
    assert stands == expected
    again = ready(browser, project, entry)
    changed = {name: again.counts[name] for name in ("new", "update", "transfer", "duplicate", "error")}
    assert (again.status, again.counts["same"], changed) == (S.PREVIEWED, entry["rows"], dict.fromkeys(changed, 0))


def assert_nothing_came(job: ImportJob) -> None:
    assert (Worker.objects.count(), Engagement.objects.count(), ImportBlock.objects.count()) == (0, 0, 0)
    assert ImportFile.objects.filter(job=job).count() == (job.status == S.ASKED)


@pytest.mark.parametrize("entry", REFUSED, ids=lambda entry: entry["file"])
def test_a_refused_file_leaves_nothing_and_says_why(browser: Client, project: Project, entry: Entry) -> None:
    job = upload(browser, project, entry["file"], (ROSTERS / entry["file"]).read_bytes())
    for team in {row.values.get("labour_team") for rows in blocks.each(job) for row in rows} - {None}:
        LabourTeamFactory(project=project, name=team)
    if job.status == S.PREVIEWED:
        press(browser, "import-compare", job)
        press(browser, "import-write", job, mode="all")
    assert job.status in (S.REFUSED, S.ASKED, S.PREVIEWED)
    assert (Worker.objects.count(), Engagement.objects.count()) == (0, 0)
    errors = [issue for issue in told(job) if issue["level"] == "error"]
    unsaid = [
        wanted
        for wanted in entry["errors"]
        if not any(
            (issue["row"], issue["column"]) == (wanted["row"], wanted["column"])
            and all(any(word in issue["message"] for word in words) for words in wanted.get("must_contain_any", []))
            for issue in errors
        )
    ]
    assert unsaid == []
    assert full_numbers(str(told(job)) + str(list(AuditEvent.objects.values()))) == []


@pytest.mark.parametrize("name", MANIFEST["hostile_filenames"], ids=range(len(MANIFEST["hostile_filenames"])))
def test_a_name_is_only_ever_shown(browser: Client, project: Project, name: str) -> None:
    job = upload(browser, project, name, (ROSTERS / "a01_clean.xlsx").read_bytes())
    assert job.status == S.PREVIEWED
    assert len(job.file_name) <= 255
    page = seen(browser.get(reverse("import-job", args=[job.pk]), follow=True))
    assert "<img src=x" not in page
    assert "Set-Cookie: a=b" not in str(browser.get(reverse("imports", args=[project.code])).headers)
