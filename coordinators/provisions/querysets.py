"""Which editions of the company's own texts, and which exercises of rights."""

from datetime import date
from typing import Any, Self

from django.utils import timezone

from core.roles import Role
from core.scope import NOWHERE, Scope, ScopedQuerySet


class CompanyTextQuerySet(ScopedQuerySet):
    """Texts of the whole company: read by everybody in post above a crew, whatever the unit."""

    def visible_to(self, user: Any) -> Self:
        scope: Scope = getattr(user, "scope", NOWHERE)
        return self.all() if scope.roles - {Role.LIAISON} else self.none()


class EditionQuerySet(CompanyTextQuerySet):
    """An edition that is still to come is read by whoever prepares it alone."""

    def visible_to(self, user: Any) -> Self:
        visible = super().visible_to(user)
        scope: Scope = getattr(user, "scope", NOWHERE)
        prepares = scope.holds(Role.PARTY_ORGANISATION)
        return visible if prepares else visible.filter(from_on__lte=timezone.localdate())

    def in_force(self, day: date) -> Self:
        """The edition of `day` stands first; none before the first edition."""
        return self.filter(from_on__lte=day).order_by("-from_on")

    def for_list(self) -> Self:
        return self.order_by("-from_on")


class ProvisionQuerySet(ScopedQuerySet):
    """Read with its edition."""

    def visible_to(self, user: Any) -> Self:
        editions = self.model._meta.get_field("edition").related_model.objects.visible_to(user)
        return self.filter(edition__in=editions)

    def for_list(self) -> Self:
        return self.select_related("edition").order_by("-edition__from_on", "kind", "number")


class RightExerciseQuerySet(ScopedQuerySet):
    def in_year(self, year: int) -> Self:
        return self.filter(on__year=year)

    def for_list(self) -> Self:
        joins = ("coordinator__person", "coordinator__region", "coordinator__project__region", "duty__edition", "photo")
        return self.select_related(*joins).order_by("-on", "-pk")
