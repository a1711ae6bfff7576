"""Writing a compared roster: a few statements for each thousand rows, in one order, so that nobody waits in a circle.

Runs inside the caller's transaction, which holds the project's lock and made the comparison.
"""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from core.fields import KeyedHashField
from imports.registry import Comparison
from labour_teams.models import Engagement, WorkCrew, Worker
from labour_teams.roster_import.compare import Plan
from labour_teams.roster_import.known import chunks
from regions.models import Project

BATCH = 1_000
UPDATE_BATCH = 500  # each row stands several times in an UPDATE … CASE
HASHES = tuple(field for field in Engagement._meta.fields if isinstance(field, KeyedHashField))


def write(project: Project, comparison: Comparison) -> dict[str, Any]:
    """No worker is ever updated. New engagements keep the order of the sheet: any other would tell who was known before."""
    plans = [judged.plan for judged in comparison.rows]
    _create_crews(plan.engagement.crew for plan in plans)
    _create_workers([plan for plan in plans if not plan.worker.pk])
    ended = sorted((plan.ended for plan in plans if plan.ended), key=lambda engagement: engagement.pk)
    _update_engagements(ended, {"left_on"})
    for changed, engagements in _by_change(plans):
        _update_engagements(engagements, changed)
    arriving = [plan.engagement for plan in plans if not plan.engagement.pk]
    for engagement in arriving:
        engagement.derive()
    Engagement.objects.bulk_create(arriving, batch_size=BATCH)
    for judged in comparison.rows:
        judged.target_id = judged.plan.engagement.pk
    return {}


def _create_crews(crews: Iterable[WorkCrew | None]) -> None:
    new: dict[int, WorkCrew] = {}
    for crew in crews:
        if crew and not crew.pk:
            new[id(crew)] = crew
    WorkCrew.objects.bulk_create(sorted(new.values(), key=lambda crew: (crew.team_id, crew.name)), batch_size=BATCH)


def _create_workers(plans: list[Plan]) -> None:
    """Somebody else may create the same person at this moment for another project: then that row is the person."""
    new = sorted((plan.worker for plan in plans), key=lambda worker: worker.id_number.hashed)
    for worker in new:
        worker.derive()
    Worker.objects.bulk_create(new, batch_size=BATCH, ignore_conflicts=True)
    numbers: dict[str, int] = {}
    for chunk in chunks([worker.id_number.hashed for worker in new]):
        numbers |= dict(Worker.objects.filter(id_number_hash__in=chunk).values_list("id_number_hash", "pk"))
    for plan in plans:
        plan.worker.pk = numbers[plan.worker.id_number.hashed]
        plan.engagement.worker = plan.worker


def _by_change(plans: list[Plan]) -> list[tuple[set[str], list[Engagement]]]:
    """Engagements to update, by what changes in them: columns that stay are not written again."""
    groups: dict[tuple[str, ...], list[Engagement]] = {}
    for plan in plans:
        if plan.engagement.pk and plan.changed:
            groups.setdefault(tuple(sorted(plan.changed)), []).append(plan.engagement)
    return [(set(changed), sorted(groups[changed], key=lambda engagement: engagement.pk)) for changed in sorted(groups)]


def _update_engagements(engagements: list[Engagement], changed: set[str]) -> None:
    """bulk_update asks no field to prepare itself: the hashes and tails beside changed numbers are set here."""
    now = timezone.now()
    followers = [field for field in HASHES if field.source in changed]
    for engagement in engagements:
        for field in followers:
            field.pre_save(engagement, add=False)
        engagement.updated_at = now
    if engagements:
        fields = [*sorted(changed), *(field.attname for field in followers), "updated_at"]
        Engagement.objects.bulk_update(engagements, fields, batch_size=UPDATE_BATCH)
