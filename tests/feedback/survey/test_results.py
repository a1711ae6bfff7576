"""What the pages of results say, and to whom."""

from datetime import date
from io import BytesIO

from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from core.roles import Role
from core.scope import Level
from feedback.models import SurveyAnswer
from feedback.survey.results import Place, results_of
from figures.registry import figures
from tests.factories import SurveyResponseFactory, SurveyRoundFactory, SurveyTeamFactory
from tests.feedback.survey.conftest import MONTH, Scene
from tests.house.test_url_matrix import client_for


def answered(scene: Scene, place: int, values: list[int]) -> None:
    for value in values:
        sheet = scene.sheet(keyed_on=date(2026, 5, 20), keyed_by=scene.coordinator)
        SurveyAnswer.objects.create(response=sheet, question=scene.questions[place], value=value)


def test_a_question_with_its_counts_shares_and_satisfaction(scene: Scene) -> None:
    answered(scene, 0, [1] * 10 + [2] * 6 + [3] * 5)
    answered(scene, 7, [1] * 6 + [0] * 5)
    results = results_of(Place(Level.PROJECT, scene.round.project_id), MONTH)
    first, known = results.questions
    assert [(bar.count, bar.share) for bar in first.bars] == [(10, 48), (6, 29), (5, 24)]
    assert [(bar.count, bar.share) for bar in known.bars] == [(6, 55), (5, 45)]
    assert results.satisfied == 48
    assert results.trend[-1] == (MONTH, 48)
    assert [unit for unit, _shown in first.below] == [scene.in_round.team]


def test_few_answers_are_not_shown_on_any_page(scene: Scene) -> None:
    answered(scene, 0, [1, 1, 2, 3])
    for person, address in (
        (scene.coordinator, f"project/{scene.round.project.code}/"),
        (scene.people[Role.REGIONAL_COORDINATOR], f"region/{scene.round.region.code}/"),
        (scene.people[Role.PARTY_ORGANISATION], ""),
    ):
        response = client_for(person).get(f"/surveys/results/{MONTH}/{address}")
        [question] = response.context["results"].questions
        assert (question.bars, question.answered, response.context["results"].satisfied) == ((), None, None)


def test_results_cost_the_same_however_many_questions_and_months(scene: Scene) -> None:
    counts = []
    for place in (0, 1):
        answered(scene, place, [1] * 10 + [2] * 6)
        with CaptureQueriesContext(connection) as queries:
            results_of(Place(Level.PROJECT, scene.round.project_id), MONTH)
        counts.append(len(queries))
    assert counts == [4, 4]


def test_results_of_the_company_cost_the_same_however_many_projects(scene: Scene) -> None:
    answered(scene, 0, [1] * 10 + [2] * 6)
    abroad = scene.company.crews[8].team
    others = SurveyRoundFactory(project=abroad.project, month=MONTH)
    counts = []
    for values in ([1] * 9 + [2] * 7, []):
        with CaptureQueriesContext(connection) as queries:
            found = results_of(Place(Level.COMPANY), MONTH)
        counts.append((len(queries), len(found.below)))
        for value in values:
            sheet = SurveyResponseFactory(round=others, team=abroad, keyed_on=date(2026, 5, 20), keyed_by=scene.coordinator)
            SurveyAnswer.objects.create(response=sheet, question=scene.questions[0], value=value)
    assert counts == [(4, 1), (4, 2)]


def test_the_workbook_says_what_the_page_says(scene: Scene) -> None:
    answered(scene, 0, [1] * 10 + [2] * 6 + [3])
    client = client_for(scene.coordinator)
    response = client.post(f"/surveys/results/{MONTH}/project/{scene.round.project.code}/export/")
    rows = list(load_workbook(BytesIO(response.content)).active.iter_rows(values_only=True))
    assert rows[-1][0] == 1
    assert rows[-1][2] == 17
    assert "10 (59%)" in str(rows[-1][3])
    assert "16" not in str(rows[-1][3])


def test_figures_add_up_the_forms_of_teams(scene: Scene) -> None:
    scene.in_round.__class__.objects.update(issued=12, returned=9)
    SurveyTeamFactory(round=scene.round, team=scene.company.crews[2].team, issued=8)
    answered(scene, 0, [1, 2])
    found = {key: figures.get(key) for key in ("survey_issued", "survey_returned", "survey_keyed")}
    project = scene.round.project_id
    numbers = {key: figure.count_of(Level.PROJECT, project, MONTH) for key, figure in found.items() if figure}
    assert numbers == {"survey_issued": 20, "survey_returned": 9, "survey_keyed": 2}
    by_region = {key: figure.counts_by(Level.REGION, MONTH) for key, figure in found.items() if figure}
    region = scene.round.region_id
    assert by_region == {key: {region: number} for key, number in numbers.items()}
    page = client_for(scene.coordinator).get(f"/figures/survey_issued/project/{scene.round.project.code}/{MONTH}/")
    assert page.context["count"] == 20
