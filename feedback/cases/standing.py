"""As what somebody stands to a case: the parts of the units for which he acts today (CaseSight), and whether it names him."""

from typing import Any

from core.roles import MANAGING_DEPARTMENTS, Role
from core.scope import NOWHERE, Level, Scope
from feedback.cases.recusal import barred_of
from feedback.models import Case, CaseSight, Tier
from feedback.querysets import DEPARTMENTS

Actor = Any  # a User, core.moves.CLOCK or core.moves.WORKER; the last two hold no post
Part = CaseSight.Part
DEALS_WITH_IT = frozenset({Part.LEAD, Part.JOINT})


def leads(actor: Actor, case: Case) -> bool:
    """Whether somebody speaks for the unit that deals with it. Followers are dealt with at their lead."""
    return not case.lead_id and Part.LEAD in parts_of(actor, case)


def supervises(actor: Actor, case: Case) -> bool:
    return is_headquarters(actor, case) or Part.SUPERVISOR in parts_of(actor, case)


def is_headquarters(actor: Actor, case: Case) -> bool:
    return any(sight.tier == Tier.COMPANY for sight in spoken_for(actor, case))


def is_regional(actor: Actor, case: Case) -> bool:
    """The regional coordinator of its region, if the case was shown to the region."""
    return any(sight.tier == Tier.REGION for sight in spoken_for(actor, case))


def is_local(actor: Actor, case: Case) -> bool:
    """The project coordinator of the project where it came up, if the project was shown it. Not its committee."""
    project = any(sight.tier == Tier.PROJECT for sight in spoken_for(actor, case))
    return project and scope_of(actor).holds_at(Level.PROJECT, case.project_id, Role.PROJECT_COORDINATOR)


def wrote_down(actor: Actor, case: Case) -> bool:
    """A liaison, and what he wrote down himself."""
    is_his = case.registered_by_id is not None and case.registered_by_id == getattr(actor, "pk", None)
    return is_his and scope_of(actor).holds(Role.LIAISON) and not is_named(actor, case)


def is_named(actor: Actor, case: Case) -> bool:
    """By his account, or by a department for which he speaks."""
    scope = scope_of(actor)
    return any(
        (row.person_id is not None and row.person_id == getattr(actor, "pk", None))
        or (row.department is not None and _speaks_for_department(scope, row.department))
        for row in case.accused.all()
    )


def parts_of(actor: Actor, case: Case) -> set[str]:
    return {sight.part for sight in spoken_for(actor, case)}


def spoken_for(actor: Actor, case: Case) -> list[CaseSight]:
    """The units concerned for which somebody acts today; none, if the case names him or the unit."""
    scope = scope_of(actor)
    if not scope.grants or is_named(actor, case):
        return []
    closed = barred_of(case)
    return [sight for sight in case.sights.all() if _speaks_for(scope, sight) and not closed.tier(sight.tier, sight.department)]


def lead_of(case: Case) -> CaseSight | None:
    return next((sight for sight in case.sights.all() if sight.part == Part.LEAD), None)


def lead_tier(case: Case) -> str | None:
    found = lead_of(case)
    return found.tier if found else None


def _speaks_for(scope: Scope, sight: CaseSight) -> bool:
    if sight.tier == Tier.COMPANY:
        return scope.holds(*MANAGING_DEPARTMENTS)
    if sight.tier == Tier.REGION:
        return scope.holds_at(Level.REGION, sight.region_id, Role.REGIONAL_COORDINATOR)
    if sight.tier == Tier.PROJECT:
        committee = (Role.PROJECT_COMMITTEE,) if sight.part in DEALS_WITH_IT else ()
        return scope.holds_at(Level.PROJECT, sight.project_id, Role.PROJECT_COORDINATOR, *committee)
    return sight.department is not None and _speaks_for_department(scope, sight.department)


def _speaks_for_department(scope: Scope, department: Any) -> bool:
    officer = scope.holds_at(Level.DEPARTMENT, department.pk, Role.DEPARTMENT_OFFICER)
    return officer or any(scope.holds(role) for role, code in DEPARTMENTS.items() if code == department.code)


def scope_of(actor: Actor) -> Scope:
    return getattr(actor, "scope", NOWHERE)
