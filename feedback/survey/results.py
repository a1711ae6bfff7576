"""What a survey says: each question with its counts and shares, beside the units below and the months before.

Everything here has gone through suppression.py; satisfaction and trends are worked out of the numbers that are shown, so they
tell nothing more. A unit's results are counted from its own answers alone.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.months import Month
from core.scope import Level
from feedback.models import SurveyAnswer, SurveyQuestion, SurveyRound
from feedback.survey.numbers import percent
from feedback.survey.suppression import Part, Row, Shown, finenesses, of_parts, of_project
from labour_teams.models import LabourTeam
from regions.models import Project, Region

Kind = SurveyQuestion.Kind
TREND_MONTHS = 6
YES, NO = 1, 0
Counts = dict[int, dict[int, dict[int, Row]]]  # region → project → team → answers by choice


@dataclass(frozen=True, slots=True)
class Place:
    """Whose results: `unit_id` is None for the company."""

    level: Level
    unit_id: int | None = None

    @property
    def filters(self) -> dict[str, Any]:
        """Which rounds are counted."""
        if self.level == Level.COMPANY:
            return {}
        return {self.level.value: self.unit_id}

    @property
    def below(self) -> Any:
        """The model of the units that it consists of."""
        return {Level.COMPANY: Region, Level.REGION: Project, Level.PROJECT: LabourTeam}[self.level]


@dataclass(frozen=True, slots=True)
class Bar:
    """One group of choices: its words, how many gave it, and their share in per cent."""

    label: str
    count: int
    share: int


@dataclass(frozen=True, slots=True)
class QuestionResult:
    question: SurveyQuestion
    bars: tuple[Bar, ...]  # none where there are too few answers
    answered: int | None
    is_partial: bool
    is_coarse: bool  # some choices are taken together
    trend: tuple[int | None, ...]  # share of the first choice, oldest month first
    below: tuple[tuple[Any, Shown], ...]  # units of which something may be shown


@dataclass(frozen=True, slots=True)
class Below:
    """A unit below: its satisfaction over the questions that may be shown, None where none may."""

    unit: Any
    satisfied: int | None


@dataclass(frozen=True, slots=True)
class Results:
    month: Month
    questions: tuple[QuestionResult, ...]
    satisfied: int | None
    trend: tuple[tuple[Month, int | None], ...]
    below: tuple[Below, ...]


@dataclass(frozen=True, slots=True)
class Rated:
    """Of the rated answers that may be shown: how many there are, how many are “satisfied”."""

    satisfied: int = 0
    answered: int = 0

    @property
    def percent(self) -> int | None:
        return percent(self.satisfied, self.answered)


def results_of(place: Place, month: Month) -> Results:
    """A month's results with the trend of six months; as many queries, however many questions and units."""
    months = [month.plus(-back) for back in reversed(range(TREND_MONTHS))]
    tables = _tables(place, months)
    names = place.below.objects.in_bulk({unit for _whole, below in tables.values() for unit in below})
    questions = sorted((question for at, question in tables if at == month), key=lambda each: each.number)
    return Results(
        month=month,
        questions=tuple(_result(question, month, months, tables, names) for question in questions),
        satisfied=satisfied(_shown_of(tables, month)),
        trend=tuple((each, satisfied(_shown_of(tables, each))) for each in months),
        below=_below(questions, month, tables, names),
    )


def questions_of(results: Results) -> QuerySet[SurveyQuestion]:
    """The form is the whole company's: whoever sees results sees what was asked."""
    return SurveyQuestion.objects.filter(pk__in=[each.question.pk for each in results.questions]).order_by("number")


def satisfaction(place: Place, month: Month) -> dict[int | None, Rated]:
    """The place itself (None), and the units below it."""
    tables = _tables(place, [month])
    below: dict[int | None, list[tuple[SurveyQuestion, Shown]]] = {}
    for (_month, question), (_whole, units) in tables.items():
        for key, shown in units.items():
            below.setdefault(key, []).append((question, shown))
    return {None: rated(_shown_of(tables, month)), **{key: rated(shown) for key, shown in below.items()}}


def rated(shown: Iterable[tuple[SurveyQuestion, Shown]]) -> Rated:
    counted = [(each.first, each.answered) for question, each in shown if question.kind == Kind.RATING and each.first is not None]
    return Rated(sum(first for first, _all in counted), sum(all_ for _first, all_ in counted))


def satisfied(shown: Iterable[tuple[SurveyQuestion, Shown]]) -> int | None:
    """Per cent of “satisfied” among the rated answers that may be shown."""
    return rated(shown).percent


def labels_of(question: SurveyQuestion) -> list[str]:
    """The choices in their order."""
    if question.kind == Kind.RATING:
        return [str(word) for word in SurveyAnswer.RATINGS.values()]
    if question.kind == Kind.YES_NO:
        return [_("Yes"), _("No")]
    return [str(choice) for choice in question.choices]


def choices_of(question: SurveyQuestion) -> int:
    """How many there are, without their words."""
    return {Kind.RATING: len(SurveyAnswer.RATINGS), Kind.YES_NO: 2}.get(Kind(question.kind), len(question.choices))


