"""The pages of boards: what each shows, refuses, and keeps of what was typed."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coordinators.models import BoardCheck, BoardPrinting, NoticeBoard, RightsBoard, SiteContact
from coordinators.paper.content import STATUTORY
from coordinators.paper.states import Condition
from core.roles import Role
from regions.models import Project
from tests.factories import (
    BoardCheckFactory,
    BoardPrintingFactory,
    CoordinatorFactory,
    LabourTeamFactory,
    LiaisonFactory,
    NoticeBoardFactory,
    PhotoFactory,
    ProjectFactory,
    RightsBoardFactory,
    SiteContactFactory,
    UserFactory,
    person_with,
    uploaded,
)
from tests.house.test_url_matrix import client_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def project() -> Project:
    return SiteContactFactory().project


@pytest.fixture
def client(project: Project) -> Client:
    return client_for(person_with(Role.PROJECT_CLERK, project=project))


@pytest.fixture
def liaison(project: Project) -> Client:
    return client_for(LiaisonFactory(team=LabourTeamFactory(project=project)).person)


def test_a_board_is_set_up_printed_and_shown(client: Client, project: Project) -> None:
    answer = client.post(reverse("board-new", args=[project.code]), {"kind": "party_mass", "place": "大门口", "paper": "A3"})
    board = NoticeBoard.objects.get()
    assert (board.project, board.place, answer.headers["Location"]) == (project, "大门口", reverse("board", args=[board.code]))
    answer = client.post(reverse("board-print", args=[board.code]))
    assert answer.headers["Location"] == reverse("board-sheet", args=[board.code, 1])
    page = client.get(answer.headers["Location"])
    printing = BoardPrinting.objects.get()
    assert page.context["address"][-2:] == [f"{board.code}/", f"{printing.mark}/"]
    assert page.context["said"] == printing.content["said"]


def test_what_is_printed_is_what_was_stored(client: Client, project: Project) -> None:
    person = UserFactory(name="李文斌", disclosure_agreed_on="2026-01-01")
    CoordinatorFactory(project=project, person=person)
    board = NoticeBoardFactory(project=project)
    BoardPrintingFactory(board=board)
    person.name = "周明山"
    person.save()
    text = client.get(reverse("board-sheet", args=[board.code, 1])).content.decode()
    assert "李文斌" in text
    assert "周明山" not in text


def test_a_second_board_at_a_place_is_refused_and_what_was_typed_stays(client: Client, project: Project) -> None:
    NoticeBoardFactory(project=project, place="大门口")
    page = client.post(reverse("board-new", args=[project.code]), {"kind": "party_mass", "place": "大门口", "paper": "A4"})
    assert set(page.context["form"].errors) == {"place"}
    assert page.context["form"]["paper"].value() == "A4"
    assert NoticeBoard.objects.count() == 1


def test_the_place_changes_and_the_kind_stays(client: Client, project: Project) -> None:
    board = NoticeBoardFactory(project=project)
    client.post(reverse("board-edit", args=[board.code]), {"place": "食堂", "paper": "A4", "kind": "rights"})
    board.refresh_from_db()
    assert (board.place, board.paper, board.kind) == ("食堂", "A4", "party_mass")


def test_a_liaison_sees_the_boards_of_his_project_and_makes_none(liaison: Client, project: Project) -> None:
    board = NoticeBoardFactory(project=project)
    other = NoticeBoardFactory(project=ProjectFactory(region=project.region))
    page = liaison.get(reverse("boards", args=[project.code]))
    assert [row[0] for row in page.context["rows"]] == [board]
    assert not page.context["may_make"]
    assert liaison.get(reverse("board", args=[other.code])).status_code == 404
    assert liaison.get(reverse("board-new", args=[project.code])).status_code == 404
    assert liaison.get(reverse("board-edit", args=[board.code])).status_code == 403
    liaison.post(reverse("board-print", args=[board.code]))
    assert not BoardPrinting.objects.exists()


def test_a_rights_board_names_its_gaps_with_a_way_to_fill_them(client: Client, project: Project) -> None:
    board = NoticeBoardFactory(project=project, rights=True)
    page = client.get(reverse("board", args=[board.code]))
    assert len(page.context["gaps"]) == len(STATUTORY)
    assert reverse("rights-information", args=[project.code]) in page.content.decode()
    assert reverse("board-print", args=[board.code]) not in page.content.decode()
    RightsBoardFactory(project=project)
    assert reverse("board-print", args=[board.code]) in client.get(reverse("board", args=[board.code])).content.decode()


def test_who_has_not_agreed_is_listed_with_a_link(client: Client, project: Project) -> None:
    post = LiaisonFactory(team=LabourTeamFactory(project=project))
    board = NoticeBoardFactory(project=project)
    for address in (reverse("board", args=[board.code]), reverse("boards", args=[project.code])):
        page = client.get(address)
        assert [each.pk for each in page.context["unagreed"]] == [post.pk]
        assert reverse("post-profile", args=["liaison", post.pk]) in page.content.decode()


def test_scanning_confirms_with_a_photo(liaison: Client, project: Project) -> None:
    printing = BoardPrintingFactory(board=NoticeBoardFactory(project=project))
    address = reverse("board-scan", args=[printing.board.code, printing.mark])
    page = liaison.get(address)
    assert page.context["is_newest"]
    assert page.context["may_check"]
    answer = liaison.post(address, {"photo": uploaded(), "remark": "清楚"})
    found = BoardCheck.objects.get()
    assert (answer.status_code, found.printing, found.remark) == (302, printing, "清楚")
    photo = liaison.get(reverse("board-check-photo", args=[printing.board.code, found.pk]))
    assert photo.headers["Content-Type"] == "image/jpeg"


def test_a_photo_that_is_none_is_refused_and_the_remark_stays(liaison: Client, project: Project) -> None:
    printing = BoardPrintingFactory(board=NoticeBoardFactory(project=project))
    address = reverse("board-scan", args=[printing.board.code, printing.mark])
    page = liaison.post(address, {"photo": uploaded(b"no picture"), "remark": "清楚"})
    assert set(page.context["form"].errors) == {"photo"}
    assert page.context["form"]["remark"].value() == "清楚"
    assert not BoardCheck.objects.exists()


def test_an_old_mark_says_that_a_newer_version_must_be_hung(liaison: Client, project: Project) -> None:
    board = NoticeBoardFactory(project=project)
    old, new = BoardPrintingFactory(board=board), BoardPrintingFactory(board=board)
    page = liaison.get(reverse("board-scan", args=[board.code, old.mark]))
    assert not page.context["is_newest"]
    assert 'id="old"' in page.content.decode()
    liaison.post(reverse("board-scan", args=[board.code, old.mark]), {})
    assert not BoardCheck.objects.exists()
    other = BoardPrintingFactory(board=NoticeBoardFactory(project=project))
    assert liaison.get(reverse("board-scan", args=[board.code, other.mark])).status_code == 404
    assert liaison.get(reverse("board-scan", args=[board.code, new.mark])).status_code == 200


def test_a_photo_of_a_version_is_served_with_the_version_alone(client: Client, project: Project) -> None:
    person = UserFactory(photo=PhotoFactory(), disclosure_agreed_on="2026-01-01")
    CoordinatorFactory(project=project, person=person)
    CoordinatorFactory(project=project, person__disclosure_agreed_on="2026-01-01")
    board = NoticeBoardFactory(project=project)
    BoardPrintingFactory(board=board)
    sheet = client.get(reverse("board-sheet", args=[board.code, 1])).content.decode()
    [shown] = [index for index in (0, 1, 2) if reverse("board-face", args=[board.code, 1, index]) in sheet]
    codes = [client.get(reverse("board-face", args=[board.code, 1, index])).status_code for index in (shown, 1 - shown, 2)]
    assert codes == [200, 404, 404]


@pytest.mark.parametrize("phone", ["call me", "12", "１２３４５", "400+000"])
def test_a_hotline_in_the_wrong_form_is_refused(client: Client, project: Project, phone: str) -> None:
    page = client.post(reverse("site-contact", args=[project.code]), {"hotline": phone, "mailbox_place": "食堂"})
    assert set(page.context["form"].errors) == {"hotline"}
    assert (page.context["form"]["hotline"].value(), page.context["form"]["mailbox_place"].value()) == (phone, "食堂")
    assert SiteContact.objects.get(project=project).hotline == "400 000 0000"


def test_the_facts_of_the_rights_board_may_have_gaps(client: Client, project: Project) -> None:
    address = reverse("rights-information", args=[project.code])
    assert client.post(address, {"owner": "示例公司", "minimum_wage": "1930", "legal_hotline": "12348"}).status_code == 302
    facts = RightsBoard.objects.get(project=project)
    assert (facts.owner, facts.pay_day, str(facts.minimum_wage)) == ("示例公司", "", "1930.00")
    page = client.post(address, {"owner": "另一公司", "minimum_wage": "-3", "wage_officer_phone": "多少"})
    assert set(page.context["form"].errors) == {"minimum_wage", "wage_officer_phone"}
    assert page.context["form"]["owner"].value() == "另一公司"


def test_all_boards_has_what_is_wrong_first(client: Client, project: Project) -> None:
    fine = NoticeBoardFactory(project=project, place="一号")
    BoardCheckFactory(printing=BoardPrintingFactory(board=fine))
    wrong = NoticeBoardFactory(project=project, place="二号")
    BoardCheckFactory(printing=BoardPrintingFactory(board=wrong, said={"hotline": "400 000 0009"}))
    NoticeBoardFactory(project=project, taken_down=True)
    assert [row[0] for row in client.get("/boards/").context["rows"]] == [wrong, fine]
    assert [row[0] for row in client.get("/boards/?state=out_of_date").context["rows"]] == [wrong]
    assert client.get("/boards/?state=never").context["rows"] == []
    assert client.get("/boards/?state=odd&page=x").status_code == 200


def test_taking_down_leaves_the_history(client: Client, project: Project) -> None:
    board = NoticeBoardFactory(project=project)
    client.post(reverse("board-take-down", args=[board.code]))
    page = client.get(reverse("boards", args=[project.code]))
    assert [(row[0], row[1].condition) for row in page.context["past"]] == [(board, Condition.TAKEN_DOWN)]


def test_lists_cost_the_same_however_long(client: Client, project: Project) -> None:
    def count(address: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        return len(queries)

    counts: list[Any] = []
    for number in (1, 2):
        for _board in range(number):
            BoardCheckFactory(printing=BoardPrintingFactory(board=NoticeBoardFactory(project=project)))
        counts.append([count(reverse("boards", args=[project.code])), count("/boards/")])
    assert counts[0] == counts[1]


def test_an_empty_list_says_what_comes_next(client: Client, liaison: Client, project: Project) -> None:
    address = reverse("boards", args=[project.code])
    assert reverse("board-new", args=[project.code]) in client.get(address).content.decode()
    assert reverse("board-new", args=[project.code]) not in liaison.get(address).content.decode()
