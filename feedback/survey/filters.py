"""Filters of the list of survey rounds."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter, ModelChoiceFilter

from core.filters import ReachFilterSet, offered
from feedback.models import SurveyRound
from regions.models import Project, Region


class RoundFilter(ReachFilterSet):
    month = ChoiceFilter(label=_("Month"), empty_label=_("All months"))
    region = ModelChoiceFilter(label=_("Region"), queryset=offered(Region), empty_label=_("All regions"))
    project = ModelChoiceFilter(label=_("Project"), queryset=offered(Project), empty_label=_("All projects"))
    status = ChoiceFilter(label=_("State"), choices=SurveyRound.Status.choices, empty_label=_("All states"))

    class Meta:
        model = SurveyRound
        fields = ["month", "region", "project", "status"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        months = self.queryset.order_by("-month").values_list("month", flat=True).distinct()
        self.form.fields["month"].choices = [(str(month), month.label) for month in months]
