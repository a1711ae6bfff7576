"""Figures side by side say what each figure says alone."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.months import Month
from core.scope import Level
from overview.measures import (
    COVERAGE,
    ENTERED,
    LEFT,
    ON_SITE,
    PART_TIME,
    SERVED,
    TEAMS,
    UNCOVERED,
    Measures,
    figure,
    length_of,
    trends,
)
from tests.factories import CoordinatorFactory, EngagementFactory, LabourTeamFactory, LiaisonFactory, ProjectFactory

pytestmark = pytest.mark.django_db
KEYS = (ON_SITE, ENTERED, LEFT, TEAMS, SERVED, PART_TIME, UNCOVERED)


@pytest.fixture
def project() -> object:
    """Somebody came each month, somebody left, a team came lately, one has a liaison."""
    found = ProjectFactory()
    team = LabourTeamFactory(project=found, entered_on=date(2024, 1, 1))
    for back in range(6):
        entered = Month.current().plus(-back).first
        EngagementFactory(team=team, entered_on=entered, left_on=entered + timedelta(days=40) if back > 2 else None)
    LiaisonFactory(team=team, from_on=Month.current().plus(-3).first)
    LabourTeamFactory(project=found, entered_on=Month.current().plus(-1).first)
    CoordinatorFactory(project=found, from_on=Month.current().plus(-2).first)
    EngagementFactory()
    return found


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("level", [Level.REGION, Level.PROJECT])
def test_a_trend_is_the_figure_of_each_month(project: object, key: str, level: Level) -> None:
    unit = project if level == Level.PROJECT else project.region  # type: ignore[attr-defined]
    alone = [figure(key).count_of(level, unit.pk, Month.current().plus(-back)) for back in reversed(range(length_of(key)))]
    assert trends(key, level, Month.current(), [unit]).get(unit.pk, [0] * length_of(key)) == alone


def test_a_trend_is_one_query_and_leaves_other_units_out(project: object) -> None:
    with CaptureQueriesContext(connection) as queries:
        found = trends(ON_SITE, Level.PROJECT, Month.current(), [project])
    assert len(queries) == 1
    assert set(found) == {project.pk}  # type: ignore[attr-defined]


def test_coverage_is_flagged_and_opens_the_teams_without_a_liaison(project: object) -> None:
    cell = Measures(Level.PROJECT, Month.current(), (COVERAGE,), [project]).cell(COVERAGE, project)
    assert (cell.value, cell.tone) == ("1/2", "soon")
    assert "/teams_without_liaison/project/" in cell.url


def test_full_coverage_is_not_flagged_and_opens_the_teams_that_have_one() -> None:
    liaison = LiaisonFactory()
    project = liaison.team.project
    cell = Measures(Level.PROJECT, Month.current(), (COVERAGE,), [project]).cell(COVERAGE, project)
    assert (cell.value, cell.tone) == ("1/1", "")
    assert "/teams_with_liaison/project/" in cell.url


def test_a_project_without_a_coordinator_is_flagged() -> None:
    project = ProjectFactory()
    region = project.region
    measures = Measures(Level.REGION, Month.current(), (UNCOVERED,), [region])
    assert (measures.cell(UNCOVERED, region).value, measures.cell(UNCOVERED, region).tone) == (1, "soon")
    CoordinatorFactory(project=project)
    assert Measures(Level.REGION, Month.current(), (UNCOVERED,), [region]).cell(UNCOVERED, region).tone == ""


def test_a_figure_that_no_app_declares_is_an_error() -> None:
    with pytest.raises(LookupError, match="nonsense"):
        figure("nonsense")
