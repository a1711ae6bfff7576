"""Which people, which posts."""

from datetime import date
from typing import Any, Self

from django.db.models import Q

from core.scope import Scope, ScopedQuerySet


class UserQuerySet(ScopedQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Everybody for those whose work reaches every unit; otherwise oneself."""
        scope: Scope = getattr(user, "scope", Scope())
        return self.all() if scope.whole_structure else self.filter(pk=user.pk)

    def active(self) -> Self:
        return self.filter(is_active=True)

    def for_list(self) -> Self:
        return self.order_by("name_pinyin", "pk")


class PostQuerySet(ScopedQuerySet):
    """Posts of any kind (a person holding a post, from a day to a day)."""

    def held_on(self, day: date) -> Self:
        """Posts whose dates include `day`; the last day counts."""
        return self.filter(Q(to_on=None) | Q(to_on__gte=day), from_on__lte=day)

    def of(self, user: Any) -> Self:
        return self.filter(person=user)

    def for_list(self) -> Self:
        return self.select_related("person").order_by("person__name_pinyin", "-from_on", "pk")
