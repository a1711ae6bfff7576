"""Filters of the list of revisits."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter, ModelChoiceFilter

from core.filters import ReachFilterSet, offered
from feedback.models import Revisit
from regions.models import Project, Region

STATES = [
    ("mine", _("For me to go")),
    ("unassigned", _("Nobody asked yet")),
    ("open", _("Not answered yet")),
    ("no", _("Found not settled")),
    ("sample", _("Monthly sample")),
]


class RevisitFilter(ReachFilterSet):
    state = ChoiceFilter(label=_("State"), choices=STATES, method="by_state", empty_label=_("All states"))
    region = ModelChoiceFilter(
        field_name="case__region", label=_("Region"), queryset=offered(Region), empty_label=_("All regions")
    )
    project = ModelChoiceFilter(
        field_name="case__project", label=_("Project"), queryset=offered(Project), empty_label=_("All projects")
    )

    class Meta:
        model = Revisit
        fields: tuple[str, ...] = ()

    def by_state(self, queryset: Any, name: str, value: str) -> QuerySet:
        conditions: dict[str, dict[str, Any]] = {
            "mine": {"asked": self.request.user.pk, "is_settled": None},
            "unassigned": {"asked": None, "is_settled": None},
            "open": {"is_settled": None},
            "no": {"is_settled": False},
            "sample": {"is_sample": True},
        }
        return queryset.filter(**conditions[value])
