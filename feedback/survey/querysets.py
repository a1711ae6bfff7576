"""Which forms, rounds, teams and sheets of the monthly survey, with the numbers that stand beside them."""

from datetime import date
from typing import Any, Self

from django.db.models import Count, F, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce, Greatest

from coordinators.models import Coordinator
from core.months import Month
from core.scope import ScopedQuerySet
from feedback.querysets import OfTeamQuerySet


class TemplateQuerySet(ScopedQuerySet):
    def valid_for(self, month: Month) -> Self:
        """The latest that holds for the month stands first."""
        return self.filter(valid_from__lte=month).order_by("-valid_from")


class RoundQuerySet(ScopedQuerySet):
    def open(self) -> Self:
        return self.filter(status=self.model.Status.OPEN)

    def without_coordinator(self, day: date) -> Self:
        """Of projects that have no coordinator of their own on `day`."""
        return self.exclude(project__in=Coordinator.objects.part_time().held_on(day).values("project"))

    def with_counts(self) -> Self:
        """Annotates `on_site`, `issued`, `returned` (None where nobody counted) and `keyed`."""
        teams = self._rows("teams").filter(round=OuterRef("pk")).order_by().values("round")
        sheets = self._rows("responses").filter(round=OuterRef("pk")).keyed().order_by().values("round")
        return self.annotate(
            on_site=Coalesce(Subquery(teams.annotate(n=Sum("on_site")).values("n")), 0),
            issued=Subquery(teams.annotate(n=Sum("issued")).values("n")),
            returned=Subquery(teams.annotate(n=Sum("returned")).values("n")),
            keyed=Coalesce(Subquery(sheets.annotate(n=Count("pk")).values("n")), 0),
        )

    def for_list(self) -> Self:
        joins = self.select_related("project", "region").with_counts()
        return joins.order_by("-month", "region__order", "project__code", "pk")

    def _rows(self, name: str) -> Any:
        """The rows of a related model, which stands above this file."""
        return self.model._meta.get_field(name).related_model._default_manager


class TeamOfRoundQuerySet(OfTeamQuerySet):
    def with_sheets(self) -> Self:
        """Annotates `printed`, `keyed`, and `back`: how many came back, by the liaison's count or by what was keyed."""
        round_model: Any = self.model._meta.get_field("round").related_model
        sheets: Any = round_model._meta.get_field("responses").related_model._default_manager
        of_team = sheets.filter(round=OuterRef("round"), team=OuterRef("team")).order_by().values("round")
        counted = self.annotate(
            printed=Coalesce(Subquery(of_team.filter(printed_on__isnull=False).annotate(n=Count("pk")).values("n")), 0),
            keyed=Coalesce(Subquery(of_team.keyed().annotate(n=Count("pk")).values("n")), 0),
        )
        return counted.annotate(back=Greatest(Coalesce(F("returned"), 0), F("keyed")))

    def for_list(self) -> Self:
        return self.select_related("team", "round__project__region").order_by("team__name", "pk")


class SheetQuerySet(ScopedQuerySet):
    def keyed(self) -> Self:
        return self.filter(keyed_on__isnull=False)

    def printed_on(self, day: date) -> Self:
        return self.filter(printed_on=day)

    def waiting_with_photo(self) -> Self:
        """Photographed and not keyed yet, in an order that tells nothing."""
        return self.filter(keyed_on=None, photo__isnull=False).order_by("pk")
