"""Boards that say something wrong, for headquarters: one line a region, which opens the boards."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from coordinators.models import NoticeBoard
from coordinators.paper.states import Condition, states_of
from regions.models import Region

if TYPE_CHECKING:
    from accounts.models import User


class WrongBoards(NamedTuple):
    """What, where, and the page where the boards stand."""

    what: str
    where: str
    url: str


def wrong_boards(user: "User", now: datetime) -> Iterator[WrongBoards]:
    """Regions in their order; those whose boards all hold are left out."""
    boards = list(NoticeBoard.objects.visible_to(user).hanging().for_list())
    if not boards:
        return
    states = states_of(boards, now)
    wrong = Counter(board.project.region_id for board in boards if states[board.pk].condition == Condition.OUT_OF_DATE)
    for region in Region.objects.visible_to(user).filter(pk__in=wrong).for_list():
        words = _("%(number)s boards out of date") % {"number": wrong[region.pk]}
        query = urlencode({"region": region.pk, "state": Condition.OUT_OF_DATE.value})
        yield WrongBoards(words, str(region), f"{reverse('all-boards')}?{query}")
