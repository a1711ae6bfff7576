"""Who runs a survey round, who counts forms, who keys, who reads what.

The project's coordinator runs his round; while that post is vacant, the regional coordinator does. A liaison counts the forms of
his team and opens none of them. What workers wrote is typed in by whoever runs the round alone: a project's clerk, committee or
doctor sees counts.
"""

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from coordinators.models import Coordinator
from core.roles import COMPANY_WIDE, Role
from core.scope import NOWHERE, Level, Scope

if TYPE_CHECKING:
    from feedback.models import SurveyRound, SurveyTeam

EDITORS = frozenset({Role.PARTY_ORGANISATION})  # of the form
Actor = Any  # a User, or core.moves.CLOCK, which holds no post


def runs(actor: Actor, round_: "SurveyRound") -> bool:
    """Whose round it is, whatever its state."""
    return is_own(actor, round_) or stands_in(actor, round_)


def is_own(actor: Actor, round_: "SurveyRound") -> bool:
    """The coordinator of the round's project, also one who is acting."""
    return scope_of(actor).holds_at(Level.PROJECT, round_.project_id, Role.PROJECT_COORDINATOR)


def stands_in(actor: Actor, round_: "SurveyRound") -> bool:
    """The regional coordinator of a project that has no coordinator today, also none who is acting."""
    if not scope_of(actor).holds_at(Level.REGION, round_.project.region_id, Role.REGIONAL_COORDINATOR):
        return False
    return not Coordinator.objects.part_time().held_on(timezone.localdate()).filter(project=round_.project_id).exists()


def can_work_on(actor: Actor, round_: "SurveyRound") -> bool:
    """Print, key, photograph, analyse, close: while the round is open."""
    return round_.is_open and runs(actor, round_)


def can_close(actor: Actor, round_: "SurveyRound") -> bool:
    return runs(actor, round_)


def can_reopen(actor: Actor, round_: "SurveyRound") -> bool:
    """The regional coordinator of the region in which the project lies today."""
    return scope_of(actor).holds_at(Level.REGION, round_.project.region_id, Role.REGIONAL_COORDINATOR)


def serves(actor: Actor, in_round: "SurveyTeam") -> bool:
    """A liaison of the team, or of a crew of it."""
    scope = scope_of(actor)
    if scope.holds_at(Level.TEAM, in_round.team_id, Role.LIAISON):
        return True
    return in_round.team.crews.filter(pk__in=scope.units(Level.CREW)).exists() and scope.holds(Role.LIAISON)


def can_count(actor: Actor, in_round: "SurveyTeam") -> bool:
    return in_round.round.is_open and (runs(actor, in_round.round) or serves(actor, in_round))


def can_read_analysis(actor: Actor, round_: "SurveyRound") -> bool:
    """What is being written is read on the project and in the region; headquarters read it once the round is closed."""
    scope = scope_of(actor)
    on_project = scope.holds_at(Level.PROJECT, round_.project_id, Role.PROJECT_COORDINATOR, Role.PROJECT_COMMITTEE)
    if on_project or scope.holds_at(Level.REGION, round_.project.region_id, Role.REGIONAL_COORDINATOR):
        return True
    return not round_.is_open and scope.holds(*COMPANY_WIDE)


def can_see_silence(actor: Actor) -> bool:
    """Teams that one should go and see: regional coordinators and headquarters."""
    return scope_of(actor).holds(Role.REGIONAL_COORDINATOR, *COMPANY_WIDE)


def can_prepare(actor: Actor) -> bool:
    """A new version of the form: the Party organisation department."""
    return scope_of(actor).holds(*EDITORS)


def can_see_rounds(actor: Actor) -> bool:
    """Everybody who reaches what projects recorded; department officers deal with cases, not with surveys."""
    scope = scope_of(actor)
    return scope.whole_company or bool(scope.units(Level.REGION) or scope.units(Level.PROJECT))


def scope_of(actor: Actor) -> Scope:
    return getattr(actor, "scope", NOWHERE)
