"""The four givings (四给) of a coordinator's post: status, treatment, rights and duties, as far as the reader may see."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count
from django.utils import timezone

from coordinators.models import Coordinator, ProvisionEdition, RightExercise
from coordinators.nominations.policies import can_see_treatment
from coordinators.provisions.evidence import lines_of
from coordinators.provisions.workflow import duties_of
from core.roles import Role

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True, slots=True)
class Givings:
    """`treatment` is None for whoever may not see it, "" where none was entered; `records` None for whoever sees bare posts."""

    document_no: str
    managers: tuple[str, ...]
    treatment: str | None
    records: "Records | None"


@dataclass(frozen=True, slots=True)
class Records:
    """`used`: kind of right in words and how often it was made use of this year; `fulfilled` of `duties` have evidence."""

    year: int
    used: tuple[tuple[str, str, int], ...]
    fulfilled: int
    duties: int


def givings_of(user: "User", coordinator: Coordinator) -> Givings:
    """What stands on the coordinator's page; the same number of queries whatever was recorded."""
    return Givings(
        document_no=coordinator.document_no,
        managers=tuple(str(Role(role).label) for role in Coordinator.MANAGING_DEPARTMENTS) if coordinator.region_id else (),
        treatment=str(coordinator.get_treatment_level_display()) if can_see_treatment(user) else None,
        records=_records(user, coordinator),
    )


def _records(user: "User", coordinator: Coordinator) -> Records | None:
    if not Coordinator.objects.with_records_for(user).filter(pk=coordinator.pk).exists():
        return None
    today = timezone.localdate()
    exercises = RightExercise.objects.visible_to(user).filter(coordinator=coordinator).in_year(today.year)
    counts = dict(exercises.order_by().values_list("kind").annotate(Count("pk")))
    duties = duties_of(ProvisionEdition.objects.in_force(today).first())
    lines = lines_of(user, coordinator, duties)
    return Records(
        year=today.year,
        used=tuple((kind.value, str(kind.label), counts.get(kind.value, 0)) for kind in RightExercise.Kind),
        fulfilled=sum(line.count > 0 for line in lines),
        duties=len(lines),
    )
