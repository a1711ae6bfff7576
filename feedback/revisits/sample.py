"""The monthly sample: which closed cases are revisited, chosen by nobody.

Cases are put in the order of a keyed hash of the month and their number, and the first ones are taken: the same month gives the
same sample as often as it is drawn, and without the key nobody can say beforehand which case it will be.
"""

import hashlib
import hmac
from collections.abc import Sequence
from datetime import datetime, time
from math import ceil

from django.conf import settings
from django.utils import timezone

from core.months import Month
from feedback.models import Case, Revisit

LEAST = 1  # of a unit that closed anything at all
Unit = tuple[int | None, int | None]  # region, project


def drawn(found: Sequence[Case], month: Month) -> list[Case]:
    """The sample of one unit's closed cases."""
    return sorted(found, key=lambda case: place_in_draw(case.number, month))[: size_of(len(found))]


def size_of(closed: int) -> int:
    """REVISIT_SAMPLE_PERCENT of them, rounded up."""
    return min(closed, max(LEAST, ceil(closed * settings.REVISIT_SAMPLE_PERCENT / 100)))


def place_in_draw(number: str, month: Month) -> str:
    words = f"revisits/{month}/{number}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), words, hashlib.sha256).hexdigest()


def closed_by_unit(month: Month) -> dict[Unit, list[Case]]:
    """The cases closed in the month, paper ones and all others, by the unit where they came up; not of units drawn already."""
    begins, ends = (timezone.make_aware(datetime.combine(day, time.min)) for day in (month.first, month.after))
    closed = Case.objects.filter(status=Case.Status.CLOSED, closed_at__gte=begins, closed_at__lt=ends, lead=None)
    known = set(Revisit.objects.filter(is_sample=True, month=str(month)).values_list("case__region", "case__project"))
    units: dict[Unit, list[Case]] = {}
    for case in closed.order_by("number").defer("words", "reply"):
        if (unit := (case.region_id, case.project_id)) not in known:
            units.setdefault(unit, []).append(case)
    return units
