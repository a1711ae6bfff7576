"""The lifecycle of a wage sheet: every verb in every state as every role; what is refused, and in which words."""

from datetime import date
from decimal import Decimal
from itertools import pairwise, product
from typing import Any

import pytest
from django.db import transaction

from accounts.models import User
from core.moves import CLOCK
from core.refusals import Refused, Stale
from core.roles import Role
from labour_teams.models import LabourTeam
from tests.covering import covering
from tests.factories import (
    WageArrearsFactory,
    WageFindingFactory,
    WageGroupFactory,
    WageSheetFactory,
    person_with,
    uploaded,
)
from tests.wages.ledger.acts import act, signing
from wages import workflow
from wages.models import WageFinding, WageSheet, WageSheetEvent
from wages.workflow import LIFECYCLE, MOVES

pytestmark = pytest.mark.django_db

S = WageSheet.Status
ABOVE = {Role.REGIONAL_COORDINATOR, Role.LABOUR_CENTRE}
ADVANCE = ABOVE | {Role.PROJECT_COORDINATOR, Role.PROJECT_CLERK, Role.PROJECT_COMMITTEE}
TABLE = {
    "check": ({"received": "checked"}, ADVANCE),
    "sign": ({"checked": "signed"}, ADVANCE),
    "post": ({"signed": "posted"}, ADVANCE),
    "pay": ({"posted": "paid"}, ADVANCE),
    "send_back": ({"checked": "received", "signed": "received", "posted": "received"}, ABOVE),
}


@pytest.fixture(autouse=True)
def _group(team: LabourTeam) -> None:
    WageGroupFactory(project=team.project, members=2)


def sheet_in(status: str, team: LabourTeam) -> WageSheet:
    sheet: WageSheet = WageSheetFactory(team=team, status=status)
    return sheet


def state_of(sheet: WageSheet) -> tuple[Any, ...]:
    rows = sheet.events, sheet.signatures
    return *WageSheet.objects.filter(pk=sheet.pk).values_list(), *(list(each.values_list().order_by("pk")) for each in rows)


def target_of(verb: str, status: str, role: str) -> str:
    """Where it leads; "" where it is refused."""
    targets, allowed = TABLE[verb]
    return targets.get(status, "") if role in allowed else ""


TRIED = covering(product(MOVES, S.values, [*Role, "finance"]), always=lambda row: bool(target_of(*row)))


@pytest.mark.parametrize("status", S.values)
def test_each_verb_in_each_state_as_each_role(status: str, people: dict[str, User], team: LabourTeam) -> None:
    """Who may is asked of all; what may be done is done, and of what is refused each two values are tried together."""
    sheet = sheet_in(status, team)
    before = state_of(sheet)
    for verb, role in product(MOVES, people):
        target = target_of(verb, status, role)
        assert LIFECYCLE.may(verb, people[role], sheet) is bool(target), (verb, role)
        if (verb, status, role) in TRIED:
            _tries(verb, sheet, people[role], target)
            assert state_of(sheet) == before, (verb, role)
    assert not any(LIFECYCLE.may(verb, CLOCK, sheet) for verb in MOVES)


def _tries(verb: str, sheet: WageSheet, person: User, target: str) -> None:
    status = sheet.status
    with transaction.atomic():
        if target:
            assert act(verb, sheet, person).status == target
            event = WageSheetEvent.objects.get(sheet=sheet)
            assert (event.verb, event.by, event.from_status, event.to_status) == (verb, person, status, target)
        else:
            with pytest.raises(Refused):
                act(verb, sheet, person)
        transaction.set_rollback(True)  # for the next role


@pytest.mark.parametrize("status", S.values)
def test_buttons_are_what_the_table_allows(status: str, people: dict[str, User], team: LabourTeam) -> None:
    sheet = sheet_in(status, team)
    for role, person in people.items():
        wanted = [verb for verb, (targets, allowed) in TABLE.items() if status in targets and role in allowed]
        assert LIFECYCLE.allowed_moves(sheet, person) == wanted, role


def test_people_of_other_places_move_nothing(team: LabourTeam) -> None:
    strangers = [person_with(role) for role in (Role.REGIONAL_COORDINATOR, Role.PROJECT_COORDINATOR, Role.PROJECT_CLERK)]
    sheet = sheet_in("received", team)
    for stranger in strangers:
        assert LIFECYCLE.allowed_moves(sheet, stranger) == []
        with pytest.raises(Refused, match=r"reach|范围"):
            act("check", sheet, stranger)


def test_the_whole_way_leaves_who_when_and_the_papers(people: dict[str, User], team: LabourTeam) -> None:
    sheet, clerk = sheet_in("received", team), people[Role.PROJECT_CLERK]
    for verb in ("check", "sign", "post", "pay"):
        sheet = act(verb, sheet, clerk)
    assert (sheet.status, sheet.posted_on, sheet.paid_on, sheet.version) == (S.PAID, date(2026, 6, 8), date(2026, 6, 8), 5)
    assert all((sheet.signed_scan, sheet.posted_photo, sheet.voucher))
    assert sheet.signatures.count() == 2
    steps = list(sheet.events.order_by("at", "pk").values_list("from_status", "to_status"))
    assert steps == list(pairwise(S.values))


