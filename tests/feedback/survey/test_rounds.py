"""The life of a round: opened by the clock, counted, analysed, closed, opened again."""

from datetime import UTC, date, datetime
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.core.management.base import CommandError

from core.months import Month
from core.refusals import Refused, Stale
from core.roles import Role
from feedback.models import SurveyRound, SurveyTeam, SurveyTemplate
from feedback.survey import issuing, workflow
from tests.factories import EngagementFactory, LabourTeamFactory, ProjectFactory, SurveyTeamFactory
from tests.feedback.survey.conftest import Scene

S = SurveyRound.Status
JUNE = Month(2026, 6)
THIRD = datetime(2026, 6, 3, 2, tzinfo=UTC)
WHOLE = workflow.Analysis("盼着工资按时发", "走访少了，下月补上")


@pytest.mark.django_db
@time_machine.travel(THIRD, tick=False)
def test_the_clock_opens_a_round_for_every_project_under_construction() -> None:
    project, closed = ProjectFactory(stage="active"), ProjectFactory(stage="completed")
    team, gone = LabourTeamFactory(project=project), LabourTeamFactory(project=project, left_on=date(2026, 5, 30))
    EngagementFactory.create_batch(2, team=team, entered_on=date(2026, 5, 1))
    EngagementFactory(team=team, entered_on=date(2026, 5, 1), left_on=date(2026, 6, 1))
    [opened] = workflow.open_month(JUNE)
    assert (opened.project, opened.region, opened.due_on, opened.status) == (project, project.region, date(2026, 6, 25), S.OPEN)
    assert [(row.team, row.on_site) for row in opened.teams.all()] == [(team, 2)]
    assert [event.verb for event in opened.events.all()] == ["open"]
    assert not SurveyRound.objects.filter(project=closed).exists()
    assert gone.survey_rounds.count() == 0


@pytest.mark.django_db
@time_machine.travel(THIRD, tick=False)
def test_opening_again_adds_the_teams_that_have_come_and_changes_nothing_else() -> None:
    project = ProjectFactory(stage="new")
    first = LabourTeamFactory(project=project)
    workflow.open_month(JUNE)
    SurveyTeam.objects.update(issued=7)
    second = LabourTeamFactory(project=project)
    assert workflow.open_month(JUNE) == []
    assert [(row.team, row.issued) for row in SurveyTeam.objects.order_by("pk")] == [(first, 7), (second, None)]


@pytest.mark.django_db
def test_a_project_that_begins_after_the_fifth_has_its_first_round_next_month() -> None:
    project = ProjectFactory(stage=None)
    project.stages.create(stage="new", from_on=date(2026, 6, 6))
    with time_machine.travel(datetime(2026, 6, 20, 2, tzinfo=UTC), tick=False):
        assert workflow.open_month(JUNE) == []
        assert len(workflow.open_month(JUNE.plus(1))) == 1


@pytest.mark.django_db
@time_machine.travel(THIRD, tick=False)
def test_the_company_says_in_which_stages_it_surveys(settings: object) -> None:
    settings.SURVEY_STAGES = ["new"]  # type: ignore[attr-defined]
    ProjectFactory(stage="active")
    new = ProjectFactory(stage="new")
    assert [round_.project for round_ in workflow.open_month(JUNE)] == [new]


@pytest.mark.django_db
@time_machine.travel(THIRD, tick=False)
def test_a_month_is_asked_on_the_form_that_holds() -> None:
    ProjectFactory(stage="active")
    SurveyTemplate.objects.create(number=2, title="新表", valid_from=Month(2026, 6))
    SurveyTemplate.objects.create(number=3, title="再新的表", valid_from=Month(2026, 7))
    [opened] = workflow.open_month(JUNE)
    assert opened.template.number == 2


@pytest.mark.django_db
@time_machine.travel(THIRD, tick=False)
def test_the_command_says_what_it_did_and_refuses_a_month_without_a_form() -> None:
    ProjectFactory(stage="active")
    out = StringIO()
    call_command("open_surveys", stdout=out)
    assert "2026-06" in out.getvalue()
    assert SurveyRound.objects.count() == 1
    with pytest.raises(CommandError):
        call_command("open_surveys", "--month", "2019-12")
    with pytest.raises(CommandError):
        call_command("open_surveys", "--month", "June")


def test_the_analysis_is_kept_and_the_second_writer_is_told(scene: Scene) -> None:
    saved = workflow.save_analysis(scene.round, by=scene.coordinator, version=0, analysis=WHOLE)
    assert (saved.on_workers, saved.on_our_work, saved.analysed_by) == (*vars_of(WHOLE), scene.coordinator)
    with pytest.raises(Stale):
        workflow.save_analysis(scene.round, by=scene.coordinator, version=0, analysis=workflow.Analysis("", ""))
    assert scene.again().on_workers == WHOLE.on_workers
    assert scene.round.events.count() == 0


def vars_of(analysis: workflow.Analysis) -> tuple[str, str]:
    return analysis.on_workers, analysis.on_our_work


