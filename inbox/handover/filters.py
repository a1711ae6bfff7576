"""Filters of the list of handovers."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter, ModelChoiceFilter

from core.filters import ReachFilterSet, offered
from inbox.models import Handover
from regions.models import Region


class HandoverFilter(ReachFilterSet):
    status = ChoiceFilter(label=_("State"), choices=Handover.Status.choices, empty_label=_("All states"))
    region = ModelChoiceFilter(label=_("Region"), queryset=offered(Region), method="by_region", empty_label=_("All regions"))

    class Meta:
        model = Handover
        fields: tuple[str, ...] = ()

    def by_region(self, queryset: Any, name: str, value: Region) -> QuerySet:
        return queryset.of_region(value)
