"""kill −9 in the middle of an import: nothing is half written, nothing is left over, and one goes on where it stopped.

Fewer rows and moments than drills/kill_import.py, which runs these same tests at full size (KILL_ROWS, KILLS).
"""

import os
import random
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.models import User
from imports import tasks, workflow
from imports.models import ImportEvent, ImportJob
from labour_teams.models import Engagement, Worker
from tests.bench import roster, site
from tests.roster_import.killing import (
    Nursery,
    are_gone,
    files_beside_the_database,
    is_forgotten,
    nursery,
    temporary_tables,
    until,
)

pytestmark = pytest.mark.django_db(transaction=True)

ROWS = int(os.environ.get("KILL_ROWS", "1500"))
KILLS = int(os.environ.get("KILLS", "10"))
KILLS_OF_THE_WORKER = max(3, KILLS // 3)
WORKER = ("db_worker", "--batch", "--no-startup-delay", "--verbosity", "0")
S = ImportJob.Status
IN_THE_BACKGROUND = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.fixture
def scratch(tmp_path: Path) -> Path:
    """Where the killed processes may leave temporary files."""
    folder = tmp_path / "scratch"
    folder.mkdir()
    return folder


@pytest.fixture
def born(scratch: Path) -> Iterator[Nursery]:
    site.fill()
    with nursery(scratch) as made:
        yield made


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    return roster.write(tmp_path / "花名册.xlsx", ROWS)


@pytest.fixture
def seed() -> int:
    """Printed when the test fails."""
    drawn = time.time_ns()
    print(f"seed {drawn}")  # noqa: T201
    return drawn


def command(sheet: Path) -> tuple[str, ...]:
    return ("import_roster", str(sheet), "--project", site.CODE, "--by", site.CLERK)


def people() -> tuple[int, int]:
    return Engagement.objects.count(), Worker.objects.count()


def look_at_what_is_left(offspring: list[int], scratch: Path) -> ImportJob | None:
    """All rows or none, and nothing else; gives the job."""
    assert until(lambda: are_gone(offspring)), "the reading child outlived its parent"
    assert until(is_forgotten), "the database still works for somebody who is dead"
    assert (temporary_tables(), files_beside_the_database(), list(scratch.iterdir())) == (0, [], [])
    job = ImportJob.objects.order_by("pk").last()
    is_written = job is not None and job.status == S.WRITTEN
    assert people() == ((ROWS, ROWS) if is_written else (0, 0))
    return job


def go_on(job: ImportJob, by: User) -> ImportJob:
    """What the page does: it waits, begins silent work once more, and the person writes what he sees."""
    assert not job.is_silent
    assert tasks.resume(job, by=by).status == job.status  # it may still be alive
    fall_silent(job)
    job = tasks.resume(job, by=by)
    return tasks.write(job, by=by, mode=job.mode, version=job.version) if job.status == S.PREVIEWED else job


def fall_silent(job: ImportJob) -> None:
    ImportJob.objects.filter(pk=job.pk).update(beat_at=timezone.now() - timedelta(minutes=3))
    job.refresh_from_db()


def test_an_import_killed_at_any_moment_is_all_there_or_not_at_all(born: Nursery, sheet: Path, scratch: Path, seed: int) -> None:
    began = time.monotonic()
    assert born.start(*command(sheet)).wait() == 0
    duration, clerk, chance = time.monotonic() - began, site.clerk(), random.Random(seed)
    for kill in range(KILLS):
        site.clear()
        importing = born.start(*command(sheet))
        time.sleep(chance.uniform(kill, kill + 1) / KILLS * duration)
        job = look_at_what_is_left(importing.kill(), scratch)
        if job and kill % 2:
            job = go_on(job, clerk)
        else:
            assert born.start(*command(sheet)).wait() == 0
            job = ImportJob.objects.latest("pk")
        assert (job.status, people()) == (S.WRITTEN, (ROWS, ROWS))


def test_writing_in_the_background_goes_on_after_the_worker_was_killed(
    born: Nursery, sheet: Path, scratch: Path, seed: int, settings: LazySettings
) -> None:
    settings.TASKS, settings.IMPORT_INLINE_ROWS = IN_THE_BACKGROUND, 0
    chance, clerk = random.Random(seed), site.clerk()
    duration = seconds_of_writing(previewed(sheet, clerk), clerk)
    for kill in range(KILLS_OF_THE_WORKER):
        site.clear()
        DBTaskResult.objects.all().delete()
        assert tasks.write(previewed(sheet, clerk), by=clerk, mode="all").status == S.WRITING
        working = born.start(*WORKER)
        assert until(lambda: DBTaskResult.objects.filter(status="RUNNING").exists())
        time.sleep(chance.uniform(kill, kill + 1) / KILLS_OF_THE_WORKER * duration)
        job = look_at_what_is_left(working.kill(), scratch)
        assert job
        assert go_on(job, clerk).status == S.WRITTEN
        assert born.start(*WORKER).wait() == 0
        assert (people(), ImportEvent.objects.filter(job=job, verb="write").count()) == ((ROWS, ROWS), 1)


def previewed(sheet: Path, by: User) -> ImportJob:
    job = workflow.receive(site.project(), "roster", name=sheet.name, data=sheet.read_bytes(), by=by)
    return workflow.read(job, by=by)


def seconds_of_writing(job: ImportJob, by: User) -> float:
    began = time.monotonic()
    workflow.write(job, by=by)
    return time.monotonic() - began
