"""Wrap-up projects × wage disputes: where a project winds up while wages are still quarrelled about."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Count, Min, Q, Sum

from feedback.models import Case, CaseCategory, Kind
from feedback.querysets import CaseQuerySet
from regions.models import Project, ProjectStage

if TYPE_CHECKING:
    from accounts.models import User

WAGES = Q(category__picture=CaseCategory.Picture.WAGES)
DISPUTES = Q(kind=Kind.DISPUTE)


@dataclass(frozen=True, slots=True)
class Quarrel:
    """A project in wrap-up: its open wage cases and disputes, the people and the money in them, the days of the oldest."""

    project: Project
    cases: int = 0
    people: int | None = None
    amount: Decimal | None = None
    days: int | None = None


def wages_and_disputes(cases: CaseQuerySet) -> CaseQuerySet:
    return cases.filter(WAGES | DISPUTES)


def wage_disputes(user: "User", day: date) -> list[Quarrel]:
    """The worst first. Counted are the cases that this person sees; a project of which he sees none stands there with nought."""
    projects = Project.objects.with_records_for(user).with_stage(day).filter(stage=ProjectStage.Stage.WRAP_UP).for_list()
    seen = wages_and_disputes(Case.objects.visible_to(user).open().leading()).order_by()
    counted = {
        row["project"]: row
        for row in seen.filter(project__in=projects.order_by().values("pk"))
        .values("project")
        .annotate(n=Count("pk"), people=Sum("people_count"), money=Sum("amount"), since=Min("registered_on"))
    }
    rows = [_quarrel(project, counted.get(project.pk), day) for project in projects]
    return sorted(rows, key=lambda row: (-row.cases, row.project.code))


def _quarrel(project: Project, row: dict | None, day: date) -> Quarrel:
    if row is None:
        return Quarrel(project)
    return Quarrel(project, row["n"], row["people"], row["money"], (day - row["since"]).days)
