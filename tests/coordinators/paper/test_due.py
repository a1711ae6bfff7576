"""Boards in the due list of those who look after them, and in what needs headquarters' attention."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from core.roles import Role
from core.workdays import WorkingDays
from inbox.boards import boards_to_mend
from inbox.due import DueItem
from overview.attention import needing_attention
from regions.models import Project
from tests.factories import (
    BoardCheckFactory,
    BoardPrintingFactory,
    LabourTeamFactory,
    LiaisonFactory,
    NoticeBoardFactory,
    ProjectFactory,
    person_with,
)

pytestmark = pytest.mark.django_db


def due(user: User, days: int = 0) -> dict[str, DueItem]:
    """The place's page → the item."""
    items = boards_to_mend(user, timezone.now() + timedelta(days=days), WorkingDays.load())
    return {item.url: item for item in items}


@pytest.fixture
def project() -> Project:
    """With a board in each condition: fine, wrong, never printed, unconfirmed, taken down."""
    project = ProjectFactory()
    BoardCheckFactory(printing=BoardPrintingFactory(board=NoticeBoardFactory(project=project, place="好")))
    wrong = NoticeBoardFactory(project=project, place="错", code="WRONGWRONG")
    BoardCheckFactory(printing=BoardPrintingFactory(board=wrong, said={"hotline": "400 000 0009"}))
    NoticeBoardFactory(project=project, place="没印", code="NEVERNEVER")
    BoardPrintingFactory(board=NoticeBoardFactory(project=project, place="没挂", code="HANGITHANG"))
    NoticeBoardFactory(project=project, place="撤了", taken_down=True)
    return project


def pages(*codes: str) -> set[str]:
    return {reverse("board", args=[code]) for code in codes}


@pytest.mark.parametrize(
    "role", [Role.PROJECT_COORDINATOR, Role.PROJECT_CLERK, Role.PROJECT_COMMITTEE, Role.REGIONAL_COORDINATOR]
)
def test_whoever_looks_after_them_owes_all_that_is_wrong(project: Project, role: Role) -> None:
    unit = {"region": project.region} if role == Role.REGIONAL_COORDINATOR else {"project": project}
    items = due(person_with(role, **unit))
    assert set(items) == pages("WRONGWRONG", "NEVERNEVER", "HANGITHANG")
    assert all(item.due_at is None for item in items.values())


def test_a_liaison_owes_a_scan(project: Project) -> None:
    liaison = LiaisonFactory(team=LabourTeamFactory(project=project)).person
    assert set(due(liaison)) == pages("HANGITHANG")


def test_after_a_month_the_check_is_overdue() -> None:
    check = BoardCheckFactory()
    clerk = person_with(Role.PROJECT_CLERK, project=check.printing.board.project)
    assert due(clerk, days=29) == {}
    [item] = due(clerk, days=31).values()
    assert item.due_at == check.at + timedelta(days=31)
    assert item.state(timezone.now() + timedelta(days=31)) == "late"


@pytest.mark.parametrize("role", [Role.LEADER, Role.PARTY_ORGANISATION, Role.HEALTH_OFFICER, Role.DEPARTMENT_OFFICER])
def test_others_owe_nothing(project: Project, role: Role) -> None:
    unit = {"project": project} if role == Role.HEALTH_OFFICER else {}
    assert due(person_with(role, **unit)) == {}


def test_headquarters_see_a_line_a_region(project: Project) -> None:
    BoardCheckFactory(printing=BoardPrintingFactory(said={"hotline": "400 000 0009"}))
    items = needing_attention(person_with(Role.PARTY_ORGANISATION), timezone.now())
    found = [item for item in items if item.url.startswith("/boards/")]
    assert [(item.where, item.tone) for item in found if item.where == project.region.name] == [(project.region.name, "soon")]
    assert len(found) == 2
    administrator = person_with(Role.SYSTEM_ADMINISTRATOR)
    assert not any(item.url.startswith("/boards/") for item in needing_attention(administrator, timezone.now()))
