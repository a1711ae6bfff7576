"""kill −9 in the middle of an import: nothing is half written, nothing is left over, and one goes on where it stopped.

Fewer rows and moments than drills/kill_import.py, which runs these same tests at full size (KILL_ROWS, KILLS).
"""

import os
import random
import time
from collections.abc import Callable, Iterator
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
from tests.covering import EVERYTHING
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

ROWS = int(os.environ.get("KILL_ROWS", "1200" if EVERYTHING else "500"))
KILLS = int(os.environ.get("KILLS", "10" if EVERYTHING else "4"))
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
    moments, kills = Moments(seed, min(seconds_of(lambda: completed(born, *command(sheet))) for _twice in range(2)), KILLS), 0
    while kills < KILLS:
        site.clear()
        importing = born.start(*command(sheet))
        time.sleep(moments.next(kills))
        if (offspring := importing.kill()) is None:
            moments.were_too_late()
            continue
        job, kills = look_at_what_is_left(offspring, scratch), kills + 1
        if job and kills % 2:
            job = go_on(job, site.clerk())
        else:
            completed(born, *command(sheet))
            job = ImportJob.objects.latest("pk")
        assert (job.status, people()) == (S.WRITTEN, (ROWS, ROWS))


def test_writing_in_the_background_goes_on_after_the_worker_was_killed(
    born: Nursery, sheet: Path, scratch: Path, seed: int, settings: LazySettings
) -> None:
    settings.TASKS, settings.IMPORT_INLINE_ROWS = IN_THE_BACKGROUND, 0
    clerk, kills, wanted = site.clerk(), 0, max(3, KILLS // 3)
    job = previewed(sheet, clerk)
    moments = Moments(seed, seconds_of(lambda: workflow.write(job, by=clerk)), wanted)
    while kills < wanted:
        site.clear()
        DBTaskResult.objects.all().delete()
        assert tasks.write(previewed(sheet, clerk), by=clerk, mode="all").status == S.WRITING
        working = born.start(*WORKER)
        assert until(lambda: DBTaskResult.objects.exclude(status="READY").exists())
        time.sleep(moments.next(kills))
        if (offspring := working.kill()) is None:
            moments.were_too_late()
            continue
        left, kills = look_at_what_is_left(offspring, scratch), kills + 1
        assert left
        assert go_on(left, clerk).status == S.WRITTEN
        completed(born, *WORKER)
        assert (people(), ImportEvent.objects.filter(job=left, verb="write").count()) == ((ROWS, ROWS), 1)


class Moments:
    """A random one in each part of the time that something takes, as far as that can be known beforehand."""

    def __init__(self, seed: int, seconds: float, parts: int) -> None:
        self._chance, self._seconds, self._parts = random.Random(seed), seconds, parts

    def next(self, part: int) -> float:
        return self._chance.uniform(part, part + 1) / self._parts * self._seconds

    def were_too_late(self) -> None:
        self._seconds *= 0.8


def seconds_of(act: Callable[[], object]) -> float:
    began = time.monotonic()
    act()
    return time.monotonic() - began


def completed(born: Nursery, *command: str) -> None:
    assert born.start(*command).wait() == 0


def previewed(sheet: Path, by: User) -> ImportJob:
    job = workflow.receive(site.project(), "roster", name=sheet.name, data=sheet.read_bytes(), by=by)
    return workflow.read(job, by=by)
