"""Which coordinators and liaisons."""

from typing import Self

from accounts.querysets import PostQuerySet


class CoordinatorQuerySet(PostQuerySet):
    def full_time(self) -> Self:
        return self.filter(project=None)

    def part_time(self) -> Self:
        return self.filter(project__isnull=False)

    def for_list(self) -> Self:
        joins = ("person", "region", "project__region")
        return self.select_related(*joins).order_by("region__order", "project__code", "-from_on", "pk")


class LiaisonQuerySet(PostQuerySet):
    def for_list(self) -> Self:
        joins = ("person", "team__project__region", "crew")
        return self.select_related(*joins).order_by("team__project__code", "team__name", "crew__name", "pk")
