"""The rows behind the figures of the handbook: what was held in a month and not taken back, by the day on which it was held."""

from collections.abc import Callable
from typing import Any

from django.db.models import Exists, OuterRef, Q

from core.months import Month
from figures.registry import as_of
from handbook.models import CampaignActivity, CareDistribution, CareEvent, EntryKind, HandbookEntry
from labour_teams.models import LabourTeam

Rows = Callable[[Month], Any]
JOINS = ("project", "region", "team", "author")


def entries_of(kind: EntryKind) -> Rows:
    return lambda month: HandbookEntry.objects.held().within(month).filter(kind=kind).select_related(*JOINS)


def details_of(model: Any, way: str = "entry", **conditions: Any) -> Rows:
    """Rows of a kind's own model, with the entries that they belong to."""
    joins = [f"{way}__{join}" for join in JOINS]
    return lambda month: model.objects.of_held(month).filter(**conditions).select_related(*joins)


def activities_with_rate(month: Month) -> Any:
    """Those of which both numbers are known."""
    return details_of(CampaignActivity, on_site__isnull=False, entry__headcount__isnull=False)(month)


def teams_without(rows: Rows) -> Rows:
    """Teams on site on the last day counted for which `rows` has nothing in the month."""

    def teams(month: Month) -> Any:
        found = rows(month).filter(team=OuterRef("pk"))
        return LabourTeam.objects.on_site(as_of(month)).exclude(Exists(found)).for_list()

    return teams


def inspections(month: Month) -> Any:
    return HandbookEntry.objects.held().within(month).filter(kind=EntryKind.INSPECTION)


def teams_without_share(month: Month) -> Any:
    """Something was for every team of their project, they were on site that day, and no line names them or all of them."""
    got = CareDistribution.objects.filter(Q(team=OuterRef(OuterRef("pk"))) | Q(team=None), event=OuterRef("pk"))
    events = CareEvent.objects.of_held(month).filter(is_for_all=True, entry__project=OuterRef("project"))
    there = LabourTeam.objects.filter(pk=OuterRef(OuterRef("pk")))
    day = OuterRef("entry__on")
    there = there.filter(Q(entered_on=None) | Q(entered_on__lte=day), Q(left_on=None) | Q(left_on__gte=day))
    return LabourTeam.objects.filter(Exists(events.filter(Exists(there)).exclude(Exists(got)))).for_list()