def analysed(scene: Scene) -> Scene:
    workflow.save_analysis(scene.round, by=scene.coordinator, version=None, analysis=WHOLE)
    return scene


def test_closing_wants_both_parts_of_the_analysis(scene: Scene) -> None:
    workflow.save_analysis(scene.round, by=scene.coordinator, version=None, analysis=workflow.Analysis("写了", " "))
    with pytest.raises(Refused) as refusal:
        workflow.close(scene.round, by=scene.coordinator, word="够了")
    assert set(refusal.value.fields) == {"on_our_work"}


@pytest.mark.parametrize(("returned", "keyed"), [(None, 0), (2, 1)])
def test_closing_wants_a_word_while_forms_are_left(scene: Scene, returned: int | None, keyed: int) -> None:
    SurveyTeam.objects.update(issued=None if returned is None else 5, returned=returned)
    for _sheet in range(keyed):
        scene.sheet(keyed_on=date(2026, 5, 20), keyed_by=scene.coordinator)
    analysed(scene)
    with pytest.raises(Refused) as refusal:
        workflow.close(scene.round, by=scene.coordinator)
    assert set(refusal.value.fields) == {"word"}
    closed = workflow.close(scene.round, by=scene.coordinator, word="队伍提前退场")
    assert closed.status == S.CLOSED
    assert closed.closed_at is not None
    assert closed.events.get(verb="close").note == "队伍提前退场"


def test_closing_wants_no_word_when_all_is_keyed(scene: Scene) -> None:
    SurveyTeam.objects.update(issued=5, returned=1)
    scene.sheet(keyed_on=date(2026, 5, 20), keyed_by=scene.coordinator)
    assert workflow.close(analysed(scene).round, by=scene.coordinator).status == S.CLOSED


def test_the_region_opens_it_again_with_a_word(scene: Scene) -> None:
    workflow.close(analysed(scene).round, by=scene.coordinator, word="收不齐")
    regional = scene.people[Role.REGIONAL_COORDINATOR]
    with pytest.raises(Refused):
        workflow.reopen(scene.round, by=regional, word=" ")
    with pytest.raises(Refused):
        workflow.reopen(scene.round, by=scene.coordinator, word="还有几份")
    opened = workflow.reopen(scene.round, by=regional, word="还有几份")
    assert (opened.status, opened.closed_at) == (S.OPEN, None)


VERBS = {
    "analyse": (S.OPEN, Role.PROJECT_COORDINATOR),
    "close": (S.OPEN, Role.PROJECT_COORDINATOR),
    "reopen": (S.CLOSED, Role.REGIONAL_COORDINATOR),
}


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("status", list(S))
def test_who_may_make_which_move_in_which_state(scene: Scene, verb: str, status: S) -> None:
    if status == S.CLOSED:
        workflow.close(analysed(scene).round, by=scene.coordinator, word="收不齐")
    source, role = VERBS[verb]
    may = {each for each, person in scene.people.items() if verb in workflow.LIFECYCLE.allowed_moves(scene.again(), person)}
    assert may == ({role} if status == source else set())


def test_the_liaison_counts_and_nothing_more_comes_back_than_went_out(scene: Scene) -> None:
    liaison = scene.people[Role.LIAISON]
    with pytest.raises(Refused) as refusal:
        issuing.count(scene.in_round, by=liaison, issued=3, returned=4)
    assert set(refusal.value.fields) == {"returned"}
    row = issuing.count(scene.in_round, by=liaison, issued=20, returned=16)
    assert (row.issued, row.returned, row.counted_by) == (20, 16, liaison)


def test_nobody_works_on_a_closed_round(scene: Scene) -> None:
    workflow.close(analysed(scene).round, by=scene.coordinator, word="收不齐")
    scene.again()
    with pytest.raises(Refused):
        issuing.count(scene.in_round, by=scene.people[Role.LIAISON], issued=1, returned=1)
    with pytest.raises(Refused):
        issuing.print_sheets(scene.round, scene.in_round.team, by=scene.coordinator, number=3)
    assert scene.round.responses.count() == 0


def test_each_printed_sheet_has_a_code_of_its_own(scene: Scene) -> None:
    made = issuing.print_sheets(scene.round, scene.in_round.team, by=scene.coordinator, number=30)
    assert len({sheet.code for sheet in made}) == 30
    assert {sheet.team for sheet in made} == {scene.in_round.team}
    for number in (0, issuing.MOST_SHEETS + 1):
        with pytest.raises(Refused):
            issuing.print_sheets(scene.round, scene.in_round.team, by=scene.coordinator, number=number)


def test_a_clerk_prints_nothing(scene: Scene) -> None:
    with pytest.raises(Refused):
        issuing.print_sheets(scene.round, scene.in_round.team, by=scene.people[Role.PROJECT_CLERK], number=3)


def test_a_neighbouring_liaison_counts_nothing(scene: Scene) -> None:
    other = SurveyTeamFactory(round=scene.round, team=scene.company.crews[2].team)
    with pytest.raises(SurveyTeam.DoesNotExist):
        issuing.count(other, by=scene.people[Role.LIAISON], issued=3, returned=1)
