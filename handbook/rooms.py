"""The rooms of the handbook: what was done day by day, the month as a calendar, and the rules that the handbook rests on."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.rooms import Room
from handbook.gate.policies import can_see_papers
from handbook.policies import can_see_handbook
from handbook.tasks.policies import can_see_tasks

ROOMS = (
    Room("entries", "card-list", pgettext_lazy("handbook", "Entries"), "", can_see_handbook),
    Room("handbook-calendar", "calendar3", _("Calendar of the month"), "", can_see_handbook),
    Room("tasks", "list-check", _("Tasks"), "", can_see_tasks),
    Room("inductions", "person-plus", _("Induction gate"), "", can_see_handbook),
    Room("certificates", "award", pgettext_lazy("room", "Certificates"), "", can_see_handbook),
    Room("papers", "printer", _("Papers to sign"), "", can_see_papers),
)


def rooms_for(user: Any) -> list[Room]:
    return [room for room in ROOMS if room.is_open_to(user)]
