"""Filters of the ledger and of the arrears. What is offered is what the reader sees the wages of."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_filters import ChoiceFilter, ModelChoiceFilter

from core.filters import ReachFilterSet
from core.months import Month
from labour_teams.models import LabourTeam
from regions.models import Project, Region
from wages.ledger.board import STATES, last_month_of, months_until, teams_in, teams_in_state
from wages.ledger.reach import projects_with_wages, regions_with_wages
from wages.models import WageArrears

BACK = 24  # months that are offered


def regions(request: HttpRequest) -> QuerySet[Region]:
    return regions_with_wages(request.user)


def projects(request: HttpRequest) -> QuerySet[Project]:
    return projects_with_wages(request.user)


def months_offered() -> list[tuple[str, str]]:
    current = Month.current()
    return [(str(month), month.label) for month in (current.plus(-back) for back in range(BACK))]


class LedgerFilter(ReachFilterSet):
    """Of teams. `months` are the six that the board shows, up to the month chosen."""

    region = ModelChoiceFilter(field_name="project__region", label=_("Region"), queryset=regions, empty_label=_("All regions"))
    project = ModelChoiceFilter(label=_("Project"), queryset=projects, empty_label=_("All projects"))
    state = ChoiceFilter(label=_("State"), choices=STATES, empty_label=_("All states"), method="in_state")
    month = ChoiceFilter(
        label=_("Six months up to"), choices=months_offered, empty_label=pgettext_lazy("months", "the last"), method="up_to"
    )

    class Meta:
        model = LabourTeam
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.form.cleaned_data.get("month") if self.form.is_valid() else None
        self.months = months_until(Month.parse(chosen) if chosen else last_month_of(self.request.user))

    def filter_queryset(self, queryset: Any) -> Any:
        return super().filter_queryset(teams_in(queryset, self.months))

    def in_state(self, teams: Any, name: str, value: str) -> Any:
        return teams_in_state(teams, value, self.months)

    def up_to(self, teams: Any, name: str, value: str) -> Any:
        return teams


class ProjectLedgerFilter(LedgerFilter):
    """On a project's own page."""

    region = None
    project = None


class ArrearsFilter(ReachFilterSet):
    region = ModelChoiceFilter(label=_("Region"), queryset=regions, empty_label=_("All regions"))
    project = ModelChoiceFilter(label=_("Project"), queryset=projects, empty_label=_("All projects"))
    month = ChoiceFilter(label=_("Month of work"), choices=months_offered, empty_label=_("All months"))
    source = ChoiceFilter(label=_("How it is known"), choices=WageArrears.Source.choices, empty_label=_("All"))

    class Meta:
        model = WageArrears
        fields: tuple[str, ...] = ()
