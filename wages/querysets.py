"""Which wage sheets, and who reads a man's wage.

A sheet's sums and state are seen by whoever reaches the project and has wages to do with; its lines, with names, by the project,
the region's coordinator, the labour resources management centre, the finance department, and those who only look (masked).
"""

from datetime import date
from typing import Any, Self

from django.db.models import Q

from core.roles import READERS, Role
from core.scope import NOWHERE, Level, Scope, ScopedQuerySet
from regions.models import Department

FINANCE = "FINANCE"  # the code of the finance department
ON_PROJECTS = (Role.PROJECT_COMMITTEE, Role.PROJECT_COORDINATOR, Role.PROJECT_CLERK)


def reads_all_wages(scope: Scope) -> bool:
    """Who reads the wages of the whole company."""
    if scope.holds(Role.LABOUR_CENTRE, *READERS):
        return True
    return Department.objects.filter(code=FINANCE, pk__in=scope.units(Level.DEPARTMENT)).exists()


def units_with_wages(scope: Scope, project: str) -> Q:
    """The condition on rows that find their project along `project`."""

    of_region = Q(**{f"{project}__region__in": scope.units(Level.REGION, Role.REGIONAL_COORDINATOR)})
    return of_region | Q(**{f"{project}__in": scope.units(Level.PROJECT, *ON_PROJECTS)})


class WageQuerySet(ScopedQuerySet):
    """Rows that tell what somebody earns, or may. Subclasses say the way to the project."""

    project = "project"

    def visible_to(self, user: Any) -> Self:
        scope: Scope = getattr(user, "scope", NOWHERE)
        if reads_all_wages(scope):
            return self.all()
        return self.filter(self.reach_of(scope))

    def with_records_for(self, user: Any) -> Self:
        return self.visible_to(user)

    def reach_of(self, scope: Scope) -> Q:
        return units_with_wages(scope, self.project)


class LineQuerySet(WageQuerySet):
    """Lines of a sheet. Whose wage data were locked away on his demand is left out for everybody."""

    project = "sheet__project"

    def visible_to(self, user: Any) -> Self:
        return super().visible_to(user).filter(engagement__wage_restriction=None)


class OfEngagementQuerySet(WageQuerySet):
    project = "engagement__project"


class QuestionQuerySet(WageQuerySet):
    """What a worker answered is no business of anybody on his project."""

    def visible_to(self, user: Any) -> Self:
        scope: Scope = getattr(user, "scope", NOWHERE)
        return self.all() if scope.holds(Role.LABOUR_CENTRE) else self.filter(self.reach_of(scope))

    def reach_of(self, scope: Scope) -> Q:
        regions = scope.units(Level.REGION, Role.REGIONAL_COORDINATOR)
        return Q(engagement__project__region__in=regions)


class OfSheetLineQuerySet(WageQuerySet):
    project = "line__sheet__project"


class SheetQuerySet(WageQuerySet):
    """Sums and states are seen by every department of headquarters too: arrears are everybody's business there."""

    def visible_to(self, user: Any) -> Self:
        scope: Scope = getattr(user, "scope", NOWHERE)
        return self.all() if scope.whole_company else super().visible_to(user)

    def unpaid(self) -> Self:
        return self.exclude(status=self.model.Status.PAID)

    def for_list(self) -> Self:
        return self.select_related("project__region", "team").order_by("-month", "project__code", "team__name", "pk")


class FindingQuerySet(WageQuerySet):
    """Whose wage data were locked away is named by no finding either."""

    project = "sheet__project"

    def visible_to(self, user: Any) -> Self:
        seen = super().visible_to(user)
        return seen.filter(line__engagement__wage_restriction=None, engagement__wage_restriction=None)

    def open(self) -> Self:
        return self.filter(explained_at=None)


class ArrearsQuerySet(WageQuerySet):
    def visible_to(self, user: Any) -> Self:
        scope: Scope = getattr(user, "scope", NOWHERE)
        return self.all() if scope.whole_company else super().visible_to(user)

    def standing(self) -> Self:
        return self.filter(settled_on=None)

    def on(self, day: date) -> Self:
        """Arrears that stood on `day`."""
        return self.filter(Q(settled_on=None) | Q(settled_on__gt=day), since__lte=day)

    def for_list(self) -> Self:
        return self.select_related("project__region", "team", "case").order_by("since", "pk")


class GroupQuerySet(WageQuerySet):
    def for_list(self) -> Self:
        return self.select_related("project__region").order_by("project__code", "-formed_on", "pk")


class AttendanceQuerySet(WageQuerySet):
    def for_list(self) -> Self:
        return self.select_related("project", "team").order_by("-month", "team__name", "pk")


class PaymentListQuerySet(WageQuerySet):
    def for_list(self) -> Self:
        return self.select_related("project", "team").order_by("-month", "team__name", "pk")
