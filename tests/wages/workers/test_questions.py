"""「上月工资到手了吗」: who is drawn, what a card opens, what stands beside the ledger; nobody on the project learns it."""

from typing import Any

import pytest
from django.conf import settings
from django.contrib import admin
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from core.models import AuditEvent
from core.refusals import Refused
from core.roles import Role
from feedback.models import Case, CaseContact
from labour_teams.models import LabourTeam
from tests.wages.workers.conftest import MAY, people_of, sheet_of, signed_in
from tests.wages.workers.test_slips import codes_in
from tests.world import Company
from wages import retention
from wages.models import WageArrears, WageQuestion
from wages.workers import questions, results

ZH = {"Accept-Language": "zh-CN"}
ASKING = {Role.REGIONAL_COORDINATOR, Role.LABOUR_CENTRE}


def drawn(team: LabourTeam, by: User, number: int = 6, asked: int = 1) -> list[WageQuestion]:
    sheet_of(team, number)
    made = questions.draw_people(team.project, MAY, by=by)
    more = people_of(team, number)
    for engagement in more:
        if len(made) < asked and engagement.pk not in {each.engagement_id for each in made}:
            made.append(WageQuestion.objects.create(month=MAY, engagement=engagement, code_hash=f"{engagement.pk:064x}"))
    return made


def say(worker: Client, code: str, answer: str = "") -> Any:
    return worker.post("/w/wages/", {"code": code, **({"answer": answer} if answer else {})}, headers=ZH)


def code_of(team: LabourTeam, by: User) -> str:
    [(_question, code)] = questions.print_cards(team.project, MAY, by=by)
    return code.plain


@given(st.integers(min_value=1, max_value=5000), st.integers(min_value=0, max_value=100))
def test_how_many_are_asked(paid: int, percent: int) -> None:
    before, settings.WAGE_QUESTION_PERCENT = settings.WAGE_QUESTION_PERCENT, percent
    try:
        asked = questions.how_many(paid)
    finally:
        settings.WAGE_QUESTION_PERCENT = before
    assert 1 <= asked <= min(paid, 30)
    assert asked * 100 >= min(paid * percent, 3000)


@pytest.mark.django_db
def test_those_whom_the_ledger_calls_paid(team: LabourTeam, coordinator: User) -> None:
    sheet = sheet_of(team, 41)
    sheet.lines.filter(number__gt=39).update(net=0)
    sheet.lines.filter(number__gt=37).update(engagement=None)
    locked = sheet.lines.get(number=1).engagement
    retention.lock_away(locked, by=coordinator, asked_on=retention.date(2026, 6, 1))
    made = questions.draw_people(team.project, MAY, by=coordinator)
    assert len(made) == 2  # five in a hundred of 36
    asked = {each.engagement_id for each in made}
    assert asked < set(sheet.lines.filter(number__range=(2, 37)).values_list("engagement", flat=True))


@pytest.mark.django_db
@pytest.mark.parametrize("status", ["received", "checked", "signed"])
def test_nobody_is_paid_yet(team: LabourTeam, coordinator: User, status: str) -> None:
    sheet_of(team, 3, status=status)
    with pytest.raises(Refused):
        questions.draw_people(team.project, MAY, by=coordinator)


@pytest.mark.django_db
def test_once_a_month(team: LabourTeam, coordinator: User) -> None:
    drawn(team, coordinator)
    address = reverse("wage-question-draw", args=[MAY, team.project.code])
    assert signed_in(coordinator).post(address).status_code == 302
    assert WageQuestion.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(("month", "made"), [("2026-03", 1), ("2026-02", 0), ("2026-06", 0)])
def test_for_one_of_the_last_three_months(team: LabourTeam, coordinator: User, month: str, made: int) -> None:
    sheet_of(team, 1, month=type(MAY).parse(month))
    signed_in(coordinator).post(reverse("wage-question-draw", args=[month, team.project.code]))
    assert WageQuestion.objects.count() == made


@pytest.mark.django_db
def test_cards_have_codes_that_the_database_has_not(team: LabourTeam, coordinator: User, worker: Client) -> None:
    drawn(team, coordinator)
    address = reverse("wage-question-cards", args=[MAY, team.project.code])
    text = signed_in(coordinator).post(address).content.decode()
    [code] = codes_in(text)
    question = WageQuestion.objects.get()
    assert question.engagement.name in text
    assert code not in question.code_hash
    response = say(worker, code)
    page = response.content.decode()
    assert (response.status_code, page.count('name="answer"')) == (200, 3)
    assert question.engagement.name not in page
    assert "<script" not in page
    assert len(response.content) < 30_000


