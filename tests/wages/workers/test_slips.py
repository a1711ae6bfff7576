"""Pay slips: printed with codes of their own, read on a phone by whoever has the paper, and telling no number of his."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from core.models import AuditEvent
from core.refusals import Refused
from core.roles import Role
from labour_teams.models import LabourTeam
from tests.wages.workers.conftest import people_of, sheet_of, signed_in
from tests.world import Company
from wages import retention
from wages.models import PaySlip, WageLine, WageSheet
from wages.workers import slips

pytestmark = pytest.mark.django_db

FOURS = re.compile(r'<p class="fours">(.*?)</p>')
ZH = {"Accept-Language": "zh-CN"}


def codes_in(text: str) -> list[str]:
    return ["".join(re.findall(r"\d{4}", found)) for found in FOURS.findall(text)]


def look(worker: Client, code: str) -> Any:
    return worker.post("/w/pay/", {"code": code}, headers=ZH)


def test_printing_makes_a_slip_a_line(team: LabourTeam, clerk: User) -> None:
    sheet = sheet_of(team, 9)
    response = signed_in(clerk).post(f"/wages/sheets/{sheet.pk}/slips/")
    text = response.content.decode()
    codes = codes_in(text)
    assert (response.status_code, response["Cache-Control"]) == (200, "no-store")
    assert (len(codes), len(set(codes)), PaySlip.objects.count()) == (9, 9, 9)
    assert text.count('<section class="slips"') == 2
    assert all(line.name in text for line in WageLine.objects.all())


def test_the_database_does_not_have_the_code(team: LabourTeam, clerk: User) -> None:
    [printed] = slips.print_slips(sheet_of(team, 1), by=clerk)
    slip = PaySlip.objects.get()
    assert slip.code_hash == printed.code.hashed != printed.code.plain
    assert (slip.ends_on.isoformat(), slip.is_opened, slip.printed_by) == ("2026-08-14", False, clerk)


def test_a_look_prints_nothing(team: LabourTeam, clerk: User) -> None:
    sheet = sheet_of(team)
    assert signed_in(clerk).get(f"/wages/sheets/{sheet.pk}/slips/").status_code == 200
    assert not PaySlip.objects.exists()


def test_printing_again_ends_the_old_codes(team: LabourTeam, clerk: User, worker: Client) -> None:
    sheet = sheet_of(team, 1)
    [first] = slips.print_slips(sheet, by=clerk)
    [second] = slips.print_slips(sheet, by=clerk)
    assert (look(worker, first.code.plain).status_code, look(worker, second.code.plain).status_code) == (404, 200)
    assert PaySlip.objects.count() == 1


def test_the_holder_reads_his_line(team: LabourTeam, clerk: User, worker: Client) -> None:
    [printed] = slips.print_slips(sheet_of(team, 1), by=clerk)
    code = " ".join(printed.code.fours)
    response = look(worker, code)
    text = response.content.decode()
    assert all(word in text for word in ("5,000", "6,000", "900", "100", "26.5"))
    assert PaySlip.objects.get().is_opened


def test_the_page_gives_no_number_and_no_full_name(team: LabourTeam, clerk: User, worker: Client) -> None:
    [printed] = slips.print_slips(sheet_of(team, 1), by=clerk)
    line = printed.line
    text = look(worker, printed.code.plain).content.decode()
    for number in (line.id_number, line.bank_card):
        plain = number.reveal(by=clerk, reason="test", subject=line)
        assert plain not in text
        assert plain[-4:] not in text
        assert str(number) not in text
    assert line.name not in text
    assert line.name[0] in text
    assert printed.code.plain not in text


def test_the_page_needs_nothing_and_is_light(team: LabourTeam, clerk: User, worker: Client) -> None:
    [printed] = slips.print_slips(sheet_of(team, 1), by=clerk)
    for response in (worker.get("/w/pay/"), look(worker, printed.code.plain), worker.get("/w/wages/")):
        text = response.content.decode()
        assert "<script" not in text
        assert not response.cookies
        assert response["Referrer-Policy"] == "no-referrer"
        assert len(response.content) < 30_000


@pytest.mark.parametrize("wrong", ["", "12", "0" * 16, "abcd", "９" * 16])
def test_whatever_opens_nothing_looks_alike(team: LabourTeam, clerk: User, worker: Client, time_machine: Any, wrong: str) -> None:
    [printed] = slips.print_slips(sheet_of(team, 1), by=clerk)
    answer = look(worker, wrong)
    time_machine.move_to("2026-08-15 10:00:00+08:00")
    ended = look(worker, printed.code.plain)
    assert (answer.status_code, ended.status_code) == (404, 404)
    assert answer.content == ended.content


def test_the_last_day_still_opens(team: LabourTeam, clerk: User, worker: Client, time_machine: Any) -> None:
    [printed] = slips.print_slips(sheet_of(team, 1), by=clerk)
    time_machine.move_to("2026-08-14 23:00:00+08:00")
    assert look(worker, printed.code.plain).status_code == 200


def test_a_locked_line_does_not_open(team: LabourTeam, clerk: User, coordinator: User, worker: Client) -> None:
    [printed] = slips.print_slips(sheet_of(team, 1), by=clerk)
    retention.lock_away(printed.line.engagement, by=coordinator, asked_on=retention.date(2026, 6, 1))
    assert look(worker, printed.code.plain).status_code == 404


def test_a_sheet_that_is_not_checked_has_no_slips(team: LabourTeam, clerk: User) -> None:
    sheet = sheet_of(team, 1, status=WageSheet.Status.RECEIVED)
    with pytest.raises(Refused):
        slips.print_slips(sheet, by=clerk)
    assert signed_in(clerk).post(f"/wages/sheets/{sheet.pk}/slips/").status_code == 200
    assert not PaySlip.objects.exists()


def test_one_crew_alone(team: LabourTeam, clerk: User) -> None:
    sheet = sheet_of(team, 3)
    WageLine.objects.filter(number=2).update(crew_name="钢筋班")
    slips.print_slips(sheet, by=clerk)
    kept = set(PaySlip.objects.exclude(line__number=2).values_list("code_hash", flat=True))
    signed_in(clerk).post(f"/wages/sheets/{sheet.pk}/slips/", {"crew": "钢筋班"})
    assert PaySlip.objects.count() == 3
    assert kept == set(PaySlip.objects.exclude(line__number=2).values_list("code_hash", flat=True))


def test_too_many_at_once(team: LabourTeam, clerk: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slips, "MOST", 2)
    with pytest.raises(Refused) as refused:
        slips.print_slips(sheet_of(team, 3), by=clerk)
    assert "crew" in refused.value.fields


@pytest.mark.parametrize("role", [Role.PARTY_ORGANISATION, Role.LEADER, Role.AUDITOR])
def test_who_sees_sums_alone_prints_nothing(company: Company, role: str) -> None:
    sheet = sheet_of(company.own_team, 1)
    assert signed_in(company.person(role)).post(f"/wages/sheets/{sheet.pk}/slips/").status_code == 403
    assert not PaySlip.objects.exists()


def test_a_foreign_sheet_is_not_there(company: Company, clerk: User) -> None:
    sheet = sheet_of(company.crew_at("foreign").team, 1)
    assert signed_in(clerk).get(f"/wages/sheets/{sheet.pk}/slips/").status_code == 404


def test_printing_stands_in_the_trail(team: LabourTeam, clerk: User) -> None:
    slips.print_slips(sheet_of(team, 2), by=clerk)
    event = AuditEvent.objects.get()
    assert (event.kind, event.details) == ("export", {"what": "wages.payslip", "rows": 2, "form": "print"})


@pytest.mark.parametrize("number", [1, 3])
def test_queries_of_printing_do_not_grow(team: LabourTeam, clerk: User, number: int) -> None:
    sheet = sheet_of(team, number)
    people_of(team, 5)
    client = signed_in(clerk)
    with CaptureQueriesContext(connection) as queries:
        client.post(f"/wages/sheets/{sheet.pk}/slips/")
    assert len(queries) == 13
