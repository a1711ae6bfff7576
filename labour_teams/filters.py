"""Filters of the lists of teams and of the roster."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter, ModelChoiceFilter

from core.filters import NameFilter, ReachFilterSet, offered
from labour_teams.models import Engagement, LabourTeam
from regions.models import Project, Region

HERE = [("left", _("Left")), ("all", _("On site and left"))]


class TeamFilter(ReachFilterSet):
    """Without another wish: the teams on site today."""

    region = ModelChoiceFilter(
        field_name="project__region", label=_("Region"), queryset=offered(Region), empty_label=_("All regions")
    )
    project = ModelChoiceFilter(label=_("Project"), queryset=offered(Project), empty_label=_("All projects"))
    kind = ChoiceFilter(label=_("Kind"), choices=LabourTeam.Kind.choices, empty_label=_("All kinds"))
    state = ChoiceFilter(label=_("On site"), choices=HERE, method="by_state", empty_label=_("On site today"))
    q = NameFilter(label=_("Team, company or boss"), method="by_name")

    class Meta:
        model = LabourTeam
        fields: tuple[str, ...] = ()

    def filter_queryset(self, queryset: Any) -> QuerySet:
        found = super().filter_queryset(queryset)
        return found if self.form.cleaned_data.get("state") else found.on_site(timezone.localdate())

    def by_state(self, queryset: Any, name: str, value: str) -> QuerySet:
        return queryset.filter(left_on__lt=timezone.localdate()) if value == "left" else queryset

    def by_name(self, queryset: Any, name: str, value: str) -> QuerySet:
        return queryset.filter(Q(name__contains=value) | Q(company_name__contains=value) | Q(manager_name__contains=value))


class RosterFilter(ReachFilterSet):
    """Without another wish: the people on site today."""

    project = ModelChoiceFilter(label=_("Project"), queryset=offered(Project), empty_label=_("All projects"))
    team = ModelChoiceFilter(label=_("Labour team"), queryset=offered(LabourTeam), empty_label=_("All teams"))
    state = ChoiceFilter(label=_("On site"), choices=HERE, method="by_state", empty_label=_("On site today"))
    q = NameFilter(label=_("Name, pinyin, last four digits of the phone"), method="by_name")

    class Meta:
        model = Engagement
        fields: tuple[str, ...] = ()

    def filter_queryset(self, queryset: Any) -> QuerySet:
        found = super().filter_queryset(queryset)
        return found if self.form.cleaned_data.get("state") else found.current(timezone.localdate())

    def by_state(self, queryset: Any, name: str, value: str) -> QuerySet:
        return queryset.filter(left_on__lt=timezone.localdate()) if value == "left" else queryset

    def by_name(self, queryset: Any, name: str, value: str) -> QuerySet:
        return queryset.matching(value)
