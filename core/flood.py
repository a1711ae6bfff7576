"""How many letters somebody sends to the workers' house in a minute, without knowing or keeping who it is.

Before the sender is forgotten (core/workers_house.py), his address is turned into a keyed hash. The key is drawn at random, lives
in this process and is thrown away with all counts after a minute: no file, no database, no log ever has it. Two hundred workers
behind one address in a minute are all served; whoever sends far more is slowed, and whoever guesses at codes sooner.
"""

import hmac
import math
import time
from collections import Counter
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address
from secrets import token_bytes
from threading import Lock
from typing import NamedTuple
from wsgiref.types import WSGIEnvironment

from django.conf import settings

MINUTE = 60  # seconds a key and its counts live
LETTERS = 400  # from one address in a minute and process: two hundred people, half of whom press twice
FLOOD = 3 * LETTERS  # beyond this nothing of it is even read
GUESSES = 30  # letters in a minute that named nothing we have (404)
HOUR, GUESSES_OF_ALL = 3600, 600  # guesses of everybody together in an hour; beyond them …
GUESSES_THEN = 5  # … from one address in a minute
MOST_SENDERS = 20_000  # counted at once; the memory of a flood has an end
PREFIX_BITS = 64  # of an IPv6 address: one household has all that follow


class Turn(NamedTuple):
    """What becomes of a letter: `wait` seconds (0: none); `is_read`: its words are to be given back to whoever wrote them."""

    wait: int
    is_read: bool
    sender: bytes


class Doorkeeper:
    """Counts of the minute. `clock` gives seconds that only go forward."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = Lock()
        self._hour_ends = 0.0
        self._guesses_of_all = 0
        self._minute_ends = 0.0
        self._begin_minute(clock())

    def turn(self, environ: WSGIEnvironment) -> Turn:
        """Counts a letter, and says whether it has to wait."""
        with self._lock:
            now = self._clock()
            if now >= self._minute_ends:
                self._begin_minute(now)
            sender = hmac.digest(self._key, _address(environ), "sha256")
            if sender not in self._letters and len(self._letters) >= MOST_SENDERS:
                self._letters.clear()
            self._letters[sender] += 1
            letters, guesses = self._letters[sender], self._guesses[sender]
            is_slowed = letters > LETTERS or guesses >= self._guesses_allowed(now)
            wait = math.ceil(self._minute_ends - now) if is_slowed else 0
            return Turn(wait, letters <= FLOOD, sender)

    def guessed(self, turn: Turn) -> None:
        """The letter named a code or a board that does not exist."""
        with self._lock:
            self._guesses[turn.sender] += 1
            self._guesses_of_all += 1

    def _guesses_allowed(self, now: float) -> int:
        if now >= self._hour_ends:
            self._hour_ends, self._guesses_of_all = now + HOUR, 0
        return GUESSES_THEN if self._guesses_of_all >= GUESSES_OF_ALL else GUESSES

    def _begin_minute(self, now: float) -> None:
        """A new key: what was counted before can be told of nobody any more, not even by whoever reads this memory."""
        self._minute_ends = now + MINUTE
        self._key = token_bytes(32)
        self._letters: Counter[bytes] = Counter()
        self._guesses: Counter[bytes] = Counter()


def _address(environ: WSGIEnvironment) -> bytes:
    """The peer's; behind our own proxy the last one that it wrote. What is no address counts as one sender."""
    behind = environ.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
    try:
        address = ip_address(behind if settings.BEHIND_PROXY else environ.get("REMOTE_ADDR", ""))
    except ValueError:
        return b""
    return address.packed[: PREFIX_BITS // 8] if isinstance(address, IPv6Address) else address.packed
