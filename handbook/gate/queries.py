"""Who of the people on site may not work yet: nobody told them of the dangers here, or not for a year.

Law on Work Safety, article 28: nobody works without the training, and without having passed it. Measures on the real-name
management of building workers (建市 2019 No. 18, amended by 建市 2022 No. 59): after a year without any on record, again.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, DateField, Exists, ExpressionWrapper, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from handbook.models import TrainingAttendance, TrainingSession
from handbook.querysets import OfSessionQuerySet
from labour_teams.models import Engagement
from labour_teams.querysets import EngagementQuerySet

AHEAD = timedelta(days=30)  # an induction so long before the entry still is one
A_YEAR = timedelta(days=365)
MISSING, RETRAIN = "missing", "retrain"


@dataclass(frozen=True, slots=True)
class Standing:
    """How many people are on site, how many of them were never inducted, how many were not trained for a year."""

    on_site: int = 0
    missing: int = 0
    retrain: int = 0


def with_gate(people: EngagementQuerySet, day: date) -> EngagementQuerySet:
    """`arrived_on` the project (a transfer between its teams is no arrival), `is_inducted`, `trained_on` last, as of `day`."""
    of_him = {"worker": OuterRef("worker"), "project": OuterRef("project")}
    arrivals = Engagement.objects.filter(**of_him, follows=None, entered_on__lte=OuterRef("entered_on")).order_by("-entered_on")
    people = people.annotate(arrived_on=Coalesce(Subquery(arrivals.values("entered_on")[:1]), "entered_on"))
    attended = _attended(day).filter(**{f"engagement__{name}": value for name, value in of_him.items()})
    trained = attended.order_by("-session__entry__on").values("session__entry__on")[:1]
    return people.annotate(
        is_inducted=Exists(_inductions(attended).filter(counts_until__gte=OuterRef("arrived_on"))), trained_on=Subquery(trained)
    )


def due(people: EngagementQuerySet, day: date) -> EngagementQuerySet:
    """Those who may not work; `people` come from `with_gate`."""
    return people.filter(missing() | retrain(day))


def missing() -> Q:
    return Q(is_inducted=False)


def retrain(day: date) -> Q:
    """Inducted once, and then nothing for more than a year."""
    return Q(is_inducted=True, trained_on__lt=day - A_YEAR)


def standings(people: EngagementQuerySet, day: date) -> Mapping[int, Standing]:
    """Project → how its people on site stand, in one query."""
    counted = (
        with_gate(people.current(day).order_by(), day)
        .values("project")
        .annotate(all=Count("pk"), never=Count("pk", filter=missing()), long_ago=Count("pk", filter=retrain(day)))
    )
    return {row["project"]: Standing(row["all"], row["never"], row["long_ago"]) for row in counted}


def _attended(day: date) -> OfSessionQuerySet:
    """By name, at a training that took place by `day` and was not taken back."""
    held = TrainingAttendance.objects.filter(session__entry__withdrawn_at=None, session__entry__is_planned=False)
    return held.filter(session__entry__on__lte=day)


def _inductions(attended: OfSessionQuerySet) -> OfSessionQuerySet:
    """Who failed was not inducted. `counts_until`: the last day of arrival for which it counts."""
    passed = attended.filter(session__kind=TrainingSession.Kind.INDUCTION).exclude(has_passed=False)
    until: Any = ExpressionWrapper(F("session__entry__on") + AHEAD, output_field=DateField())
    return passed.annotate(counts_until=until)