def place_of(question: SurveyQuestion, value: int) -> int:
    """Which choice a value is, from 0."""
    return 1 - value if question.kind == Kind.YES_NO else value - 1


def value_of(question: SurveyQuestion, place: int) -> int:
    """The other way round: what is stored for a choice."""
    return 1 - place if question.kind == Kind.YES_NO else place + 1


Tables = Mapping[tuple[Month, SurveyQuestion], tuple[Shown | None, dict[int, Shown]]]


def _tables(place: Place, months: list[Month]) -> Tables:
    """(month, question) → what may be shown of the place, and of the units below it."""
    closed = SurveyQuestion.objects.exclude(kind=Kind.TEXT).in_bulk()
    widths = {key: choices_of(question) for key, question in closed.items()}
    rounds = _rounds(place, months)
    counted: dict[tuple[Month, int], Counts] = {}
    for round_, key, team, value, count in _counts(rounds):
        width, choice = widths[key], place_of(closed[key], value)
        if 0 <= choice < width:
            month, region, project = rounds[round_]
            table = counted.setdefault((month, key), {})
            teams = table.setdefault(region, {}).setdefault(project, {})
            row = teams.get(team) or (0,) * width
            teams[team] = (*row[:choice], row[choice] + count, *row[choice + 1 :])
    return {(month, closed[key]): _protected(place, closed[key], table) for (month, key), table in counted.items()}


def _rounds(place: Place, months: list[Month]) -> dict[int, tuple[Month, int, int]]:
    """Round → its month, region and project: read once for a round, not once for every number of it."""
    of_months = SurveyRound.objects.filter(month__gte=months[0], month__lte=months[-1], **place.filters)
    rows = of_months.order_by().values_list("pk", "month", "region", "project")
    return {key: (month, region, project) for key, month, region, project in rows}


def _counts(rounds: Iterable[int]) -> Iterable[tuple[int, int, int, int, int]]:
    """How many gave a value: (round, question, team, value, count)."""
    answers = SurveyAnswer.objects.filter(value__isnull=False, response__round__in=list(rounds))
    by = ("response__round", "question", "response__team", "value")
    return answers.order_by().values_list(*by).annotate(n=Count("pk"))


def _protected(place: Place, question: SurveyQuestion, table: Counts) -> tuple[Shown | None, dict[int, Shown]]:
    width = choices_of(question)
    levels = finenesses(width, is_scale=question.kind == Kind.RATING)
    if place.level == Level.PROJECT:
        [teams] = [teams for projects in table.values() for teams in projects.values()]
        part, shown = of_project(teams, levels, width)
        return part.shown, shown
    regions = {
        region: {project: of_project(teams, levels, width)[0] for project, teams in projects.items()}
        for region, projects in table.items()
    }
    if place.level == Level.REGION:
        [below] = regions.values()
    else:
        below = {region: of_parts(list(projects.values()), levels, width) for region, projects in regions.items()}
    whole: Part = of_parts(list(below.values()), levels, width)
    return whole.shown, {key: part.shown for key, part in below.items() if part.shown is not None}


def _shown_of(tables: Tables, month: Month) -> list[tuple[SurveyQuestion, Shown]]:
    return [(question, whole) for (at, question), (whole, _below) in tables.items() if at == month and whole is not None]


def _result(
    question: SurveyQuestion, month: Month, months: list[Month], tables: Tables, names: Mapping[int, Any]
) -> QuestionResult:
    whole, below = tables[month, question]
    by_text = {(at, each.text): shown for (at, each), (shown, _below) in tables.items()}
    units = sorted(((names[key], shown) for key, shown in below.items()), key=lambda pair: str(pair[0]))
    return QuestionResult(
        question=question,
        bars=_bars(question, whole) if whole else (),
        answered=whole.answered if whole else None,
        is_partial=bool(whole and whole.is_partial),
        is_coarse=bool(whole and len(whole.groups) < choices_of(question)),
        trend=tuple(_share(by_text.get((at, question.text))) for at in months),
        below=tuple((unit, shown) for unit, shown in units if shown.first is not None),
    )


def _bars(question: SurveyQuestion, shown: Shown) -> tuple[Bar, ...]:
    if len(shown.groups) == 1:
        return ()
    words = labels_of(question)
    joined = pgettext("between choices taken together", " or ")
    return tuple(
        Bar(joined.join(words[place] for place in group), count, round(100 * count / shown.answered))
        for group, count in zip(shown.groups, shown.counts, strict=True)
    )


def _share(shown: Shown | None) -> int | None:
    return None if shown is None or shown.first is None else round(100 * shown.first / shown.answered)


def _below(questions: list[SurveyQuestion], month: Month, tables: Tables, names: Mapping[int, Any]) -> tuple[Below, ...]:
    seen: dict[int, list[tuple[SurveyQuestion, Shown]]] = {}
    for question in questions:
        for key, shown in tables[month, question][1].items():
            seen.setdefault(key, []).append((question, shown))
    rows = [Below(names[key], satisfied(shown)) for key, shown in seen.items()]
    return tuple(sorted(rows, key=lambda row: (row.satisfied is None, row.satisfied or 0, str(row.unit))))
