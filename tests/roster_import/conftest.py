"""A team, its clerk, a day that stands still, and files that have been taken in and read."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from core.roles import Role
from imports import workflow
from imports.models import ImportJob
from labour_teams.models import LabourTeam
from tests.factories import LabourTeamFactory, person_with
from tests.house.test_url_matrix import client_for
from tests.roster_import.rosters import as_csv

Receive = Callable[..., ImportJob]


@pytest.fixture
def team() -> LabourTeam:
    return LabourTeamFactory(name="隧道一队")


@pytest.fixture
def clerk(team: LabourTeam) -> User:
    return person_with(Role.PROJECT_CLERK, project=team.project)


@pytest.fixture
def browser(clerk: User) -> Client:
    return client_for(clerk)


@pytest.fixture
def today(time_machine: Any) -> None:
    time_machine.move_to("2026-06-30 10:00:00+08:00")


@pytest.fixture
def received(team: LabourTeam, clerk: User) -> Receive:
    """received(person(1, …), person(2, …)) → a job as it stands after reading."""

    def receive(*people: dict[str, Any], data: bytes | None = None) -> ImportJob:
        job = workflow.receive(team.project, "roster", name="六月花名册.csv", data=data or as_csv(*people), by=clerk)
        return workflow.read(job, by=clerk) if job.status == ImportJob.Status.READING else job

    return receive
