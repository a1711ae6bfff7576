"""Results by name: the health officer's alone, after he opened them, with the worker's consent; for everybody else nothing."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib import admin
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from core.models import AuditEvent, AuditKind
from core.refusals import Refused
from core.roles import ADMIN_SITE, Role
from handbook import recording
from handbook.health import workflow
from handbook.health.measures import in_words
from handbook.health.workflow import Result
from handbook.models import HealthCheck, HealthCheckBatch, HealthConsent
from tests.factories import (
    EngagementFactory,
    HandbookEntryFactory,
    HealthCheckBatchFactory,
    HealthCheckFactory,
    HealthConsentFactory,
    person_with,
)
from tests.handbook.kinds.writing import form_of, fresh, posted
from tests.house.test_url_matrix import client_for
from tests.shared_world import world_once
from tests.world import Company, found_company

pytestmark = pytest.mark.django_db

FINDING = {"conclusion": "unfit", "action": "advised_to_return", "spo2": "78", "systolic": "162", "diastolic": "101"}
MEASURED = {"saturation", "血氧饱和度", "spo2", "heart_rate"}  # how a measure would stand on a page, in words or by its name
RESULT = Result("deferred", "watched", {"spo2": 83})


founded, company = world_once(found_company)


@pytest.fixture
def check(company: Company) -> HealthCheck:
    """A result with a name and a number that stand nowhere else."""
    engagement = EngagementFactory(team=company.own_team, crew=company.own_crew, name="欧阳雪山")
    batch = HealthCheckBatchFactory(entry__project=company.own_project, entry__team=company.own_team, advised_to_return=3)
    return HealthCheckFactory(batch=batch, engagement=engagement, measures={"spo2": 71, "heart_rate": 137})


@pytest.fixture
def officer(company: Company, check: HealthCheck) -> Client:
    return client_for(company.person(Role.HEALTH_OFFICER))


def results(batch: HealthCheckBatch) -> str:
    return reverse("health-results", args=[batch.pk])


def words_of(page: str) -> set[str]:
    return set(re.findall(r"\w+", page))


def opened(client: Client, batch: HealthCheckBatch) -> Client:
    assert client.post(reverse("health-open", args=[batch.pk])).status_code == 302
    return client


def test_results_lie_closed_and_opening_them_is_written_down(officer: Client, check: HealthCheck, time_machine: Any) -> None:
    time_machine.move_to(timezone.now())
    page = officer.get(results(check.batch)).content.decode()
    assert "欧阳雪山" not in page
    assert not MEASURED & words_of(page)
    assert not AuditEvent.objects.filter(kind=AuditKind.READ).exists()
    opened(officer, check.batch)
    event = AuditEvent.objects.get(kind=AuditKind.READ)
    assert (event.subject_type, event.subject_id) == ("handbook.healthcheckbatch", str(check.batch_id))
    page = officer.get(results(check.batch)).content.decode()
    assert "欧阳雪山" in page
    assert in_words({"spo2": 71})[0] in page
    time_machine.shift(timedelta(minutes=16))
    assert "欧阳雪山" not in officer.get(results(check.batch)).content.decode()


def test_opening_one_batch_opens_no_other(officer: Client, check: HealthCheck, company: Company) -> None:
    other = HealthCheckFactory(batch__entry__project=company.own_project)
    opened(officer, other.batch)
    assert "欧阳雪山" not in officer.get(results(check.batch)).content.decode()
    form = reverse("health-result", args=[check.batch_id, check.engagement_id])
    assert officer.get(form).headers["Location"] == results(check.batch)


def test_a_look_writes_nothing(officer: Client, check: HealthCheck) -> None:
    opened(officer, check.batch)
    places = [results(check.batch), reverse("health-result", args=[check.batch_id, check.engagement_id])]
    places += [reverse("health-consents", args=[check.engagement.project.code])]
    places += [reverse("health-consent", args=[check.engagement_id])]
    for place in places:
        with CaptureQueriesContext(connection) as queries:
            assert officer.get(place).status_code == 200
        assert not [query for query in queries if query["sql"].split()[0] in ("INSERT", "UPDATE", "DELETE")]


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.HEALTH_OFFICER}))
def test_nobody_else_has_such_pages(role: str, company: Company, check: HealthCheck) -> None:
    client, consent = client_for(company.person(role)), HealthConsent.objects.get(engagement=check.engagement)
    both = [check.batch_id, check.engagement_id]
    for place in (
        results(check.batch),
        reverse("health-result", args=both),
        reverse("health-consents", args=[company.own_project.code]),
        reverse("health-consent", args=[check.engagement_id]),
    ):
        assert client.get(place).status_code == 404, place
    if role not in (Role.LEADER, Role.AUDITOR):  # whatever they post is refused on the way in
        for place in (
            reverse("health-open", args=[check.batch_id]),
            reverse("health-result", args=both),
            reverse("health-consent-withdraw", args=[consent.pk]),
        ):
            assert client.post(place, FINDING).status_code == 404, place
    assert not AuditEvent.objects.filter(kind=AuditKind.READ).exists()
    consent.refresh_from_db()
    assert consent.withdrawn_on is None


@pytest.mark.parametrize("where", ["sibling", "foreign"])
def test_an_officer_of_another_project_has_no_such_pages(where: str, company: Company, check: HealthCheck) -> None:
    elsewhere = client_for(person_with(Role.HEALTH_OFFICER, project=company.crew_at(where).team.project))
    assert elsewhere.get(results(check.batch)).status_code == 404
    assert elsewhere.post(reverse("health-open", args=[check.batch_id])).status_code == 404
    assert elsewhere.get(reverse("health-consents", args=[company.own_project.code])).status_code == 404


@pytest.mark.parametrize("role", Role)
def test_no_page_that_shows_the_batch_shows_a_name_or_a_measure(role: str, company: Company, check: HealthCheck) -> None:
    """What the row says is nowhere outside the officer's room: pages are the same without it, but for the time of day."""
    client = client_for(company.person(role))
    places = [reverse("entry", args=[check.batch_id]), reverse("entries")]
    with_it = [client.get(place) for place in places]
    HealthCheck.objects.all().delete()
    HealthConsent.objects.all().delete()
    for before, place in zip(with_it, places, strict=True):
        text = before.content.decode()
        assert "欧阳雪山" not in text
        assert not MEASURED & words_of(text)
        assert before.status_code == client.get(place).status_code


