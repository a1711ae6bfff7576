"""Who makes the duty roster, answers the hotline and opens mailboxes."""

from collections.abc import Collection
from typing import Any

from core.roles import MANAGING_DEPARTMENTS, Role
from core.scope import NOWHERE, Level, Scope
from feedback.models import HotlineCall
from feedback.querysets import AT_HEADQUARTERS
from regions.models import Project, Region

ANSWERING = MANAGING_DEPARTMENTS | {Role.REGIONAL_COORDINATOR, Role.PROJECT_COORDINATOR}
SEERS = AT_HEADQUARTERS | ANSWERING


def can_see_hotline(user: Any) -> bool:
    """That there is a call log at all; which calls are in it is a matter of reach."""
    return _scope(user).holds(*SEERS)


def can_roster(user: Any, region: Region) -> bool:
    """The region's coordinator; the managing departments, where it has none."""
    scope = _scope(user)
    return scope.holds(*MANAGING_DEPARTMENTS) or scope.holds_at(Level.REGION, region.pk, Role.REGIONAL_COORDINATOR)


def can_log(user: Any) -> bool:
    return _scope(user).holds(*ANSWERING)


def can_read_about(user: Any, call: HotlineCall, answering: Collection[int]) -> bool:
    """The line of a call may tell who raised a matter: for whoever took it or is on duty, the region's coordinator, headquarters.

    `answering`: the regions for which this person is on duty now.
    """
    scope = _scope(user)
    if scope.holds(*AT_HEADQUARTERS) or scope.holds_at(Level.REGION, call.region_id, Role.REGIONAL_COORDINATOR):
        return True
    return can_log(user) and (call.by_id == user.pk or call.region_id in answering)


def can_call_back(user: Any, call: HotlineCall) -> bool:
    """Whoever answers the hotline and sees the call, as long as nobody has."""
    return can_log(user) and call.is_missed and call.called_back_at is None


def can_open_matter(user: Any, call: HotlineCall) -> bool:
    return can_log(user) and call.case_id is None


def can_open_mailbox(user: Any, project: Project) -> bool:
    """The project's coordinator or its Party work committee, and the region's coordinator."""
    scope = _scope(user)
    of_project = scope.holds_at(Level.PROJECT, project.pk, Role.PROJECT_COORDINATOR, Role.PROJECT_COMMITTEE)
    return of_project or scope.holds_at(Level.REGION, project.region_id, Role.REGIONAL_COORDINATOR)


def can_key_letters(user: Any, project: Project) -> bool:
    """A letter is read by coordinators alone."""
    scope = _scope(user)
    of_project = scope.holds_at(Level.PROJECT, project.pk, Role.PROJECT_COORDINATOR)
    return of_project or scope.holds_at(Level.REGION, project.region_id, Role.REGIONAL_COORDINATOR)


def _scope(user: Any) -> Scope:
    return getattr(user, "scope", NOWHERE)
