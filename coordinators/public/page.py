"""What the public page of a board says: the people in post today who agreed to it, the hotline, and where the law hears you."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import NamedTuple

from django.conf import settings
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from coordinators.disclosure import Shown, people_shown
from coordinators.models import NoticeBoard, RightsBoard, SiteContact
from core.models import Attachment

# With more liaisons than this, a team's are folded away under its name.
AT_A_GLANCE = 6


class Person(NamedTuple):
    """Somebody on the page. `number` is his place in `people_shown`, from 1; `seal` tells whether the photo is still his."""

    number: int
    shown: Shown
    seal: str


class Channel(NamedTuple):
    """Somebody outside the company whom a worker may turn to."""

    label: str
    name: str
    phone: str


@dataclass(frozen=True, slots=True)
class Page:
    """`coordinators`: the nearest first; `teams`: name of a team → its liaisons."""

    project: str
    coordinators: list[Person]
    teams: list[tuple[str, list[Person]]]
    is_folded: bool
    hotline: str
    mailbox: str
    channels: list[Channel]


def find_board(code: str) -> NoticeBoard | None:
    """Also one that has been taken down: what is printed leads somewhere as long as the company has the project. Any capitals."""
    boards = NoticeBoard.objects.select_related("project__site_contact", "project__rights_board")
    return boards.filter(code=code.upper()).first()


def page_of(board: NoticeBoard, day: date) -> Page:
    """Three queries, with the board four."""
    people = [Person(number, shown, seal_of(shown)) for number, shown in enumerate(people_shown(board.project, day), start=1)]
    liaisons = [person for person in people if person.shown.is_liaison]
    contact = getattr(board.project, "site_contact", None) or SiteContact()
    return Page(
        project=board.project.name,
        coordinators=[person for person in reversed(people) if not person.shown.is_liaison],
        teams=[(team, list(members)) for team, members in groupby(liaisons, key=lambda person: person.shown.team)],
        is_folded=len(liaisons) > AT_A_GLANCE,
        hotline=contact.hotline or settings.COMPANY_HOTLINE,
        mailbox=contact.mailbox_place,
        channels=_channels(getattr(board.project, "rights_board", None) or RightsBoard()),
    )


def photo_of(board: NoticeBoard, day: date, number: int, seal: str) -> Attachment | None:
    """The photo at that place of the page; None where there is none, or another than the page had when it was opened."""
    shown = people_shown(board.project, day)
    if not 1 <= number <= len(shown):
        return None
    person = shown[number - 1]
    return Attachment.objects.filter(pk=person.photo).first() if person.photo and seal in ("", seal_of(person)) else None


def seal_of(shown: Shown) -> str:
    """A page stays open while people change: nobody is to see one man's face beside another man's name."""
    return salted_hmac("coordinators.public.photo", str(shown.photo)).hexdigest()[:10] if shown.photo else ""


def _channels(rights: RightsBoard) -> list[Channel]:
    every = (
        Channel(_("Authority in charge of the industry"), rights.authority, rights.authority_phone),
        Channel(_("Labour inspection"), rights.inspection, rights.inspection_phone),
        Channel(_("Labour arbitration"), rights.arbitration, rights.arbitration_phone),
        Channel(_("Legal aid"), rights.legal_aid, rights.legal_aid_phone),
        Channel(_("Public legal service hotline"), "", rights.legal_hotline),
    )
    return [channel for channel in every if channel.phone]
