"""The rooms of cases: the list, the wall on which answers hang, the hotline, the mailboxes, the revisits."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from core.roles import HEADQUARTERS, READERS, Role
from core.rooms import Room
from feedback.cases.intake import can_see_cases
from feedback.hotline.policies import can_see_hotline

ON_PROJECTS = frozenset({Role.REGIONAL_COORDINATOR, Role.PROJECT_COORDINATOR, Role.PROJECT_COMMITTEE, Role.LIAISON})


def can_see_walls(user: Any) -> bool:
    return user.scope.holds(*HEADQUARTERS, *READERS, *ON_PROJECTS)


ROOMS = (
    Room("cases", "chat-left-text", _("Cases"), "", can_see_cases),
    Room("walls", "card-list", _("Reply wall"), "", can_see_walls),
    Room("hotline", "telephone", _("Hotline"), "", can_see_hotline),
    Room("mailboxes", "inbox", _("Mailboxes"), "", can_see_hotline),
    Room("revisits", "check-circle", _("Revisits"), "", can_see_walls),
)


def rooms_for(user: Any) -> list[Room]:
    return [room for room in ROOMS if room.is_open_to(user)]
