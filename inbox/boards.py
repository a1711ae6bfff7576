"""Boards that somebody looks after and that are not as they should be: his due items."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models import User
from coordinators.models import NoticeBoard
from coordinators.paper.policies import looks_after
from coordinators.paper.states import BoardState, Condition, states_of
from core.deadlines import day_and_time
from core.roles import Role
from core.workdays import WorkingDays
from inbox.due import DueItem

MOST = 50
WORDS_OF_FIRST = 2
# A liaison passes the board every day: what he can do about it is to scan it.
BY_SCANNING = (Condition.UNCONFIRMED, Condition.UNCHECKED)
LOOKING_AFTER = (
    Role.PROJECT_COORDINATOR,
    Role.PROJECT_COMMITTEE,
    Role.PROJECT_CLERK,
    Role.REGIONAL_COORDINATOR,
    Role.LIAISON,
)


def boards_to_mend(user: User, now: datetime, workdays: WorkingDays) -> Iterator[DueItem]:
    """Out of date, never printed, printed and not confirmed, not checked for over a month; the last with its day."""
    if not user.scope.holds(*LOOKING_AFTER):
        return
    boards = list(NoticeBoard.objects.visible_to(user).hanging().for_list())
    states = states_of(boards, now) if boards else {}
    due = [(board, states[board.pk]) for board in boards if _is_due(user, board, states[board.pk])]
    for board, state in due[:MOST]:
        yield DueItem(
            what=_what(board, state),
            where=f"{board.project}·{board.get_kind_display()}",
            url=reverse("board", args=[board.code]),
            left=_left(state),
            due_at=state.check_due_at if state.condition == Condition.UNCHECKED else None,
        )


def _is_due(user: User, board: NoticeBoard, state: BoardState) -> bool:
    if state.is_fine:
        return False
    return looks_after(user, board.project) or (user.scope.holds(Role.LIAISON) and state.condition in BY_SCANNING)


def _what(board: NoticeBoard, state: BoardState) -> str:
    place = {"place": board.place}
    if state.condition == Condition.OUT_OF_DATE:
        first = pgettext("between items of a list", ", ").join(state.changes[:WORDS_OF_FIRST])
        said = first + ("…" if len(state.changes) > WORDS_OF_FIRST else "")
        return _("Board “%(place)s” is out of date: %(changes)s") % {**place, "changes": said}
    if state.condition == Condition.NEVER:
        return _("Board “%(place)s” was never printed") % place
    if state.condition == Condition.UNCONFIRMED:
        return _("Board “%(place)s” is printed: hang it and scan it") % place
    return _("Board “%(place)s”: go and look at it, and scan it") % place


def _left(state: BoardState) -> str:
    if state.condition != Condition.UNCHECKED:
        return ""
    return _("Last checked %(when)s") % {"when": day_and_time(state.hangs.checked_at)}
