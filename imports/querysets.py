"""Which imports, and which of their blocks."""

from typing import TYPE_CHECKING, Self

from django.db import models

from core.scope import ScopedQuerySet

if TYPE_CHECKING:
    from imports.models import ImportJob


# What only the page of an import needs; a question for each of a thousand unknown names makes a big document.
DETAILS = ("found", "answers", "problems", "undoing")


class ImportJobQuerySet(ScopedQuerySet):
    def with_units(self) -> Self:
        return self.select_related("project__region", "by", "rest")

    def for_list(self) -> Self:
        unread = (*DETAILS, *(f"rest__{name}" for name in (*DETAILS, "leavers")))
        return self.with_units().defer(*unread).order_by("-created_at", "-pk")


class ImportBlockQuerySet(models.QuerySet):
    def of(self, job: "ImportJob") -> Self:
        """The blocks of the job's present round, from top to bottom."""
        return self.filter(job=job, round=job.round).order_by("first")
