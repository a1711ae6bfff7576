"""Every file of tests/data/rosters: what is accepted stands in the roster cell for cell, nothing else does.

One file of each kind of answer goes through the pages, the others through what is behind them (with TEST_EVERYTHING=1 all).
"""

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse

from accounts.models import User
from core.models import AuditEvent
from core.refusals import Refused
from core.roles import Role
from imports import blocks, workflow
from imports.models import ImportBlock, ImportFile, ImportJob
from imports.reading import reader
from imports.staging import issues_of
from labour_teams import codes
from labour_teams.models import Engagement, Worker
from regions.models import Project
from tests.covering import EVERYTHING
from tests.factories import LabourTeamFactory, ProjectFactory, person_with
from tests.house.crawling import full_numbers
from tests.house.test_url_matrix import client_for
from tests.imports.inside import is_hostile, started_here

ROSTERS = Path(__file__).parents[1] / "data" / "rosters"
MANIFEST = json.loads((ROSTERS / "manifest.json").read_text())
pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only]

S = ImportJob.Status
Entry = dict[str, Any]
SEXES = dict(codes.Sex.choices)
# Written, a question about sheets, rows with errors, a column that is missing, a file that is none.
THROUGH_THE_PAGES = ("a01", "a22", "b01", "b06", "c19")


@pytest.fixture(autouse=True)
def _then(time_machine: Any) -> None:
    time_machine.move_to(f"{MANIFEST['as_of']} 10:00:00+08:00", tick=False)


@pytest.fixture
def project(db: None) -> Project:
    return ProjectFactory()


@pytest.fixture
def clerk(project: Project) -> User:
    return person_with(Role.PROJECT_CLERK, project=project)


@pytest.fixture
def browser(clerk: User) -> Client:
    return client_for(clerk)


def upload(browser: Client, project: Project, name: str, content: bytes) -> ImportJob:
    """The page of the import after the upload, looked at; its job."""
    answer = browser.post(reverse("import-upload", args=[project.code]), {"file": named(name, content)}, follow=True)
    assert answer.status_code == 200
    job = ImportJob.objects.latest("pk")
    seen(browser.get(reverse("import-job", args=[job.pk]), follow=True))
    return job


def named(name: str, content: bytes) -> SimpleUploadedFile:
    """With a name that Django would not let a file have."""
    file = SimpleUploadedFile("x", content)
    file._name = name
    return file


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


class Behind:
    """What the pages call, for the files that need not be looked at on them."""

    def __init__(self, project: Project, clerk: User) -> None:
        self.project, self.clerk = project, clerk

    def upload(self, name: str, content: bytes) -> ImportJob:
        job = workflow.receive(self.project, "roster", name=name, data=content, by=self.clerk)
        return workflow.read(job, by=self.clerk)

    def answer(self, job: ImportJob, key: str) -> None:
        workflow.answer_question(job, key, "new", by=self.clerk)

    def compare(self, job: ImportJob) -> None:
        workflow.compare_again(job, by=self.clerk)

    def write(self, job: ImportJob) -> None:
        job.refresh_from_db()
        with suppress(Refused):  # the page says so
            workflow.write(job, by=self.clerk)


class Before(Behind):
    """The pages."""

    def __init__(self, project: Project, clerk: User) -> None:
        super().__init__(project, clerk)
        self.browser = client_for(clerk)

    def upload(self, name: str, content: bytes) -> ImportJob:
        return upload(self.browser, self.project, name, content)

    def answer(self, job: ImportJob, key: str) -> None:
        press(self.browser, "import-question", job, key=key, answer="new")

    def compare(self, job: ImportJob) -> None:
        press(self.browser, "import-compare", job)

    def write(self, job: ImportJob) -> None:
        press(self.browser, "import-write", job, mode="all")


