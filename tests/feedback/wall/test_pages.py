"""The pages of the reply wall as people meet them."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from core.months import Month
from core.roles import Role
from core.workdays import WorkingDays
from feedback.models import Case, FeedbackSheet, ReadingAloud
from inbox.providers import PROVIDERS
from inbox.wall import WALLS
from labour_teams.models import LabourTeam
from tests.factories import CaseFactory, FeedbackSheetFactory, LabourTeamFactory, LiaisonFactory, person_with, picture, uploaded
from tests.house.test_url_matrix import client_for

pytestmark = pytest.mark.django_db
WALLS_COST, MONTH_COST = 8, 11  # queries


def answered(team: LabourTeam, **fields: Any) -> Case:
    return CaseFactory(**{"project": team.project, "team": team, "status": "answered", "item_code": "K7MPX3-2", **fields})


@pytest.fixture
def pc(coordinator: User) -> Client:
    return client_for(coordinator)


@pytest.fixture
def phone(liaison: User) -> Client:
    return client_for(liaison)


def test_every_team_on_site_has_a_wall(pc: Client, team: LabourTeam) -> None:
    LabourTeamFactory(project=team.project, entered_on="2020-01-01", left_on="2020-02-01")
    LabourTeamFactory()
    sheet = FeedbackSheetFactory(team=team)
    assert pc.get(reverse("walls")).context["rows"] == [(team, sheet)]


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_however_long(pc: Client, team: LabourTeam, number: int, django_assert_num_queries: Any) -> None:
    for _team in range(number):
        FeedbackSheetFactory(team=LabourTeamFactory(project=team.project), posted=True)
    with django_assert_num_queries(WALLS_COST):
        assert len(pc.get(reverse("walls")).context["rows"]) == number + 1


@pytest.mark.parametrize("number", [1, 3])
def test_a_months_page_costs_the_same_however_much_it_says(
    pc: Client, team: LabourTeam, number: int, django_assert_num_queries: Any
) -> None:
    for _case in range(number):
        answered(team)
        FeedbackSheetFactory(team=team, posted=True, cases=[])
    with django_assert_num_queries(MONTH_COST):
        page = pc.get(reverse("team-wall", args=[team.pk]))
    assert len(page.context["lines"]) == len(page.context["sheets"]) == number


def test_the_project_coordinator_prints(pc: Client, team: LabourTeam) -> None:
    answered(team)
    answer = pc.post(reverse("wall-print", args=[team.pk]))
    sheet = FeedbackSheet.objects.get()
    assert answer.headers["Location"] == reverse("wall-paper", args=[sheet.pk])
    paper = pc.get(answer.headers["Location"]).content.decode()
    assert "K7MPX3-2" in paper
    assert "宿舍没有热水" in paper


def test_with_nothing_to_say_it_stays_on_the_page(pc: Client, team: LabourTeam) -> None:
    assert pc.post(reverse("wall-print", args=[team.pk])).headers["Location"] == reverse("team-wall", args=[team.pk])
    assert not FeedbackSheet.objects.exists()


def test_paper_is_chinese_whatever_its_reader_speaks(pc: Client, team: LabourTeam) -> None:
    sheet = FeedbackSheetFactory(team=team)
    pc.post(reverse("set_language"), {"language": "en"})
    page = pc.get(reverse("wall-paper", args=[sheet.pk])).content.decode()
    assert f"{sheet.month.year}年" in page


def test_paper_says_the_number_to_call(pc: Client, team: LabourTeam, settings: Any) -> None:
    settings.COMPANY_HOTLINE = "400 000 0001"
    assert "400 000 0001" in pc.get(reverse("wall-paper", args=[FeedbackSheetFactory(team=team).pk])).content.decode()


def test_a_past_month_only_looks_back(pc: Client, team: LabourTeam) -> None:
    answered(team)
    page = pc.get(reverse("team-wall-month", args=[team.pk, Month.current().plus(-1)]))
    assert (page.context["may_print"], page.context["lines"]) == (False, [])


def test_a_liaison_sees_the_sheets_and_not_what_would_be_printed(phone: Client, team: LabourTeam) -> None:
    answered(team)
    page = phone.get(reverse("team-wall", args=[team.pk]))
    assert (page.context["lines"], page.context["may_read"]) == ([], True)
    assert "宿舍没有热水" not in page.content.decode()


def test_the_photo_is_sent_and_delivers(phone: Client, team: LabourTeam) -> None:
    case = answered(team)
    sheet = FeedbackSheetFactory(team=team, cases=[case])
    answer = phone.post(reverse("wall-post", args=[sheet.pk]), {"photo": uploaded(picture())})
    assert answer.headers["Location"] == reverse("wall-sheet", args=[sheet.pk])
    case.refresh_from_db()
    assert case.delivery == "wall"
    photo = phone.get(reverse("wall-photo", args=[sheet.pk]))
    assert photo.headers["Content-Type"] == "image/jpeg"


@pytest.mark.parametrize("sent", [{}, {"photo": "bad"}])
def test_without_a_photo_nothing_hangs(phone: Client, team: LabourTeam, sent: dict[str, Any]) -> None:
    sheet = FeedbackSheetFactory(team=team)
    data = {"photo": uploaded(b"no picture")} if sent else {}
    page = phone.post(reverse("wall-post", args=[sheet.pk]), data)
    assert page.context["form"].errors["photo"]
    sheet.refresh_from_db()
    assert sheet.posted_at is None


def test_whoever_may_not_hang_it_is_told_so(pc: Client, liaison: User, team: LabourTeam) -> None:
    sheet = FeedbackSheetFactory(team=team)
    page = pc.post(reverse("wall-post", args=[sheet.pk]), {"photo": uploaded(picture())})
    assert page.context["form"].errors["photo"]
    assert page.context["may_post"] is False


def test_a_sheet_of_another_team_does_not_exist(phone: Client, team: LabourTeam) -> None:
    other = FeedbackSheetFactory(team=LabourTeamFactory(project=team.project), posted=True)
    for name in ("wall-sheet", "wall-paper", "wall-photo"):
        assert phone.get(reverse(name, args=[other.pk])).status_code == 404
    assert phone.get(reverse("read-aloud", args=[other.team.pk])).status_code == 404


def test_a_liaison_reads_to_his_crew(phone: Client, team: LabourTeam) -> None:
    read, left = answered(team), answered(team, title="食堂太贵")
    page = phone.get(reverse("read-aloud", args=[team.pk]))
    assert set(page.context["ticked"]) == {str(read.pk), str(left.pk)}
    phone.post(reverse("read-aloud", args=[team.pk]), {"cases": [read.pk], "listeners": "18"})
    assert list(ReadingAloud.objects.get().cases.all()) == [read]
    left.refresh_from_db()
    assert left.delivered_at is None


def test_what_was_ticked_stays_when_something_is_missing(phone: Client, team: LabourTeam) -> None:
    read = answered(team)
    answered(team)
    page = phone.post(reverse("read-aloud", args=[team.pk]), {"cases": [read.pk], "listeners": ""})
    assert page.context["ticked"] == [str(read.pk)]
    assert set(page.context["form"].errors) == {"listeners"}
    empty = phone.post(reverse("read-aloud", args=[team.pk]), {"listeners": "5"})
    assert set(empty.context["form"].errors) == {"cases"}
    assert not ReadingAloud.objects.exists()


def test_nothing_to_read_says_so(phone: Client, team: LabourTeam) -> None:
    page = phone.get(reverse("read-aloud", args=[team.pk]))
    assert page.context["lines"] == []
    assert "lx-empty" in page.content.decode()


def test_a_project_coordinator_reads_nothing_aloud(pc: Client, team: LabourTeam) -> None:
    assert pc.get(reverse("read-aloud", args=[team.pk])).status_code == 403


# ── My work ──────────────────────────────────────────────────────────────────────────────────────────────────────


def urls(user: User) -> list[str]:
    now, person = timezone.now(), User.objects.get(pk=user.pk)
    return [item.url for provider in WALLS for item in provider(person, now, WorkingDays())]


def test_home_asks_for_them() -> None:
    assert set(WALLS) <= set(PROVIDERS)


def test_home_says_what_to_print_to_hang_and_to_read(team: LabourTeam, coordinator: User, liaison: User) -> None:
    case = answered(team)
    assert urls(coordinator) == [reverse("team-wall", args=[team.pk])]
    assert urls(liaison) == [reverse("read-aloud", args=[team.pk])]
    sheet = FeedbackSheetFactory(team=team, cases=[case])
    assert urls(coordinator) == []
    assert urls(liaison) == [reverse("wall-sheet", args=[sheet.pk]), reverse("read-aloud", args=[team.pk])]


def test_without_a_liaison_hanging_is_the_coordinators(team: LabourTeam, coordinator: User) -> None:
    sheet = FeedbackSheetFactory(team=team)
    assert urls(coordinator) == [reverse("wall-sheet", args=[sheet.pk])]
    LiaisonFactory(team=team)
    assert urls(coordinator) == []
    assert urls(person_with(Role.PROJECT_CLERK, project=team.project)) == []
