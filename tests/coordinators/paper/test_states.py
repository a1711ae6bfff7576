"""How a board stands, from its versions, its checks and today's data."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from coordinators.models import Coordinator, NoticeBoard
from coordinators.paper.states import BoardState, Condition, card_changes, states_of
from core.personal import Phone
from tests.factories import (
    BoardCheckFactory,
    BoardPrintingFactory,
    ContactCardBatchFactory,
    CoordinatorFactory,
    LabourTeamFactory,
    LiaisonFactory,
    NoticeBoardFactory,
    PhotoFactory,
    ProjectFactory,
    RightsBoardFactory,
    SiteContactFactory,
    UserFactory,
    WorkCrewFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator() -> Coordinator:
    person = UserFactory(name="李文斌", disclosure_agreed_on="2026-01-01")
    return CoordinatorFactory(project=ProjectFactory(), person=person, duties="工资、食宿")


@pytest.fixture
def hanging(coordinator: Coordinator) -> NoticeBoard:
    """Printed and confirmed."""
    board = NoticeBoardFactory(project=coordinator.project)
    BoardCheckFactory(printing=BoardPrintingFactory(board=board))
    return board


def state(board: NoticeBoard, days: int = 0) -> BoardState:
    return states_of([NoticeBoard.objects.for_list().get(pk=board.pk)], timezone.now() + timedelta(days=days))[board.pk]


def test_from_nothing_to_hanging(coordinator: Coordinator) -> None:
    board = NoticeBoardFactory(project=coordinator.project)
    assert state(board).condition == Condition.NEVER
    printing = BoardPrintingFactory(board=board)
    assert state(board).condition == Condition.UNCONFIRMED
    BoardCheckFactory(printing=printing)
    assert state(board).condition == Condition.CURRENT
    assert state(board, days=29).condition == Condition.CURRENT
    assert state(board, days=31).condition == Condition.UNCHECKED


def change_phone(post: Coordinator) -> None:
    post.person.phone = Phone.parse("13900000099")
    post.person.save()


def change_name(post: Coordinator) -> None:
    post.person.name = "李文彬"
    post.person.save()


def change_duties(post: Coordinator) -> None:
    post.duties = "培训"
    post.save()


def change_photo(post: Coordinator) -> None:
    post.person.photo = PhotoFactory()
    post.person.save()


def end_post(post: Coordinator) -> None:
    post.to_on = timezone.localdate() - timedelta(days=1)
    post.save()


def withdraw_consent(post: Coordinator) -> None:
    post.person.disclosure_agreed_on = None
    post.person.save()


def add_liaison(post: Coordinator) -> None:
    team = LabourTeamFactory(project=post.project)
    LiaisonFactory(team=team, person=UserFactory(disclosure_agreed_on="2026-01-01"))


def add_hotline(post: Coordinator) -> None:
    SiteContactFactory(project=post.project, mailbox_place="", mailbox_note="")


def rename_project(post: Coordinator) -> None:
    post.project.name = "改名的项目"
    post.project.save()


@pytest.mark.parametrize(
    "change",
    [
        change_phone, change_name, change_duties, change_photo, end_post, withdraw_consent, add_liaison, add_hotline,
        rename_project,
    ],
)  # fmt: skip
def test_a_change_makes_the_board_out_of_date(hanging: NoticeBoard, coordinator: Coordinator, change: Any) -> None:
    change(coordinator)
    found = state(hanging)
    assert found.condition == Condition.OUT_OF_DATE
    assert len(found.changes) == 1


def test_a_renamed_team_and_a_moved_work_point_are_changes(coordinator: Coordinator) -> None:
    crew = WorkCrewFactory(team=LabourTeamFactory(project=coordinator.project), work_point="进口洞口")
    LiaisonFactory(crew=crew, person=UserFactory(disclosure_agreed_on="2026-01-01"))
    board = NoticeBoardFactory(project=coordinator.project)
    BoardCheckFactory(printing=BoardPrintingFactory(board=board))
    crew.work_point, crew.team.name = "出口洞口", "隧道改名队"
    crew.save()
    crew.team.save()
    assert len(state(board).changes) == 2


def test_a_new_version_must_be_confirmed(hanging: NoticeBoard, coordinator: Coordinator) -> None:
    change_phone(coordinator)
    printing = BoardPrintingFactory(board=hanging)
    found = state(hanging)
    assert found.condition == Condition.OUT_OF_DATE
    assert found.to_hang.number == printing.number == 2
    BoardCheckFactory(printing=printing)
    assert state(hanging).condition == Condition.CURRENT
    assert state(hanging).to_hang is None


def test_a_board_that_was_taken_down_is_nobodys_business(hanging: NoticeBoard, coordinator: Coordinator) -> None:
    hanging.taken_down_on = timezone.localdate()
    hanging.save()
    change_phone(coordinator)
    assert (state(hanging).condition, state(hanging).is_fine) == (Condition.TAKEN_DOWN, True)


def test_a_rights_board_follows_its_own_facts(coordinator: Coordinator) -> None:
    facts = RightsBoardFactory(project=coordinator.project)
    board = NoticeBoardFactory(project=coordinator.project, rights=True)
    BoardCheckFactory(printing=BoardPrintingFactory(board=board))
    change_phone(coordinator)
    assert state(board).condition == Condition.CURRENT
    facts.minimum_wage = "2010.00"
    facts.save()
    assert len(state(board).changes) == 1


def test_the_readers_language_changes_no_board(hanging: NoticeBoard) -> None:
    with translation.override("en"):
        assert state(hanging).condition == Condition.CURRENT


def test_cards_go_out_of_date_with_their_liaison() -> None:
    crew = WorkCrewFactory()
    person = UserFactory(disclosure_agreed_on="2026-01-01")
    LiaisonFactory(crew=crew, person=person)
    LiaisonFactory(crew=WorkCrewFactory(team=crew.team), person=UserFactory(disclosure_agreed_on="2026-01-01"))
    batch = ContactCardBatchFactory(board=NoticeBoardFactory(project=crew.team.project), team=crew.team, crew=crew)
    assert [each["name"] for each in batch.content["said"]["people"]] == [person.name]
    assert card_changes([batch], timezone.now()) == {batch.pk: []}
    person.phone = Phone.parse("13900000098")
    person.save()
    assert len(card_changes([batch], timezone.now())[batch.pk]) == 1


def test_many_boards_cost_as_many_queries_as_one() -> None:
    counts = []
    for _round in range(2):
        for _number in range(2):
            person = UserFactory(photo=PhotoFactory(), disclosure_agreed_on="2026-01-01")
            project = CoordinatorFactory(project=ProjectFactory(), person=person).project
            LiaisonFactory(team=LabourTeamFactory(project=project), person__disclosure_agreed_on="2026-01-01")
            BoardCheckFactory(printing=BoardPrintingFactory(board=NoticeBoardFactory(project=project)))
        boards = list(NoticeBoard.objects.for_list())
        with CaptureQueriesContext(connection) as queries:
            states_of(boards, timezone.now())
        counts.append(len(queries))
    assert counts == [8, 8]
