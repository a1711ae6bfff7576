"""The bank's payment list: ends of numbers alone, people by name and end, and what stands beside the wage sheet."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from accounts.models import User
from core.personal import BankCard, IdNumber
from core.roles import Role
from imports import workflow
from labour_teams.models import Engagement, LabourTeam
from tests.factories import EngagementFactory, LabourTeamFactory, WorkerFactory, person_with
from tests.factories.numbers import bank_card, id_number
from tests.house.test_url_matrix import client_for
from tests.wages.imports.sheets import as_csv, imported, received
from wages.models import PaymentLine, PaymentList, RestrictionRequest, WageLine, WageSheet
from wages.payment_import.sheet import PAYMENTS
from wages.payments import Comparison, What, compared
from wages.sheet_import.sheet import WAGES

pytestmark = pytest.mark.django_db

ONE, TWO = bank_card(1), bank_card(2)


@pytest.fixture(autouse=True)
def _today(time_machine: Any) -> None:
    time_machine.move_to("2026-06-30 10:00:00+08:00")


@pytest.fixture
def team() -> LabourTeam:
    return LabourTeamFactory(name="隧道一队")


@pytest.fixture
def clerk(team: LabourTeam) -> User:
    return person_with(Role.PROJECT_CLERK, project=team.project)


def worker(team: LabourTeam, name: str = "向春生", **facts: Any) -> Engagement:
    found: Engagement = EngagementFactory(
        team=team, name=name, entered_on=date(2026, 3, 1), contract_signed_on=date(2026, 3, 1), **facts
    )
    return found


def paid(name: str, amount: Any = "6260", card: str = "", number: str = "") -> dict[str, Any]:
    return {"name": name, "id_tail": number, "card_tail": card, "amount": amount}


def wages(name: str, net: Any = "6260", card: str = "") -> dict[str, Any]:
    return {"name": name, "gross": net, "net": net, "bank_card": card}


def beside(by: User) -> Comparison:
    return compared(WageSheet.objects.get(), PaymentList.objects.get(), by)


def differences(by: User) -> list[tuple[str, str, Decimal]]:
    return [(each.name, each.what.value, each.more) for each in beside(by).differences]


@pytest.mark.parametrize("written", ["{whole}", "{four}", "6299***********{four}", "6299 **** **** {four}", "尾号{four}"])
def test_only_the_end_of_a_number_is_kept(written: str, team: LabourTeam, clerk: User) -> None:
    worker(team)
    number = id_number(5)
    row = paid("向春生", card=written.format(whole=ONE, four=ONE[-4:]), number=f"{number[:4]}**********{number[-4:]}")
    imported(team, clerk, as_csv(PAYMENTS, row), "payments")
    line = PaymentLine.objects.get()
    assert (line.card_tail, line.id_tail, line.amount) == (ONE[-4:], number[-4:], Decimal(6260))
    with connection.cursor() as cursor:
        cursor.execute("select id_tail, card_tail from wages_paymentline")
        assert not {line.card_tail, line.id_tail} & {str(value) for value in cursor.fetchone()}


@pytest.mark.parametrize("end", ["6.2299E+18", "12", "abcd"])
def test_what_is_no_end_of_a_number_is_refused(end: str, team: LabourTeam, clerk: User) -> None:
    assert received(team, clerk, as_csv(PAYMENTS, paid("向春生", card=end)), "payments").counts["error"] == 1


def test_headers_as_banks_write_them(team: LabourTeam, clerk: User) -> None:
    data = "序号,收款方名称,收款账号,收款方开户行名称,支付金额,处理结果\n1,向春生,6299***********0012,示例银行,6260.00,成功\n"
    imported(team, clerk, data.encode("utf-8-sig"), "payments")
    line = PaymentLine.objects.get()
    assert (line.name, line.card_tail, line.amount) == ("向春生", "0012", Decimal(6260))


def test_two_of_one_name_are_told_apart_by_the_ends(team: LabourTeam, clerk: User) -> None:
    one = worker(team, bank_card=BankCard(ONE), worker=WorkerFactory(id_number=IdNumber.parse(id_number(31))))
    two = worker(team, bank_card=BankCard(TWO), worker=WorkerFactory(id_number=IdNumber.parse(id_number(44))))
    ends = [each.worker.id_number.tail for each in (one, two)]
    assert ends[0] != ends[1]
    assert received(team, clerk, as_csv(PAYMENTS, paid("向春生")), "payments").counts["error"] == 1
    imported(team, clerk, as_csv(PAYMENTS, paid("向春生", number=ends[1]), paid("向春生", card=ONE[-4:])), "payments")
    assert list(PaymentLine.objects.order_by("number").values_list("engagement", flat=True)) == [two.pk, one.pk]


def test_the_same_payee_twice_is_refused_and_strangers_of_one_name_are_not(team: LabourTeam, clerk: User) -> None:
    rows = [paid("何冬梅", card="1234"), paid("何冬梅", card="5678")]
    assert received(team, clerk, as_csv(PAYMENTS, rows[0], rows[0]), "payments").counts["error"] == 1
    imported(team, clerk, as_csv(PAYMENTS, *rows), "payments")
    again = received(team, clerk, as_csv(PAYMENTS, rows[1] | {"amount": "1"}, rows[0]), "payments")
    assert (again.counts["update"], again.counts["same"]) == (1, 1)


def test_corrected_and_taken_back(team: LabourTeam, clerk: User) -> None:
    worker(team)
    imported(team, clerk, as_csv(PAYMENTS, paid("向春生", "6000")), "payments")
    job = imported(team, clerk, as_csv(PAYMENTS, paid("向春生", "6260")), "payments")
    assert PaymentLine.objects.get().amount == Decimal(6260)
    workflow.undo(job, by=clerk)
    assert PaymentLine.objects.get().amount == Decimal(6000)


def test_each_thing_that_differs_is_found(team: LabourTeam, clerk: User) -> None:
    names = ("向春生", "何冬梅", "龙建军", "单雅琴", "田秀英")
    for name in names:
        worker(team, name)
    imported(
        team, clerk, as_csv(WAGES, *(wages(name, card=ONE if name == "单雅琴" else "") for name in names), wages("零元", "0"))
    )
    rows = [paid("向春生"), paid("何冬梅", "6200.50"), paid("单雅琴", card=TWO[-4:]), paid("陌生人", "500"), paid("田秀英")]
    imported(team, clerk, as_csv(PAYMENTS, *rows), "payments")
    assert differences(clerk) == [
        ("何冬梅", "amount", Decimal("-59.50")),
        ("龙建军", "missing", Decimal(-6260)),
        ("单雅琴", "card", Decimal(0)),
        ("陌生人", "extra", Decimal(500)),
    ]
    found = beside(clerk)
    assert (found.net, found.paid) == (Decimal(31300), Decimal("25480.50"))
    assert found.counts == [(what, 1) for what in What]


def test_whoever_is_not_on_the_roster_is_met_by_name_and_end(team: LabourTeam, clerk: User) -> None:
    imported(team, clerk, as_csv(WAGES, {**wages("何冬梅", card=ONE), "id_number": id_number(31)}))
    imported(team, clerk, as_csv(PAYMENTS, paid("何冬梅", card=ONE)), "payments")
    assert differences(clerk) == []
    PaymentLine.objects.update(id_tail="0000")
    assert [what for _name, what, _more in differences(clerk)] == ["missing", "extra"]


def test_the_pages_say_what_differs(team: LabourTeam, clerk: User) -> None:
    worker(team)
    imported(team, clerk, as_csv(WAGES, wages("向春生")))
    sheet = reverse("wage-sheet", args=[WageSheet.objects.get().pk])
    imported(team, clerk, as_csv(PAYMENTS, paid("向春生", "6000")), "payments")
    page = reverse("payment-list", args=[PaymentList.objects.get().pk])
    context = client_for(clerk).get(sheet).context
    assert (context["unlike"], page in client_for(clerk).get(sheet).content.decode()) == (1, True)
    assert client_for(clerk).get(page).context["found"].counts == [(What.AMOUNT, 1)]
    stranger = person_with(Role.PARTY_ORGANISATION)
    assert (client_for(stranger).get(sheet).context["payments"], client_for(stranger).get(page).status_code) == (None, 404)
    WageSheet.objects.all().delete()
    assert client_for(clerk).get(page).context["found"] is None


def test_whose_data_are_locked_away_stands_on_neither_side(team: LabourTeam, clerk: User) -> None:
    person = worker(team)
    imported(team, clerk, as_csv(WAGES, wages("向春生")))
    imported(team, clerk, as_csv(PAYMENTS, paid("向春生", "1")), "payments")
    RestrictionRequest.objects.create(project=team.project, engagement=person, by=clerk)
    found = beside(clerk)
    assert (found.lines, found.payments, found.differences) == ([], [], [])
    assert (WageLine.objects.count(), PaymentLine.objects.count()) == (1, 1)


@pytest.mark.parametrize("people", [1, 3])
def test_the_page_costs_the_same_however_long(people: int, team: LabourTeam, clerk: User, django_assert_num_queries: Any) -> None:
    names = ("向春生", "何冬梅", "龙建军")[:people]
    for name in names:
        worker(team, name)
    imported(team, clerk, as_csv(WAGES, *(wages(name) for name in names)))
    imported(team, clerk, as_csv(PAYMENTS, *(paid(name, "1") for name in names)), "payments")
    client, page = client_for(clerk), reverse("payment-list", args=[PaymentList.objects.get().pk])
    client.get(page)
    with django_assert_num_queries(PAGE_QUERIES):
        assert len(client.get(page).context["found"].differences) == people


PAGE_QUERIES = 8
