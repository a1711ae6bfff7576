"""Arrears are settled: what workers reported by hand, the others by paying or by the sheet that was missing."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import User
from core.moves import CLOCK
from core.refusals import Refused, Stale
from core.roles import Role
from labour_teams.models import LabourTeam
from tests.covering import covering
from tests.factories import WageArrearsFactory, WageGroupFactory, WageSheetFactory, person_with, uploaded
from tests.house.test_url_matrix import client_for
from tests.wages.ledger.acts import act
from wages import workflow
from wages.models import WageArrears, WageArrearsEvent, WageSheet
from wages.workflow import ARREARS, ARREARS_MOVES

pytestmark = pytest.mark.django_db

Source, Status = WageArrears.Source, WageArrears.Status
TODAY, SINCE = date(2026, 6, 8), date(2026, 6, 1)
ABOVE = {Role.REGIONAL_COORDINATOR, Role.LABOUR_CENTRE}
BRING = ABOVE | {Role.PROJECT_COORDINATOR, Role.PROJECT_CLERK}
PAY = BRING | {Role.PROJECT_COMMITTEE}
# Verb → from which sources, by whom; always from standing to settled.
TABLE: dict[str, tuple[set[str], set[Any]]] = {
    "settle": ({Source.REPORTED}, ABOVE),
    "pay": (set(Source.values), PAY),
    "close_gap": ({Source.MISSING}, BRING),
}
ROLES = (*Role, "finance")


def arrears_of(team: LabourTeam, source: str = Source.REPORTED, **facts: Any) -> WageArrears:
    row: WageArrears = WageArrearsFactory(team=team, source=source, since=SINCE, **facts)
    return row


def settle(row: WageArrears, by: Any, **said: Any) -> WageArrears:
    usual = {"on": TODAY, "note": "补发到卡，问了五个人", "proof": uploaded()}
    return workflow.settle(row, by=by, **{**usual, **said})


def by_sheet(verb: str) -> Callable[[WageArrears, Any], None]:
    def acted(row: WageArrears, by: Any) -> None:
        with ARREARS.moving(row, verb, by=by) as move:
            move.row.settled_on = TODAY

    return acted


ACTS: dict[str, Callable[[WageArrears, Any], Any]] = {
    "settle": settle,
    "pay": by_sheet("pay"),
    "close_gap": by_sheet("close_gap"),
}
EVERY = [(verb, source, status, role) for verb in TABLE for source in Source.values for status in Status.values for role in ROLES]


def is_allowed(row: tuple[str, str, str, Any]) -> bool:
    verb, source, status, role = row
    return status == Status.STANDING and source in TABLE[verb][0] and role in TABLE[verb][1]


def test_the_table_names_every_move() -> None:
    assert set(TABLE) == set(ARREARS_MOVES)


def test_each_verb_in_each_state_of_each_source_as_each_role(people: dict[str, User], team: LabourTeam) -> None:
    """What the table says of each; done where allowed, and refused where each two values meet (all with TEST_EVERYTHING)."""
    months = {(source, status): f"2026-0{n}" for n, (source, status) in enumerate({row[1:3]: None for row in EVERY}, start=1)}
    rows = {
        key: arrears_of(team, key[0], month=month, settled_on=TODAY if key[1] == Status.SETTLED else None)
        for key, month in months.items()
    }
    assert [case for case in EVERY if ARREARS.may(case[0], people[case[3]], rows[case[1:3]])] == [*filter(is_allowed, EVERY)]
    for case in covering(EVERY, always=is_allowed):
        verb, source, status, role = case
        row, wanted = rows[source, status], is_allowed(case)
        with transaction.atomic():
            if wanted:
                ACTS[verb](row, people[role])
                event = WageArrearsEvent.objects.get()
                assert (event.verb, event.by, event.to_status) == (verb, people[role], Status.SETTLED), case
            else:
                with pytest.raises(Refused):
                    ACTS[verb](row, people[role])
            transaction.set_rollback(True)  # for the next one
    assert not any(ARREARS.may(verb, CLOCK, row) for verb in TABLE for row in rows.values())


def test_people_of_other_places_settle_nothing(team: LabourTeam) -> None:
    row = arrears_of(team)
    with pytest.raises(Refused):
        settle(row, person_with(Role.REGIONAL_COORDINATOR))
    row.refresh_from_db()
    assert row.status == Status.STANDING


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"on": date(2026, 6, 9)}, "on"),
        ({"on": date(2026, 5, 31)}, "on"),
        ({"note": "  "}, "note"),
        ({"proof": None}, None),
    ],
)
def test_what_is_wanted_of_whoever_settles(
    said: dict[str, Any], field: str | None, people: dict[str, User], team: LabourTeam
) -> None:
    row = arrears_of(team)
    with pytest.raises(Refused) as refused:
        settle(row, people[Role.REGIONAL_COORDINATOR], **said)
    assert set(refused.value.fields) == ({field} if field else set())
    assert WageArrears.objects.get().status == Status.STANDING


def test_a_stale_page_is_told(people: dict[str, User], team: LabourTeam) -> None:
    row = arrears_of(team)
    with pytest.raises(Stale):
        settle(row, people[Role.REGIONAL_COORDINATOR], version=row.version + 1)


def test_the_state_and_the_day_agree_in_the_database(team: LabourTeam) -> None:
    row = arrears_of(team)
    for wrong in ({"settled_on": TODAY}, {"status": Status.SETTLED}):
        with pytest.raises(IntegrityError), transaction.atomic():
            WageArrears.objects.filter(pk=row.pk).update(**wrong)


def test_paying_the_sheet_and_bringing_it_leave_who_it_was(people: dict[str, User], team: LabourTeam) -> None:
    WageGroupFactory(project=team.project)
    clerk = people[Role.PROJECT_CLERK]
    sheet: WageSheet = WageSheetFactory(team=team, status="posted", imported_by=clerk)
    gap, unpaid = arrears_of(team, Source.MISSING, month=sheet.month), arrears_of(team, Source.UNPAID, month=sheet.month)
    workflow.close_gap(sheet)
    act("pay", sheet, clerk)
    said = WageArrearsEvent.objects.order_by("pk").values_list("arrears", "verb", "by")
    assert list(said) == [(gap.pk, "close_gap", clerk.pk), (unpaid.pk, "pay", clerk.pk)]


def page(row: WageArrears) -> str:
    return reverse("wages-arrears-settle", args=[row.pk])


def test_settled_on_its_page_it_shows_who_how_and_the_proof(people: dict[str, User], team: LabourTeam) -> None:
    row, region = arrears_of(team, month="2026-05"), people[Role.REGIONAL_COORDINATOR]
    client, board = client_for(region), reverse("wages-arrears")
    assert page(row) in client.get(board).content.decode()
    typed = {"on": "2026-06-05", "note": "", "proof": uploaded(), "version": row.version}
    refused = client.post(page(row), typed)
    assert (set(refused.context["form"].errors), refused.context["form"]["on"].value()) == ({"note"}, "2026-06-05")
    answer = client.post(page(row), {**typed, "note": "补发到卡", "proof": uploaded()})
    assert (answer.status_code, answer["Location"]) == (302, board)
    row.refresh_from_db()
    assert (row.status, row.settled_on) == (Status.SETTLED, date(2026, 6, 5))
    shown = client.get(board).content.decode()
    assert all(words in shown for words in (region.name, "补发到卡", reverse("wages-arrears-proof", args=[row.pk])))
    assert client.get(reverse("wages-arrears-proof", args=[row.pk])).headers["Content-Type"] == "image/jpeg"
    assert client.get(page(row))["Location"] == board


def test_who_sees_the_sums_alone_sees_no_proof_and_no_button(people: dict[str, User], team: LabourTeam) -> None:
    row = settle(arrears_of(team), people[Role.REGIONAL_COORDINATOR])
    standing = arrears_of(team, month="2026-03")
    proof = reverse("wages-arrears-proof", args=[row.pk])
    for role, status in ((Role.PARTY_ORGANISATION, 404), (Role.PROJECT_COORDINATOR, 200)):
        client = client_for(people[role])
        shown = client.get(reverse("wages-arrears")).content.decode()
        assert (proof in shown, page(standing) in shown) == (status == 200, False)
        assert client.get(proof).status_code == status
        assert client.get(page(standing)).status_code == 403
