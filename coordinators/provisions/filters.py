"""Filters of the list of rights exercised."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter, ModelChoiceFilter

from coordinators.models import Coordinator, PostProvision, RightExercise
from core.filters import ReachFilterSet, offered
from regions.models import Region

YEARS_BACK = 5


def _duties(request: HttpRequest) -> QuerySet:
    return PostProvision.objects.visible_to(request.user).filter(kind=PostProvision.Kind.DUTY).for_list()


class ExerciseFilter(ReachFilterSet):
    kind = ChoiceFilter(label=_("Right"), choices=RightExercise.Kind.choices, empty_label=_("All rights"))
    year = ChoiceFilter(field_name="on", lookup_expr="year", label=_("Year"), empty_label=_("All years"))
    region = ModelChoiceFilter(label=_("Region"), queryset=offered(Region), method="by_region", empty_label=_("All regions"))
    coordinator = ModelChoiceFilter(label=_("Coordinator"), queryset=offered(Coordinator), empty_label=_("All coordinators"))
    duty = ModelChoiceFilter(label=_("Evidence of the duty"), queryset=_duties, empty_label=_("All duties, and none"))

    class Meta:
        model = RightExercise
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        this = timezone.localdate().year
        self.form.fields["year"].choices = [(str(year), str(year)) for year in range(this, this - YEARS_BACK, -1)]
        if "duty" in self.form.fields:
            self.form.fields["duty"].label_from_instance = lambda duty: f"{duty.number} {duty.text[:20]}"

    def by_region(self, queryset: Any, name: str, value: Region) -> QuerySet:
        return queryset.filter(Q(coordinator__region=value) | Q(coordinator__project__region=value))
