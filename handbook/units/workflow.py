"""Every write to groups, campaigns, clinics, medical teams and evaluations. Nothing that entries refer to is deleted: it ends.

Each raises Refused with the field that is wrong.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.refusals import Refused
from handbook.models import Campaign, Clinic, MedicalTeam, SafetyGroup, SafetyMember, TeamEvaluation
from handbook.units import policies
from handbook.units.quarters import Quarter
from labour_teams.models import Engagement, LabourTeam

if TYPE_CHECKING:
    from accounts.models import User

Kept = TypeVar("Kept", Campaign, Clinic, MedicalTeam, SafetyGroup)
Ended = TypeVar("Ended", Clinic, MedicalTeam, SafetyGroup)
# In which columns a unit keeps the first and the last day of its work.
DAYS = {
    Clinic: ("opened_on", "closed_on"),
    MedicalTeam: ("formed_on", "dissolved_on"),
    SafetyGroup: ("formed_on", "dissolved_on"),
}


@dataclass(frozen=True, slots=True)
class Grades:
    """A team's quarter by the four goals, 1 (poor) to 5 (excellent)."""

    safety: int
    quality: int
    schedule: int
    benefit: int
    note: str = ""


def keep(unit: Kept, *, by: "User") -> Kept:
    """Write a unit, new or amended."""
    if not policies.can_keep(by, unit):
        raise Refused(_("Your post does not allow this."))
    try:
        with transaction.atomic():
            unit.save()
    except IntegrityError as error:
        raise Refused(
            _("There is one of this name already."), fields={"name": _("There is one of this name already.")}
        ) from error
    return unit


def end(unit: Ended, *, by: "User", on: date | None) -> Ended:
    """The last day of its work; without a day it goes on, for whoever ended it by mistake."""
    if not policies.can_keep(by, unit):
        raise Refused(_("Your post does not allow this."))
    begun, ended = DAYS[type(unit)]
    if on and on < getattr(unit, begun):
        raise Refused(_("It ends after it began."), fields={"on": _("It ends after it began.")})
    setattr(unit, ended, on)
    unit.save(update_fields=[ended])
    return unit


def add_workers(group: SafetyGroup, workers: Iterable[Engagement], *, by: "User", area: str = "") -> int:
    """Workers of its project; who is a member already stays as he is. Gives how many are new."""
    _may_change(group, by)
    with transaction.atomic():
        SafetyGroup.objects.select_for_update(of=("self",)).get(pk=group.pk)
        known = set(group.members.values_list("engagement", flat=True))
        new = [worker for worker in workers if worker.pk not in known and worker.project_id == group.project_id]
        for worker in new:
            SafetyMember.objects.create(group=group, engagement=worker, area=area)
    return len(new)


def add_staff(group: SafetyGroup, name: str, *, by: "User", area: str = "", is_leader: bool = False) -> SafetyMember:
    """Somebody who stands on no roster, by name and post."""
    _may_change(group, by)
    if not name.strip():
        raise Refused(_("Say who it is."), fields={"staff_name": _("Say who it is.")})
    return SafetyMember.objects.create(group=group, staff_name=name.strip(), area=area, is_leader=is_leader)


def amend_member(member: SafetyMember, *, by: "User", area: str, is_leader: bool) -> SafetyMember:
    _may_change(member.group, by)
    member.area, member.is_leader = area, is_leader
    member.save(update_fields=["area", "is_leader"])
    return member


def remove_member(member: SafetyMember, *, by: "User") -> None:
    """Nothing refers to a member: what the group found is the group's."""
    _may_change(member.group, by)
    member.delete()


def evaluate(team: LabourTeam, quarter: Quarter, grades: Grades, *, by: "User") -> TeamEvaluation:
    """Write a team's quarter, or write over it, until the handbook of its last month closes. Raises Refused."""
    if not policies.can_evaluate(by, team.project):
        raise Refused(_("Your post does not allow this."))
    if quarter > Quarter.current():
        raise Refused(_("This quarter has not begun."))
    if not quarter.is_open(timezone.localdate()):
        raise Refused(closed(quarter))
    said = {name: getattr(grades, name) for name in ("safety", "quality", "schedule", "benefit", "note")}
    facts = said | {"by": by, "at": timezone.now()}
    return TeamEvaluation.objects.update_or_create(team=team, quarter=str(quarter), defaults=facts)[0]


def closed(quarter: Quarter) -> str:
    """Why nothing is written about it any more."""
    day = date_format(quarter.closes_on, "DATE_FORMAT")
    return _("This quarter was evaluated until %(day)s. What was said stays as it is.") % {"day": day}


def _may_change(group: SafetyGroup, by: "User") -> None:
    if not policies.can_keep(by, group):
        raise Refused(_("Your post does not allow this."))
    if group.dissolved_on and group.dissolved_on < timezone.localdate():
        raise Refused(_("This group is dissolved: its members stay as they were."))