def test_sent_back_it_begins_anew(people: dict[str, User], team: LabourTeam) -> None:
    sheet = sheet_in("checked", team)
    sheet = act("post", act("sign", sheet, people[Role.PROJECT_CLERK]), people[Role.PROJECT_CLERK])
    sheet = act("send_back", sheet, people[Role.REGIONAL_COORDINATOR])
    assert (sheet.status, sheet.signed_scan, sheet.posted_on, sheet.posted_photo) == (S.RECEIVED, None, None, None)
    assert sheet.signatures.count() == 0
    assert sheet.events.get(verb="send_back").note == "少了两个人"


def test_red_findings_stand_in_the_way_until_explained(people: dict[str, User], team: LabourTeam) -> None:
    sheet, clerk = sheet_in("received", team), people[Role.PROJECT_CLERK]
    red = WageFindingFactory(line__sheet=sheet)
    WageFindingFactory(line__sheet=sheet, kind="unsigned", level=WageFinding.Level.YELLOW, numbers={})
    with pytest.raises(Refused, match="1"):
        workflow.check(sheet, by=clerk)
    explained = workflow.explain(red, by=clerk, word=" 计件，多出的是奖励 ")
    assert (explained.explanation, explained.explained_by) == ("计件，多出的是奖励", clerk)
    assert workflow.check(sheet, by=clerk).status == S.CHECKED


@pytest.mark.parametrize(("status", "role"), [("checked", Role.PROJECT_CLERK), ("received", Role.LEADER)])
def test_who_may_not_explain(status: str, role: str, people: dict[str, User], team: LabourTeam) -> None:
    red = WageFindingFactory(line__sheet=sheet_in(status, team))
    with pytest.raises(Refused):
        workflow.explain(red, by=people[role], word="没有问题")
    red.refresh_from_db()
    assert red.explained_at is None


def test_everybody_who_has_to_signs(people: dict[str, User], team: LabourTeam) -> None:
    sheet = sheet_in("checked", team)
    first, second = sorted(signing(sheet))
    missing = sheet.project.wage_groups.get().members.get(pk=second)
    with pytest.raises(Refused, match=missing.name) as refused:
        workflow.sign(sheet, by=people[Role.PROJECT_CLERK], scan=uploaded(), members={first})
    assert set(refused.value.fields) == {"members"}


def test_without_a_group_nobody_signs(people: dict[str, User], team: LabourTeam) -> None:
    team.project.wage_groups.update(dissolved_on=date(2026, 6, 1))
    sheet = sheet_in("checked", team)
    with pytest.raises(Refused, match=r"leading group|领导小组"):
        workflow.sign(sheet, by=people[Role.PROJECT_CLERK], scan=uploaded(), members=signing(sheet))


@pytest.mark.parametrize(("verb", "status", "paper"), [("post", "signed", "photo"), ("pay", "posted", "voucher")])
def test_no_day_ahead_and_no_step_without_its_paper(
    verb: str, status: str, paper: str, people: dict[str, User], team: LabourTeam
) -> None:
    sheet, clerk = sheet_in(status, team), people[Role.PROJECT_CLERK]
    step = getattr(workflow, verb)
    with pytest.raises(Refused) as refused:
        step(sheet, by=clerk, on=date(2026, 6, 9), **{paper: uploaded()})
    assert set(refused.value.fields) == {"on"}
    with pytest.raises(Refused):
        step(sheet, by=clerk, on=date(2026, 6, 8), **{paper: None})
    assert WageSheet.objects.get().status == status


def test_a_word_is_wanted_and_a_stale_page_is_told(people: dict[str, User], team: LabourTeam) -> None:
    sheet, region = sheet_in("checked", team), people[Role.REGIONAL_COORDINATOR]
    with pytest.raises(Refused) as refused:
        workflow.send_back(sheet, by=region, word="  ")
    assert set(refused.value.fields) == {"word"}
    with pytest.raises(Stale):
        workflow.send_back(sheet, by=region, word="重来", version=sheet.version + 1)


def test_paying_settles_the_arrears_of_the_month(people: dict[str, User], team: LabourTeam) -> None:
    sheet = sheet_in("posted", team)
    arrears = WageArrearsFactory(team=team, month=sheet.month, since=date(2026, 6, 2), amount=Decimal(10))
    other = WageArrearsFactory(team=team, month=sheet.month.plus(-1))
    paid = act("pay", sheet, people[Role.PROJECT_CLERK])
    arrears.refresh_from_db()
    other.refresh_from_db()
    assert (arrears.settled_on, arrears.proof, other.settled_on) == (date(2026, 6, 8), paid.voucher, None)
