"""A day in June, a team of a project, and the people of every role there."""

from datetime import date
from typing import Any, NamedTuple

import pytest

from accounts.models import User
from core.roles import Role
from labour_teams.models import LabourTeam, WorkCrew
from tests.factories import DepartmentFactory, WorkCrewFactory, person_with
from tests.shared_world import world_once
from tests.world import stationed

NOW = "2026-06-08 10:00:00+08:00"


@pytest.fixture(autouse=True)
def _today(time_machine: Any) -> None:
    time_machine.move_to(NOW, tick=False)


class World(NamedTuple):
    crew: WorkCrew
    people: dict[str, User]


def build() -> World:
    crew = WorkCrewFactory(team__name="隧道一队", team__entered_on=date(2026, 1, 1))
    department = DepartmentFactory(code="SAFETY_QUALITY")
    people: dict[str, User] = {role: stationed(role, crew, department) for role in Role}
    people["finance"] = person_with(Role.DEPARTMENT_OFFICER, department=DepartmentFactory(code="FINANCE"))
    return World(crew, people)


founded, world = world_once(build, at=NOW)


@pytest.fixture
def crew(world: World) -> WorkCrew:
    return world.crew


@pytest.fixture
def team(crew: WorkCrew) -> LabourTeam:
    return crew.team


@pytest.fixture
def people(world: World) -> dict[str, User]:
    """Role → somebody of that role at the project; `finance` speaks for the finance department."""
    return world.people
