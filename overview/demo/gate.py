"""Inductions by name, with a few people who were never there or not for a year; and certificates, some of them running out."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import cycle

from core.months import Month
from handbook.models import TrainingAttendance, TrainingSession
from labour_teams.certificates import CostBearer, Issuer, review_due, valid_until
from labour_teams.models import Engagement, WorkerCertificate
from overview.demo.folk import dice_for
from overview.demo.handbook_heap import Heap, Where
from regions.models import Project

TITLE = "进场岗前培训"
LATELY = timedelta(days=4)  # whoever came since has not been inducted yet
LONG_AGO, MADE_UP = timedelta(days=400), timedelta(days=330)
ABSENT, NOT_SINCE = 0.08, 0.06  # shares of those who missed it, and of those who have not been trained since
TRAINS_BY_COUNT = "GZ"  # its twenty trainings are told without names
ONE_IN = 6  # people for each who holds a certificate
# Operation, issuer, and how many days ago the first one was issued: due for review, overdue, running out, and in order.
KINDS = (
    ("电工", Issuer.EMERGENCY, 1090),
    ("焊工", Issuer.EMERGENCY, 1150),
    ("架子工", Issuer.HOUSING, 715),
    ("塔式起重机司机", Issuer.HOUSING, 660),
    ("叉车司机", Issuer.MARKET, 900),
    ("爆破员", Issuer.COMPANY, 400),
)
YOUNGER = 150  # days by which each next one of a kind was issued later


def write_gate(heap: Heap) -> None:
    """`heap` is written by whoever made it; certificates are written at once."""
    there: dict[int, list[Engagement]] = {}
    for person in Engagement.objects.current(heap.today).only("project_id", "entered_on").order_by("pk"):
        there.setdefault(person.project_id, []).append(person)
    certificates = []
    for project in heap.people.units.projects.values():
        people = there.get(project.pk, [])
        if project.region.code != TRAINS_BY_COUNT:
            _train(heap, project, people)
        certificates += _certificates(heap.today, people)
    WorkerCertificate.objects.bulk_create(certificates)


def _train(heap: Heap, project: Project, people: list[Engagement]) -> None:
    dice, sheets = dice_for("gate", project.code), dict[date, list[Engagement]]()
    for person in people:
        luck = dice.random()
        if luck > ABSENT and (on := _trained_on(person, heap.today, is_old=luck > 1 - NOT_SINCE)):
            sheets.setdefault(on, []).append(person)
    for on, came in sorted(sheets.items()):
        if by := heap.of_project(project, on):
            entry = heap.add("training", on, by, Where(project=project), TITLE, headcount=len(came), place="会议室")
            session = heap.beside(TrainingSession(entry=entry, kind=TrainingSession.Kind.INDUCTION, hours=4, method="briefing"))
            for person in came:
                heap.beside(TrainingAttendance(session=session, engagement=person))


def _trained_on(person: Engagement, today: date, *, is_old: bool) -> date | None:
    """In the end of the month in which he came; who came long ago, when all of them were called in, or before that."""
    if person.entered_on < today - MADE_UP:
        return today - (LONG_AGO if is_old and person.entered_on <= today - LONG_AGO else MADE_UP)
    on = min(Month.of(person.entered_on).last, today - LATELY)
    return on if on >= person.entered_on else None


def _certificates(today: date, people: list[Engagement]) -> Iterator[WorkerCertificate]:
    """One in so many, some of them run out and some about to."""
    kinds = cycle(KINDS)
    for number, person in enumerate(people[::ONE_IN]):
        trade, issuer, days = next(kinds)
        issued = today - timedelta(days=max(days - YOUNGER * (number // len(KINDS)), YOUNGER))
        row = WorkerCertificate(engagement=person, trade=trade, issuer=issuer, issued_on=issued, number=f"SL{person.pk:010d}")
        row.valid_until, row.review_due_on = valid_until(issuer, issued), review_due(issuer, issued)
        row.paid_by = CostBearer.WORKER if number == 1 else CostBearer.PROJECT
        yield row
