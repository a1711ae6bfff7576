"""Work on the next things while the last one is being used: the database works for one thread while another computes."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from django.conf import settings
from django.utils.translation import activate, get_language

T = TypeVar("T")
R = TypeVar("R")
AHEAD = 2


def ahead(work: Callable[[T], R], things: Iterable[T], far: int = AHEAD) -> Iterator[R]:
    """`work` of each of `things`, in order, done by a second thread `far` things ahead of whoever takes the results.

    `things` are drawn in the caller's thread, where its database connection is; `work` must not touch the database. What `work`
    raises is raised here, in its place; what drawing raises is raised at once.
    """
    waiting: deque[Future[R]] = deque()
    language = get_language() or settings.LANGUAGE_CODE  # which is each thread's own
    with ThreadPoolExecutor(1, initializer=activate, initargs=(language,)) as hand:
        try:
            for thing in things:
                waiting.append(hand.submit(work, thing))
                if len(waiting) > far:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for left in waiting:
                left.cancel()
