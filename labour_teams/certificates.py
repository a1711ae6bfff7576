"""Special-operation certificates (特种作业证): how long they hold depends on who issued them."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Issuer(TextChoices):
    HOUSING = "housing", _("Housing and construction authority")
    EMERGENCY = "emergency", _("Emergency management authority")
    MARKET = "market", _("Market regulation authority")
    COMPANY = "company", _("Company (post certificate)")


class CostBearer(TextChoices):
    """Whoever pays, it must not be the worker: certificates are free of charge to him (SYSTEM row 77)."""

    COMPANY = "company", pgettext_lazy("who pays", "Company")
    PROJECT = "project", pgettext_lazy("who pays", "Project")
    TEAM = "team", pgettext_lazy("who pays", "Labour team")
    WORKER = "worker", pgettext_lazy("who pays", "The worker himself")


# Years for which a certificate holds. Housing: 建质 (2008) 75. Emergency management: 6 years. Market regulation: 4 years.
YEARS_VALID: Mapping[str, int | None] = {Issuer.HOUSING: 2, Issuer.EMERGENCY: 6, Issuer.MARKET: 4, Issuer.COMPANY: None}
# Years after which the issuer looks at it again.
YEARS_TO_REVIEW: Mapping[str, int | None] = {Issuer.EMERGENCY: 3}
ALERTS = (90, 30)  # days ahead


def valid_until(issuer: str, issued_on: date) -> date | None:
    """The last day, if the issuer's certificates end by themselves."""
    return _years_later(issued_on, YEARS_VALID.get(issuer))


def review_due(issuer: str, issued_on: date) -> date | None:
    """The day by which the issuer has to look at it again."""
    return _years_later(issued_on, YEARS_TO_REVIEW.get(issuer))


def _years_later(day: date, years: int | None) -> date | None:
    """The day before the anniversary; the 29th of February has its anniversary on the 28th."""
    if not years:
        return None
    year = day.year + years
    return date(year, day.month, min(day.day, monthrange(year, day.month)[1])) - timedelta(days=1)