def test_the_admin_site_knows_neither_results_nor_consents() -> None:
    assert not {HealthCheck, HealthConsent} & set(admin.site._registry)
    inline = {each.model for each_admin in admin.site._registry.values() for each in each_admin.inlines}
    assert not {HealthCheck, HealthConsent} & inline


@pytest.mark.parametrize("role", sorted(ADMIN_SITE))
@pytest.mark.parametrize("model", ["healthcheck", "healthconsent"])
def test_there_is_no_address_for_them_in_the_admin_site(role: str, model: str) -> None:
    client = client_for(person_with(role))
    assert client.get(f"/admin/handbook/{model}/").status_code == 404
    assert client.get(f"/admin/handbook/{model}/add/").status_code == 404


def test_one_result_a_worker_with_measures(officer: Client, check: HealthCheck, company: Company) -> None:
    other = EngagementFactory(team=company.own_team)
    HealthConsentFactory(engagement=other)
    opened(officer, check.batch)
    place = reverse("health-result", args=[check.batch_id, other.pk])
    assert officer.post(place, {"conclusion": "", "action": "watched", "spo2": "78"}).status_code == 200
    assert officer.post(place, FINDING).status_code == 302
    written = HealthCheck.objects.get(engagement=other)
    assert (written.conclusion, written.action) == ("unfit", "advised_to_return")
    assert written.measures == {"spo2": 78, "systolic": 162, "diastolic": 101}
    assert officer.post(place, FINDING | {"spo2": "", "temperature": "36.5"}).status_code == 302
    written.refresh_from_db()
    assert written.measures == {"systolic": 162, "diastolic": 101, "temperature": 36.5}
    page = officer.get(f"{results(check.batch)}?team={company.own_team.pk}").content.decode()
    assert reverse("worker", args=[other.worker.public_id]) in page


@pytest.mark.parametrize(
    "wrong",
    [
        {"action": "to_work"},
        {"spo2": "101"},
        {"spo2": "-1"},
        {"systolic": "90", "diastolic": "95"},
        {"temperature": "36.55"},
        {"heart_rate": "很快"},
    ],
)
def test_measures_that_nobody_has_are_refused(wrong: dict[str, str], officer: Client, check: HealthCheck) -> None:
    opened(officer, check.batch)
    before = (check.conclusion, check.measures)
    response = officer.post(reverse("health-result", args=[check.batch_id, check.engagement_id]), FINDING | wrong)
    assert response.status_code == 200
    check.refresh_from_db()
    assert (check.conclusion, check.measures) == before


def test_without_consent_there_is_no_result(officer: Client, check: HealthCheck, company: Company) -> None:
    other = EngagementFactory(team=company.own_team)
    opened(officer, check.batch)
    place = reverse("health-result", args=[check.batch_id, other.pk])
    for answer in (officer.get(place), officer.post(place, FINDING)):
        assert answer.headers["Location"] == reverse("health-consent", args=[other.pk])
    with pytest.raises(Refused):
        workflow.record_result(check.batch, other, RESULT, by=company.person(Role.HEALTH_OFFICER))
    assert not HealthCheck.objects.filter(engagement=other).exists()


