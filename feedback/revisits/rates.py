"""How much of what is called settled is found so (印证率), beside how much was closed (办结率). Small counts are hidden.

Over the twelve months to the one shown. Closed: of the cases registered, how many are closed. Confirmed: of the revisits
answered, how many found it done.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from core.months import Month
from feedback.models import Case, Revisit

LEAST = 5
MONTHS = 12
Key = int | None


@dataclass(frozen=True, slots=True)
class Share:
    """`part` of `whole`; hidden where the whole is smaller than LEAST, or would betray one that is."""

    part: int = 0
    whole: int = 0
    is_hidden: bool = False

    @property
    def percent(self) -> int | None:
        """None where there is nothing to say, or nothing may be said."""
        return None if self.is_hidden or not self.whole else round(100 * self.part / self.whole)


@dataclass(frozen=True, slots=True)
class Row:
    unit: Any
    closed: Share
    confirmed: Share


def rates_by(path: str, units: Iterable[Any], month: Month, user: Any) -> list[Row]:
    """A row for each unit; `path` is the case's field that names it ("region", "project")."""
    closed, confirmed = _closed(path, month, user), _confirmed(path, month, user)
    found = list(units)
    of_closed = hidden([closed.get(unit.pk, Share()) for unit in found])
    of_confirmed = hidden([confirmed.get(unit.pk, Share()) for unit in found])
    return [Row(*each) for each in zip(found, of_closed, of_confirmed, strict=True)]


def hidden(shares: list[Share]) -> list[Share]:
    """Small ones hidden; and if they add up to less than LEAST, the smallest other one too, or the sum would give them away."""
    small = [0 < share.whole < LEAST for share in shares]
    together = sum(share.whole for share, is_small in zip(shares, small, strict=True) if is_small)
    others = [place for place, share in enumerate(shares) if share.whole >= LEAST]
    if 0 < together < LEAST and others:
        small[min(others, key=lambda place: shares[place].whole)] = True
    return [replace(share, is_hidden=True) if is_small else share for share, is_small in zip(shares, small, strict=True)]


def _closed(path: str, month: Month, user: Any) -> dict[Key, Share]:
    first, after = month.plus(1 - MONTHS).first, month.after
    cases = Case.objects.visible_to(user).leading().filter(registered_on__gte=first, registered_on__lt=after)
    return _shares(cases, path, Q(status=Case.Status.CLOSED))


def _confirmed(path: str, month: Month, user: Any) -> dict[Key, Share]:
    begins, ends = (timezone.make_aware(datetime.combine(day, time.min)) for day in (month.plus(1 - MONTHS).first, month.after))
    seen = Case.objects.visible_to(user).values("pk")
    answered = Revisit.objects.filter(case__in=seen, done_at__gte=begins, done_at__lt=ends)
    return _shares(answered, f"case__{path}", Q(is_settled=True))


def _shares(rows: QuerySet[Any], path: str, is_part: Q) -> dict[Key, Share]:
    counted = rows.order_by().values_list(path).annotate(part=Count("pk", filter=is_part), whole=Count("pk"))
    return {key: Share(part, whole) for key, part, whole in counted}
