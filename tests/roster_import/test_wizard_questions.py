"""What the wizard asks about the file: which sheet, which header row, which column, which team."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from imports.models import ImportJob
from labour_teams.models import Engagement, LabourTeam
from tests.factories import LabourTeamFactory
from tests.house.crawling import full_numbers
from tests.roster_import.pages import press, send, text_of
from tests.roster_import.rosters import as_csv, person
from tests.roster_import.test_wizard import ROSTERS

pytestmark = pytest.mark.django_db

S = ImportJob.Status
# Nobody could know these headers.
STRANGE = ("甲", "乙", "丙", "丁")


def job() -> ImportJob:
    return ImportJob.objects.latest("pk")


def sheet(headers: tuple[str, ...], *people: dict[str, Any], fields: tuple[str, ...]) -> bytes:
    lines = [headers, *(tuple(str(each[name]) for name in fields) for each in people)]
    return "\r\n".join(",".join(line) for line in lines).encode("utf-8-sig")


def strange(*people: dict[str, Any]) -> bytes:
    return sheet(STRANGE, *people, fields=("name", "id_number", "labour_team", "entered_on"))


def columns(**fields: str) -> dict[str, str]:
    return {"question": "columns", **{f"column-{letter}": field for letter, field in fields.items()}}


ALL_FOUR = columns(A="name", B="id_number", C="labour_team", D="entered_on")


def test_a_workbook_with_two_rosters_asks_for_the_sheet(team: LabourTeam, browser: Client) -> None:
    data = (ROSTERS / "a22_two_visible_rosters.xlsx").read_bytes()
    page = send(browser, team, data, "两张表.xlsx")
    choices = job().found["choices"]
    assert (page.redirect_chain[-1][0], len(choices)) == (reverse("import-columns", args=[job().pk]), 2)
    assert all(choice in text_of(page) for choice in choices)
    assert "column-A" not in text_of(page)
    press(browser, "columns", job(), question="sheet", sheet=choices[1])
    assert (job().found["sheet"], job().status) == (choices[1], S.PREVIEWED)
    press(browser, "columns", job(), question="sheet", sheet=choices[0])
    assert (job().found["sheet"], job().status) == (choices[0], S.PREVIEWED)


def test_a_sheet_whose_headers_nobody_knows_is_explained_by_a_person(team: LabourTeam, browser: Client) -> None:
    given = person(1, team.name)
    page = send(browser, team, strange(given))
    assert (job().status, "表头是哪一行" in text_of(page)) == (S.ASKED, True)
    page = press(browser, "columns", job(), question="head", header_row=1)
    assert [letter for letter, *_rest in page.context["forms"]["columns"].rows()] == ["A", "B", "C", "D"]
    assert full_numbers(text_of(page)) == []
    press(browser, "columns", job(), **ALL_FOUR)
    assert (job().status, job().counts["new"]) == (S.PREVIEWED, 1)
    assert job().found["header_row"] == 1


def test_what_was_answered_is_not_asked_again(team: LabourTeam, browser: Client) -> None:
    headers = ("姓名", "身份证号", "干活的单位", "到场那天")
    fields = ("name", "id_number", "labour_team", "entered_on")
    send(browser, team, sheet(headers, person(1, team.name), fields=fields))
    press(browser, "columns", job(), question="head", header_row=1)
    press(browser, "columns", job(), **ALL_FOUR)
    assert job().status == S.PREVIEWED
    send(browser, team, sheet(headers, person(2, team.name), fields=fields), "七月.csv")
    assert (ImportJob.objects.count(), job().status, job().counts["new"]) == (2, S.PREVIEWED, 1)


def test_one_value_holds_for_every_row_where_a_column_is_missing(team: LabourTeam, browser: Client) -> None:
    people = [{name: value for name, value in person(n, "").items() if name != "labour_team"} for n in (1, 2)]
    page = send(browser, team, as_csv(*people))
    letters = {letter: field or "" for letter, _header, field in job().found["columns"]}
    assert [name for name, _field in page.context["forms"]["columns"].constants()] == ["labour_team"]
    assert f'<option value="{team.name}">' in text_of(page)
    press(browser, "columns", job(), **columns(**letters), **{"constant-labour_team": team.name})
    assert (job().status, job().counts["new"]) == (S.PREVIEWED, 2)
    press(browser, "write", job(), version=job().version)
    assert Engagement.objects.filter(team=team).count() == 2


WRONG = {
    "no column for a number": ({**ALL_FOUR, "column-B": ""}, "请指出哪一列是「身份证号」"),
    "one field twice": ({**ALL_FOUR, "column-B": "name"}, "不止一列选了「姓名」"),
    "no team at all": ({**ALL_FOUR, "column-C": ""}, "请指出哪一列是「所属劳务队伍」"),
    "a day that is none": ({**ALL_FOUR, "column-D": "", "constant-entered_on": "去年"}, "认不出日期"),
    "no such field": ({**ALL_FOUR, "column-A": "salary"}, "lx-error"),
    "no such question": ({"question": "weather"}, "哪一列是什么"),
    "no such row": ({"question": "head", "header_row": "99"}, "lx-error"),
    "no row": ({"question": "head"}, "lx-error"),
}


@pytest.mark.parametrize("kind", WRONG)
def test_an_answer_that_is_none_is_asked_again_and_changes_nothing(team: LabourTeam, browser: Client, kind: str) -> None:
    data, said = WRONG[kind]
    send(browser, team, strange(person(1, team.name)))
    press(browser, "columns", job(), question="head", header_row=1)
    before = job().version
    assert said in text_of(press(browser, "columns", job(), **data))
    assert (job().status, job().version) == (S.ASKED, before)


def test_a_missing_column_is_asked_for_and_not_refused(team: LabourTeam, browser: Client) -> None:
    page = send(browser, team, (ROSTERS / "b06_missing_required_column.xlsx").read_bytes(), "b06.xlsx")
    assert (job().status, "缺少「身份证号」列" in text_of(page)) == (S.ASKED, True)
    assert "待确认列" in text_of(browser.get(reverse("imports", args=[team.project.code])))


def test_a_preview_can_be_read_differently(team: LabourTeam, browser: Client) -> None:
    page = send(browser, team, as_csv(person(1, team.name, remark="电工")))
    assert reverse("import-columns", args=[job().pk]) in text_of(page)
    letters = {field: letter for letter, _header, field in job().found["columns"]}
    swapped = {letters[field]: field or "" for field in letters if field} | {
        letters["trade"]: "remark",
        letters["remark"]: "trade",
    }
    press(browser, "columns", job(), **columns(**swapped))
    assert "电工" in text_of(browser.get(reverse("import-row", args=[job().pk, 2])))
    assert [field for _letter, _header, field in job().found["columns"]].index("trade") == list(letters).index("remark")


def test_an_unknown_team_is_asked_about_once_for_all_its_rows(team: LabourTeam, browser: Client) -> None:
    page = send(browser, team, as_csv(*(person(n, "天上来队") for n in range(3))))
    [question] = page.context["questions"]
    assert (question.rows, job().counts["error"]) == (3, 3)
    page = press(browser, "question", job(), key=question.key, answer=str(team.pk))
    assert (job().counts["new"], job().counts["error"]) == (3, 0)
    assert "本项目以后不再问" in text_of(page)
    press(browser, "question", job(), key=question.key, answer="")
    assert job().counts["error"] == 3
    press(browser, "question", job(), key=question.key, answer="new")
    assert "天上来队" in text_of(browser.get(reverse("import-job", args=[job().pk])))
    press(browser, "write", job(), version=job().version)
    assert Engagement.objects.filter(team__name="天上来队", project=team.project).count() == 3


def test_no_answer_leads_into_another_project(team: LabourTeam, browser: Client) -> None:
    elsewhere = LabourTeamFactory(name="天上来队")
    page = send(browser, team, as_csv(person(1, "天上来队")))
    [question] = page.context["questions"]
    assert str(elsewhere.pk) not in [value for value, _label in question.choices]
    refused = press(browser, "question", job(), key=question.key, answer=str(elsewhere.pk))
    assert (job().counts["error"], "lx-notice--warning" in text_of(refused)) == (1, True)


def test_very_many_questions_are_asked_some_at_a_time(team: LabourTeam, browser: Client) -> None:
    page = send(browser, team, as_csv(*(person(n, f"天{n}队") for n in range(14))))
    assert (len(page.context["questions"]), page.context["more_questions"]) == (10, 4)
