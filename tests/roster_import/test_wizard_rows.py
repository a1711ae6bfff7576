"""Correcting and judging rows of a preview, and ticking who has left."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from core.personal import Phone
from core.roles import Role
from imports import blocks
from imports.models import ImportJob
from labour_teams.models import Engagement, LabourTeam
from tests.factories import bank_card, id_number, person_with, phone
from tests.house.test_url_matrix import client_for
from tests.roster_import.pages import press, send, text_of
from tests.roster_import.rosters import FIRST, as_csv, engaged, person

pytestmark = pytest.mark.django_db

S = ImportJob.Status
WRONG = id_number(FIRST + 2)[:17]


def job() -> ImportJob:
    return ImportJob.objects.latest("pk")


def look(browser: Client, page: str, *more: int) -> Any:
    return browser.get(reverse(f"import-{page}", args=[job().pk, *more]))


def field_of(page: Any, name: str) -> Any:
    return next(field for field in page.context["fields"] if field.name == name)


# Correcting


def test_a_row_is_shown_without_the_numbers_and_corrected_with_them(team: LabourTeam, browser: Client) -> None:
    send(browser, team, as_csv(person(1, team.name), person(2, team.name, id_number=WRONG)))
    page = look(browser, "row", 3)
    assert (field_of(page, "trade").text, field_of(page, "id_number").text) == ("钢筋工", "")
    assert field_of(page, "id_number").kept.startswith("430")
    assert WRONG not in text_of(page)
    after = press(
        browser, "row", job(), 3, **{"field-id_number": id_number(FIRST + 2), "field-trade": "钢筋工", "was-trade": "钢筋工"}
    )
    assert (job().counts["error"], job().counts["new"]) == (0, 2)
    assert "第 3 行已改好" in text_of(after)
    assert after.redirect_chain[-1][0] == reverse("import-job", args=[job().pk])


def test_an_empty_number_keeps_what_is_there_and_a_tick_clears_it(team: LabourTeam, browser: Client) -> None:
    send(browser, team, as_csv(person(1, team.name, bank_card=bank_card(1))))
    nothing = press(
        browser, "row", job(), 2, **{"field-phone": "", "field-bank_card": " ", "field-name": "周文军", "was-name": "周文军"}
    )
    assert "第 2 行没有改动" in text_of(nothing)
    press(browser, "row", job(), 2, **{"field-phone": "", "clear-bank_card": "1"})
    press(browser, "write", job(), version=job().version)
    written = Engagement.objects.get()
    assert (written.phone, written.bank_card) == (Phone.parse(phone(FIRST + 1)), None)


def test_a_page_that_is_older_undoes_no_colleagues_correction(team: LabourTeam, browser: Client) -> None:
    send(browser, team, as_csv(person(1, team.name)))
    colleague = client_for(person_with(Role.PROJECT_COORDINATOR, project=team.project))
    old = {f"{kind}-{name}": text for kind in ("field", "was") for name, text in (("trade", "钢筋工"), ("name", "周文军"))}
    press(colleague, "row", job(), 2, **{"field-trade": "电工", "was-trade": "钢筋工"})
    press(browser, "row", job(), 2, **{**old, "field-name": "周文君"})
    assert {name: blocks.find(job(), 2).values[name] for name in ("name", "trade")} == {"name": "周文君", "trade": "电工"}


def test_after_a_row_comes_the_next_one_with_an_error(team: LabourTeam, browser: Client) -> None:
    people = [person(n, team.name, id_number=WRONG) if n in (2, 4) else person(n, team.name) for n in range(1, 6)]
    send(browser, team, as_csv(*people))
    after = press(browser, "row", job(), 5, **{"field-id_number": id_number(FIRST + 4)})
    assert after.redirect_chain[-1][0] == reverse("import-row", args=[job().pk, 3])
    still = press(browser, "row", job(), 3, **{"field-id_number": "430"})
    assert (still.redirect_chain[-1][0], "还有错误" in text_of(still)) == (reverse("import-row", args=[job().pk, 3]), True)


def test_in_the_preview_the_cursor_goes_to_the_next_mistake(team: LabourTeam, browser: Client) -> None:
    people = [person(n, team.name, id_number=WRONG, entered_on="何时") for n in (1, 2, 3)]
    page = send(browser, team, as_csv(*people))
    assert "autofocus" not in text_of(page)
    after = press(browser, "row", job(), 3, **{"from": "preview", "field-id_number": id_number(FIRST + 2)})
    assert after.context["focus"] == "3-entered_on"
    after = press(browser, "row", job(), 3, **{"from": "preview", "field-entered_on": "2026-03-01", "was-entered_on": "何时"})
    assert after.context["focus"] == "4-id_number"
    assert text_of(after).count("autofocus") == 1
    assert text_of(after).index("autofocus") > text_of(after).index('id="fix-4-id_number"')


def test_a_row_that_is_not_there_is_not_found(team: LabourTeam, browser: Client) -> None:
    send(browser, team, as_csv(person(1, team.name)))
    assert [look(browser, "row", number).status_code for number in (1, 3, 10**30)] == [404] * 3
    assert [press(browser, verb, job(), 3).status_code for verb in ("row", "decide")] == [404] * 2


def test_nothing_is_corrected_once_it_is_written(team: LabourTeam, browser: Client) -> None:
    send(browser, team, as_csv(person(1, team.name)))
    press(browser, "write", job(), version=job().version)
    for verb, more in (("row", [2]), ("decide", [2]), ("leavers", []), ("question", []), ("compare", []), ("columns", [])):
        after = press(browser, verb, job(), *more, decision="skip", on="2026-03-01", **{"field-name": "别人"})
        assert (after.redirect_chain[-1][0], job().status) == (reverse("import-job", args=[job().pk]), S.WRITTEN)
    assert Engagement.objects.get().name == "周文军"


# Judging


def test_a_row_is_left_out_and_taken_back(team: LabourTeam, browser: Client) -> None:
    send(browser, team, as_csv(person(1, team.name), person(2, team.name, id_number=WRONG)))
    press(browser, "decide", job(), 3, decision="skip")
    assert (job().counts["left_out"], job().counts["error"]) == (1, 0)
    page = text_of(browser.get(reverse("import-job", args=[job().pk]), {"outcome": "left_out"}))
    assert "重新定" in page
    after = press(browser, "decide", job(), 3, decision="")
    assert (job().counts["left_out"], job().counts["error"]) == (0, 1)
    assert after.redirect_chain[-1][0] == reverse("import-row", args=[job().pk, 3])
    press(browser, "decide", job(), 3, decision="skip")
    press(browser, "write", job(), version=job().version)
    assert (Engagement.objects.count(), job().status, ImportJob.objects.count()) == (1, S.WRITTEN, 1)


def test_a_possible_duplicate_is_judged_side_by_side(team: LabourTeam, browser: Client) -> None:
    known = engaged(1, team)
    page = send(browser, team, as_csv(person(1, team.name, name="周武", trade="电工")))
    [pair] = page.context["pairs"]
    assert {side.label: (side.sheet, side.roster) for side in pair.sides if side.is_unlike} == {
        "姓名": ("周武", "周文军"),
        "工种": ("电工", "钢筋工"),
    }
    assert pair.party.url == reverse("worker", args=[known.worker.public_id])
    assert [choice.value for choice in pair.choices] == ["rename", "keep"]
    press(browser, "decide", job(), 2, decision="keep", **{"from": "preview"})
    assert (job().counts["duplicate"], job().counts["update"]) == (0, 1)
    press(browser, "write", job(), version=job().version)
    known.refresh_from_db()
    assert (known.name, known.trade) == ("周文军", "电工")


def test_two_people_with_one_name_and_phone_are_two_if_somebody_says_so(team: LabourTeam, browser: Client) -> None:
    engaged(1, team)
    page = send(browser, team, as_csv(person(2, team.name, phone=phone(FIRST + 1))))
    [pair] = page.context["pairs"]
    assert [choice.value for choice in pair.choices] == ["new"]
    press(browser, "decide", job(), 2, decision="new")
    assert job().counts["new"] == 1


def test_what_is_not_offered_is_no_decision(team: LabourTeam, browser: Client) -> None:
    send(browser, team, as_csv(person(1, team.name)))
    refused = press(browser, "decide", job(), 2, decision="rename")
    assert (job().counts["new"], "lx-notice--warning" in text_of(refused)) == (1, True)


# Leavers


def test_leavers_are_ticked_page_by_page_and_leave_on_their_day(
    team: LabourTeam, browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("imports.views.leavers.PEOPLE", 2)
    there = [engaged(n, team, name=f"周{'一二三四五'[n]}") for n in range(5)]
    page = send(browser, team, as_csv(person(9, team.name)))
    assert "名册上这些队伍的 5 人不在表里" in text_of(page)
    first = look(browser, "leavers")
    shown = [person.number for person, _ticked in first.context["people"]]
    on = {"on": "2026-06-01"}
    press(browser, "leavers", job(), shown=shown, leaver=[shown[0], there[4].pk + 999], go="2", **on)
    second = browser.get(reverse("import-leavers", args=[job().pk]), {"page": 2})
    others = [person.number for person, _ticked in second.context["people"]]
    press(browser, "leavers", job(), shown=others, leaver=[others[1]], **on)
    assert job().leavers["chosen"] == [number for number in job().leavers["ids"] if number in (shown[0], others[1])]
    page = look(browser, "job")
    assert page.context["decision"].changes == 3
    assert "写入 1 行，2 人退场" in text_of(page)
    press(browser, "write", job(), version=job().version)
    left = Engagement.objects.exclude(left_on=None)
    assert (set(left.values_list("pk", flat=True)), {each.left_on for each in left}) == (
        {shown[0], others[1]},
        {date(2026, 6, 1)},
    )


def test_all_or_nobody_is_one_press(team: LabourTeam, browser: Client) -> None:
    there = [engaged(n, team) for n in range(3)]
    send(browser, team, as_csv(person(9, team.name)))
    press(browser, "leavers", job(), tick="all", on="2026-06-01")
    assert sorted(job().leavers["chosen"]) == sorted(each.pk for each in there)
    press(browser, "leavers", job(), tick="none", on="2026-06-01")
    assert job().leavers["chosen"] == []


@pytest.mark.parametrize(("on", "said"), [("2999-01-01", "不能晚于今天"), ("", "请填最后在场的日期"), ("上周", "lx-error")])
def test_a_last_day_that_is_none_is_said_at_the_field(team: LabourTeam, browser: Client, on: str, said: str) -> None:
    engaged(1, team)
    send(browser, team, as_csv(person(9, team.name)))
    assert said in text_of(press(browser, "leavers", job(), tick="all", on=on))
    assert job().leavers["chosen"] == []


def test_nobody_missing_has_a_page_too(team: LabourTeam, browser: Client) -> None:
    send(browser, team, as_csv(person(1, team.name)))
    assert "表里都有" in text_of(look(browser, "leavers"))
