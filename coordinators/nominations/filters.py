"""Filters of the list of nominations."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_filters import ChoiceFilter, ModelChoiceFilter

from coordinators.models import Nomination
from core.filters import ReachFilterSet, offered
from regions.models import Region

OPEN = ("open", pgettext_lazy("nominations", "All that are open"))


class NominationFilter(ReachFilterSet):
    state = ChoiceFilter(
        label=_("State"), choices=[OPEN, *Nomination.Status.choices], method="by_state", empty_label=_("All states")
    )
    kind = ChoiceFilter(
        field_name="post_kind", label=_("kind of post"), choices=Nomination.PostKind.choices, empty_label=_("All kinds")
    )
    region = ModelChoiceFilter(label=_("Region"), queryset=offered(Region), method="by_region", empty_label=_("All regions"))

    class Meta:
        model = Nomination
        fields: tuple[str, ...] = ()

    def by_state(self, queryset: Any, name: str, value: str) -> QuerySet:
        return queryset.open() if value == OPEN[0] else queryset.filter(status=value)

    def by_region(self, queryset: Any, name: str, value: Region) -> QuerySet:
        return queryset.filter(Q(region=value) | Q(project__region=value) | Q(team__project__region=value))
