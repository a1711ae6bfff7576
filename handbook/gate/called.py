"""Whom somebody calls in: those he ticked on the list, or the whole list as it was filtered."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from handbook.gate.filters import GateFilter
from handbook.gate.queries import due, with_gate
from labour_teams.models import Engagement
from regions.models import Project

MOST = 500  # names on one sheet
MOST_DIGITS = 9


def gate_of(request: HttpRequest, project: Project) -> GateFilter:
    """Who of the project may not work, as the reader asks for it and as far as he sees the roster."""
    today = timezone.localdate()
    people = Engagement.objects.visible_to(request.user).filter(project=project).current(today)
    return GateFilter(request.GET, queryset=due(with_gate(people, today), today), request=request, project=project)


def called(request: HttpRequest, project: Project) -> list[Engagement]:
    """In the order in which they will sign: by team and crew."""
    if keys := keys_in(request.GET):
        return in_order(Engagement.objects.visible_to(request.user).filter(project=project, pk__in=keys))
    return in_order(gate_of(request, project).qs)


def keys_in(sent: Any) -> list[int]:
    """`people` of a form or of an address; what is no key is nobody."""
    return [int(key) for key in sent.getlist("people")[:MOST] if key.isdecimal() and len(key) <= MOST_DIGITS]


def in_order(people: QuerySet[Engagement]) -> list[Engagement]:
    joined = people.select_related("team", "crew", "worker")
    return list(joined.order_by("team__name", "team", "crew__name", "name_pinyin", "pk")[:MOST])
