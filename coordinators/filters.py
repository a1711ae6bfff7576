"""Filters of the lists of coordinators and liaisons."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter, ModelChoiceFilter

from coordinators.models import Coordinator, Liaison
from core.filters import NameFilter, ReachFilterSet, offered
from core.names import unify_dots
from regions.models import Project, Region

HELD = [("past", _("Ended")), ("all", _("Also past ones"))]


class PostFilter(ReachFilterSet):
    """Without another wish: the posts held today."""

    held = ChoiceFilter(label=_("Held"), choices=HELD, method="by_held", empty_label=_("Held today"))
    q = NameFilter(label=_("Name, pinyin, last four digits of the phone"), method="by_name")

    def filter_queryset(self, queryset: Any) -> QuerySet:
        found = super().filter_queryset(queryset)
        return found if self.form.cleaned_data.get("held") else found.held_on(timezone.localdate())

    def by_held(self, queryset: Any, name: str, value: str) -> QuerySet:
        return queryset.filter(to_on__lt=timezone.localdate()) if value == "past" else queryset

    def by_name(self, queryset: Any, name: str, value: str) -> QuerySet:
        """Four digits are the end of a phone, letters pinyin or initials, everything else the name."""
        text = unify_dots(value.strip())
        if text.isascii() and text.isdigit():
            return queryset.filter(person__phone_tail=text)
        if text.isascii():
            lowered = text.lower()
            return queryset.filter(Q(person__name_initials__startswith=lowered) | Q(person__name_pinyin__startswith=lowered))
        return queryset.filter(person__name__contains=text)


class CoordinatorFilter(PostFilter):
    kind = ChoiceFilter(label=_("Kind"), choices=Coordinator.Kind.choices, empty_label=_("Full-time and part-time"))
    region = ModelChoiceFilter(label=_("Region"), queryset=offered(Region), method="by_region", empty_label=_("All regions"))

    class Meta:
        model = Coordinator
        fields: tuple[str, ...] = ()

    def by_region(self, queryset: Any, name: str, value: Region) -> QuerySet:
        return queryset.filter(Q(region=value) | Q(project__region=value))


class LiaisonFilter(PostFilter):
    project = ModelChoiceFilter(
        field_name="team__project", label=_("Project"), queryset=offered(Project), empty_label=_("All projects")
    )

    class Meta:
        model = Liaison
        fields: tuple[str, ...] = ()
