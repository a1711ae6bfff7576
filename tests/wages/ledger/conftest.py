"""A day in June, a team of a project, and the people of every role there."""

from datetime import date
from typing import Any

import pytest

from accounts.models import User
from core.roles import Role
from labour_teams.models import LabourTeam, WorkCrew
from tests.factories import DepartmentFactory, WorkCrewFactory, person_with
from tests.world import stationed


@pytest.fixture(autouse=True)
def _today(time_machine: Any) -> None:
    time_machine.move_to("2026-06-08 10:00:00+08:00", tick=False)


@pytest.fixture
def crew(db: None) -> WorkCrew:
    return WorkCrewFactory(team__name="隧道一队", team__entered_on=date(2026, 1, 1))


@pytest.fixture
def team(crew: WorkCrew) -> LabourTeam:
    return crew.team


@pytest.fixture
def people(crew: WorkCrew) -> dict[str, User]:
    """Role → somebody of that role at the project; `finance` speaks for the finance department."""
    department = DepartmentFactory(code="SAFETY_QUALITY")
    found: dict[str, User] = {role: stationed(role, crew, department) for role in Role}
    found["finance"] = person_with(Role.DEPARTMENT_OFFICER, department=DepartmentFactory(code="FINANCE"))
    return found
