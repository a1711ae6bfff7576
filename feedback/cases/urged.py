"""Which cases were urged (催办) and wait for a first step since: who did it last, when, and his word."""

from django.db.models import Exists, F, OuterRef, Subquery

from feedback.cases.workflow import LIFECYCLE
from feedback.models import CaseEvent
from feedback.querysets import CaseQuerySet

# Whoever was urged has acted on it by one of these, which lead somewhere.
STEPS = frozenset({verb for verb, move in LIFECYCLE.moves.items() if move.target is not None} | {"approve_reply", "follow"})


def urged_first(cases: CaseQuerySet) -> CaseQuerySet:
    """Annotates `urged_at` (None: not urged, or acted on since), `urged_by` (a name) and `urged_word`."""
    acted = CaseEvent.objects.filter(case=OuterRef("case"), verb__in=STEPS, at__gt=OuterRef("at"))
    of_case = CaseEvent.objects.filter(case=OuterRef("pk"), verb="urge", to_status=OuterRef("status"))
    last = of_case.exclude(Exists(acted)).order_by("-at")
    found = cases.annotate(
        urged_at=Subquery(last.values("at")[:1]),
        urged_by=Subquery(last.values("by__name")[:1]),
        urged_word=Subquery(last.values("note")[:1]),
    )
    return found.order_by(F("urged_at").desc(nulls_last=True), "-registered_on", "number")