@pytest.mark.django_db
def test_before_cards_are_printed_no_code_opens(team: LabourTeam, coordinator: User, worker: Client) -> None:
    drawn(team, coordinator)
    assert say(worker, "0" * 16).status_code == 404


@pytest.mark.django_db
def test_an_answer_counts_and_may_be_changed_the_same_day(
    team: LabourTeam, coordinator: User, worker: Client, time_machine: Any
) -> None:
    drawn(team, coordinator)
    code = code_of(team, coordinator)
    assert say(worker, code, "all").status_code == 200
    say(worker, code, "part")
    time_machine.move_to("2026-06-16 00:01:00+08:00")
    late = say(worker, code, "nothing").content.decode()
    question = WageQuestion.objects.get()
    assert (question.answer, question.way, str(question.answered_on)) == ("part", "code", "2026-06-15")
    assert late.count('name="answer"') == 0


@pytest.mark.django_db
def test_what_is_no_answer_is_none(team: LabourTeam, coordinator: User, worker: Client) -> None:
    drawn(team, coordinator)
    assert say(worker, code_of(team, coordinator), "perhaps").status_code == 200
    assert WageQuestion.objects.get().answer == ""


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", ["", "12", "9" * 16, "abcd"])
def test_whatever_opens_nothing_looks_alike(
    team: LabourTeam, coordinator: User, worker: Client, time_machine: Any, wrong: str
) -> None:
    drawn(team, coordinator)
    code = code_of(team, coordinator)
    first = say(worker, wrong, "all")
    time_machine.move_to("2026-08-20 10:00:00+08:00")
    ended = say(worker, code, "all")
    assert (first.status_code, ended.status_code) == (404, 404)
    assert first.content == ended.content
    assert WageQuestion.objects.get().answer == ""


@pytest.mark.django_db
def test_a_slip_s_code_opens_no_question(team: LabourTeam, coordinator: User, clerk: User, worker: Client) -> None:
    from wages.workers import slips

    drawn(team, coordinator, number=1)
    [printed] = slips.print_slips(team.wage_sheets.get(), by=clerk)
    assert say(worker, printed.code.plain).status_code == 404


@pytest.mark.django_db
def test_asked_on_site(team: LabourTeam, coordinator: User, worker: Client) -> None:
    [question] = drawn(team, coordinator)
    code = code_of(team, coordinator)
    address = reverse("wage-question-talk", args=[question.pk])
    client = signed_in(coordinator)
    client.post(address, {"answer": "nothing"})
    question.refresh_from_db()
    assert (question.answer, question.way) == ("nothing", "talk")
    say(worker, code, "all")
    client.post(address, {"answer": "nothing"})
    question.refresh_from_db()
    assert (question.answer, question.way) == ("all", "code")


@pytest.mark.django_db
def test_few_answers_are_not_told_apart(team: LabourTeam, coordinator: User) -> None:
    made = drawn(team, coordinator, asked=6)
    for place, question in enumerate(made[:4]):
        questions.answer_on_site(question, "nothing" if place else "all", by=coordinator)
    [row] = results.beside_the_ledger(coordinator, MAY)
    assert (row.paid, row.asked, row.answered, row.received, row.in_part, row.nothing) == (6, 6, 4, None, None, None)
    questions.answer_on_site(made[4], "part", by=coordinator)
    [row] = results.beside_the_ledger(coordinator, MAY)
    assert (row.answered, row.received, row.in_part, row.nothing) == (5, 1, 1, 3)


@pytest.mark.django_db
def test_a_word_against_the_ledger_opens_one_urgent_matter(team: LabourTeam, coordinator: User) -> None:
    [question] = drawn(team, coordinator)
    address = reverse("wage-question-matter", args=[MAY, team.pk])
    client = signed_in(coordinator)
    client.post(address)
    assert not Case.objects.exists()
    questions.answer_on_site(question, "part", by=coordinator)
    client.post(address)
    client.post(address)
    case, arrears = Case.objects.get(), WageArrears.objects.get()
    assert (case.origin, case.severity, case.kind, case.team) == ("visit", "urgent", "dispute", team)
    assert (arrears.source, arrears.case, arrears.month, str(arrears.since)) == ("reported", case, MAY, "2026-06-11")
    assert (case.words, case.people_count, arrears.people, arrears.amount) == ("", None, None, None)
    assert question.engagement.name not in case.title
    assert not CaseContact.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("role", list(Role))
