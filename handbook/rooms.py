"""The rooms of the handbook: what was done day by day, the month as a calendar, and the rules that the handbook rests on."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.rooms import Room
from handbook.gate.policies import can_see_papers
from handbook.policies import can_see_handbook
from handbook.tasks.policies import can_see_tasks
from handbook.units import policies as units

ROOMS = (
    Room("entries", "card-list", pgettext_lazy("handbook", "Entries"), "", can_see_handbook),
    Room("handbook-calendar", "calendar3", _("Calendar of the month"), "", can_see_handbook),
    Room("tasks", "list-check", _("Tasks"), "", can_see_tasks),
    Room("inductions", "person-plus", _("Induction gate"), "", can_see_handbook),
    Room("certificates", "award", pgettext_lazy("room", "Certificates"), "", can_see_handbook),
    Room("papers", "printer", _("Papers to sign"), "", can_see_papers),
    Room("groups", "shield-check", _("Safety groups"), "", units.can_see_groups),
    Room("campaigns", "flag", _("Campaigns"), "", units.can_see_campaigns),
    Room("clinics", "bandaid", _("Clinics and medical teams"), "", units.can_see_clinics),
    Room("evaluations-now", "ui-checks", _("Evaluation of teams"), "", units.can_see_evaluations),
    Room("uninspected", "search", _("Teams not inspected"), "", units.can_see_uninspected),
)


def rooms_for(user: Any) -> list[Room]:
    return [room for room in ROOMS if room.is_open_to(user)]
