"""Who writes which kind of entry, where, and until when it can be amended."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from core.months import Month
from core.roles import MANAGING_DEPARTMENTS, READERS, Role
from core.scope import Level
from feedback.cases.intake import Place
from handbook.models import EntryKind, HandbookEntry

if TYPE_CHECKING:
    from accounts.models import User

LAST_DAY = 5  # of the next month: then the month's book and report are made from what stands here

COORDINATORS = frozenset({Role.REGIONAL_COORDINATOR, Role.PROJECT_COORDINATOR})
PROJECT = frozenset({*COORDINATORS, Role.PROJECT_COMMITTEE, Role.PROJECT_CLERK})
EVERYBODY = frozenset({*COORDINATORS, Role.LIAISON})
WRITERS: Mapping[str, frozenset[Role]] = {
    EntryKind.VISIT: EVERYBODY | MANAGING_DEPARTMENTS,
    EntryKind.MEETING: COORDINATORS | {Role.PROJECT_COMMITTEE},
    EntryKind.TRAINING: PROJECT | MANAGING_DEPARTMENTS,
    EntryKind.ACTIVITY: PROJECT | MANAGING_DEPARTMENTS,
    EntryKind.HAZARD: EVERYBODY | {Role.PROJECT_COMMITTEE},
    EntryKind.RIGHTS: PROJECT | {Role.LABOUR_CENTRE},
    EntryKind.CARE: PROJECT,
    EntryKind.HEALTH_CHECK: COORDINATORS | {Role.HEALTH_OFFICER},
    EntryKind.COUNSELLING: COORDINATORS | {Role.HEALTH_OFFICER},
    EntryKind.MEDICAL: COORDINATORS | {Role.HEALTH_OFFICER},
    EntryKind.CUSTOMS: PROJECT,
    EntryKind.INSPECTION: COORDINATORS | {Role.LABOUR_CENTRE},
    EntryKind.GUIDANCE: COORDINATORS,
    EntryKind.LABOUR_ACT: frozenset({Role.REGIONAL_COORDINATOR}),
}
# Whose post is the whole company: they write for any unit, and for none.
COMPANY_WRITERS = MANAGING_DEPARTMENTS


def can_see_handbook(user: "User") -> bool:
    """That there is a handbook at all; which entries are in it is a matter of reach."""
    scope = user.scope
    return scope.whole_company or scope.holds(*PROJECT, *EVERYBODY, Role.HEALTH_OFFICER)


def kinds_written_by(user: "User") -> list[EntryKind]:
    """What somebody may write at all, in the order of the menu."""
    return [kind for kind in EntryKind if user.scope.holds(*WRITERS[kind])]


def can_write(user: "User", kind: str, place: Place) -> bool:
    """A post that writes this kind, at the place or above it."""
    return any(_reaches(user, role, place) for role in WRITERS[kind])


def can_amend(user: "User", entry: HandbookEntry, today: date) -> bool:
    """Whoever wrote it, while he may still write there, until the month's book is closed."""
    is_own = entry.author_id == user.pk and not user.scope.roles <= READERS
    return is_own and entry.is_standing and is_open(entry.on, today) and can_write(user, entry.kind, place_of(entry))


def can_withdraw(user: "User", entry: HandbookEntry) -> bool:
    """Whoever wrote it, or the coordinator of its region; at any time, and with a reason."""
    is_above = user.scope.holds_at(Level.REGION, entry.region_id, Role.REGIONAL_COORDINATOR)
    is_own = entry.author_id == user.pk and can_write(user, entry.kind, place_of(entry))
    return entry.is_standing and (is_own or is_above)


def can_follow_up(user: "User", entry: HandbookEntry) -> bool:
    """Say that somebody was looked after again: whoever wrote the visit, or the coordinator of its region; at any time."""
    return not entry.is_planned and can_withdraw(user, entry)


def is_open(on: date, today: date) -> bool:
    """Whether the month of `on` still can be written in: up to the fifth of the next."""
    return today <= last_day_for(on)


def last_day_for(on: date) -> date:
    """The day on which the book of the month of `on` closes."""
    following = Month.of(on).plus(1)
    return date(following.year, following.month, LAST_DAY)


def place_of(entry: HandbookEntry) -> Place:
    return Place(entry.region, entry.project, entry.team, entry.crew)


def _reaches(user: "User", role: str, place: Place) -> bool:
    """Whether `role` is held by `user` at the place, or above it."""
    held = user.scope.holds_at
    if role in COMPANY_WRITERS:
        return user.scope.holds(role)
    if role == Role.REGIONAL_COORDINATOR:
        return place.region is not None and held(Level.REGION, place.region.pk, role)
    if role == Role.LIAISON:
        in_crew = place.crew is not None and held(Level.CREW, place.crew.pk, role)
        return in_crew or (place.team is not None and held(Level.TEAM, place.team.pk, role))
    return place.project is not None and held(Level.PROJECT, place.project.pk, role)
