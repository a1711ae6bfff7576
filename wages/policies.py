"""Who brings a wage sheet, who moves it on, who sends it back."""

from typing import TYPE_CHECKING

from core.moves import CLOCK, Actor
from core.roles import MANAGING_DEPARTMENTS, READERS, Role
from core.scope import Level
from feedback.cases.intake import can_register
from regions.models import Project
from wages.models import WageArrears, WageSheet
from wages.querysets import reads_all_wages

if TYPE_CHECKING:
    from accounts.models import User

ON_PROJECTS = (Role.PROJECT_COORDINATOR, Role.PROJECT_CLERK, Role.PROJECT_COMMITTEE)


def can_see_wages(user: "User") -> bool:
    """That there is a ledger at all; which sheets are in it is a matter of reach."""
    scope = user.scope
    return scope.whole_company or scope.holds(Role.REGIONAL_COORDINATOR, *ON_PROJECTS) or reads_all_wages(scope)


def can_read_lines(user: "User", project: Project) -> bool:
    """What each man earns; others who see a sheet see its sums. The same as the reach of WageLine (querysets.py)."""
    at_project = user.scope.holds_at(Level.PROJECT, project.pk, *ON_PROJECTS)
    return at_project or can_supervise(user, project) or reads_all_wages(user.scope)


def can_import(user: "User", project: Project) -> bool:
    """The project's coordinator and labour clerk, the region's coordinator, the labour resources management centre."""
    at_project = user.scope.holds_at(Level.PROJECT, project.pk, Role.PROJECT_COORDINATOR, Role.PROJECT_CLERK)
    return at_project or can_supervise(user, project)


def can_supervise(user: "User", project: Project) -> bool:
    """Who stands above the project and watches over its ledger."""
    is_regional = user.scope.holds_at(Level.REGION, project.region_id, Role.REGIONAL_COORDINATOR)
    return is_regional or user.scope.holds(Role.LABOUR_CENTRE)


def can_advance(actor: Actor, sheet: WageSheet) -> bool:
    """Check, sign, post, pay: on the project, or whoever stands above it."""
    if actor is CLOCK:
        return False
    at_project = actor.scope.holds_at(Level.PROJECT, sheet.project_id, *ON_PROJECTS)
    return at_project or can_supervise(actor, sheet.project)


def can_send_back(actor: Actor, sheet: WageSheet) -> bool:
    return actor is not CLOCK and can_supervise(actor, sheet.project)


def can_explain(user: "User", sheet: WageSheet) -> bool:
    return sheet.status == WageSheet.Status.RECEIVED and can_advance(user, sheet)


def can_open_matter(user: "User", sheet: WageSheet) -> bool:
    """From a finding: whoever moves the sheet on, and writes matters down."""
    return can_register(user) and can_advance(user, sheet)


def can_settle(actor: Actor, arrears: WageArrears) -> bool:
    """What workers reported is settled by whoever stands above the project, never by the project itself."""
    is_reported = arrears.source == WageArrears.Source.REPORTED
    return is_reported and actor is not CLOCK and can_supervise(actor, arrears.project)


def can_pay_arrears(actor: Actor, arrears: WageArrears) -> bool:
    """With the sheet of the month, whose paying settles them."""
    if actor is CLOCK:
        return False
    at_project = actor.scope.holds_at(Level.PROJECT, arrears.project_id, *ON_PROJECTS)
    return at_project or can_supervise(actor, arrears.project)


def can_close_gap(actor: Actor, arrears: WageArrears) -> bool:
    """By bringing the sheet that was missing."""
    is_missing = arrears.source == WageArrears.Source.MISSING
    return is_missing and actor is not CLOCK and can_import(actor, arrears.project)


def can_ask_workers(user: "User") -> bool:
    """Who draws the random question, and reads who answered what."""
    return user.scope.holds(Role.REGIONAL_COORDINATOR, Role.LABOUR_CENTRE)


def can_set_up(user: "User", project: Project) -> bool:
    """The leading group, the account, the pay day: whoever stands above, and the project's committee."""
    return can_supervise(user, project) or user.scope.holds_at(Level.PROJECT, project.pk, Role.PROJECT_COMMITTEE)


def may_export(user: "User") -> bool:
    """An export is written into the audit trail; who only looks makes none. The two departments and the lines below them do."""
    return bool(user.scope.roles - READERS) and (can_see_wages(user) or user.scope.holds(*MANAGING_DEPARTMENTS))
