"""Writes the survey rounds of the last months with their sheets; some teams have fallen silent, and this month's is under way."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import accumulate
from random import Random

from django.utils import timezone

from accounts.models import User
from coordinators.models import Coordinator
from core.months import Month
from feedback.models import (
    CaseCategory,
    SurveyAnswer,
    SurveyQuestion,
    SurveyResponse,
    SurveyRound,
    SurveyRoundEvent,
    SurveyTeam,
    SurveyTemplate,
)
from feedback.survey.codes import with_free_codes
from feedback.survey.keying import Keyed, Line, key_sheet
from feedback.survey.workflow import COLLECTED_BY_DAY
from labour_teams.models import LabourTeam
from overview.demo.folk import dice_for
from overview.demo.posts import People
from regions.models import Project

PAST_MONTHS = 5
MOST_FORMS = 12  # a team: enough to see how it goes, and quick to write
SILENT_EVERY, FALLEN_EVERY = 23, 19
RATING, YES_NO, TEXT = SurveyQuestion.Kind.RATING, SurveyQuestion.Kind.YES_NO, SurveyQuestion.Kind.TEXT
ON_WORKERS = (
    "多数人安心干活，最关心的还是工资当月发、考勤每天公示。天热以后希望中午多歇半小时。",
    "思想总体稳定。两个班组对食堂意见集中，家在外省的盼着农忙能请假。",
    "新进场的人多，对安全交底还不熟，问得多。老班组情绪平稳。",
)
ON_OUR_WORK = (
    "上月有三条意见超过五天才答复，本月逐条盯。夜班班组走访少，已排进下周。",
    "答复写得太笼统，工友看不懂。今后写清谁办、哪天办完。",
    "联络员代念答复只做了一半班组，下月补齐。",
)
# Team's project → what two workers wrote: number of the open question, category, in a line, in their words.
WRITTEN = {
    "DUNGE": (
        (1, "living", "宿舍晚上九点以后没有热水", "九点下班回来就没热水了，天天擦把脸睡"),
        (2, "culture", "活动室周末开放", "周末活动室锁着，想打打牌没地方"),
    ),
    "CHANGPING": (
        (1, "work", "夜班排班提前两天通知", "夜班当天下午才说，睡不好"),
        (2, "supplies", "雨鞋按人配齐", "雨鞋轮着穿，脚捂烂了"),
    ),
}


@dataclass
class Heap:
    """What is written at once in the end."""

    teams: list[SurveyTeam] = field(default_factory=list)
    sheets: list[SurveyResponse] = field(default_factory=list)
    answers: list[SurveyAnswer] = field(default_factory=list)


def write_surveys(people: People) -> None:
    today = people.units.today
    template = SurveyTemplate.objects.valid_for(Month.of(today)).get()
    questions = list(template.questions.exclude(kind=TEXT).order_by("number"))
    holders = {post.project_id: post.person for post in Coordinator.objects.held_on(today).part_time().select_related("person")}
    projects = [each for each in Project.objects.under_construction(today).for_list() if each.pk in holders]
    heap = Heap()
    for back in range(PAST_MONTHS, -1, -1):
        month = Month.of(today).plus(-back)
        rounds = {round_.project_id: round_ for round_ in _rounds(projects, month, template, holders, today)}
        for team in _teams(rounds, month, today):
            _fill(heap, rounds[team.project_id], team, holders[team.project_id], questions)
    SurveyTeam.objects.bulk_create(heap.teams, batch_size=500)
    SurveyResponse.objects.bulk_create(with_free_codes(heap.sheets), batch_size=500)
    SurveyAnswer.objects.bulk_create(heap.answers, batch_size=500)
    _write_words(people, today)


def _rounds(
    projects: list[Project], month: Month, template: SurveyTemplate, holders: dict[int | None, User], today: date
) -> list[SurveyRound]:
    opened = _at(min(month.first + timedelta(days=1), today), 8)
    closed = None if month == Month.of(today) else _at(month.last, 16)
    rounds = SurveyRound.objects.bulk_create(
        SurveyRound(
            project=project,
            region=project.region,
            month=month,
            template=template,
            opened_at=opened,
            due_on=month.first.replace(day=COLLECTED_BY_DAY),
            **_closing(project, month, holders[project.pk], closed),
        )
        for project in projects
        if project.pilot_started_on is None or project.pilot_started_on <= month.first
    )
    SurveyRoundEvent.objects.bulk_create(
        event for round_ in rounds for event in _events(round_, holders[round_.project_id], opened, closed)
    )
    return rounds


def _closing(project: Project, month: Month, by: User, closed: datetime | None) -> dict[str, object]:
    if closed is None:
        return {}
    dice = dice_for("analysis", project.code, str(month))
    return {
        "status": SurveyRound.Status.CLOSED,
        "closed_at": closed,
        "on_workers": dice.choice(ON_WORKERS),
        "on_our_work": dice.choice(ON_OUR_WORK),
        "analysed_by": by,
        "analysed_at": closed - timedelta(hours=2),
    }


def _events(round_: SurveyRound, by: User, opened: datetime, closed: datetime | None) -> Iterator[SurveyRoundEvent]:
    yield SurveyRoundEvent(round=round_, verb="open", from_status="", to_status="open", at=opened)
    if closed:
        word = "个别队伍没有交回" if round_.project_id % 3 == 0 else ""
        yield SurveyRoundEvent(round=round_, verb="close", from_status="open", to_status="closed", by=by, at=closed, note=word)


def _teams(rounds: dict[int, SurveyRound], month: Month, today: date) -> list[LabourTeam]:
    day = min(month.first, today)
    return list(
        LabourTeam.objects.on_site(day).filter(project__in=rounds).with_headcount(day).select_related("project").order_by("pk")
    )


def _fill(heap: Heap, round_: SurveyRound, team: LabourTeam, by: User, questions: list[SurveyQuestion]) -> None:
    """A team's numbers, its sheets and what stands on them."""
    dice = dice_for("survey", team.project.code, team.name, str(round_.month))
    people: int = team.headcount  # type: ignore[attr-defined]
    issued, returned = min(people, MOST_FORMS), _returned(dice, team, round_, min(people, MOST_FORMS))
    is_under_way = round_.status == SurveyRound.Status.OPEN
    is_counted = people and not (is_under_way and dice.random() < 0.3)
    keyed = returned if not is_under_way else min(returned, dice.randrange(0, 6)) if is_counted else 0
    heap.teams.append(
        SurveyTeam(
            round=round_,
            team=team,
            on_site=people,
            issued=issued if is_counted else None,
            returned=returned if is_counted and not (is_under_way and not keyed) else None,
            counted_by=by if is_counted else None,
            counted_at=_at(round_.opened_at.date() + timedelta(days=9), 18) if is_counted and not is_under_way else None,
        )
    )
    printed_on, keyed_on = timezone.localdate(round_.opened_at), _keyed_on(round_)
    for number in range(issued):
        sheet = SurveyResponse(round=round_, team=team, printed_on=printed_on)
        heap.sheets.append(sheet)
        if number < keyed:
            sheet.keyed_on, sheet.keyed_by = keyed_on, by
            heap.answers += _answers(dice, sheet, questions)


