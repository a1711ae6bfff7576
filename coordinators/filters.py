"""Filters of the directory: coordinators and liaisons by name, pinyin, unit or the end of a mobile."""

from typing import Any, ClassVar

from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Replace
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter, ModelChoiceFilter

from coordinators.models import Coordinator, Liaison
from core.filters import NameFilter, ReachFilterSet, offered
from core.names import unify_dots
from regions.models import Project, Region

HELD = [("past", _("Ended")), ("all", _("Also past ones"))]
TAIL_LENGTH = 4


class PostFilter(ReachFilterSet):
    """Without another wish: the posts held today."""

    # Where a post's unit is written, by name and by code.
    unit_names: ClassVar[tuple[str, ...]] = ()
    unit_codes: ClassVar[tuple[str, ...]] = ()
    region_paths: ClassVar[tuple[str, ...]] = ()

    q = NameFilter(label=_("Name, pinyin, unit, last four digits of the phone"), method="by_words")
    held = ChoiceFilter(label=_("Held"), choices=HELD, method="by_held", empty_label=_("Held today"))
    region = ModelChoiceFilter(label=_("Region"), queryset=offered(Region), method="by_region", empty_label=_("All regions"))

    def filter_queryset(self, queryset: Any) -> QuerySet:
        found = super().filter_queryset(queryset)
        return found if self.form.cleaned_data.get("held") else found.held_on(timezone.localdate())

    def by_held(self, queryset: Any, name: str, value: str) -> QuerySet:
        return queryset.filter(to_on__lt=timezone.localdate()) if value == "past" else queryset

    def by_region(self, queryset: Any, name: str, value: Region) -> QuerySet:
        return queryset.filter(_either(self.region_paths, "", value))

    def by_words(self, queryset: Any, name: str, value: str) -> QuerySet:
        """Letters are pinyin (with or without spaces), initials or a unit's code, four digits also the end of a mobile."""
        text = unify_dots(value.strip())
        wanted = _either(self.unit_names, "__contains", text)
        if not text.isascii():
            return queryset.filter(wanted | Q(person__name__contains=text))
        wanted |= _either(self.unit_codes, "__istartswith", text)
        if text.isdigit():
            return queryset.filter(wanted | Q(person__phone_tail=text) if len(text) == TAIL_LENGTH else wanted)
        letters = text.lower().replace(" ", "").replace("'", "")
        spelt = queryset.annotate(spelt=Replace("person__name_pinyin", Value(" "), Value("")))
        return spelt.filter(wanted | Q(person__name_initials__startswith=letters) | Q(spelt__startswith=letters))


class CoordinatorFilter(PostFilter):
    unit_names = ("region__name", "project__name", "project__region__name")
    unit_codes = ("region__code", "project__code")
    region_paths = ("region", "project__region")

    kind = ChoiceFilter(label=_("Kind"), choices=Coordinator.Kind.choices, empty_label=_("Full-time and part-time"))

    class Meta:
        model = Coordinator
        fields: tuple[str, ...] = ()


class LiaisonFilter(PostFilter):
    unit_names = ("team__name", "crew__name", "team__project__name")
    unit_codes = ("team__project__code",)
    region_paths = ("team__project__region",)

    project = ModelChoiceFilter(
        field_name="team__project", label=_("Project"), queryset=offered(Project), empty_label=_("All projects")
    )

    class Meta:
        model = Liaison
        fields: tuple[str, ...] = ()


def _either(paths: tuple[str, ...], lookup: str, value: Any) -> Q:
    """One of these fields fits."""
    condition = Q(pk__in=())
    for path in paths:
        condition |= Q(**{f"{path}{lookup}": value})
    return condition