def test_nobody_else_learns_who_answered_what(company: Company, role: Role) -> None:
    """Every address of the question, for each of the thirteen roles; rows through any reach; and the admin site."""
    team = company.own_team
    asker = company.person(Role.LABOUR_CENTRE)
    [question] = drawn(team, asker)
    questions.answer_on_site(question, "nothing", by=asker)
    results.open_matter(team, MAY, by=asker)
    person = company.person(role)
    rows = WageQuestion.objects.visible_to(person) | WageQuestion.objects.with_records_for(person)
    assert rows.exists() is (role in ASKING)
    client, code = signed_in(person), team.project.code
    gets = [reverse("wage-questions"), *(reverse(n, args=a) for n, a in _looks(code))]
    posts = [reverse(n, args=a) for n, a in _verbs(code, team.pk, question.pk)]
    seen = [client.get(each) for each in gets]
    assert {answer.status_code for answer in seen} == ({200} if role in ASKING else {404})
    if role not in ASKING:
        assert {client.post(each).status_code for each in posts} <= {403, 404}
    question.refresh_from_db()
    assert question.answer == "nothing"


def _looks(code: str) -> list[tuple[str, list[Any]]]:
    return [("wage-questions-month", [MAY]), ("wage-question-project", [MAY, code])]


def _verbs(code: str, team: int, question: int) -> list[tuple[str, list[Any]]]:
    return [
        ("wage-question-draw", [MAY, code]),
        ("wage-question-cards", [MAY, code]),
        ("wage-question-matter", [MAY, team]),
        ("wage-question-talk", [question]),
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.LABOUR_CENTRE, Role.SYSTEM_ADMINISTRATOR, Role.AUDITOR, Role.PARTY_ORGANISATION])
def test_the_admin_site_and_the_trail_do_not_tell(company: Company, role: Role) -> None:
    asker = company.person(Role.REGIONAL_COORDINATOR)
    [question] = drawn(company.own_team, asker)
    questions.answer_on_site(question, "nothing", by=asker)
    client = signed_in(company.person(role))
    if WageQuestion in admin.site._registry and role not in ASKING:
        response = client.get(reverse("admin:wages_wagequestion_changelist"))
        assert response.status_code in (302, 403)
    assert not any("nothing" in str(event.details) for event in AuditEvent.objects.all())


@pytest.mark.django_db
def test_another_region_is_not_there(company: Company, coordinator: User) -> None:
    team = company.crew_at("foreign").team
    [question] = drawn(team, company.person(Role.LABOUR_CENTRE))
    client = signed_in(coordinator)
    assert client.get(reverse("wage-question-project", args=[MAY, team.project.code])).status_code == 404
    assert client.post(reverse("wage-question-talk", args=[question.pk]), {"answer": "all"}).status_code == 404
    assert results.beside_the_ledger(coordinator, MAY) == []


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 3])
def test_queries_of_the_board(company: Company, number: int) -> None:
    asker = company.person(Role.LABOUR_CENTRE)
    for crew in company.crews[: number * 4 : 4]:
        drawn(crew.team, asker, number=1)
    client = signed_in(asker)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(reverse("wage-questions")).status_code == 200
    assert len(queries) == 7


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 3])
def test_queries_of_a_project(team: LabourTeam, coordinator: User, number: int) -> None:
    drawn(team, coordinator, asked=number)
    client = signed_in(coordinator)
    with CaptureQueriesContext(connection) as queries:
        client.get(reverse("wage-question-project", args=[MAY, team.project.code]))
    assert len(queries) == 8


@pytest.mark.django_db
def test_a_look_draws_nobody(team: LabourTeam, coordinator: User) -> None:
    sheet_of(team, 3)
    client = signed_in(coordinator)
    assert client.get(reverse("wage-questions")).status_code == 200
    assert client.get(reverse("wage-question-draw", args=[MAY, team.project.code])).status_code == 405
    assert not WageQuestion.objects.exists()