def _returned(dice: Random, team: LabourTeam, round_: SurveyRound, issued: int) -> int:
    """Most give back seven or eight of ten; a few have given nothing lately, a few much less than they used to."""
    months_ago = (Month.of(timezone.localdate()).first - round_.month.first).days // 28
    if team.pk % SILENT_EVERY == 0 and months_ago <= 3:
        return 0
    if team.pk % FALLEN_EVERY == 0 and months_ago <= 1:
        return issued // 4
    return round(issued * dice.uniform(0.6, 0.98))


def _answers(dice: Random, sheet: SurveyResponse, questions: list[SurveyQuestion]) -> Iterator[SurveyAnswer]:
    """There are a hundred thousand of them: they name their sheet and their question by key alone."""
    for question in questions:
        if dice.random() < 0.03:
            continue
        if question.kind == YES_NO:
            value = int(dice.random() < 0.8)
        else:
            value = dice.choices((1, 2, 3), cum_weights=_opinions(question.number))[0]
        yield SurveyAnswer(response_id=sheet.pk, question_id=question.pk, value=value)


@cache
def _opinions(number: int) -> list[int]:
    """Of a hundred or so, how many say at most 1, at most 2, at most 3: later questions find less favour."""
    return list(accumulate((60 - 3 * number, 25, 10 + number)))


def _keyed_on(round_: SurveyRound) -> date:
    return min(round_.due_on + timedelta(days=1), timezone.localdate())


def _write_words(people: People, today: date) -> None:
    """Two sheets on each of two projects, keyed like any other: what stands on their lines becomes cases."""
    for code, written in WRITTEN.items():
        round_ = SurveyRound.objects.select_related("project", "template").get(project__code=code, month=Month.of(today))
        lines = list(round_.template.questions.filter(kind=TEXT).order_by("number"))
        waiting = SurveyResponse.objects.filter(round=round_, keyed_on=None).select_related("team").order_by("pk")
        for sheet, (place, category, title, words) in zip(waiting[: len(written)], written, strict=False):
            question = lines[place - 1]
            said = Line(question, place, words, question.gathers, title, CaseCategory.objects.get(key=category))
            key_sheet(round_, sheet.team, by=people.users[f"pc-{code.lower()}"], keyed=Keyed({}, [said], sheet.code))


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=timezone.get_current_timezone())
