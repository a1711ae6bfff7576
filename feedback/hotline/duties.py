"""Who answers a region's hotline: a week's duties, who is on now, and weeks that are not rostered."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from feedback.hotline.shifts import Week
from feedback.models import HotlineDuty
from regions.models import Region


def duties_in(region: Region, week: Week) -> list[HotlineDuty]:
    """Those that begin in the week."""
    found = HotlineDuty.objects.filter(region=region, starts_at__gte=week.begins_at, starts_at__lt=week.ends_at)
    return list(found.select_related("person").order_by("starts_at"))


def on_duty(regions: Iterable[Region], now: datetime) -> QuerySet[HotlineDuty]:
    found = HotlineDuty.objects.filter(region__in=regions, starts_at__lte=now, ends_at__gt=now)
    return found.select_related("person", "region").order_by("region__order", "region__code")


def answering(person: Any, now: datetime) -> set[int]:
    """The keys of the regions for which somebody is on duty now."""
    return set(HotlineDuty.objects.filter(person=person.pk, starts_at__lte=now, ends_at__gt=now).values_list("region", flat=True))


def unrostered(regions: Iterable[Region], week: Week) -> QuerySet[Region]:
    """The regions without a duty in the week: a saved week has every hour."""
    known = HotlineDuty.objects.filter(starts_at__gte=week.begins_at, starts_at__lt=week.ends_at).values("region")
    return Region.objects.filter(pk__in=[region.pk for region in regions]).exclude(pk__in=known).for_list()
