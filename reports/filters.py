"""Filters of the list of reports; every choice lies within the reader's reach."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter, FilterSet, ModelChoiceFilter

from regions.models import Region
from reports.models import MonthlyReport


def _regions(request: HttpRequest) -> QuerySet:
    return Region.objects.visible_to(request.user).for_list()


class ReportFilter(FilterSet):
    month = ChoiceFilter(label=_("Month"), empty_label=_("All months"))
    region = ModelChoiceFilter(label=_("Region"), queryset=_regions, empty_label=_("All regions"))
    status = ChoiceFilter(label=_("State"), choices=MonthlyReport.Status.choices, empty_label=_("All states"))

    class Meta:
        model = MonthlyReport
        fields = ["month", "region", "status"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        months = self.queryset.order_by("-month").values_list("month", flat=True).distinct()
        self.form.fields["month"].choices = [(str(month), month.label) for month in months]
