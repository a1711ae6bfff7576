"""Which regions, projects and departments."""

from datetime import date
from typing import Any, Self

from django.db.models import OuterRef, Subquery

from core.scope import ScopedQuerySet


class RegionQuerySet(ScopedQuerySet):
    def for_list(self) -> Self:
        return self.order_by("order", "pk")


class ProjectQuerySet(ScopedQuerySet):
    def with_stage(self, day: date) -> Self:
        """Annotates `stage` as it is on `day` (None before the first stage)."""
        stages = self._stages.objects.filter(project=OuterRef("pk"), from_on__lte=day).order_by("-from_on")
        return self.annotate(stage=Subquery(stages.values("stage")[:1]))

    def under_construction(self, day: date) -> Self:
        """Projects that need a coordinator on `day`: new, active or in wrap-up."""
        return self.with_stage(day).filter(stage__in=self._stages.UNDER_CONSTRUCTION)

    @property
    def _stages(self) -> Any:
        """The model of a project's stages, by the relation: models.py imports this module."""
        return self.model._meta.get_field("stages").related_model

    def for_list(self) -> Self:
        return self.select_related("region").order_by("region__order", "code")


class DepartmentQuerySet(ScopedQuerySet):
    def for_list(self) -> Self:
        return self.order_by("order", "pk")
