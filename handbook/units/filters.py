from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_filters import ChoiceFilter, ModelChoiceFilter

from core.filters import ReachFilterSet, offered
from handbook.models import Campaign, SafetyGroup
from handbook.units.teams import NEITHER, NOT_INSPECTED, NOT_VISITED
from labour_teams.models import LabourTeam
from regions.models import Project, Region

STANDING, ENDED = "standing", "ended"
MISSING = (
    (NOT_INSPECTED, pgettext_lazy("teams", "Not inspected")),
    (NOT_VISITED, pgettext_lazy("teams", "Not visited")),
    (NEITHER, pgettext_lazy("teams", "Neither inspected nor visited")),
)


class GroupFilter(ReachFilterSet):
    project = ModelChoiceFilter(label=_("Project"), queryset=offered(Project), empty_label=_("All projects"))
    kind = ChoiceFilter(label=_("Kind"), choices=SafetyGroup.Kind.choices, empty_label=_("All kinds"))
    state = ChoiceFilter(
        label=_("State"),
        choices=((STANDING, pgettext_lazy("groups", "Standing")), (ENDED, pgettext_lazy("groups", "Dissolved"))),
        method="by_state",
        empty_label=_("All states"),
    )

    class Meta:
        model = SafetyGroup
        fields: tuple[str, ...] = ()

    def by_state(self, queryset: Any, name: str, value: str) -> QuerySet:
        today = timezone.localdate()
        return queryset.standing(today) if value == STANDING else queryset.filter(dissolved_on__lt=today)


class CampaignFilter(ReachFilterSet):
    kind = ChoiceFilter(label=_("Kind"), choices=Campaign.Kind.choices, empty_label=_("All kinds"))
    state = ChoiceFilter(
        label=_("State"),
        choices=((STANDING, pgettext_lazy("campaigns", "Running")), (ENDED, pgettext_lazy("campaigns", "Over"))),
        method="by_state",
        empty_label=_("All states"),
    )

    class Meta:
        model = Campaign
        fields: tuple[str, ...] = ()

    def by_state(self, queryset: Any, name: str, value: str) -> QuerySet:
        running = self.queryset.running(timezone.localdate()).values("pk")
        return queryset.filter(pk__in=running) if value == STANDING else queryset.exclude(pk__in=running)


class MissingFilter(ReachFilterSet):
    """Which teams: of one region, and what is missing."""

    region = ModelChoiceFilter(
        label=_("Region"), queryset=offered(Region), field_name="project__region", empty_label=_("All regions")
    )
    what = ChoiceFilter(
        label=pgettext_lazy("teams", "What is missing"), choices=MISSING, method="pass_on", empty_label=_("Either")
    )

    class Meta:
        model = LabourTeam
        fields: tuple[str, ...] = ()

    def pass_on(self, queryset: Any, name: str, value: str) -> QuerySet:
        """Asked where the teams are gone through (teams.missing_of)."""
        return queryset
