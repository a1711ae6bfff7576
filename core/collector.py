"""The garbage collector while a hundred thousand rows pass through: they make no circles, and looking for some takes a third
of the time."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

RARELY = (50_000, 20, 50)


@contextmanager
def rarely_collecting() -> Iterator[None]:
    """For the length of the block. Another thread in the same process collects more rarely too, which does it no harm."""
    before = gc.get_threshold()
    gc.set_threshold(*RARELY)
    try:
        yield
    finally:
        gc.set_threshold(*before)
