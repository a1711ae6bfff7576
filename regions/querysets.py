"""Which regions, projects and departments."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db.models import OuterRef, Subquery

from core.scope import ScopedQuerySet

if TYPE_CHECKING:
    from regions.models import Project


class RegionQuerySet(ScopedQuerySet):
    def for_list(self) -> Self:
        return self.order_by("order", "pk")


class ProjectQuerySet(ScopedQuerySet):
    def with_stage(self, day: date) -> Self:
        """Annotates `stage` as it is on `day` (None before the first stage)."""
        from regions.models import ProjectStage

        stages = ProjectStage.objects.filter(project=OuterRef("pk"), from_on__lte=day).order_by("-from_on")
        return self.annotate(stage=Subquery(stages.values("stage")[:1]))

    def under_construction(self, day: date) -> Self:
        """Projects that need a coordinator on `day`: new, active or in wrap-up."""
        from regions.models import ProjectStage

        return self.with_stage(day).filter(stage__in=ProjectStage.UNDER_CONSTRUCTION)

    def for_list(self) -> Self:
        return self.select_related("region").order_by("region__order", "code")


class DepartmentQuerySet(ScopedQuerySet):
    def branches(self) -> "DepartmentQuerySet":
        from regions.models import Department

        return self.filter(kind=Department.Kind.BRANCH)

    def for_list(self) -> Self:
        return self.order_by("order", "pk")


__all__ = ["DepartmentQuerySet", "ProjectQuerySet", "RegionQuerySet"]
