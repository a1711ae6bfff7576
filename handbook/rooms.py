"""The rooms of the handbook: what is opened day by day stands first, the others under a few headings."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.rooms import Room
from handbook.gate.policies import can_see_papers
from handbook.policies import can_see_handbook
from handbook.tasks.policies import can_see_tasks
from handbook.units import policies as units

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True, slots=True)
class Heading:
    """Rooms that open under a word."""

    label: "_StrPromise"
    rooms: Sequence[Room]


DAILY = (
    Room("entries", "card-list", pgettext_lazy("handbook", "Entries"), "", can_see_handbook),
    Room("handbook-calendar", "calendar3", _("Calendar of the month"), "", can_see_handbook),
    Room("tasks", "list-check", _("Tasks"), "", can_see_tasks),
)
HEADINGS = (
    Heading(
        pgettext_lazy("rooms", "Gate and papers"),
        (
            Room("inductions", "person-plus", _("Induction gate"), "", can_see_handbook),
            Room("certificates", "award", pgettext_lazy("room", "Certificates"), "", can_see_handbook),
            Room("papers", "printer", _("Papers to sign"), "", can_see_papers),
        ),
    ),
    Heading(
        pgettext_lazy("rooms", "Looking at teams"),
        (
            Room("uninspected", "search", _("Teams not inspected"), "", units.can_see_uninspected),
            Room("evaluations-now", "ui-checks", _("Evaluation of teams"), "", units.can_see_evaluations),
        ),
    ),
    Heading(
        pgettext_lazy("rooms", "Groups and campaigns"),
        (
            Room("groups", "shield-check", _("Safety groups"), "", units.can_see_groups),
            Room("campaigns", "flag", _("Campaigns"), "", units.can_see_campaigns),
            Room("clinics", "bandaid", _("Clinics and medical teams"), "", units.can_see_clinics),
        ),
    ),
)


def rooms_for(user: Any) -> tuple[list[Room], list[Heading]]:
    """Those that stand by themselves, and those under a heading; a heading over a single room would be one press more."""
    single, under = _open(DAILY, user), []
    for heading in HEADINGS:
        rooms = _open(heading.rooms, user)
        if len(rooms) > 1:
            under.append(Heading(heading.label, rooms))
        else:
            single += rooms
    return single, under


def _open(rooms: Sequence[Room], user: Any) -> list[Room]:
    return [room for room in rooms if room.is_open_to(user)]
