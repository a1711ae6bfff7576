"""Rates of feedback: both numbers, what a few are called, nothing of nothing, and each reader's own."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from coordinators.models import Coordinator
from core.months import Month
from core.roles import Role
from core.scope import Level
from feedback.models import SurveyAnswer, SurveyQuestion, SurveyRound
from feedback.survey.results import Place
from overview.rates import Rates, Row
from regions.models import Project
from tests.factories import CaseFactory, ProjectFactory, SurveyResponseFactory, SurveyRoundFactory, SurveyTeamFactory, person_with
from tests.house.crawl import client_for

pytestmark = pytest.mark.django_db
MONTH = Month.current()
DUE = timezone.now() - timedelta(minutes=1)


@pytest.fixture
def project() -> Project:
    return ProjectFactory()


def due(project: Project, *, answered: int, open_: int) -> None:
    facts = {"project": project, "first_answer_due_at": DUE}
    CaseFactory.create_batch(answered, status="answered", delivered_at=DUE, **facts)
    CaseFactory.create_batch(open_, status="accepted", **facts)


def reader_of(project: Project) -> User:
    """The region's coordinator; there is one at a time."""
    post = Coordinator.objects.filter(region=project.region).select_related("person").first()
    return post.person if post else person_with(Role.REGIONAL_COORDINATOR, region=project.region)


def row_of(project: Project, reader: User | None = None) -> Row:
    reader = reader or reader_of(project)
    return Rates(Level.PROJECT, MONTH, reader, Place(Level.PROJECT, project.pk)).row(project)


def test_a_rate_is_two_numbers_that_open_their_rows(project: Project) -> None:
    due(project, answered=9, open_=3)
    rate = row_of(project).rates[0]
    assert (rate.part, rate.whole, rate.percent) == (9, 12, 75)
    reader = client_for(reader_of(project))
    assert [reader.get(url).context["count"] for url in (rate.part_url, rate.whole_url)] == [9, 12]


def test_of_a_few_the_numbers_are_said(project: Project) -> None:
    due(project, answered=2, open_=1)
    rate = row_of(project).rates[0]
    assert (rate.part, rate.whole, rate.percent) == (2, 3, None)
    page = client_for(reader_of(project)).get(f"/projects/{project.code}/")
    text = page.content.decode()
    assert f'<a href="{rate.part_url}">2</a>' in text
    assert "67<small>" not in text


def test_nothing_to_answer_makes_no_rate(project: Project) -> None:
    assert {(rate.whole, rate.percent) for rate in row_of(project).rates} == {(0, None)}
    page = client_for(reader_of(project)).get(f"/projects/{project.code}/")
    assert "0%" not in page.content.decode()


def test_a_case_that_names_the_reader_is_in_none_of_his_numbers(project: Project) -> None:
    reader = reader_of(project)
    CaseFactory(project=project, status="accepted", first_answer_due_at=DUE, names=[{"who": "region", "person": reader}])
    assert row_of(project, reader).rates[0].whole == 0
    assert row_of(project, person_with(Role.PARTY_ORGANISATION)).rates[0].whole == 1


def test_forms_and_satisfaction_of_the_survey(project: Project) -> None:
    round_ = SurveyRoundFactory(project=project, month=MONTH)
    in_round = SurveyTeamFactory(round=round_, team__project=project, issued=20, returned=16)
    answered(round_, in_round.team, [1] * 10 + [2] * 6)
    *_cases, forms, satisfied = row_of(project).rates
    assert (forms.part, forms.whole, forms.percent) == (16, 20, 80)
    assert (satisfied.part, satisfied.whole, satisfied.percent) == (10, 16, 62)
    assert satisfied.whole_url == f"/surveys/results/{MONTH}/project/{project.code}/"


def test_few_answers_say_nothing_of_satisfaction(project: Project) -> None:
    round_ = SurveyRoundFactory(project=project, month=MONTH)
    answered(round_, SurveyTeamFactory(round=round_, team__project=project).team, [1, 1, 2])
    assert row_of(project).rates[-1].whole == 0


def answered(round_: SurveyRound, team: object, values: list[int]) -> None:
    question = SurveyQuestion.objects.filter(template=round_.template, kind="rating").order_by("number").first()
    keyed = {"keyed_on": timezone.localdate(), "keyed_by": person_with(Role.LEADER)}
    for value in values:
        sheet = SurveyResponseFactory(round=round_, team=team, **keyed)
        SurveyAnswer.objects.create(response=sheet, question=question, value=value)


def test_units_added_up_are_the_sum_of_their_rows(project: Project) -> None:
    other = ProjectFactory(region=project.region)
    due(project, answered=6, open_=1)
    due(other, answered=5, open_=3)
    rates = Rates(Level.PROJECT, MONTH, person_with(Role.LABOUR_CENTRE), Place(Level.REGION, project.region_id))
    assert (rates.together([project, other]).rates[0].part, rates.together([project, other]).rates[0].whole) == (11, 15)
    assert rates.together([project, other]).rates[0].whole_url == "#feedback"


def test_it_costs_the_same_however_many_units(project: Project) -> None:
    costs = []
    for _more in range(2):
        due(ProjectFactory(region=project.region), answered=1, open_=1)
        reader = User.objects.get(pk=person_with(Role.LABOUR_CENTRE).pk)
        assert reader.scope.whole_company
        units = list(Project.objects.filter(region=project.region))
        with CaptureQueriesContext(connection) as queries:
            rates = Rates(Level.PROJECT, MONTH, reader, Place(Level.REGION, project.region_id))
            assert len([rates.row(each) for each in units]) == len(units)
        costs.append(len(queries))
    assert costs == [18, 18]


def test_a_missed_deadline_is_red(project: Project) -> None:
    CaseFactory(project=project, status="accepted", answer_breached_at=DUE)
    late, again = row_of(project).counts
    assert (late.number, late.tone, again.number, again.tone) == (1, "late", 0, "")


def test_the_regions_own_numbers_are_for_those_who_reach_all_of_it(project: Project) -> None:
    due(project, answered=1, open_=0)
    address = f"/regions/{project.region.code}/"
    regional = client_for(reader_of(project)).get(address)
    own = client_for(person_with(Role.PROJECT_COORDINATOR, project=project)).get(address)
    assert regional.context["together"].rates[0].whole == 1
    assert own.status_code == 404 or own.context["together"] is None


def test_the_overview_has_them_for_the_company_and_each_region(project: Project) -> None:
    due(project, answered=3, open_=0)
    page = client_for(person_with(Role.PARTY_ORGANISATION)).get("/overview/")
    assert page.context["together"].rates[0].whole == 3
    assert [(row.unit, row.rates[0].part) for row in page.context["rates"]] == [(project.region, 3)]
