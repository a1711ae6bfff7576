"""Whose report it is: through whose eyes figures are counted that not everybody may know in full.

A case that names the regional coordinator himself is hidden from him (AC-13), so it is not in his report either. Whoever reads
the report reads his numbers, before and after it is sent.
"""

from typing import TYPE_CHECKING

from django.utils import timezone

from coordinators.models import Coordinator
from reports.models import MonthlyReport
from reports.policies import can_write

if TYPE_CHECKING:
    from accounts.models import User


def author_of(report: MonthlyReport) -> "User | None":
    """Whoever saved it last, while the region is still his; else its coordinator of today. None while the post is vacant."""
    if report.saved_by and can_write(report.saved_by, report):
        return report.saved_by
    posts = Coordinator.objects.full_time().held_on(timezone.localdate()).filter(region=report.region_id)
    post = posts.select_related("person").order_by("is_acting", "from_on", "pk").first()
    return post.person if post else None
