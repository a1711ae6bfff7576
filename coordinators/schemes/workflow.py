"""Ticking a month of a scheme, whole form at once; keeping the register of Party members."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from coordinators.models import PartyMemberLink, PartyMemberTick, Scheme, SchemeCheck
from coordinators.schemes import policies
from core.audit import AuditKind, record
from core.months import Month
from core.refusals import Refused, Stale
from labour_teams.models import Engagement
from regions.models import Project

if TYPE_CHECKING:
    from accounts.models import User

Cell = tuple[int, int | None]  # item, team (None: the project as a whole)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A scheme, a project and a month: what one form is about. `cells` are those that the form offers."""

    scheme: Scheme
    project: Project
    month: Month
    cells: frozenset[Cell]

    def checks(self) -> dict[Cell, SchemeCheck]:
        """What is ticked now, among the cells offered: an item that is out of use, or a team that has left, is let alone."""
        rows = SchemeCheck.objects.filter(item__scheme=self.scheme, project=self.project, month=self.month).select_related("by")
        return {cell: row for row in rows if (cell := (row.item_id, row.team_id)) in self.cells}


def fingerprint(checks: Mapping[Cell, SchemeCheck]) -> str:
    """The ticks as somebody saw them, short enough for a hidden field."""
    facts = sorted((item, team or 0, check.note) for (item, team), check in checks.items())
    return hashlib.sha256(repr(facts).encode()).hexdigest()


@transaction.atomic
def tick(sheet: Sheet, *, by: "User", ticked: Mapping[Cell, str], seen: str) -> None:
    """Make the month's ticks what the form says: `ticked` cells with their notes; every other cell of the sheet loses its row.

    Raises Refused for whoever may not tick here or a month that is not open, Stale when the ticks are no longer those `seen`.
    """
    project = Project.objects.visible_to(by).select_for_update(of=("self",)).get(pk=sheet.project.pk)
    if not policies.can_tick(by, project):
        raise Refused(_("Only the project's coordinator ticks here."))
    if not policies.is_open(sheet.month, timezone.localdate()):
        raise Refused(_("This month is closed: it can be ticked until 31 days after its end."))
    checks = sheet.checks()
    if fingerprint(checks) != seen:
        raise Stale(_("Somebody else has ticked meanwhile. Your ticks stand below; save again to put them in place of theirs."))
    SchemeCheck.objects.filter(pk__in=[row.pk for cell, row in checks.items() if cell not in ticked]).delete()
    for cell, note in ticked.items():
        if cell in sheet.cells:
            _keep(sheet, cell, note, checks.get(cell), by)


def _keep(sheet: Sheet, cell: Cell, note: str, check: SchemeCheck | None, by: "User") -> None:
    """A tick that is there already stays his who made it; only its note may be another."""
    item, team = cell
    month: Any = sheet.month
    if check is None:
        SchemeCheck.objects.create(item_id=item, project=sheet.project, team_id=team, month=month, note=note, by=by)
    elif check.note != note:
        check.note = note
        check.save(update_fields=["note"])


@transaction.atomic
def register(project: Project, *, by: "User", engagements: Iterable[Engagement]) -> int:
    """Put candidates on the project's register, today; says how many. Who stands on it already stays as he is."""
    Project.objects.select_for_update().get(pk=project.pk)
    _refuse_others(project, by)
    known = set(PartyMemberLink.objects.filter(project=project).values_list("engagement__worker", flat=True))
    rows = [
        PartyMemberLink(engagement=each, project=project, registered_on=timezone.localdate(), registered_by=by)
        for each in engagements
        if each.project_id == project.pk and each.worker_id not in known
    ]
    return len(PartyMemberLink.objects.bulk_create(rows))


@transaction.atomic
def keep_member(member: PartyMemberLink, *, by: "User", branch: str, area: str, ticked: Mapping[int, date]) -> PartyMemberLink:
    """Branch, area and the inclusions that hold: `ticked` items with their days; the others lose their row."""
    locked = _locked_member(member, by)
    locked.branch, locked.area = branch, area
    locked.save(update_fields=["branch", "area"])
    held = {row.item_id: row for row in locked.ticks.filter(item__is_active=True)}
    PartyMemberTick.objects.filter(pk__in=[row.pk for item, row in held.items() if item not in ticked]).delete()
    for item, on in ticked.items():
        if item not in held:
            PartyMemberTick.objects.create(member=locked, item_id=item, on=on, by=by)
        elif held[item].on != on:
            PartyMemberTick.objects.filter(pk=held[item].pk).update(on=on, by=by)
    return locked


@transaction.atomic
def take_off(member: PartyMemberLink, *, by: "User") -> None:
    """Off the register, ticks and all. The trail says which project and which number, never who: it has other readers."""
    locked = _locked_member(member, by)
    record(AuditKind.DELETE, by=by, subject=locked.project, what="party_member", number=locked.pk)
    locked.delete()


def _locked_member(member: PartyMemberLink, by: "User") -> PartyMemberLink:
    rows = PartyMemberLink.objects.visible_to(by).select_for_update(of=("self",)).select_related("project")
    locked = rows.filter(pk=member.pk).first()
    if locked is None:
        raise Refused(_("This entry is no longer on the register."))
    _refuse_others(locked.project, by)
    return locked


def _refuse_others(project: Project, by: "User") -> None:
    if not policies.can_keep_register(by, project):
        raise Refused(_("Your post does not allow this."))
