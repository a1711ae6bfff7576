"""On PostgreSQL rows are moved on while the next ones are made ready: nobody may be able to tell."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from accounts.models import User
from core.refusals import Stale
from core.roles import Role
from imports import workflow
from imports.models import ImportJob, ImportTrace
from labour_teams.models import Engagement, LabourTeam, WorkCrew, Worker
from labour_teams.roster_import import write
from tests.factories import LabourTeamFactory, person_with
from tests.roster_import.conftest import Receive
from tests.roster_import.races import together
from tests.roster_import.rosters import ENTRY, as_csv, engaged, person

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql_only]

LATER = ENTRY + timedelta(days=60)


@pytest.fixture(autouse=True)
def _a_few_at_a_time(monkeypatch: pytest.MonkeyPatch, today: None) -> None:
    monkeypatch.setattr(write, "AT_ONCE", 3)
    monkeypatch.setattr("imports.blocks.BLOCK", 2)


def sheet(team: LabourTeam, number: int) -> list[dict[str, Any]]:
    """Newcomers in three crews, one of them written in two ways, beside whoever is there already."""
    crews = ("模板班", "钢筋班", "模板 班")
    return [person(n, team.name, work_crew=crews[n % 3], left_on=LATER if n % 5 == 0 else None) for n in range(number)]


def test_many_small_steps_write_what_one_would(team: LabourTeam, clerk: User, received: Receive) -> None:
    other = LabourTeamFactory(project=team.project, name="隧道二队")
    for n in (1, 4):
        engaged(n, team, trade="木工")
    engaged(7, other)
    job = workflow.write(received(*sheet(team, 20)), by=clerk)
    assert {name: count for name, count in job.counts.items() if count} == {"new": 17, "update": 2, "transfer": 1}
    assert (Worker.objects.count(), Engagement.objects.count()) == (20, 21)
    assert sorted(WorkCrew.objects.values_list("name", flat=True)) == ["模板班", "钢筋班"]
    assert sorted(job.found["made"]["crews"]) == sorted(WorkCrew.objects.values_list("pk", flat=True))
    moved = Engagement.objects.get(follows__team=other)
    assert (moved.team, moved.follows.left_on) == (team, moved.entered_on - timedelta(days=1))
    assert sum(len(trace.records) for trace in ImportTrace.objects.filter(job=job)) == 3
    again = received(*sheet(team, 20), data=as_csv(*sheet(team, 20)) + b"\n")
    assert {name: count for name, count in again.counts.items() if count} == {"same": 20}


def test_a_change_that_comes_to_light_late_takes_everything_back(team: LabourTeam, clerk: User, received: Receive) -> None:
    job = received(*sheet(team, 20))
    engaged(19, team)
    with pytest.raises(Stale):
        workflow.write(job, by=clerk)
    assert (Engagement.objects.count(), Worker.objects.count(), WorkCrew.objects.count()) == (1, 1, 0)
    assert ImportJob.objects.get().counts["new"] == 19


@pytest.mark.django_db(transaction=True)
def test_the_tables_are_not_counted_by_anybody_else_meanwhile(
    team: LabourTeam, clerk: User, received: Receive, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Autovacuum would find them empty, and the planner would believe it (docs/adr/0014)."""
    told: list[str] = []
    go_on = write.RosterWriter._go_on

    def counted_beside(writer: write.RosterWriter) -> None:
        beside = connection.copy()
        with beside.cursor() as cursor:
            cursor.execute("ANALYZE (SKIP_LOCKED) labour_teams_worker, labour_teams_engagement")
        told.extend(beside.connection.notices)
        beside.close()
        go_on(writer)

    job = received(*sheet(team, 3))
    monkeypatch.setattr(write.RosterWriter, "_go_on", counted_beside)
    workflow.write(job, by=clerk)
    skipped = [
        f'WARNING:  skipping analyze of "{table}" --- lock not available\n'
        for table in ("labour_teams_worker", "labour_teams_engagement")
    ]
    assert told[:2] == skipped


@pytest.mark.django_db(transaction=True)
def test_the_same_people_in_opposite_order_do_not_wait_for_each_other_in_a_circle() -> None:
    teams = [LabourTeamFactory(name="隧道一队"), LabourTeamFactory(name="隧道一队")]
    clerks = [person_with(Role.PROJECT_CLERK, project=team.project) for team in teams]
    sheets = [sheet(teams[0], 60), sheet(teams[1], 60)[::-1]]
    jobs = [
        workflow.read(workflow.receive(team.project, "roster", name="花名册.csv", data=as_csv(*people), by=clerk), by=clerk)
        for team, clerk, people in zip(teams, clerks, sheets, strict=True)
    ]

    def write_as(place: int) -> str:
        return workflow.write(jobs[place], by=clerks[place]).status

    assert together([lambda: write_as(0), lambda: write_as(1)]) == ["written", "written"]
    assert (Worker.objects.count(), Engagement.objects.count()) == (60, 120)
