"""A line of what only its kind has, for the printed book: a few queries however many entries.

Nothing of a visit and nothing of anybody's health stands here: what is printed of those is asked for by reader (book.py).
"""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from handbook.models import (
    CampaignActivity,
    CareDistribution,
    EntryKind,
    EthnicCustomNote,
    GuidanceRecord,
    HandbookEntry,
    HazardRecord,
    HealthCheckBatch,
    LabourAct,
    MedicalSpending,
    MeetingRecord,
    TeamInspection,
    TrainingSession,
)

Lines = dict[int, str]


def facts_of(entries: Iterable[HandbookEntry]) -> Lines:
    """Entry's key → the line. For entries that the reader sees already."""
    keys: dict[str, list[int]] = {}
    for entry in entries:
        keys.setdefault(entry.kind, []).append(entry.pk)
    found: Lines = {}
    for kind, wanted in keys.items():
        if tell := TELLERS.get(kind):
            found |= tell(wanted)
    return found


def together(*parts: object) -> str:
    return "·".join(str(part) for part in parts if part)


def plain(number: Decimal) -> str:
    """Without the zeros that a column of two places adds."""
    return f"{number.normalize():,f}"


def _training(keys: list[int]) -> Lines:
    rows = TrainingSession.objects.filter(pk__in=keys).prefetch_related("subjects")
    return {row.pk: together(row.get_kind_display(), _listed(row.subjects.all()), row.trainer, _hours(row)) for row in rows}


def _hours(session: TrainingSession) -> str:
    return _("%(hours)s hours") % {"hours": plain(session.hours)} if session.hours else ""


def _meeting(keys: list[int]) -> Lines:
    rows = MeetingRecord.objects.filter(pk__in=keys)
    return {row.pk: together(row.get_kind_display(), row.decided) for row in rows}


def _activity(keys: list[int]) -> Lines:
    rows = CampaignActivity.objects.filter(pk__in=keys).select_related("campaign")
    return {row.pk: together(row.campaign or row.get_kind_display(), _of_on_site(row)) for row in rows}


def _of_on_site(activity: CampaignActivity) -> str:
    return _("%(number)d on site that day") % {"number": activity.on_site} if activity.on_site else ""


def _hazard(keys: list[int]) -> Lines:
    removed = _("put right on the spot")
    rows = HazardRecord.objects.filter(pk__in=keys).select_related("group")
    return {row.pk: together(row.get_severity_display(), row.group, removed if row.is_removed else "") for row in rows}


def _care(keys: list[int]) -> Lines:
    """Goods with their quantities, those of all teams added."""
    given: dict[int, dict[str, Decimal]] = {}
    units: dict[str, str] = {}
    for row in CareDistribution.objects.filter(event__in=keys).select_related("item"):
        of_event = given.setdefault(row.event_id, {})
        of_event[row.item.name] = of_event.get(row.item.name, Decimal()) + row.quantity
        units[row.item.name] = row.item.unit
    return {
        key: _listed(f"{name} {plain(quantity)} {units[name]}" for name, quantity in goods.items())
        for key, goods in given.items()
    }


def _health(keys: list[int]) -> Lines:
    rows = HealthCheckBatch.objects.filter(pk__in=keys)
    advised = _("%(number)d advised to return home")
    return {row.pk: together(row.get_occasion_display(), advised % {"number": row.advised_to_return}) for row in rows}


def _medical(keys: list[int]) -> Lines:
    spent: dict[int, Decimal] = {}
    for key, amount in MedicalSpending.objects.filter(service__in=keys).values_list("service", "amount"):
        spent[key] = spent.get(key, Decimal()) + amount
    return {key: _("%(amount)s yuan spent") % {"amount": plain(amount)} for key, amount in spent.items()}


def _customs(keys: list[int]) -> Lines:
    rows = EthnicCustomNote.objects.filter(pk__in=keys).select_related("festival")
    return {row.pk: together(row.festival, row.get_handed_to_display(), row.received_by) for row in rows}


def _inspection(keys: list[int]) -> Lines:
    words = _("%(good)d in order, %(bad)d to be put right")
    rows = TeamInspection.objects.filter(pk__in=keys)
    return {row.pk: words % {"good": row.found_in_order, "bad": row.found_wanting} for row in rows}


def _guidance(keys: list[int]) -> Lines:
    joins = ("guided_coordinator__person", "guided_liaison__person")
    rows = GuidanceRecord.objects.filter(pk__in=keys).select_related(*joins)
    return {row.pk: together(row.get_way_display(), _guided(row), row.to_improve) for row in rows}


def _guided(record: GuidanceRecord) -> str:
    post = record.guided_coordinator or record.guided_liaison
    return str(post.person.name) if post else ""


def _labour_act(keys: list[int]) -> Lines:
    rows = LabourAct.objects.filter(pk__in=keys)
    return {row.pk: together(row.get_kind_display(), row.company, row.opinion) for row in rows}


def _listed(parts: Iterable[object]) -> str:
    return pgettext("between items of a list", ", ").join(str(part) for part in parts)


TELLERS: Mapping[str, Callable[[list[Any]], Lines]] = {
    EntryKind.TRAINING: _training,
    EntryKind.MEETING: _meeting,
    EntryKind.ACTIVITY: _activity,
    EntryKind.HAZARD: _hazard,
    EntryKind.CARE: _care,
    EntryKind.HEALTH_CHECK: _health,
    EntryKind.MEDICAL: _medical,
    EntryKind.CUSTOMS: _customs,
    EntryKind.INSPECTION: _inspection,
    EntryKind.GUIDANCE: _guidance,
    EntryKind.LABOUR_ACT: _labour_act,
}
