"""Which reports."""

from typing import Any, Self

from core.roles import READERS
from core.scope import Scope, ScopedQuerySet

UNFINISHED = ("owed", "draft", "returned", "reopened")
WITH_HEADQUARTERS = ("submitted", "received")
NOT_YET_SENT = ("owed", "draft")


class ReportQuerySet(ScopedQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Leaders and auditors read what was sent; drafts are nobody's business but the writer's and the departments'."""
        visible = super().visible_to(user)
        scope: Scope = getattr(user, "scope", Scope())
        return visible.exclude(status__in=NOT_YET_SENT) if scope.roles and scope.roles <= READERS else visible

    def unfinished(self) -> Self:
        """Owed by a region: not begun, being written, returned, or reopened for correction."""
        return self.filter(status__in=UNFINISHED)

    def with_headquarters(self) -> Self:
        """Sent, and not yet received by both departments."""
        return self.filter(status__in=WITH_HEADQUARTERS)

    def for_list(self) -> Self:
        return self.select_related("region").order_by("-month", "region__order", "pk")
