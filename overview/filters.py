"""The month that a page is about, and the filters of the list of projects."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter, ModelChoiceFilter

from core.filters import NameFilter, ReachFilterSet, offered
from core.months import Month
from labour_teams.filters import RosterFilter
from overview.measures import MONTHS
from regions.models import Project, ProjectStage, Region


class MonthForm(forms.Form):
    """One of the last twelve months; the running one without another wish."""

    month = forms.ChoiceField(label=_("Month"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        current = Month.current()
        months = [current.plus(-back) for back in range(MONTHS)]
        self.fields["month"].choices = [("", current.label), *((str(month), month.label) for month in months[1:])]

    def chosen(self) -> Month:
        text = self.cleaned_data.get("month") if self.is_valid() else ""
        return Month.parse(text) if text else Month.current()


class ProjectFilter(ReachFilterSet):
    """Projects by region, stage of today, sector and name."""

    region = ModelChoiceFilter(label=_("Region"), queryset=offered(Region), empty_label=_("All regions"))
    stage = ChoiceFilter(label=_("Stage"), choices=ProjectStage.Stage.choices, empty_label=_("All stages"))
    sector = ChoiceFilter(label=_("Sector"), choices=Project.Sector.choices, empty_label=_("All sectors"))
    q = NameFilter(label=_("Name, code or place"), method="by_name")

    class Meta:
        model = Project
        fields: tuple[str, ...] = ()

    def by_name(self, queryset: Any, name: str, value: str) -> QuerySet:
        return queryset.filter(Q(name__contains=value) | Q(code__icontains=value) | Q(place__contains=value))


class TeamPeopleFilter(RosterFilter):
    """The people of one team."""

    project = None
    team = None
