"""The month as a calendar: what was held and what is planned. A grid where there is room, a list of days on a phone."""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from core.months import Month
from handbook.lists.filters import PlaceFilter
from handbook.lists.views import for_handbook
from handbook.models import HandbookEntry

SHOWN = 3  # of a day; the rest is a number that opens them
MONDAY = 0
FIRST = ("-is_planned", "pk")  # of a day: what somebody still has to hold, or to say that he held
COLUMNS = ("pk", "on", "title", "kind", "is_planned", "project__name")


@dataclass(frozen=True, slots=True)
class Square:
    """A day of the grid; `more` entries beyond those shown. Days of the neighbouring months are empty."""

    on: date
    is_of_month: bool
    is_today: bool
    shown: list[HandbookEntry]
    more: int


@require_safe
@for_handbook
def calendar_now(request: HttpRequest) -> HttpResponse:
    return _page(request, Month.current())


@require_safe
@for_handbook
def calendar_month(request: HttpRequest, month: Month) -> HttpResponse:
    return _page(request, month)


def _page(request: HttpRequest, month: Month) -> HttpResponse:
    found = PlaceFilter(request.GET, queryset=HandbookEntry.objects.visible_to(request.user), request=request)
    entries = list(found.qs.standing().within(month).select_related("project").only(*COLUMNS).order_by("on", *FIRST))
    weeks = list(_weeks(month, entries, timezone.localdate()))
    context = {
        "filter": found,
        "month": month,
        "previous": month.plus(-1),
        "next": month.plus(1),
        "weeks": weeks,
        "days": [square for week in weeks for square in week if square.is_of_month and square.shown],
        "held": sum(not entry.is_planned for entry in entries),
        "planned": sum(entry.is_planned for entry in entries),
    }
    return render(request, "handbook/calendar.html", context)


def _weeks(month: Month, entries: list[HandbookEntry], today: date) -> Iterator[list[Square]]:
    """Weeks from Monday to Sunday."""
    of_day: dict[date, list[Any]] = {}
    for entry in entries:
        of_day.setdefault(entry.on, []).append(entry)
    for week in calendar.Calendar(MONDAY).monthdatescalendar(month.year, month.month):
        yield [_square(day, month, of_day.get(day, []), today) for day in week]


def _square(day: date, month: Month, entries: list[HandbookEntry], today: date) -> Square:
    is_of_month = Month.of(day) == month
    shown = entries[:SHOWN] if is_of_month else []
    return Square(day, is_of_month, day == today, shown, len(entries) - len(shown) if is_of_month else 0)
