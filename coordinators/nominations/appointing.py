"""From a decided nomination to the post: under a lock on the unit, so that two decisions at once see each other."""

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from coordinators.models import Coordinator, Liaison, Nomination
from coordinators.nominations.accounts import account_for
from coordinators.policies import second_holder_problem
from coordinators.posts_workflow import lock_unit
from core.audit import AuditKind, record
from core.refusals import Refused
from labour_teams.models import LabourTeam
from regions.models import Project, Region

if TYPE_CHECKING:
    from accounts.models import User


def unit_to_lock(nomination: Nomination) -> Region | Project | LabourTeam:
    """The row that decisions about this post take turns on; of a crew its team."""
    unit = nomination.region or nomination.project or nomination.team
    if unit is None:
        raise Refused(_("Say which unit the post belongs to."))
    return unit


def begin_post(nomination: Nomination, *, by: "User") -> None:
    """Make the post and, for somebody without an account, the account. The caller saves the nomination. Raises Refused."""
    lock_unit(unit_to_lock(nomination))
    _require_vacant(nomination)
    if nomination.person is None:
        nomination.person = account_for(nomination, by=by)
    post = _liaison(nomination) if nomination.team else _coordinator(nomination)
    try:
        with transaction.atomic():
            post.save()
    except IntegrityError as error:
        # Somebody who wrote past the lock: coordinator_one_full_time_without_end_a_region.
        words = _("Somebody else was given this post at this moment. Look at the coordinators, then decide again.")
        raise Refused(words) from error
    if isinstance(post, Liaison):
        nomination.liaison = post
    else:
        nomination.coordinator = post
    record(AuditKind.POST, by=by, subject=post, what="add", nomination=nomination.pk)


def _require_vacant(nomination: Nomination) -> None:
    if nomination.region is None:
        return
    words = second_holder_problem(nomination.region, nomination.from_on, nomination.to_on, is_acting=nomination.is_acting)
    if words:
        raise Refused(words, fields={"from_on": words})


def _coordinator(nomination: Nomination) -> Coordinator:
    return Coordinator(
        kind=Coordinator.Kind.FULL_TIME if nomination.is_appointed else Coordinator.Kind.PART_TIME,
        region=nomination.region,
        project=nomination.project,
        is_labour_manager=nomination.is_appointed,
        main_job=nomination.main_job,
        treatment_level=nomination.treatment_level,
        person=nomination.person,
        from_on=nomination.from_on,
        to_on=nomination.to_on,
        is_acting=nomination.is_acting,
        document_no=nomination.document_no,
    )


def _liaison(nomination: Nomination) -> Liaison:
    return Liaison(
        team=nomination.team,
        crew=nomination.crew,
        is_crew_leader=nomination.is_crew_leader,
        person=nomination.person,
        from_on=nomination.from_on,
        to_on=nomination.to_on,
        is_acting=nomination.is_acting,
        document_no=nomination.document_no,
    )