@pytest.fixture
def way(entry: Entry, project: Project, clerk: User, monkeypatch: pytest.MonkeyPatch) -> Behind:
    """What does no harm is read in this process where no page is asked; test_confine.py has the walls around the other one."""
    if EVERYTHING or entry["file"][:3] in THROUGH_THE_PAGES:
        return Before(project, clerk)
    if not is_hostile(entry):
        monkeypatch.setattr(reader, "started", started_here)
    return Behind(project, clerk)


def ready(way: Behind, entry: Entry) -> ImportJob:
    """The file uploaded, and the questions about its teams answered."""
    job = way.upload(entry["file"], (ROSTERS / entry["file"]).read_bytes())
    for question in job.found.get("questions", []):
        way.answer(job, question[0])
        job.refresh_from_db()
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
if not EVERYTHING:  # eight thousand rows are only more of the same; 500 are written in test_killed.py
    ACCEPTED = [entry for entry in ACCEPTED if not entry["file"].startswith("a31")]
REFUSED = [entry for entry in MANIFEST["files"] if entry["outcome"] == "reject"]


@pytest.mark.parametrize("entry", ACCEPTED, ids=lambda entry: entry["file"])
def test_an_accepted_file_stands_in_the_roster_cell_for_cell(way: Behind, project: Project, entry: Entry) -> None:
    job = ready(way, entry)
    if entry["outcome"] == "either" and job.status in (S.REFUSED, S.ASKED):
        assert_nothing_came(job)
        return
    assert (job.status, job.counts["new"], job.counts["error"]) == (S.PREVIEWED, entry["rows"], 0)
    way.write(job)
    job.refresh_from_db()
    assert job.status == S.WRITTEN
    written = Engagement.objects.filter(project=project).select_related("worker", "team", "crew").order_by("pk")
    assert written.count() == entry["rows"]
    stands = [as_written(each) for each in written[: len(entry.get("expect_rows", []))]]
    expected = [{name: text for name, text in row.items() if name != "row"} for row in entry.get("expect_rows", [])]
    assert stands == expected
    again = ready(way, entry)
    changed = {name: again.counts[name] for name in ("new", "update", "transfer", "duplicate", "error")}
    assert (again.status, again.counts["same"], changed) == (S.PREVIEWED, entry["rows"], dict.fromkeys(changed, 0))


def assert_nothing_came(job: ImportJob) -> None:
    assert (Worker.objects.count(), Engagement.objects.count(), ImportBlock.objects.count()) == (0, 0, 0)
    assert ImportFile.objects.filter(job=job).count() == (job.status == S.ASKED)


@pytest.mark.parametrize("entry", REFUSED, ids=lambda entry: entry["file"])
def test_a_refused_file_leaves_nothing_and_says_why(way: Behind, project: Project, entry: Entry) -> None:
    job = way.upload(entry["file"], (ROSTERS / entry["file"]).read_bytes())
    for team in {row.values.get("labour_team") for rows in blocks.each(job) for row in rows} - {None}:
        LabourTeamFactory(project=project, name=team)
    if job.status == S.PREVIEWED:
        way.compare(job)
        way.write(job)
        job.refresh_from_db()
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


def test_a_name_is_only_ever_shown(browser: Client, project: Project) -> None:
    content = (ROSTERS / "a01_clean.xlsx").read_bytes()
    for name in MANIFEST["hostile_filenames"]:
        with transaction.atomic():
            answer = browser.post(reverse("import-upload", args=[project.code]), {"file": named(name, content)})
            job = ImportJob.objects.latest("pk")
            assert job.status == S.PREVIEWED, name
            assert len(job.file_name) <= 255
            page = browser.get(reverse("import-job", args=[job.pk]), follow=True)
            assert "<img src=x" not in seen(page)
            listed = browser.get(reverse("imports", args=[project.code]))
            assert "<img src=x" not in seen(listed)
            assert "Set-Cookie: a=b" not in "".join(str(each.headers) for each in (answer, page, listed))
            transaction.set_rollback(True)  # the same file once more would meet this import
