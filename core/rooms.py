"""Rooms that belong together: tabs over their pages, each shown to those for whom it opens."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class Room(NamedTuple):
    """`name` is its address's; `about` says in a line what is found there."""

    name: str
    icon: str
    label: "_StrPromise"
    about: "_StrPromise | str"
    is_open_to: Callable[[Any], bool]
