"""What keeps a row from telling who made it when: keys that are in no order, moments that are no closer than six hours.

Whoever holds the database can see in which order rows with counted keys came, and look for a camera's picture of that minute.
"""

from datetime import datetime, timedelta
from secrets import randbelow

from django.utils import timezone

HOURS = 6
LARGEST = 2**53  # a number of this size survives JavaScript


def random_key() -> int:
    """A primary key drawn from 2^53: a million rows meet with a probability of 0.00006."""
    return randbelow(LARGEST - 1) + 1


def rounded(moment: datetime) -> datetime:
    """The beginning of the quarter of the day (Beijing) in which `moment` lies."""
    local = timezone.localtime(moment)
    return local.replace(minute=0, second=0, microsecond=0) - timedelta(hours=local.hour % HOURS)
