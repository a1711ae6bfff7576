"""When a certificate asks for something, and how urgent that is: run out, or due for review, in 90 or 30 days."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, Q, Value
from django.db.models.functions import Coalesce, Least
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from labour_teams.certificates import ALERTS, CostBearer
from labour_teams.models import WorkerCertificate

if TYPE_CHECKING:
    from accounts.models import User

LATER, SOON = (timedelta(days=days) for days in ALERTS)
NEVER = date.max


@dataclass(frozen=True, slots=True)
class State:
    """What a certificate is at: words and the tone of its pill."""

    words: str
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Counts:
    """Of certificates of people on site: run out; within 30 days; in 31 to 90 days; paid by the worker."""

    expired: int
    soon: int
    later: int
    own_cost: int


def with_end(certificates: Any) -> Any:
    """Annotates `ends_on`: the day by which something has to be done with it, NEVER for those that hold for good."""
    ends = (Coalesce(F(name), Value(NEVER)) for name in ("valid_until", "review_due_on"))
    return certificates.annotate(ends_on=Least(*ends))


def ends_by(certificates: Any, last: date, since: date | None = None) -> Any:
    """Those that end on one of these days; `certificates` come from `with_end`."""
    found = certificates.filter(ends_on__lte=last)
    return found.filter(ends_on__gte=since) if since else found


def running_out(certificates: Any, day: date) -> Any:
    """Of people on site on `day`: run out, or asking for something within 90 days."""
    return ends_by(with_end(certificates.in_force().held_by_current(day)), day + LATER)


def state_of(certificate: Any, day: date) -> State:
    """`certificate` comes from `with_end`."""
    ends = certificate.ends_on
    if ends == NEVER:
        return State(pgettext("certificate", "No end"), "ok")
    is_review = ends == certificate.review_due_on and ends != certificate.valid_until
    if ends < day:
        return State(pgettext("certificate", "Review overdue") if is_review else pgettext("certificate", "Run out"), "late")
    if ends == day:
        return State(_("Review due today") if is_review else _("Runs out today"), "soon")
    if ends <= day + LATER:
        words = _("Review in %(days)d days") if is_review else _("Runs out in %(days)d days")
        return State(words % {"days": (ends - day).days}, "soon" if ends <= day + SOON else "go")
    return State(pgettext("certificate", "Valid"), "ok")


def counts_for(user: "User", day: date) -> Mapping[int, Counts]:
    """Project → how many of those in the reader's reach."""
    held = with_end(WorkerCertificate.objects.visible_to(user).in_force().held_by_current(day))
    found = (
        held.order_by()
        .values("engagement__project")
        .annotate(
            expired=Count("pk", filter=Q(ends_on__lt=day)),
            soon=Count("pk", filter=Q(ends_on__gte=day, ends_on__lte=day + SOON)),
            later=Count("pk", filter=Q(ends_on__gt=day + SOON, ends_on__lte=day + LATER)),
            own_cost=Count("pk", filter=Q(paid_by=CostBearer.WORKER)),
        )
    )
    names = ("expired", "soon", "later", "own_cost")
    return {row["engagement__project"]: Counts(*(row[name] for name in names)) for row in found}