def test_consent_is_written_down_and_taken_back(officer: Client, check: HealthCheck, company: Company) -> None:
    other = EngagementFactory(team=company.own_team)
    place, signed = reverse("health-consent", args=[other.pk]), {"text_version": "2026-1", "witness": "周铁生"}
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    assert officer.post(place, signed | {"given_on": tomorrow}).status_code == 200
    assert officer.post(place, signed | {"given_on": timezone.localdate().isoformat(), "witness": ""}).status_code == 200
    assert not HealthConsent.objects.filter(engagement=other).exists()
    assert officer.post(place, signed | {"given_on": timezone.localdate().isoformat()}).status_code == 302
    consent = HealthConsent.objects.get(engagement=other)
    assert (consent.text_version, consent.witness, consent.withdrawn_on) == ("2026-1", "周铁生", None)
    again = officer.post(place, signed | {"given_on": timezone.localdate().isoformat()})
    assert again.status_code == 200
    assert HealthConsent.objects.filter(engagement=other).count() == 1
    assert officer.post(reverse("health-consent-withdraw", args=[consent.pk])).status_code == 302
    consent.refresh_from_db()
    assert consent.withdrawn_on == timezone.localdate()


def test_what_was_taken_back_is_neither_read_nor_written(officer: Client, check: HealthCheck, company: Company) -> None:
    consent = HealthConsent.objects.get(engagement=check.engagement)
    officer.post(reverse("health-consent-withdraw", args=[consent.pk]))
    opened(officer, check.batch)
    assert in_words({"spo2": 71})[0] not in officer.get(results(check.batch)).content.decode()
    with pytest.raises(Refused):
        workflow.record_result(check.batch, check.engagement, RESULT, by=company.person(Role.HEALTH_OFFICER))
    assert HealthCheck.objects.filter(pk=check.pk).exists()


def test_results_are_of_people_on_site_in_batches_that_took_place(company: Company, check: HealthCheck) -> None:
    by = company.person(Role.HEALTH_OFFICER)
    gone, sibling = EngagementFactory(team=company.own_team, left=True), EngagementFactory(team=company.crew_at("sibling").team)
    for engagement in (gone, sibling):
        HealthConsentFactory(engagement=engagement)
        with pytest.raises(Refused):
            workflow.record_result(check.batch, engagement, RESULT, by=by)
    for state in ({"entry__planned": True}, {"entry__withdrawn": True}):
        batch = HealthCheckBatchFactory(entry__project=company.own_project, **state)
        with pytest.raises(Refused):
            workflow.record_result(batch, check.engagement, RESULT, by=by)
        assert client_for(by).get(results(batch)).status_code == 404
    other_kind = HandbookEntryFactory(kind="medical", project=company.own_project)
    assert client_for(by).get(reverse("health-results", args=[other_kind.pk])).status_code == 404


def test_no_more_names_than_were_counted(company: Company, check: HealthCheck) -> None:
    by, entry = company.person(Role.HEALTH_OFFICER), check.batch.entry
    others = EngagementFactory.create_batch(2, team=company.own_team)
    for engagement in others:
        HealthConsentFactory(engagement=engagement)
    type(entry).objects.filter(pk=entry.pk).update(headcount=2)
    HealthCheckBatch.objects.filter(pk=entry.pk).update(advised_to_return=0)
    with pytest.raises(Refused) as refusal:
        workflow.record_result(check.batch, others[0], Result("unfit", "advised_to_return", {}), by=by)
    assert set(refusal.value.fields) == {"advised_to_return"}
    workflow.record_result(check.batch, others[0], RESULT, by=by)
    with pytest.raises(Refused) as refusal:
        workflow.record_result(check.batch, others[1], RESULT, by=by)
    assert set(refusal.value.fields) == {"headcount"}
    assert HealthCheck.objects.filter(batch=check.batch).count() == 2


def test_a_batch_is_not_corrected_below_its_names(company: Company) -> None:
    author = company.person(Role.PROJECT_COORDINATOR)
    batch = HealthCheckBatchFactory(entry__project=company.own_project, entry__author=author)
    for _number in range(2):
        HealthCheckFactory(batch=batch)
    data = posted(f"project-{company.own_project.pk}", occasion="on_post", headcount=1, advised_to_return=0)
    form = form_of("health_check", author, data, entry=batch.entry)
    assert form.is_valid()
    with pytest.raises(Refused) as refusal:
        recording.amend(batch.entry, form.draft(), by=fresh(author), version=1)
    assert set(refusal.value.fields) == {"headcount"}


def test_lists_cost_the_same_however_long(officer: Client, check: HealthCheck, company: Company) -> None:
    opened(officer, check.batch)
    costs = []
    for number in (0, 2):
        for engagement in EngagementFactory.create_batch(number, team=company.own_team):
            HealthCheckFactory(batch=check.batch, engagement=engagement)
        for place in (
            f"{results(check.batch)}?team={company.own_team.pk}",
            reverse("health-consents", args=[company.own_project.code]),
        ):
            with CaptureQueriesContext(connection) as queries:
                assert officer.get(place).status_code == 200
            costs.append(len(queries))
    assert costs[:2] == costs[2:]
