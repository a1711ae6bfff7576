"""Which imports, and which of their blocks."""

from typing import TYPE_CHECKING, Self

from django.db import models

from core.scope import ScopedQuerySet

if TYPE_CHECKING:
    from imports.models import ImportJob


class ImportJobQuerySet(ScopedQuerySet):
    def for_list(self) -> Self:
        return self.select_related("project__region", "by", "rest").order_by("-created_at", "-pk")


class ImportBlockQuerySet(models.QuerySet):
    def of(self, job: "ImportJob") -> Self:
        """The blocks of the job's present round, from top to bottom."""
        return self.filter(job=job, round=job.round).order_by("first")
