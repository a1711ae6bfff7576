"""Filters of the call log and of the mailboxes."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter, ModelChoiceFilter

from core.filters import ReachFilterSet, offered
from feedback.hotline.reach import regions_answered
from feedback.models import HotlineCall
from regions.models import Project, Region


def regions_offered(request: HttpRequest) -> QuerySet[Region]:
    return regions_answered(request.user)


class CallFilter(ReachFilterSet):
    region = ModelChoiceFilter(label=_("Region"), queryset=regions_offered, empty_label=_("All regions"))
    project = ModelChoiceFilter(label=_("Project"), queryset=offered(Project), empty_label=_("All projects"))
    state = ChoiceFilter(
        label=_("State"),
        choices=[("missed", _("Missed, not called back")), ("open", _("Not a case yet"))],
        method="by_state",
        empty_label=_("All calls"),
    )

    class Meta:
        model = HotlineCall
        fields: tuple[str, ...] = ()

    def by_state(self, queryset: Any, name: str, value: str) -> QuerySet:
        if value == "missed":
            return queryset.filter(is_missed=True, called_back_at=None)
        return queryset.filter(case=None)


class MailboxFilter(ReachFilterSet):
    region = ModelChoiceFilter(label=_("Region"), queryset=offered(Region), empty_label=_("All regions"))

    class Meta:
        model = Project
        fields: tuple[str, ...] = ()
