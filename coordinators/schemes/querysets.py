"""Which schemes, items and ticks."""

from typing import Self

from django.db.models import F

from coordinators.provisions.querysets import CompanyTextQuerySet
from core.months import Month
from core.scope import ScopedQuerySet


class SchemeQuerySet(CompanyTextQuerySet):
    def monthly(self) -> Self:
        """Those that are ticked month by month, for a project or for its teams."""
        return self.filter(use__in=("project", "team"))

    def for_list(self) -> Self:
        return self.order_by("order", "pk")


class SchemeItemQuerySet(CompanyTextQuerySet):
    def in_use(self) -> Self:
        return self.filter(is_active=True)

    def for_list(self) -> Self:
        return self.select_related("scheme").order_by("scheme__order", "scheme", "number")


class SchemeCheckQuerySet(ScopedQuerySet):
    def of_month(self, month: Month) -> Self:
        return self.filter(month=month)

    def for_list(self) -> Self:
        joins = ("item__scheme", "project__region", "team", "by")
        return self.select_related(*joins).order_by(
            "-month", "project__region__order", "project__code", F("team__name").asc(nulls_first=True), "item__number", "pk"
        )
