"""Printing, checking, taking down: who may, what is refused, what is kept."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from coordinators.models import BoardPrinting, NoticeBoard
from coordinators.paper import workflow
from core.refusals import Refused
from core.roles import HEADQUARTERS, Role
from regions.models import Project
from tests.factories import (
    BoardCheckFactory,
    BoardPrintingFactory,
    CoordinatorFactory,
    LiaisonFactory,
    NoticeBoardFactory,
    ProjectFactory,
    RightsBoardFactory,
    SiteContactFactory,
    UserFactory,
    person_with,
)
from tests.world import found_company

pytestmark = pytest.mark.django_db
MAKERS = {Role.PROJECT_COORDINATOR, Role.PROJECT_COMMITTEE, Role.PROJECT_CLERK, Role.REGIONAL_COORDINATOR, *HEADQUARTERS}


def address_of(mark: str) -> str:
    return f"https://lianxin.example/w/CODE/{mark}/"


def printed(board: NoticeBoard, by: User) -> BoardPrinting:
    return workflow.print_board(board, by=by, address_of=address_of)


@pytest.fixture
def project() -> Project:
    return SiteContactFactory().project


@pytest.fixture
def maker(project: Project) -> User:
    return person_with(Role.PROJECT_COORDINATOR, project=project)


@pytest.fixture
def board(project: Project) -> NoticeBoard:
    return NoticeBoardFactory(project=project)


@pytest.mark.parametrize("role", list(Role))
def test_who_makes_a_version(role: Role) -> None:
    company = found_company()
    board = NoticeBoardFactory(project=company.own_project)
    SiteContactFactory(project=company.own_project)
    by = company.person(role)
    if role in MAKERS:
        assert printed(board, by).printed_by == by
    else:
        with pytest.raises(Refused):
            printed(board, by)
        assert not BoardPrinting.objects.exists()


def test_a_version_keeps_what_it_says_and_its_address(board: NoticeBoard, maker: User) -> None:
    printing = BoardPrinting.objects.get(pk=printed(board, maker).pk)
    assert printing.number == 1
    assert printing.content["address"] == address_of(printing.mark)
    assert printing.content["said"]["hotline"] == "400 000 0000"


def test_a_double_click_makes_one_version(board: NoticeBoard, maker: User) -> None:
    assert printed(board, maker) == printed(board, maker)


def changed_meanwhile(printing: BoardPrinting) -> None:
    printing.board.project.site_contact.hotline = "400 000 0001"
    printing.board.project.site_contact.save()


def confirmed_meanwhile(printing: BoardPrinting) -> None:
    BoardCheckFactory(printing=printing)


def long_ago(printing: BoardPrinting) -> None:
    printing.printed_at = timezone.now() - timedelta(minutes=2)
    printing.save()


@pytest.mark.parametrize("what", [changed_meanwhile, confirmed_meanwhile, long_ago])
def test_otherwise_there_is_a_second_version(board: NoticeBoard, maker: User, what: Callable[[BoardPrinting], None]) -> None:
    first = printed(board, maker)
    what(first)
    second = printed(board, maker)
    assert (first.number, second.number) == (1, 2)
    assert first.mark != second.mark


def test_a_board_that_sends_people_nowhere_is_not_printed() -> None:
    board = NoticeBoardFactory()
    LiaisonFactory(team__project=board.project, person__disclosure_agreed_on="2026-01-01")
    clerk = person_with(Role.PROJECT_CLERK, project=board.project)
    with pytest.raises(Refused):
        printed(board, clerk)
    agreed = UserFactory(disclosure_agreed_on="2026-01-01")
    CoordinatorFactory(project=board.project, person=agreed)
    assert printed(board, clerk).number == 1


def test_the_companys_hotline_is_enough(settings: object) -> None:
    settings.COMPANY_HOTLINE = "400 000 0007"  # type: ignore[attr-defined]
    board = NoticeBoardFactory()
    clerk = person_with(Role.PROJECT_CLERK, project=board.project)
    assert printed(board, clerk).content["said"]["hotline"] == "400 000 0007"


@pytest.mark.parametrize("gap", ["owner", "minimum_wage", "legal_aid_phone", "subcontractors", "authority_phone"])
def test_a_rights_board_with_a_gap_is_not_printed(project: Project, maker: User, gap: str) -> None:
    facts = RightsBoardFactory(project=project, **{gap: None if gap == "minimum_wage" else ""})
    board = NoticeBoardFactory(project=project, rights=True)
    with pytest.raises(Refused, match="1"):
        printed(board, maker)
    setattr(facts, gap, "1930")
    facts.save()
    assert printed(board, maker).content["said"][gap] in ("1930", "1930.00")


def test_the_first_check_confirms(board: NoticeBoard, maker: User) -> None:
    printing = printed(board, maker)
    found = workflow.check(printing, by=person_with(Role.PROJECT_CLERK, project=board.project), remark="清楚")
    assert (found.printing, found.remark) == (printing, "清楚")


@pytest.mark.parametrize("role", list(Role))
def test_who_confirms(role: Role) -> None:
    company = found_company()
    printing = BoardPrintingFactory(board=NoticeBoardFactory(project=company.own_project))
    by = company.person(role)
    if role in {*MAKERS, Role.LIAISON, Role.HEALTH_OFFICER}:
        assert workflow.check(printing, by=by).by == by
    else:
        with pytest.raises(Refused):
            workflow.check(printing, by=by)
        assert not printing.checks.exists()


def test_an_old_version_is_not_confirmed(board: NoticeBoard, maker: User) -> None:
    old = printed(board, maker)
    changed_meanwhile(old)
    printed(board, maker)
    with pytest.raises(Refused, match="2"):
        workflow.check(old, by=maker)
    assert not old.checks.exists()


def test_a_board_that_was_taken_down_is_neither_printed_nor_confirmed(board: NoticeBoard, maker: User) -> None:
    printing = printed(board, maker)
    down = workflow.take_down(board, by=maker)
    assert down.taken_down_on == timezone.localdate()
    assert workflow.take_down(board, by=maker).taken_down_on == down.taken_down_on
    for act in (lambda: printed(board, maker), lambda: workflow.check(printing, by=maker)):
        with pytest.raises(Refused):
            act()


def test_two_boards_of_a_kind_do_not_hang_at_one_place(board: NoticeBoard, maker: User) -> None:
    twin = NoticeBoard(project=board.project, kind=board.kind, place=board.place)
    with pytest.raises(Refused) as refusal:
        workflow.keep_board(twin, by=maker)
    assert set(refusal.value.fields) == {"place"}
    workflow.take_down(board, by=maker)
    assert (
        workflow.keep_board(NoticeBoard(project=board.project, kind=board.kind, place=board.place), by=maker).created_by == maker
    )


def test_a_foreign_board_is_nobodys(board: NoticeBoard) -> None:
    stranger = person_with(Role.PROJECT_COORDINATOR, project=ProjectFactory(region=board.project.region))
    with pytest.raises(Refused):
        printed(board, stranger)
