"""The pages of hotline and mailbox as people meet them."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from core.models import AuditEvent
from core.roles import Role
from core.workdays import WorkingDays
from feedback.hotline.shifts import Week
from feedback.models import Case, HotlineCall, HotlineDuty, MailboxOpening
from inbox.hotline import HOTLINE
from inbox.providers import PROVIDERS
from regions.models import Project
from tests.factories import (
    CaseCategoryFactory,
    HotlineCallFactory,
    HotlineDutyFactory,
    MailboxOpeningFactory,
    SiteContactFactory,
    UserFactory,
    person_with,
)
from tests.house.test_url_matrix import client_for

pytestmark = pytest.mark.django_db
CALLS_COST, MAILBOXES_COST, MAILBOX_COST = 12, 6, 8  # queries
NEXT = Week.current().plus(1)


@pytest.fixture
def rc(regional: User) -> Client:
    return client_for(regional)


@pytest.fixture
def pc(coordinator: User) -> Client:
    return client_for(coordinator)


def grid(person: User, **changed: str) -> dict[str, str]:
    """Two shifts a day for one person."""
    hours = {"from_0": "00:00", "to_0": "12:00", "from_1": "12:00", "to_1": "00:00"}
    who = {f"who_{row}_{day}": str(person.pk) for row in range(2) for day in range(7)}
    return {**hours, **who, **changed}


def test_a_week_is_rostered(rc: Client, regional: User, project: Project) -> None:
    place = reverse("duty-week", args=[project.region.code, str(NEXT)])
    assert rc.post(place, grid(regional)).headers["Location"] == place
    assert HotlineDuty.objects.count() == 14


def test_a_week_with_a_hole_is_refused_and_what_was_chosen_stays(rc: Client, regional: User, project: Project) -> None:
    page = rc.post(reverse("duty-week", args=[project.region.code, str(NEXT)]), grid(regional, who_0_2=""))
    [said] = page.context["form"].non_field_errors()
    assert "00:00–12:00" in said
    assert page.content.decode().count(f'<option value="{regional.pk}" selected>') == 13
    assert not HotlineDuty.objects.exists()


def test_people_without_hours_and_hours_that_are_none(rc: Client, regional: User, project: Project) -> None:
    place = reverse("duty-week", args=[project.region.code, str(NEXT)])
    assert "from_1" in rc.post(place, grid(regional, from_1="")).context["form"].errors
    assert "to_1" in rc.post(place, grid(regional, to_1="25:00")).context["form"].errors


def test_last_week_begins_the_next_and_writes_nothing(rc: Client, regional: User, project: Project) -> None:
    rc.post(reverse("duty-week", args=[project.region.code, str(NEXT)]), grid(regional))
    page = rc.get(reverse("duty-week", args=[project.region.code, str(NEXT.plus(1))]), {"like": "last"})
    assert page.content.decode().count(f'<option value="{regional.pk}" selected>') == 14
    assert HotlineDuty.objects.count() == 14


def test_a_project_coordinator_looks_at_the_roster(pc: Client, project: Project) -> None:
    page = pc.get(reverse("duty", args=[project.region.code]))
    assert page.context["form"] is None
    assert pc.post(reverse("duty-week", args=[project.region.code, str(NEXT)]), {}).status_code == 403
    assert pc.get(reverse("duty-week", args=[project.region.code, "2026-W99"])).status_code == 404


def test_the_number_of_the_boards_stands_there(rc: Client, project: Project, settings: Any) -> None:
    settings.COMPANY_HOTLINE = "400 000 0001"
    SiteContactFactory(project=project, hotline="0731-0000 0009")
    assert rc.get(reverse("hotline")).context["numbers"] == ["400 000 0001", "0731-0000 0009"]


# ── Calls ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_call_is_logged_with_a_line(pc: Client, project: Project, coordinator: User) -> None:
    pc.post(reverse("call-new"), {"place": f"project-{project.pk}", "about": "问哪天发工资"})
    call = HotlineCall.objects.get()
    assert (call.region, call.project, call.by, call.is_missed) == (project.region, project, coordinator, False)


def test_an_empty_call_and_a_missed_one_without_a_number_are_refused(pc: Client, project: Project) -> None:
    place = {"place": f"project-{project.pk}"}
    assert set(pc.post(reverse("call-new"), place).context["form"].errors) == {"about"}
    assert set(pc.post(reverse("call-new"), {**place, "is_missed": "on"}).context["form"].errors) == {"phone"}
    wrong = {**place, "is_missed": "on", "phone": "123"}
    assert set(pc.post(reverse("call-new"), wrong).context["form"].errors) == {"phone"}
    page = pc.post(reverse("call-new"), {"about": "问工资"})
    assert set(page.context["form"].errors) == {"place"}
    assert 'value="问工资"' in page.content.decode()
    assert not HotlineCall.objects.exists()


def test_from_the_call_to_its_matter(pc: Client, project: Project, coordinator: User) -> None:
    sent = {"place": f"project-{project.pk}", "about": "宿舍没有热水", "phone": "15400000017", "matter": "1"}
    place = pc.post(reverse("call-new"), sent).headers["Location"]
    assert pc.get(place).context["form"].initial["title"] == "宿舍没有热水"
    matter = {"category": CaseCategoryFactory().pk, "title": "宿舍没有热水", "place": f"project-{project.pk}", "kind": "problem"}
    pc.post(place, {**matter, "use_number": "on", "named": ["liaison"]})
    case = Case.objects.get()
    assert (case.origin, case.call.about, case.registered_by) == ("hotline", "宿舍没有热水", coordinator)
    assert str(case.contact.phone) == "154****0017"
    assert [row.who for row in case.accused.all()] == ["liaison"]


def test_a_matter_without_its_line_is_refused(pc: Client, project: Project, coordinator: User) -> None:
    call = HotlineCallFactory(project=project, by=coordinator)
    page = pc.post(reverse("call-matter", args=[call.pk]), {"words": "三天没有热水"})
    assert {"category", "title"} <= set(page.context["form"].errors)
    assert "三天没有热水" in page.content.decode()
    assert not Case.objects.exists()


def test_the_number_is_shown_once_and_that_is_written(pc: Client, project: Project, coordinator: User) -> None:
    call = HotlineCallFactory(project=project, missed=True)
    assert "15400000017" not in pc.get(reverse("call", args=[call.pk])).content.decode()
    assert "15400000017" in pc.post(reverse("call-number", args=[call.pk])).content.decode()
    assert AuditEvent.objects.filter(kind="reveal", by=coordinator).count() == 1
    pc.post(reverse("call-back", args=[call.pk]))
    call.refresh_from_db()
    assert call.called_back_by == coordinator
    assert pc.post(reverse("call-number", args=[call.pk])).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_the_log_costs_the_same_however_long(rc: Client, project: Project, number: int, django_assert_num_queries: Any) -> None:
    HotlineDutyFactory(region=project.region)
    HotlineCallFactory.create_batch(number, project=project)
    with django_assert_num_queries(CALLS_COST):
        assert len(rc.get(reverse("hotline")).context["page"]) == number


def test_filters_of_the_log(rc: Client, project: Project) -> None:
    missed, answered = HotlineCallFactory(project=project, missed=True), HotlineCallFactory(project=project)
    found = {state: set(rc.get(reverse("hotline"), {"state": state}).context["page"]) for state in ("missed", "open", "")}
    assert found == {"missed": {missed}, "open": {missed, answered}, "": {missed, answered}}


# ── Mailboxes ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_opening_and_its_letter(pc: Client, project: Project, regional: User, coordinator: User) -> None:
    sent = {"on": f"{timezone.localdate()}", "witness": regional.pk, "letters": "1"}
    pc.post(reverse("mailbox-open", args=[project.code]), sent)
    opening = MailboxOpening.objects.get()
    assert (opening.by, opening.witness) == (coordinator, regional)
    matter = {"category": CaseCategoryFactory().pk, "title": "澡堂排队", "place": f"project-{project.pk}", "kind": "problem"}
    answer = pc.post(reverse("mailbox-letter", args=[opening.pk]), {**matter, "named": ["project"]})
    assert answer.headers["Location"] == reverse("mailbox", args=[project.code])
    case = opening.cases.get()
    assert case.origin == "mailbox"
    assert not Case.objects.visible_to(coordinator).exists()


def test_a_stranger_is_no_witness(pc: Client, project: Project) -> None:
    sent = {"on": f"{timezone.localdate()}", "witness": UserFactory().pk, "letters": "1"}
    page = pc.post(reverse("mailbox-open", args=[project.code]), sent)
    assert set(page.context["form"].errors) == {"witness"}
    assert not MailboxOpening.objects.exists()


def test_a_clerk_looks_at_the_openings(project: Project) -> None:
    clerk = client_for(person_with(Role.PROJECT_CLERK, project=project))
    opening = MailboxOpeningFactory(project=project)
    assert clerk.get(reverse("mailbox", args=[project.code])).context["form"] is None
    assert clerk.post(reverse("mailbox-open", args=[project.code]), {}).status_code == 403
    assert clerk.get(reverse("mailbox-letter", args=[opening.pk])).status_code == 403


@pytest.mark.parametrize("number", [1, 3])
def test_mailbox_lists_cost_the_same_however_long(
    pc: Client, project: Project, number: int, django_assert_num_queries: Any
) -> None:
    SiteContactFactory(project=project)
    MailboxOpeningFactory.create_batch(number, project=project)
    with django_assert_num_queries(MAILBOXES_COST):
        assert len(pc.get(reverse("mailboxes")).context["rows"]) == 1
    with django_assert_num_queries(MAILBOX_COST):
        assert len(pc.get(reverse("mailbox", args=[project.code])).context["page"]) == number


# ── My work ──────────────────────────────────────────────────────────────────────────────────────────────────────


def urls(user: User) -> list[str]:
    now, person = timezone.now(), User.objects.get(pk=user.pk)
    return [item.url for provider in HOTLINE for item in provider(person, now, WorkingDays())]


def test_home_asks_for_them() -> None:
    assert set(HOTLINE) <= set(PROVIDERS)


def test_home_says_which_calls_weeks_boxes_and_letters_wait(project: Project, regional: User, coordinator: User) -> None:
    call = HotlineCallFactory(project=project, missed=True)
    SiteContactFactory(project=project)
    opening = MailboxOpeningFactory(project=project, on=timezone.localdate() - timedelta(days=9), letters=1)
    of_call, box = reverse("call", args=[call.pk]), reverse("mailbox", args=[project.code])
    weeks = [reverse("duty-week", args=[project.region.code, str(week)]) for week in (Week.current(), NEXT)]
    assert urls(regional) == [of_call, *weeks, box]
    assert urls(coordinator) == [of_call, box, reverse("mailbox-letter", args=[opening.pk])]


def test_home_says_nothing_when_nothing_waits(project: Project, regional: User, coordinator: User) -> None:
    HotlineDutyFactory(region=project.region)
    HotlineDutyFactory(region=project.region, starts_at=NEXT.begins_at, ends_at=NEXT.ends_at)
    SiteContactFactory(project=project)
    MailboxOpeningFactory(project=project, letters=0)
    HotlineCallFactory(project=project)
    assert urls(regional) == urls(coordinator) == []
