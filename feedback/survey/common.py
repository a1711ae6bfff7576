"""What a project's workers raised lately, in the words that its coordinator chose for lists: to be picked instead of typed."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from core.months import Month
from feedback.models import Case, CaseCategory

MOST = 30


@dataclass(frozen=True, slots=True)
class Common:
    title: str
    category: str
    category_id: int


def categories_in_use() -> QuerySet[CaseCategory]:
    """The company's categories are everybody's who registers a case."""
    return CaseCategory.objects.filter(is_active=True).order_by("order", "pk")


def common_titles(user: Any, project_id: int, today: date) -> list[Common]:
    """Titles of this month's and last month's cases that this person sees, the most frequent first.

    Nothing sensitive, and nothing from the workers' page: its titles may be close to what somebody wrote without his name.
    """
    since = Month.of(today).plus(-1).first
    cases = Case.objects.visible_to(user).filter(project=project_id, registered_on__gte=since, is_sensitive=False)
    rows = cases.exclude(origin=Case.Origin.QR).order_by("title").values_list("title", "category__name", "category")
    counted = Counter(Common(*row) for row in rows)
    return [common for common, _count in counted.most_common(MOST)]
