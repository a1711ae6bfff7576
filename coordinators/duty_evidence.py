"""What the app's own records say about duties (coordinators/provisions/evidence.py asks)."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from django.db.models import Count, Max
from django.urls import reverse

from coordinators.models import Coordinator, PostProvision, RightExercise
from coordinators.provisions.evidence import Evidence, register

if TYPE_CHECKING:
    from accounts.models import User


@register
def of_right_exercises(reader: "User", post: Coordinator, duties: Sequence[PostProvision]) -> Mapping[int, Evidence]:
    """Hearings, patrols and proposals that the coordinator himself put down as evidence."""
    rows = RightExercise.objects.visible_to(reader).filter(coordinator=post, duty__in=duties)
    counted = rows.order_by().values("duty").annotate(n=Count("pk"), latest=Max("on"))
    address = reverse("rights")
    return {
        row["duty"]: Evidence(row["n"], row["latest"], f"{address}?coordinator={post.pk}&duty={row['duty']}") for row in counted
    }
