"""Who calls people in, who prints papers, who keeps certificates and sees how their numbers end. Reading is a matter of reach."""

from typing import TYPE_CHECKING

from core.roles import Role
from core.scope import Level
from feedback.cases.intake import Place
from handbook import policies
from handbook.models import EntryKind
from labour_teams.models import Engagement
from labour_teams.policies import can_see_id_numbers
from regions.models import Project

if TYPE_CHECKING:
    from accounts.models import User

KEEPERS = (Role.PROJECT_CLERK, Role.PROJECT_COORDINATOR)


def can_call_in(user: "User", project: Project) -> bool:
    """Print a sign-in sheet and write down who came: whoever writes trainings there."""
    return policies.can_write(user, EntryKind.TRAINING, Place(project.region, project))


def can_print_notices(user: "User", project: Project) -> bool:
    return policies.can_write(user, EntryKind.CUSTOMS, Place(project.region, project))


def can_see_papers(user: "User") -> bool:
    """Papers to be signed: whoever writes trainings and goods down."""
    return user.scope.holds(*policies.WRITERS[EntryKind.TRAINING], *policies.WRITERS[EntryKind.CARE])


def can_keep(user: "User", engagement: Engagement) -> bool:
    """Add and correct somebody's certificates: the project's clerk and coordinator, the region's coordinator."""
    held = user.scope.holds_at
    of_region = held(Level.REGION, engagement.project.region_id, Role.REGIONAL_COORDINATOR)
    return of_region or held(Level.PROJECT, engagement.project_id, *KEEPERS)


def keeps_anywhere(user: "User") -> bool:
    return user.scope.holds(*KEEPERS, Role.REGIONAL_COORDINATOR)


def can_see_tails(user: "User") -> bool:
    """The last four characters of a certificate's number, which often is the ID number: not for a liaison."""
    return can_see_id_numbers(user)
