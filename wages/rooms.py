"""The rooms of wages: the ledger, what was not paid in time, what workers say, and who leaves."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from core.rooms import Room
from wages.policies import can_ask_workers, can_see_wages
from wages.workers.reach import reads_lines

ROOMS = (
    Room("wages", "cash-coin", _("Wage ledger"), "", can_see_wages),
    Room("wages-arrears", "exclamation-circle", _("Wage arrears"), "", can_see_wages),
    Room("wage-questions", "question-circle", _("Have last month's wages arrived?"), "", can_ask_workers),
    Room("exit-checks", "person-walking", _("Exit checks"), "", reads_lines),
)


def rooms_for(user: Any) -> list[Room]:
    return [room for room in ROOMS if room.is_open_to(user)]
