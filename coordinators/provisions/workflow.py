"""Writes of this room: the next edition of the provisions, and the record that a right was made use of."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from coordinators.models import PostProvision, ProvisionEdition, RightExercise
from coordinators.provisions import policies
from core.attachments import drop, keep_photo
from core.audit import AuditKind, record
from core.months import Month
from core.refusals import Refused

if TYPE_CHECKING:
    from accounts.models import User


@transaction.atomic
def copy_edition(edition: ProvisionEdition, *, by: "User") -> ProvisionEdition:
    """The next edition with the same texts, in force from the first free first of a month to come; to be changed until then.

    Raises Refused for whoever may not prepare one.
    """
    if not policies.can_prepare(by):
        raise Refused(_("Your post does not allow this."))
    list(ProvisionEdition.objects.select_for_update())  # two copies at once would take one number
    latest = ProvisionEdition.objects.aggregate(Max("number"))["number__max"]
    copy = ProvisionEdition.objects.create(
        number=latest + 1, document_no=edition.document_no, from_on=_next_free_first(timezone.localdate()), note=edition.note
    )
    for row in edition.provisions.all():
        row.pk, row.edition, row._state.adding = None, copy, True
        row.save()
    record(AuditKind.SETTING, by=by, subject=copy, what="copy", copied=edition.number)
    return copy


def _next_free_first(today: date) -> date:
    taken = set(ProvisionEdition.objects.values_list("from_on", flat=True))
    month = Month.of(today).plus(1)
    while month.first in taken:
        month = month.plus(1)
    return month.first


@transaction.atomic
def record_exercise(exercise: RightExercise, *, by: "User", photo: Any = None) -> RightExercise:
    """Keep a new or corrected record with its photo. Raises Refused for somebody else's, an old one, or a photo that is none."""
    is_new = exercise._state.adding
    may = policies.can_record(by) if is_new else policies.can_edit(by, exercise)
    if not may or exercise.coordinator.person_id != by.pk:
        raise Refused(_("Only the coordinator himself records this, and corrects it for seven days."))
    if is_new:
        exercise.recorded_by = by
    before = exercise.photo
    if photo:
        exercise.photo = keep_photo(photo, by=by)
    exercise.save()
    if photo and before:
        drop(before)
    return exercise


def duties_of(edition: ProvisionEdition | None) -> list[PostProvision]:
    """The numbered duties of an edition; none where there is no edition."""
    return list(edition.provisions.filter(kind=PostProvision.Kind.DUTY).order_by("number")) if edition else []
