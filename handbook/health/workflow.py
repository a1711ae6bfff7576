"""Results by name, and the consent without which there is none.

Personal Information Protection Law, articles 13, 28 to 30: results are kept with the worker's separate consent alone (version of
the text, day, witness). Article 15: he takes it back as easily as he gave it; from then on nobody reads or writes his results.
They are not deleted: the file of health checks at work is one that the law wants kept (Law on Occupational Diseases, article 36).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.refusals import Refused
from handbook.health import policies
from handbook.models import HandbookEntry, HealthCheck, HealthCheckBatch, HealthConsent
from labour_teams.models import Engagement

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True, slots=True)
class Result:
    """What the officer found. `measures`: name → number, in the units of handbook/health/measures.py."""

    conclusion: str
    action: str
    measures: Mapping[str, Any]


def record_result(batch: HealthCheckBatch, engagement: Engagement, result: Result, *, by: "User") -> HealthCheck:
    """Write one worker's result, or write over it. Raises Refused: no consent, not on site that day, more than were counted."""
    with transaction.atomic():
        entry = HandbookEntry.objects.select_for_update(of=("self",)).get(pk=batch.pk)
        if not policies.can_see_results(by, entry):
            raise Refused(_("Your post does not allow this."))
        if not HealthConsent.objects.visible_to(by).standing().filter(engagement=engagement).exists():
            raise Refused(_("Without the worker's own consent no result is written down. Record his consent first."))
        if engagement.project_id != entry.project_id or not engagement.is_current_on(entry.on):
            raise Refused(_("%(name)s was not on site on %(day)s.") % {"name": engagement.name, "day": entry.on})
        said = {"conclusion": result.conclusion, "action": result.action, "measures": dict(result.measures)}
        check, _created = HealthCheck.objects.update_or_create(
            batch=batch, engagement=engagement, defaults=said | {"by": by, "at": timezone.now()}
        )
        room_for_results(entry)
    return check


def room_for_results(entry: HandbookEntry) -> None:
    """Raises Refused where the batch counts fewer than are written down by name."""
    checks = HealthCheck.objects.filter(batch=entry.pk)
    if entry.headcount is not None and checks.count() > entry.headcount:
        words = _("More results are written down by name than people were counted. Correct the number of the batch first.")
        raise Refused(words, fields={"headcount": words})
    advised = checks.filter(action=HealthCheck.Action.ADVISED_TO_RETURN).count()
    if advised > HealthCheckBatch.objects.get(pk=entry.pk).advised_to_return:
        words = _("More people are advised to return by name than the batch counts. Correct the number of the batch first.")
        raise Refused(words, fields={"advised_to_return": words})


def give_consent(engagement: Engagement, *, by: "User", text_version: str, given_on: date, witness: str) -> HealthConsent:
    """He signed. Raises Refused where one stands already, or the day has not come."""
    if not policies.is_officer(by, engagement.project_id):
        raise Refused(_("Your post does not allow this."))
    if given_on > timezone.localdate():
        raise Refused(_("This day has not come yet."), fields={"given_on": _("This day has not come yet.")})
    facts = {"text_version": text_version, "given_on": given_on, "witness": witness, "by": by}
    try:
        with transaction.atomic():
            return HealthConsent.objects.create(engagement=engagement, **facts)
    except IntegrityError as error:
        raise Refused(_("His consent is written down already.")) from error


def withdraw_consent(consent: HealthConsent, *, by: "User") -> HealthConsent:
    """He took it back: today, and without having to say why."""
    with transaction.atomic():
        fresh = HealthConsent.objects.visible_to(by).standing().select_for_update(of=("self",)).filter(pk=consent.pk).first()
        if fresh is None:
            raise Refused(_("This consent was taken back already."))
        fresh.withdrawn_on = timezone.localdate()
        fresh.save(update_fields=["withdrawn_on"])
    return fresh
