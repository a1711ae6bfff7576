"""The handbook in the admin site: tables filtered and taken away; catalogues kept by two departments; what was said stays out."""

from typing import Any

import pytest
from django.contrib import admin
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from core.models import AuditEvent, AuditKind
from core.roles import ADMIN_SITE, COMPANY_WIDE, HEADQUARTERS, Role
from handbook.admin.tables import OfEntryAdmin
from handbook.models import CareItem, EthnicFestival, HandbookEntry, VisitRecord
from labour_teams.models import WorkerCertificate
from tests.admin.test_access import ROWS
from tests.factories import CareDistributionFactory, CareItemFactory, VisitRecordFactory, WorkerCertificateFactory, person_with
from tests.house.test_url_matrix import client_for

pytestmark = pytest.mark.django_db

OURS = sorted(table for table in ROWS if table.startswith("handbook_"))


def address(table: str, page: str, *args: Any) -> str:
    return reverse(f"admin:{table}_{page}", args=args)


@pytest.fixture
def desk() -> Client:
    return client_for(person_with(Role.PARTY_ORGANISATION))


@pytest.mark.parametrize("table", OURS)
def test_headquarters_takes_every_table_away(table: str, desk: Client) -> None:
    ROWS[table]()
    answer = desk.post(address(table, "export"), {"format": "csv"})
    assert answer.status_code == 200
    assert len(answer.content.decode("utf-8-sig").splitlines()) >= 2
    assert AuditEvent.objects.get(kind=AuditKind.EXPORT).details["what"] == table.replace("_", ".", 1)


@pytest.mark.parametrize("role", sorted(COMPANY_WIDE - HEADQUARTERS))
def test_leaders_and_auditors_take_nothing_away(role: str) -> None:
    client = client_for(person_with(role))
    assert {client.post(address(table, "export"), {"format": "csv"}).status_code for table in OURS} == {403}


@pytest.mark.parametrize("table", OURS)
def test_every_filter_narrows_and_none_breaks(table: str) -> None:
    """What is listed is asked of the list below the page; that its pages open is for tests/admin."""
    row, by = ROWS[table](), person_with(Role.PARTY_ORGANISATION)
    here = admin.site._registry[type(row)]

    def found(**narrowed: Any) -> int:
        request = RequestFactory().get("/", narrowed)
        request.user = by
        return here.get_changelist_instance(request).result_count

    of_entry = isinstance(here, OfEntryAdmin) or table == "handbook_handbookentry"
    assert found(**{"month": f"{timezone.localdate():%Y-%m}"} if of_entry else {}) >= 1
    if of_entry:
        assert found(month="2026-01") == 0
        path = "" if table == "handbook_handbookentry" else f"{here.list_filter[0].removesuffix('__region')}__"
        entry = row
        for step in path.split("__")[:-1]:
            entry = getattr(entry, step)
        assert found(**{f"{path}region__id__exact": entry.region_id}) == 1


def test_of_a_visit_nobody_reads_the_words_here(desk: Client) -> None:
    visit = VisitRecordFactory(words="不想让别人知道的话")
    pages = [
        desk.get(address("handbook_visitrecord", page, *args)) for page, args in (("changelist", ()), ("change", (visit.pk,)))
    ]
    pages += [desk.get(address("handbook_handbookentry", "change", visit.pk))]
    pages += [
        desk.post(address(table, "export"), {"format": "csv"}) for table in ("handbook_visitrecord", "handbook_handbookentry")
    ]
    for page in pages:
        assert page.status_code == 200
        assert "不想让别人知道的话" not in page.content.decode()


@pytest.mark.parametrize("role", sorted(ADMIN_SITE - {Role.PARTY_ORGANISATION}))
def test_how_visits_went_is_for_the_party_organisation_department(role: str) -> None:
    visit = VisitRecordFactory()
    client = client_for(person_with(role))
    assert client.get(address("handbook_visitrecord", "changelist")).status_code == 403
    assert client.get(address("handbook_visitrecord", "change", visit.pk)).status_code == 403


def test_departments_keep_the_goods_and_money_is_none(desk: Client) -> None:
    place = address("handbook_careitem", "add")
    facts = {"name": "毛巾", "kind": "living", "unit": "条", "order": 20, "is_active": "on"}
    assert desk.post(place, facts | {"unit": "元"}).status_code == 200
    assert not CareItem.objects.filter(name="毛巾").exists()
    assert desk.post(place, facts).status_code == 302
    assert CareItem.objects.get(name="毛巾").unit == "条"
    assert AuditEvent.objects.filter(kind=AuditKind.SETTING).count() == 1


def test_a_festival_keeps_the_codes_of_its_peoples(desk: Client) -> None:
    facts = {"name": "火把节", "ethnicities": ["07", "14"], "when": "农历六月廿四", "advice": "提前调休。", "is_active": "on"}
    days = {"days-TOTAL_FORMS": 1, "days-INITIAL_FORMS": 0, "days-0-on": "2026-08-06"}
    assert desk.post(address("handbook_ethnicfestival", "add"), facts | days).status_code == 302
    festival = EthnicFestival.objects.get(name="火把节")
    assert festival.ethnicities == ["07", "14"]
    assert [f"{day.on}" for day in festival.days.all()] == ["2026-08-06"]
    assert desk.post(address("handbook_ethnicfestival", "add"), facts | days | {"ethnicities": ["00"]}).status_code == 200


def test_what_was_used_is_not_deleted(desk: Client) -> None:
    item = CareDistributionFactory(item=CareItemFactory()).item
    assert desk.post(address("handbook_careitem", "delete", item.pk), {"post": "yes"}).status_code == 403
    assert CareItem.objects.filter(pk=item.pk).exists()


def test_nothing_is_written_here_that_has_its_page(desk: Client) -> None:
    entry = VisitRecordFactory().entry
    for model in (HandbookEntry, VisitRecord):
        table = f"handbook_{model._meta.model_name}"
        assert desk.post(address(table, "change", entry.pk), {"title": "改了"}).status_code == 403
        assert desk.post(address(table, "delete", entry.pk), {"post": "yes"}).status_code == 403


def test_a_certificate_shows_everything_but_its_number(desk: Client) -> None:
    certificate = WorkerCertificateFactory(number="T430000199001019962")
    page = desk.get(address("labour_teams_workercertificate", "change", certificate.pk)).content.decode()
    table = desk.post(address("labour_teams_workercertificate", "export"), {"format": "csv"}).content.decode("utf-8-sig")
    for text in (page, table):
        assert "电工" in text
        assert "T430000199001019962" not in text
    assert WorkerCertificate.objects.get().number == "T430000199001019962"
