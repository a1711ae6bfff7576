"""Which imports and which of their rows."""

from typing import Self

from core.scope import ScopedQuerySet


class ImportJobQuerySet(ScopedQuerySet):
    def for_list(self) -> Self:
        return self.select_related("project__region", "by").order_by("-created_at", "-pk")


class ImportRowQuerySet(ScopedQuerySet):
    def with_outcome(self, outcome: str) -> Self:
        """Rows of one result, or those with a warning; "" for all."""
        if outcome == "warned":
            return self.filter(is_warned=True)
        return self.filter(outcome=outcome) if outcome else self

    def for_list(self) -> Self:
        return self.order_by("number", "pk")
