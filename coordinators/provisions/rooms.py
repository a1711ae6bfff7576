"""The rooms of the company's rules, and to whom each opens: tabs over the pages, and the page that leads to them."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from coordinators.handbook.policies import can_read as can_read_handbook
from coordinators.provisions.policies import can_read
from coordinators.schemes.policies import can_open_register, can_see_ticks
from core.rooms import Room

if TYPE_CHECKING:
    from accounts.models import User


ROOMS = (
    Room("provisions", "journal-text", _("Rights and duties"), _("What a coordinator may, must and owes, by edition"), can_read),
    Room("rights", "megaphone", _("Rights exercised"), _("Hearings attended, patrols made, proposals filed"), can_read),
    Room(
        "schemes", "ui-checks", _("Monthly checks"), _("What a project and its teams have, ticked month by month"), can_see_ticks
    ),
    Room(
        "handbooks",
        "card-list",
        _("Handbook rules"),
        _("Work rules, post duties and assessment rules of a region"),
        can_read_handbook,
    ),
    Room(
        "party-members",
        "shield-lock",
        _("Party members"),
        _("Party members among the workers, and the six inclusions"),
        can_open_register,
    ),
)


def rooms_for(user: "User") -> list[Room]:
    return [room for room in ROOMS if room.is_open_to(user)]
