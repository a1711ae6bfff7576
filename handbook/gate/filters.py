"""Filters of the gate and of certificates. Teams are offered within one project."""

from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_filters import ChoiceFilter, ModelChoiceFilter

from core.filters import NameFilter, ReachFilterSet, offered
from handbook.gate.certificates import LATER, SOON, ends_by
from handbook.gate.queries import MISSING, RETRAIN, missing, retrain
from labour_teams.certificates import CostBearer
from labour_teams.models import Engagement, LabourTeam, WorkerCertificate
from regions.models import Project

STATES = ((MISSING, pgettext_lazy("gate", "Never inducted")), (RETRAIN, pgettext_lazy("gate", "Not trained for a year")))
EXPIRED, WITHIN_30, WITHIN_90, HELD, BACK, OWN_COST = "expired", "soon", "later", "held", "back", "own-cost"
WHICH = (
    (EXPIRED, pgettext_lazy("certificates", "Run out, or review overdue")),
    (WITHIN_30, pgettext_lazy("certificates", "Within 30 days")),
    (WITHIN_90, pgettext_lazy("certificates", "In 31 to 90 days")),
    (HELD, pgettext_lazy("certificates", "All of people on site")),
    (BACK, pgettext_lazy("certificates", "To give back")),
    (OWN_COST, pgettext_lazy("certificates", "Paid by the worker")),
)


class GateFilter(ReachFilterSet):
    """Of one project: `project` says which."""

    q = NameFilter(label=_("Name, pinyin, last four digits of the phone"), method="by_name")
    state = ChoiceFilter(label=_("State"), choices=STATES, method="by_state", empty_label=_("Both"))

    class Meta:
        model = Engagement
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        teams = LabourTeam.objects.visible_to(self.request.user).filter(project=project).on_site(timezone.localdate())
        choices = list(teams.order_by("name", "pk").values_list("pk", "name"))
        if len(choices) > 1:
            team = ChoiceFilter(field_name="team", label=_("Labour team"), choices=choices, empty_label=_("All teams"))
            team.parent, team.model = self, Engagement
            self.filters["team"] = team

    def by_name(self, queryset: Any, name: str, value: str) -> QuerySet:
        return queryset.matching(value)

    def by_state(self, queryset: Any, name: str, value: str) -> QuerySet:
        return queryset.filter(missing() if value == MISSING else retrain(timezone.localdate()))


class CertificateFilter(ReachFilterSet):
    """Without another wish: of people on site, those that run out or have to be looked at within 90 days, and those that did."""

    q = NameFilter(label=_("Name, pinyin, last four digits of the phone"), method="by_name")
    project = ModelChoiceFilter(
        field_name="engagement__project", label=_("Project"), queryset=offered(Project), empty_label=_("All projects")
    )
    state = ChoiceFilter(label=_("Which"), choices=WHICH, method="as_it_is", empty_label=_("Running out within 90 days"))

    class Meta:
        model = WorkerCertificate
        fields: tuple[str, ...] = ()

    def by_name(self, queryset: Any, name: str, value: str) -> QuerySet:
        return queryset.filter(engagement__in=Engagement.objects.visible_to(self.request.user).matching(value).order_by())

    def as_it_is(self, queryset: Any, name: str, value: str) -> QuerySet:
        return queryset

    def filter_queryset(self, queryset: Any) -> QuerySet:
        found, today = super().filter_queryset(queryset), timezone.localdate()
        wanted = self.form.cleaned_data.get("state")
        if wanted == BACK:
            return found.to_give_back(today)
        held = found.in_force().held_by_current(today)
        if wanted == OWN_COST:
            return held.filter(paid_by=CostBearer.WORKER)
        if wanted == HELD:
            return held
        first, last = {
            EXPIRED: (None, today - timedelta(days=1)),
            WITHIN_30: (today, today + SOON),
            WITHIN_90: (today + SOON + timedelta(days=1), today + LATER),
        }.get(wanted, (None, today + LATER))
        return ends_by(held, last, since=first)
