"""Calls and mailboxes: what is written, by whom, and how far it is seen."""

from contextlib import nullcontext
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

import config.urls
from accounts.models import User
from core.refusals import Refused
from core.roles import Role
from feedback.cases.registering import Matter, Named
from feedback.hotline import workflow
from feedback.hotline.mailboxes import days_closed, neglected
from feedback.hotline.reach import calls_seen_by, witnesses_of
from feedback.models import Case, CaseAccused, HotlineCall, MailboxOpening
from regions.models import Project
from tests.factories import (
    CaseCategoryFactory,
    HotlineCallFactory,
    HotlineDutyFactory,
    MailboxOpeningFactory,
    ProjectFactory,
    SiteContactFactory,
    UserFactory,
    person_with,
)
from tests.house.crawl import client_for, not_there
from tests.world import found_company

pytestmark = pytest.mark.django_db
Who = CaseAccused.Who


def matter(project: Project, *named: str, **fields: Any) -> Matter:
    category = CaseCategoryFactory()
    names = tuple(Named(who) for who in named)
    return Matter(
        category=category, title="宿舍没有热水", project=project, named=names, **{"origin": Case.Origin.HOTLINE, **fields}
    )


def test_a_missed_call_needs_a_number(project: Project, coordinator: User) -> None:
    call = HotlineCall(region=project.region, project=project, is_missed=True)
    with pytest.raises(Refused) as refusal:
        workflow.log_call(call, by=coordinator)
    assert set(refusal.value.fields) == {"phone"}


def test_calling_back_twice_keeps_the_first(coordinator: User, regional: User, project: Project) -> None:
    call = HotlineCallFactory(project=project, missed=True)
    first = workflow.call_back(call, by=coordinator)
    workflow.call_back(call, by=regional)
    call.refresh_from_db()
    assert (call.called_back_by, call.called_back_at) == (coordinator, first.called_back_at)


def test_a_call_becomes_one_case(coordinator: User, project: Project) -> None:
    call = HotlineCallFactory(project=project, by=coordinator)
    case = workflow.open_matter(call, matter(project), by=coordinator)
    call.refresh_from_db()
    assert (call.case, case.origin, case.registered_by) == (case, "hotline", coordinator)
    with pytest.raises(Refused):
        workflow.open_matter(call, matter(project), by=coordinator)
    assert Case.objects.count() == 1


@pytest.mark.parametrize(("named", "is_seen"), [((), True), (("region",), False), (("project",), True), (("unknown",), False)])
def test_a_call_is_seen_no_further_than_its_case(project: Project, regional: User, named: tuple[str, ...], is_seen: bool) -> None:
    by = person_with(Role.LABOUR_CENTRE)
    call = HotlineCallFactory(project=project, by=by)
    assert calls_seen_by(regional).filter(pk=call.pk).exists()
    workflow.open_matter(call, matter(project, *named), by=by)
    assert calls_seen_by(regional).filter(pk=call.pk).exists() == is_seen
    assert calls_seen_by(by).filter(pk=call.pk).exists()


def test_a_project_coordinator_sees_his_own_calls_and_those_that_nobody_answered(project: Project, coordinator: User) -> None:
    mine = HotlineCallFactory(by=coordinator, region=project.region, project=None)
    missed = HotlineCallFactory(project=project, missed=True)
    HotlineCallFactory(project=project, about="协理员克扣")
    HotlineCallFactory(project=project, missed=True, called_back_at=timezone.now(), called_back_by=UserFactory())
    HotlineCallFactory(missed=True)
    assert set(calls_seen_by(coordinator)) == {mine, missed}


SEERS = {Role.LABOUR_CENTRE, Role.PARTY_ORGANISATION, Role.LEADER, Role.AUDITOR, Role.REGIONAL_COORDINATOR}
LOGGERS = {Role.LABOUR_CENTRE, Role.PARTY_ORGANISATION, Role.REGIONAL_COORDINATOR, Role.PROJECT_COORDINATOR}


def test_who_sees_and_who_logs_calls() -> None:
    company = found_company()
    call = HotlineCallFactory(project=company.own_project)
    for role in Role:
        person = company.person(role)
        assert calls_seen_by(person).filter(pk=call.pk).exists() == (role in SEERS), role
        if role in LOGGERS:
            assert workflow.log_call(HotlineCall(region=company.own_region, about="问工资"), by=person).by == person
        else:
            with pytest.raises(Refused):
                workflow.log_call(HotlineCall(region=company.own_region, about="问工资"), by=person)


ABOUT, MISSED = ABOUTS = ("石光荣说协理员克扣工资", "留言说宿舍的热水又停了")
READ_IT = SEERS


