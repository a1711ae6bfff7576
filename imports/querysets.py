"""Which imports and which of their rows."""

from typing import Self

from core.scope import ScopedQuerySet


class ImportJobQuerySet(ScopedQuerySet):
    def for_list(self) -> Self:
        return self.select_related("project__region", "by").order_by("-created_at", "-pk")


class ImportRowQuerySet(ScopedQuerySet):
    def for_list(self) -> Self:
        return self.order_by("number", "pk")
