"""What keeps a row from telling who made it when: keys that are in no order, moments that are no closer than six hours.

Whoever holds the database can see in which order rows with counted keys came, and look for a camera's picture of that minute.
"""

from datetime import datetime, timedelta
from secrets import randbelow

from django.utils import timezone

from core.personal import BankCard, Malformed

HOURS = 6
LARGEST = 2**53  # a number of this size survives JavaScript


def random_key() -> int:
    """A primary key drawn from 2^53: a million rows meet with a probability of 0.00006. Never one that a bank card could have,
    or an address would look as if it gave one away."""
    key = randbelow(LARGEST - 1) + 1
    while _looks_like_a_card(key):
        key = randbelow(LARGEST - 1) + 1
    return key


def _looks_like_a_card(key: int) -> bool:
    try:
        BankCard.parse(str(key))
    except Malformed:
        return False
    return True


def rounded(moment: datetime) -> datetime:
    """The beginning of the quarter of the day (Beijing) in which `moment` lies."""
    local = timezone.localtime(moment)
    return local.replace(minute=0, second=0, microsecond=0) - timedelta(hours=local.hour % HOURS)
