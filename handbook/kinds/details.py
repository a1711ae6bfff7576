"""What the page of an entry tells beyond what every kind has: the row beside it, if the reader may see that.

    detail = detail_for(entry, request.user)     # for templates/handbook/kinds/<kind>.html

Some facts are put on the row for the page: `named` (workers by name within the reader's reach, `named_count` of how many),
`left_out` (teams that got no goods), `counts` (people of a festival, in words), `has_results` (a link for the health officer),
`may_open_matter` (from a line of the checklist), `may_import` (a sign-in sheet, for the training with this `label`), `may_print`
(the notice of this festival for this team), `may_follow_up` (say that somebody was looked after again).
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils import timezone

from core.roles import Role
from core.scope import Level
from feedback.cases.intake import can_register
from handbook import policies
from handbook.attendance_import.sheet import ATTENDED
from handbook.attendance_import.trainings import is_open, label_of
from handbook.gate.policies import can_print_notices
from handbook.kinds.care import teams_left_out
from handbook.kinds.customs import roster_counts
from handbook.kinds.people import workers_named
from handbook.kinds.receipts import may_put_receipt
from handbook.models import (
    CampaignActivity,
    CareEvent,
    EntryKind,
    EthnicCustomNote,
    GuidanceRecord,
    HandbookEntry,
    HazardRecord,
    HealthCheckBatch,
    LabourAct,
    MedicalService,
    MeetingRecord,
    TeamInspection,
    TrainingSession,
    VisitRecord,
)
from imports.policies import can_import
from labour_teams.models import Engagement

GUIDED = (
    *("guided_coordinator__person", "guided_coordinator__project", "guided_coordinator__region"),
    *("guided_liaison__person", "guided_liaison__team", "guided_liaison__crew"),
)
ROWS: Mapping[str, tuple[Any, tuple[str, ...], tuple[str, ...]]] = {
    # A kind with its model, what is joined, and which sets belong to it.
    EntryKind.VISIT: (VisitRecord, (), ("topics",)),
    EntryKind.MEETING: (MeetingRecord, (), ("people",)),
    EntryKind.TRAINING: (TrainingSession, ("organiser",), ("subjects", "attendances__person")),
    EntryKind.ACTIVITY: (CampaignActivity, ("campaign",), ()),
    EntryKind.HAZARD: (HazardRecord, ("group",), ()),
    EntryKind.CARE: (CareEvent, (), ("distributions__item", "distributions__team", "distributions__receipt")),
    EntryKind.HEALTH_CHECK: (HealthCheckBatch, (), ()),
    EntryKind.MEDICAL: (MedicalService, ("clinic", "medical_team"), ("spending",)),
    EntryKind.CUSTOMS: (EthnicCustomNote, ("festival",), ()),
    EntryKind.INSPECTION: (TeamInspection, (), ("findings__item",)),
    EntryKind.GUIDANCE: (GuidanceRecord, GUIDED, ()),
    EntryKind.LABOUR_ACT: (LabourAct, ("document",), ()),
}


def detail_for(entry: HandbookEntry, user: Any) -> Any:
    """The row beside the entry with what its page tells; None where there is none within the reader's reach."""
    if entry.kind not in ROWS:
        return None
    model, joins, sets = ROWS[entry.kind]
    row = model.objects.visible_to(user).filter(entry=entry).select_related("entry", *joins).prefetch_related(*sets).first()
    if row is not None and (told := TOLD.get(entry.kind)):
        told(row, entry, user)
    return row


def _named(row: Any, entry: HandbookEntry, user: Any) -> None:
    """Names as far as the reader reaches the people; how many there are, he reads anyway."""
    keys = workers_named(entry)
    row.named_count = len(keys)
    row.named = list(Engagement.objects.visible_to(user).filter(pk__in=keys).for_list())


def _visit(row: Any, entry: HandbookEntry, user: Any) -> None:
    _named(row, entry, user)
    row.may_follow_up = bool(row.follow_up_on) and policies.can_follow_up(user, entry)


def _training(row: Any, entry: HandbookEntry, user: Any) -> None:
    _named(row, entry, user)
    row.posts = [attendance.person for attendance in row.attendances.all() if attendance.person_id]
    row.label = label_of(entry) if is_open(entry, timezone.localdate()) else ""
    row.may_import = bool(entry.project and row.label and can_import(user, entry.project, ATTENDED.key))


def _care(row: Any, entry: HandbookEntry, user: Any) -> None:
    _named(row, entry, user)
    row.left_out = teams_left_out(row)
    row.total = sum(line.cost for line in row.distributions.all() if line.cost is not None)
    for line in row.distributions.all():
        line.may_put_receipt = may_put_receipt(user, entry, line)


def _customs(row: Any, entry: HandbookEntry, user: Any) -> None:
    row.counts = roster_counts(policies.place_of(entry), entry.on, row.festival.ethnicities)
    row.may_print = entry.project is not None and can_print_notices(user, entry.project)


def _health(row: Any, entry: HandbookEntry, user: Any) -> None:
    row.has_results = user.scope.holds_at(Level.PROJECT, entry.project_id, Role.HEALTH_OFFICER)


def _inspection(row: Any, entry: HandbookEntry, user: Any) -> None:
    """Only what stands and took place gives rise to a matter."""
    row.may_open_matter = entry.is_standing and not entry.is_planned and can_register(user)


def _medical(row: Any, entry: HandbookEntry, user: Any) -> None:
    row.total = sum(line.amount for line in row.spending.all())


TOLD: Mapping[str, Callable[[Any, HandbookEntry, Any], None]] = {
    EntryKind.VISIT: _visit,
    EntryKind.TRAINING: _training,
    EntryKind.ACTIVITY: _named,
    EntryKind.CARE: _care,
    EntryKind.CUSTOMS: _customs,
    EntryKind.HEALTH_CHECK: _health,
    EntryKind.INSPECTION: _inspection,
    EntryKind.MEDICAL: _medical,
}
