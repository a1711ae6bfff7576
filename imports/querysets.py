"""Which imports."""

from typing import Self

from core.scope import ScopedQuerySet

# What only the page of an import needs; a question for each of a thousand unknown names makes a big document.
DETAILS = ("found", "answers", "problems", "undoing")


class ImportJobQuerySet(ScopedQuerySet):
    def with_units(self) -> Self:
        return self.select_related("project__region", "by", "rest")

    def for_list(self) -> Self:
        unread = (*DETAILS, *(f"rest__{name}" for name in (*DETAILS, "leavers")))
        return self.with_units().defer(*unread).order_by("-created_at", "-pk")
