"""Filters of the timeline and of the calendar: choices come from what the reader may see."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.forms import DateInput, SearchInput
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_filters import CharFilter, ChoiceFilter, DateFilter, ModelChoiceFilter

from core.filters import ReachFilterSet, offered
from core.months import Month
from handbook.models import HOLDS, EntryKind, HandbookEntry, Hold, SafetyGroup
from labour_teams.models import LabourTeam
from regions.models import Project, Region

MONTHS_BACK, MONTHS_AHEAD = 13, 1
HELD, PLANNED, WITHDRAWN = "held", "planned", "withdrawn"
STATES = (
    (HELD, pgettext_lazy("entries", "Held")),
    (PLANNED, pgettext_lazy("entries", "Planned")),
    (WITHDRAWN, pgettext_lazy("entries", "Withdrawn")),
)
MINE = (("mine", pgettext_lazy("entries", "My own")),)


def months_offered() -> list[tuple[str, str]]:
    """The month to come, for what is planned; this one, and those before it."""
    months = [Month.current().plus(-back) for back in range(-MONTHS_AHEAD, MONTHS_BACK)]
    return [(str(month), month.label) for month in months]


class PlaceFilter(ReachFilterSet):
    """Where and by whom. Teams are offered within one project: of a whole company they are no choice."""

    region = ModelChoiceFilter(label=_("Region"), queryset=offered(Region), empty_label=_("All regions"))
    project = ModelChoiceFilter(label=_("Project"), queryset=offered(Project), empty_label=_("All projects"))
    author = ChoiceFilter(
        label=_("Written by"), choices=MINE, method="by_author", empty_label=pgettext_lazy("entries", "Everybody's")
    )

    class Meta:
        model = HandbookEntry
        fields: tuple[str, ...] = ()

    field_order: ClassVar[tuple[str, ...]] = ("region", "project", "team", "author")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if teams := self._teams():
            team = ChoiceFilter(field_name="team", label=_("Labour team"), choices=teams, empty_label=_("All teams"))
            team.parent, team.model = self, HandbookEntry
            self.filters["team"] = team

    def get_form_class(self) -> Any:
        """The fields in the order in which they are looked for, not in that in which they were made."""
        form = super().get_form_class()
        form.field_order = self.field_order
        return form

    def _teams(self) -> list[tuple[int, str]]:
        """Of the project that was chosen, or of the only one in reach. A team that was asked for by itself is always there."""
        project = self.data.get("project") or ""
        teams = LabourTeam.objects.visible_to(self.request.user).order_by("name", "pk")
        if not project.isdecimal():
            own = set(self.request.user.scope.units("project"))
            project = str(own.pop()) if len(own) == 1 and not self.request.user.scope.whole_company else ""
        asked = self.data.get("team") or ""
        if not project:
            teams = teams.filter(pk=int(asked)) if _is_key(asked) else teams.none()
        return list(teams.filter(**({"project": int(project)} if _is_key(project) else {})).values_list("pk", "name"))

    def by_author(self, queryset: Any, name: str, value: str) -> QuerySet:
        return queryset.filter(author=self.request.user.pk)


class EntryFilter(PlaceFilter):
    q = CharFilter(label=_("Title"), method="by_words", max_length=40, widget=SearchInput(attrs={"autocomplete": "off"}))
    month = ChoiceFilter(label=_("Month"), choices=months_offered, method="by_month", empty_label=_("Any month"))
    on = DateFilter(label=_("Day"), widget=DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    hold = ChoiceFilter(label=_("Task (of the five)"), choices=Hold.choices, method="by_hold", empty_label=_("All tasks"))
    kind = ChoiceFilter(label=_("Kind"), choices=EntryKind.choices, empty_label=_("All kinds"))
    state = ChoiceFilter(label=_("State"), choices=STATES, method="by_state", empty_label=_("All states"))

    class Meta(PlaceFilter.Meta):
        pass

    field_order = ("q", "month", "on", "hold", "kind", "region", "project", "team", "group", "author", "state")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if groups := self._groups():
            found_by = ChoiceFilter(
                field_name="hazard__group", label=_("Found by the group"), choices=groups, empty_label=_("All groups")
            )
            found_by.parent, found_by.model = self, HandbookEntry
            self.filters["group"] = found_by

    def _groups(self) -> list[tuple[int, str]]:
        """Only one that was asked for: the number on a group's page leads to the dangers that it counts."""
        asked = self.data.get("group") or ""
        groups = SafetyGroup.objects.visible_to(self.request.user)
        return [(group.pk, str(group)) for group in groups.filter(pk=int(asked))] if _is_key(asked) else []

    def by_words(self, queryset: Any, name: str, value: str) -> QuerySet:
        return queryset.filter(title__icontains=value.strip())

    def by_month(self, queryset: Any, name: str, value: str) -> QuerySet:
        return queryset.within(Month.parse(value))

    def by_hold(self, queryset: Any, name: str, value: str) -> QuerySet:
        return queryset.filter(kind__in=[kind for kind, hold in HOLDS.items() if hold == value])

    def by_state(self, queryset: Any, name: str, value: str) -> QuerySet:
        if value == WITHDRAWN:
            return queryset.exclude(withdrawn_at=None)
        return queryset.held() if value == HELD else queryset.standing().filter(is_planned=True)


def _is_key(text: str) -> bool:
    """Digits that a key can be made of; longer ones overflow the database's integer."""
    return text.isdecimal() and len(text) < 10
