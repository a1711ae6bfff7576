"""The page of a sheet: every verb by its own POST, what is refused beside the field, typed words that stay, attendance, paper."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from core.roles import Role
from labour_teams.models import LabourTeam
from tests.factories import (
    AttendanceLineFactory,
    WageFindingFactory,
    WageGroupFactory,
    WageLineFactory,
    WageSheetFactory,
    uploaded,
)
from tests.house.test_url_matrix import client_for
from tests.wages.ledger.acts import signing
from wages.models import WageFinding, WageSheet

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(people: dict[str, User]) -> Client:
    return client_for(people[Role.PROJECT_CLERK])


@pytest.fixture
def sheet(team: LabourTeam) -> WageSheet:
    WageGroupFactory(project=team.project, members=2)
    sheet: WageSheet = WageSheetFactory(team=team, lines=2)
    return sheet


def page(sheet: WageSheet) -> str:
    return reverse("wage-sheet", args=[sheet.pk])


def post(client: Client, verb: str, sheet: WageSheet, **data: Any) -> Any:
    fresh = WageSheet.objects.get(pk=sheet.pk)
    return client.post(reverse(f"wage-{verb}", args=[sheet.pk]), {"version": fresh.version, **data})


def test_from_received_to_paid_by_buttons(clerk: Client, sheet: WageSheet) -> None:
    sent = (
        ("check", {}),
        ("sign", {"members": list(signing(sheet)), "scan": uploaded()}),
        ("post", {"on": "2026-06-07", "photo": uploaded()}),
        ("pay", {"on": "2026-06-08", "voucher": uploaded()}),
    )
    for verb, data in sent:
        assert post(clerk, verb, sheet, **data).headers["Location"] == page(sheet)
    paid = WageSheet.objects.get()
    assert (paid.status, paid.posted_on, paid.paid_on) == ("paid", date(2026, 6, 7), date(2026, 6, 8))
    response = clerk.get(page(sheet))
    assert response.context["forms"] == {}
    assert [step.state for step in response.context["steps"]] == ["done"] * 5
    for name in ("wage-photo", "wage-scan", "wage-voucher"):
        assert clerk.get(reverse(name, args=[sheet.pk])).headers["Content-Type"] == "image/jpeg"
    small = clerk.get(reverse("wage-photo", args=[sheet.pk]), {"size": "small"})
    assert len(small.content) < len(clerk.get(reverse("wage-photo", args=[sheet.pk])).content)


def test_what_is_refused_is_said_on_the_page(clerk: Client, sheet: WageSheet) -> None:
    WageFindingFactory(line__sheet=sheet)
    response = post(clerk, "check", sheet)
    assert response.status_code == 200
    assert response.context["forms"]["check"].non_field_errors()
    assert WageSheet.objects.get().status == "received"


def test_a_missing_signature_and_an_empty_form(clerk: Client, team: LabourTeam) -> None:
    WageGroupFactory(project=team.project, members=2)
    checked = WageSheetFactory(team=team, status="checked")
    first = min(signing(checked))
    response = post(clerk, "sign", checked, members=[first], scan=uploaded())
    form = response.context["forms"]["sign"]
    assert set(form.errors) == {"members"}
    assert form["members"].value() == [str(first)]
    assert set(post(clerk, "sign", checked).context["forms"]["sign"].errors) == {"scan"}


def test_what_was_typed_stays(people: dict[str, User], team: LabourTeam) -> None:
    posted = WageSheetFactory(team=team, status="posted")
    client = client_for(people[Role.REGIONAL_COORDINATOR])
    response = post(client, "pay", posted, on="2026-06-09", voucher=uploaded())
    form = response.context["forms"]["pay"]
    assert (set(form.errors), form["on"].value()) == ({"on"}, "2026-06-09")
    response = post(client, "send-back", posted, word=" ")
    assert set(response.context["forms"]["send_back"].errors) == {"word"}
    assert post(client, "send-back", posted, word="签字不全").status_code == 302
    assert WageSheet.objects.get().status == "received"


def test_whoever_was_overtaken_is_told(clerk: Client, sheet: WageSheet) -> None:
    response = clerk.post(reverse("wage-check", args=[sheet.pk]), {"version": sheet.version + 1})
    assert response.context["forms"]["check"].non_field_errors()
    assert WageSheet.objects.get().status == "received"


@pytest.mark.parametrize(
    ("role", "verb", "status"),
    [(Role.PROJECT_CLERK, "send-back", "checked"), (Role.PARTY_ORGANISATION, "check", "received")],
)
def test_whoever_may_not_is_sent_back_to_the_page(
    role: str, verb: str, status: str, people: dict[str, User], team: LabourTeam
) -> None:
    other = WageSheetFactory(team=team, status=status)
    response = post(client_for(people[role]), verb, other, word="不对")
    assert response.headers["Location"] == page(other)
    assert WageSheet.objects.get().status == status


def test_readers_are_refused(people: dict[str, User], sheet: WageSheet) -> None:
    for role in (Role.LEADER, Role.AUDITOR):
        assert post(client_for(people[role]), "check", sheet).status_code == 403


def test_a_look_at_a_verb_leads_to_the_page(clerk: Client, sheet: WageSheet) -> None:
    for verb in ("check", "sign", "post", "pay", "send-back"):
        assert clerk.get(reverse(f"wage-{verb}", args=[sheet.pk])).headers["Location"] == page(sheet)


def test_explaining_a_finding(clerk: Client, sheet: WageSheet) -> None:
    finding = WageFindingFactory(line__sheet=sheet)
    address = reverse("wage-explain", args=[finding.pk])
    response = clerk.post(address, {"word": "  "})
    assert (response.status_code, response.context["explaining"]) == (200, finding.pk)
    assert clerk.post(address, {"word": "多出的是奖励"}).headers["Location"] == page(sheet)
    assert WageFinding.objects.get().explanation == "多出的是奖励"
    [found] = clerk.get(page(sheet)).context["found"]
    assert (found.is_open, clerk.get(page(sheet)).context["red"]) == (False, 0)


def test_red_findings_stand_first_with_the_way_to_their_line(clerk: Client, sheet: WageSheet) -> None:
    first, second = sheet.lines.order_by("number")
    WageFindingFactory(line=first, kind="unsigned", level="yellow", numbers={})
    WageFindingFactory(line=first, explained=True)
    open_one = WageFindingFactory(line=second)
    response = clerk.get(page(sheet))
    assert [(each.finding.level, each.is_open) for each in response.context["found"]] == [
        ("red", True),
        ("red", False),
        ("yellow", True),
    ]
    assert f'href="#line-{second.number}"' in response.content.decode()
    assert f'id="finding-{open_one.pk}"' in response.content.decode()


def test_attendance_stands_beside_the_days(clerk: Client, sheet: WageSheet) -> None:
    line = sheet.lines.order_by("number").first()
    attended = AttendanceLineFactory(sheet__team=sheet.team, engagement=line.engagement, total=Decimal("25.5"))
    rows = clerk.get(page(sheet)).context["lines"]
    assert [(row.attended, row.is_unlike) for row in rows] == [(Decimal("25.5"), True), (None, False)]
    matrix = clerk.get(reverse("attendance-sheet", args=[attended.sheet_id]))
    [(shown, marks)] = matrix.context["rows"]
    assert (shown, len(marks), marks[:1], marks[27]) == (attended, 31, ["1"], "0.5")
    assert "½" in matrix.content.decode()


@pytest.mark.parametrize("lines", [1, 3])
def test_queries_do_not_grow_with_the_lines(
    lines: int, people: dict[str, User], team: LabourTeam, django_assert_num_queries: Any
) -> None:
    sheet = WageSheetFactory(team=team)
    for number in range(lines):
        WageFindingFactory(line=WageLineFactory(sheet=sheet, number=number + 2))
    client = client_for(people[Role.PROJECT_CLERK])
    client.get(page(sheet))
    with django_assert_num_queries(SHEET_QUERIES):
        assert len(client.get(page(sheet)).context["lines"]) == lines


SHEET_QUERIES = 11
