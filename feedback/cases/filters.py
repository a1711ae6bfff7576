"""Filters of the list of cases: choices come from what the reader may see; names and numbers of people are not looked for."""

from typing import Any

from django.db.models import Q, QuerySet
from django.forms import SearchInput
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_filters import CharFilter, ChoiceFilter, ModelChoiceFilter

from core.filters import ReachFilterSet, offered
from core.months import Month
from feedback.cases.intake import categories_offered
from feedback.models import Case, Kind, Severity
from regions.models import Project, Region

MONTHS = 13
OPEN = ("open", pgettext_lazy("cases", "All that are open"))


def months_offered() -> list[tuple[str, str]]:
    """This month and the twelve before it."""
    months = [Month.current().plus(-back) for back in range(MONTHS)]
    return [(str(month), month.label) for month in months]


def category_choices() -> list[tuple[int, str]]:
    return [(category.pk, str(category)) for category in categories_offered()]


class CaseFilter(ReachFilterSet):
    q = CharFilter(label=_("Number or line"), method="by_words", max_length=40, widget=SearchInput(attrs={"autocomplete": "off"}))
    region = ModelChoiceFilter(label=_("Region"), queryset=offered(Region), empty_label=_("All regions"))
    project = ModelChoiceFilter(label=_("Project"), queryset=offered(Project), empty_label=_("All projects"))
    category = ChoiceFilter(label=_("Category"), choices=category_choices, empty_label=_("All categories"))
    kind = ChoiceFilter(label=_("Kind"), choices=Kind.choices, empty_label=_("All kinds"))
    severity = ChoiceFilter(label=_("Severity"), choices=Severity.choices, empty_label=_("All severities"))
    state = ChoiceFilter(label=_("State"), choices=[OPEN, *Case.Status.choices], method="by_state", empty_label=_("All states"))
    month = ChoiceFilter(label=_("Registered in"), choices=months_offered, method="by_month", empty_label=_("Any month"))
    origin = ChoiceFilter(label=_("How it came"), choices=Case.Origin.choices, empty_label=_("All ways"))

    class Meta:
        model = Case
        fields: tuple[str, ...] = ()

    def by_words(self, queryset: Any, name: str, value: str) -> QuerySet:
        return queryset.filter(Q(number__icontains=value.strip()) | Q(title__icontains=value.strip()))

    def by_state(self, queryset: Any, name: str, value: str) -> QuerySet:
        return queryset.open() if value == OPEN[0] else queryset.filter(status=value)

    def by_month(self, queryset: Any, name: str, value: str) -> QuerySet:
        month = Month.parse(value)
        return queryset.filter(registered_on__gte=month.first, registered_on__lte=month.last)
