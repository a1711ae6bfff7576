"""What takes long runs in the background; what died there is begun again; whatever stops it, the person finds a preview."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.utils import timezone

from accounts.models import StaffPost, User
from core.refusals import Stale
from core.roles import Role
from imports import tasks, workflow
from imports.models import ImportEvent, ImportJob
from labour_teams.models import Engagement, LabourTeam
from tests.factories import person_with
from tests.roster_import.conftest import Receive
from tests.roster_import.rosters import as_csv, person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

S = ImportJob.Status


@pytest.fixture
def queue(settings: LazySettings) -> Any:
    """Tasks wait until `queue()` runs them, as the worker would."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    from django_tasks import default_task_backend

    def run() -> None:
        waiting = list(default_task_backend.results)
        default_task_backend.clear()
        for result in waiting:
            result.task.func(*result.args, **result.kwargs)

    default_task_backend.clear()
    return run


@pytest.fixture
def everything_is_big(settings: LazySettings) -> None:
    settings.IMPORT_INLINE_BYTES = settings.IMPORT_INLINE_ROWS = 0


def uploaded(team: LabourTeam, clerk: User, *people: dict[str, Any]) -> ImportJob:
    job = workflow.receive(team.project, "roster", name="六月花名册.csv", data=as_csv(*people), by=clerk)
    return tasks.read(job, by=clerk)


@pytest.mark.usefixtures("everything_is_big")
def test_a_big_import_is_read_written_and_undone_by_the_worker(team: LabourTeam, clerk: User, queue: Any) -> None:
    job = uploaded(team, clerk, person(1, team.name), person(2, team.name))
    assert (job.status, job.is_at_work, job.is_silent) == (S.READING, True, False)
    queue()
    job.refresh_from_db()
    assert (job.status, job.done, job.total) == (S.PREVIEWED, 2, 2)
    assert tasks.write(job, by=clerk, mode="all", version=job.version).status == S.WRITING
    queue()
    job.refresh_from_db()
    assert (job.status, Engagement.objects.count()) == (S.WRITTEN, 2)
    assert tasks.undo(job, by=clerk, version=job.version).status == S.UNDOING
    queue()
    job.refresh_from_db()
    assert (job.status, job.undoing["undone"], Engagement.objects.count()) == (S.UNDONE, 2, 0)


def test_a_small_import_keeps_nobody_waiting(team: LabourTeam, clerk: User, queue: Any) -> None:
    job = uploaded(team, clerk, person(1, team.name))
    assert job.status == S.PREVIEWED
    assert tasks.write(job, by=clerk, mode="all").status == S.WRITTEN
    assert tasks.undo(job, by=clerk).status == S.UNDONE


@pytest.mark.usefixtures("everything_is_big")
def test_a_task_that_runs_twice_does_its_work_once(team: LabourTeam, clerk: User, queue: Any, received: Receive) -> None:
    job = received(person(1, team.name))
    job = tasks.write(job, by=clerk, mode="all")
    for _again in range(2):
        tasks.write_rows.func(job.pk, clerk.pk)
    assert Engagement.objects.count() == 1
    assert ImportEvent.objects.filter(job=job, verb="write").count() == 1


@pytest.mark.usefixtures("everything_is_big")
def test_whoever_loses_his_post_meanwhile_writes_nothing(team: LabourTeam, clerk: User, queue: Any, received: Receive) -> None:
    job = tasks.write(received(person(1, team.name)), by=clerk, mode="all")
    StaffPost.objects.filter(person=clerk).update(to_on=timezone.localdate() - timedelta(days=1))
    queue()
    job.refresh_from_db()
    assert (job.status, Engagement.objects.count()) == (S.PREVIEWED, 0)
    assert ImportEvent.objects.filter(job=job).latest("pk").note != ""


@pytest.mark.usefixtures("everything_is_big")
def test_a_roster_that_changed_meanwhile_gives_a_fresh_preview(
    team: LabourTeam, clerk: User, queue: Any, received: Receive
) -> None:
    job = tasks.write(received(person(1, team.name)), by=clerk, mode="all")
    colleague = person_with(Role.PROJECT_COORDINATOR, project=team.project)
    other = workflow.receive(team.project, "roster", name="b.csv", data=as_csv(person(1, team.name)), by=colleague)
    workflow.write(workflow.read(other, by=colleague), by=colleague)
    queue()
    job.refresh_from_db()
    assert (job.status, job.counts["same"], Engagement.objects.count()) == (S.PREVIEWED, 1, 1)
    assert ImportEvent.objects.filter(job=job).latest("pk").verb == "stand_back"


@pytest.mark.usefixtures("everything_is_big")
@pytest.mark.parametrize("status", [S.READING, S.WRITING, S.UNDOING])
def test_work_that_died_is_begun_again_once_it_has_been_silent(
    team: LabourTeam, clerk: User, queue: Any, received: Receive, time_machine: Any, status: str
) -> None:
    job = uploaded(team, clerk, person(1, team.name))
    if status != S.READING:
        queue()
        job.refresh_from_db()
        job = tasks.write(job, by=clerk, mode="all")
    if status == S.UNDOING:
        queue()
        job.refresh_from_db()
        job = tasks.undo(job, by=clerk)
    lose_the_tasks()
    assert (tasks.resume(job, by=clerk).status, job.is_silent) == (status, False)
    queue()
    job.refresh_from_db()
    assert job.status == status
    time_machine.shift(timedelta(minutes=3))
    assert job.is_silent
    job = tasks.resume(job, by=clerk)
    assert job.status == {S.READING: S.PREVIEWED, S.WRITING: S.WRITTEN, S.UNDOING: S.UNDONE}[status]


def lose_the_tasks() -> None:
    from django_tasks import default_task_backend

    default_task_backend.clear()


@pytest.mark.usefixtures("everything_is_big")
def test_nobody_changes_a_preview_that_is_being_written(team: LabourTeam, clerk: User, queue: Any, received: Receive) -> None:
    job = received(person(1, team.name))
    version = job.version
    tasks.write(job, by=clerk, mode="all", version=version)
    with pytest.raises(Stale):
        tasks.write(job, by=clerk, mode="all", version=version)
    with pytest.raises(Exception, match="正在写入"):
        workflow.amend(job, 2, {"trade": "电工"}, by=clerk)
