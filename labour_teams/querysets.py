"""Which teams, crews, workers and engagements."""

from datetime import date
from typing import Any, Self

from django.db.models import Count, Exists, OuterRef, Q

from core.months import Month
from core.names import unify_dots
from core.personal import IdNumber, Malformed
from core.scope import ScopedQuerySet

TAIL_LENGTH = 4


class TeamQuerySet(ScopedQuerySet):
    def on_site(self, day: date) -> Self:
        return self.filter(Q(entered_on=None) | Q(entered_on__lte=day), Q(left_on=None) | Q(left_on__gte=day))

    def with_headcount(self, day: date) -> Self:
        """Annotates `headcount`: engagements that include `day`."""
        included = Q(engagements__entered_on__lte=day) & (Q(engagements__left_on=None) | Q(engagements__left_on__gte=day))
        return self.annotate(headcount=Count("engagements", filter=included))

    def for_list(self) -> Self:
        return self.select_related("project__region").order_by("project__region__order", "project__code", "name", "pk")


class CrewQuerySet(ScopedQuerySet):
    def for_list(self) -> Self:
        return self.select_related("team__project").order_by("team__project__code", "team__name", "name", "pk")


class WorkerQuerySet(ScopedQuerySet):
    """Workers are one row for the company; reach, and what is known of them, goes through their engagements."""

    def visible_to(self, user: Any) -> Self:
        engagements: Any = self.model._meta.get_field("engagements").related_model
        seen = engagements.objects.visible_to(user).filter(worker=OuterRef("pk"))
        return self.filter(Exists(seen))


class EngagementQuerySet(ScopedQuerySet):
    def current(self, day: date) -> Self:
        """Engagements that include `day`; the last day counts."""
        return self.filter(Q(left_on=None) | Q(left_on__gte=day), entered_on__lte=day)

    def entered_in(self, month: Month) -> Self:
        """First entries to a project in the month; a transfer between its teams is none."""
        return self.filter(entered_on__gte=month.first, entered_on__lte=month.last, follows=None)

    def left_in(self, month: Month) -> Self:
        """Exits from a project in the month; a transfer between its teams is none."""
        return self.filter(left_on__gte=month.first, left_on__lte=month.last, followed_by=None)

    def matching(self, text: str) -> Self:
        """By kind of input: Chinese → name, letters → pinyin or initials, four digits → phone tail, ID number → its hash."""
        text = unify_dots(text.strip())
        if text.isascii() and text.isdigit() and len(text) == TAIL_LENGTH:
            return self.filter(phone_tail=text)
        try:
            return self.filter(worker__id_number_hash=IdNumber.parse(text).hashed)
        except Malformed:
            pass
        if text.isascii():
            lowered = text.lower()
            return self.filter(Q(name_initials__startswith=lowered) | Q(name_pinyin__startswith=lowered))
        return self.filter(name__contains=text)

    def for_list(self) -> Self:
        joins = ("worker", "team", "crew", "project__region")
        return self.select_related(*joins).order_by("name_pinyin", "pk")


class CertificateQuerySet(ScopedQuerySet):
    def held_by_current(self, day: date) -> Self:
        """Certificates of people who are on site on `day`, with whatever team of the project they are by now."""
        return self.filter(self._on_site(day), returned_on=None)

    def to_give_back(self, day: date) -> Self:
        """Certificates of people who have left the project, not said to be given back."""
        return self.filter(~self._on_site(day), engagement__left_on__lt=day, returned_on=None)

    def in_force(self) -> Self:
        """Without those that a later one of the same kind has replaced."""
        same = {name: OuterRef(name) for name in ("trade", "issuer", "engagement__worker", "engagement__project")}
        return self.exclude(Exists(self.model._default_manager.filter(**same, issued_on__gt=OuterRef("issued_on"))))

    def _on_site(self, day: date) -> Exists:
        engagements: Any = self.model._meta.get_field("engagement").related_model
        same = {"worker": OuterRef("engagement__worker"), "project": OuterRef("engagement__project")}
        return Exists(engagements.objects.current(day).filter(**same))

    def ending_by(self, day: date) -> Self:
        """Run out, or due for review, on `day` at the latest."""
        return self.filter(Q(valid_until__lte=day) | Q(review_due_on__lte=day))

    def for_list(self) -> Self:
        joins = ("engagement__team__project", "engagement__crew")
        return self.select_related(*joins).order_by("valid_until", "engagement__name_pinyin", "pk")