def test_the_line_of_a_call_reaches_only_those_who_need_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not the liaison, nor the project: it may tell who raised a matter. A call that was taken and one that nobody answered."""
    monkeypatch.setattr(config.urls, "handler404", not_there, raising=False)
    company = found_company()
    calls = {about: HotlineCallFactory(project=company.own_project, is_missed=about == MISSED, about=about) for about in ABOUTS}
    pages = [reverse(name, args=[call.pk]) for name in ("call", "call-matter") for call in calls.values()]
    pages += [reverse(name) for name in ("hotline", "home", "cases", "admin:feedback_hotlinecall_changelist")]
    for role in Role:
        client = client_for(company.person(role))
        told = "".join(client.get(page).content.decode() for page in pages)
        assert {about for about in ABOUTS if about in told} == (set(ABOUTS) if role in READ_IT else set()), role


def test_whoever_is_on_duty_reads_it(project: Project, coordinator: User) -> None:
    call = HotlineCallFactory(project=project, is_missed=True, about=ABOUT)
    page = reverse("call", args=[call.pk])
    assert ABOUT not in client_for(coordinator).get(page).content.decode()
    now = timezone.now()
    HotlineDutyFactory(
        region=project.region, person=coordinator, starts_at=now - timedelta(hours=1), ends_at=now + timedelta(hours=1)
    )
    for place in (page, reverse("hotline")):
        assert ABOUT in client_for(coordinator).get(place).content.decode()


def test_what_somebody_took_down_in_an_earlier_post_is_no_longer_his(project: Project) -> None:
    person = person_with(Role.LIAISON)
    call = HotlineCallFactory(project=project, by=person, about=ABOUT)
    assert not calls_seen_by(person).exists()
    assert client_for(person).get(reverse("call", args=[call.pk])).status_code == 404


# ── The mailbox ──────────────────────────────────────────────────────────────────────────────────────────────────


def opening(project: Project, witness: User, **fields: Any) -> MailboxOpening:
    return MailboxOpening(project=project, witness=witness, letters=2, **fields)


def test_two_people_open_a_box(project: Project, coordinator: User, regional: User) -> None:
    kept = workflow.open_mailbox(opening(project, regional), by=coordinator)
    assert (kept.by, kept.witness, kept.on) == (coordinator, regional, timezone.localdate())
    with pytest.raises(Refused) as refusal:
        workflow.open_mailbox(opening(project, coordinator), by=coordinator)
    assert set(refusal.value.fields) == {"witness"}
    with pytest.raises(Refused):
        workflow.open_mailbox(opening(project, regional, on=timezone.localdate() + timedelta(days=1)), by=coordinator)


def test_each_letter_is_a_case_and_no_more_than_there_were(project: Project, coordinator: User) -> None:
    box = MailboxOpeningFactory(project=project, letters=2)
    letters = [workflow.key_letter(box, matter(project, origin="mailbox"), by=coordinator) for _letter in range(2)]
    assert set(box.cases.all()) == set(letters)
    with pytest.raises(Refused):
        workflow.key_letter(box, matter(project, origin="mailbox"), by=coordinator)


def test_a_letter_that_names_the_project_is_gone_from_its_sight(project: Project, coordinator: User) -> None:
    case = workflow.key_letter(MailboxOpeningFactory(project=project), matter(project, "project"), by=coordinator)
    assert not Case.objects.visible_to(coordinator).filter(pk=case.pk).exists()


OPENERS = {Role.PROJECT_COORDINATOR, Role.PROJECT_COMMITTEE, Role.REGIONAL_COORDINATOR}


def test_who_opens_a_box_and_who_reads_its_letters() -> None:
    company = found_company()
    project, witness = company.own_project, UserFactory()
    box = MailboxOpeningFactory(project=project, letters=9)
    for role in Role:
        person = company.person(role)
        with nullcontext() if role in OPENERS else pytest.raises(Refused):
            workflow.open_mailbox(opening(project, witness), by=person)
        with nullcontext() if role in OPENERS - {Role.PROJECT_COMMITTEE} else pytest.raises(Refused):
            workflow.key_letter(box, matter(project), by=person)


def test_a_witness_is_in_post_on_the_project(project: Project, coordinator: User, regional: User) -> None:
    clerk = person_with(Role.PROJECT_CLERK, project=project)
    person_with(Role.PROJECT_CLERK, project=ProjectFactory())
    assert set(witnesses_of(project, timezone.localdate(), coordinator)) == {clerk, regional}


@pytest.mark.parametrize(("ago", "is_late"), [(None, True), (0, False), (7, False), (8, True)])
def test_boxes_that_wait_for_more_than_a_week(ago: int | None, is_late: bool, project: Project) -> None:
    SiteContactFactory(project=project)
    today = timezone.localdate()
    if ago is not None:
        MailboxOpeningFactory(project=project, on=today - timedelta(days=20))
        MailboxOpeningFactory(project=project, on=today - timedelta(days=ago))
    found = list(neglected(Project.objects.all(), today))
    assert found == ([project] if is_late else [])
    assert [days_closed(box, today) for box in found] == ([ago] if is_late else [])


def test_a_project_without_a_box_or_that_is_completed_is_not_listed(project: Project) -> None:
    SiteContactFactory(project=project, mailbox_place="")
    SiteContactFactory(project=ProjectFactory(stage="completed"))
    assert not neglected(Project.objects.all(), timezone.localdate()).exists()
