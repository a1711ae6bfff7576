"""An edition of the handbook's rules: begun (from an older one, of whatever region), written, published once and for all."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from coordinators.handbook import policies
from coordinators.models import HandbookEdition, HandbookSection
from core.audit import AuditKind, record
from core.refusals import Refused, Stale
from regions.models import Region

if TYPE_CHECKING:
    from accounts.models import User

Place = tuple[str, str]  # level, kind
PLACES: tuple[Place, ...] = tuple((level.value, kind.value) for level in HandbookSection.Level for kind in HandbookSection.Kind)


@dataclass(frozen=True, slots=True)
class Wording:
    text: str
    is_draft: bool


def wordings_of(edition: HandbookEdition) -> dict[Place, Wording]:
    """The nine texts by their places, empty ones where nothing was written."""
    written = {(row.level, row.kind): Wording(row.text, row.is_draft) for row in edition.sections.all()}
    return {place: written.get(place, Wording("", False)) for place in PLACES}


def fingerprint(wordings: Mapping[Place, Wording]) -> str:
    """The texts as their writer saw them, short enough for a hidden field."""
    facts = [[*place, wording.text, wording.is_draft] for place, wording in sorted(wordings.items())]
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()


@transaction.atomic
def begin(region: Region, *, by: "User", copy: HandbookEdition | None = None) -> HandbookEdition:
    """The edition of the region that is being written: the one begun already, or a new one with the texts of `copy`."""
    if not policies.can_begin(by):
        raise Refused(_("Your post does not allow this."))
    Region.objects.select_for_update().get(pk=region.pk)
    begun = HandbookEdition.objects.filter(region=region, published_at=None).first()
    if begun:
        return begun
    latest = HandbookEdition.objects.filter(region=region).aggregate(Max("number"))["number__max"] or 0
    edition = HandbookEdition.objects.create(region=region, number=latest + 1, from_on=timezone.localdate())
    wordings = wordings_of(copy) if copy else {}
    HandbookSection.objects.bulk_create(_section(edition, place, wordings.get(place, Wording("", True))) for place in PLACES)
    return edition


@transaction.atomic
def write(edition: HandbookEdition, *, by: "User", wordings: Mapping[Place, Wording], seen: str) -> HandbookEdition:
    """Keep the texts. `seen`: the fingerprint of those that the page came with.

    Raises Stale when a colleague has written since, Refused once the edition is published.
    """
    locked = _locked(edition, by)
    if fingerprint(wordings_of(locked)) != seen:
        raise Stale(_("A colleague has changed these texts meanwhile. Yours stand below; save again to put them in their place."))
    for row in locked.sections.all():
        wording = wordings[(row.level, row.kind)]
        if Wording(row.text, row.is_draft) != wording:
            row.text, row.is_draft = wording.text, wording.is_draft
            row.save(update_fields=["text", "is_draft"])
    return locked


@transaction.atomic
def publish(edition: HandbookEdition, *, by: "User", from_on: date) -> HandbookEdition:
    """From `from_on` the region's rules; its texts stay as they are from now on."""
    locked = _locked(edition, by)
    last = HandbookEdition.objects.filter(region=locked.region).published().aggregate(Max("from_on"))["from_on__max"]
    if from_on < timezone.localdate():
        raise Refused(_("Rules do not begin in the past."), fields={"from_on": _("Rules do not begin in the past.")})
    if last and from_on < last:
        words = _("The edition before this one begins only on %(day)s.") % {"day": last}
        raise Refused(words, fields={"from_on": words})
    if not any(wording.text.strip() for wording in wordings_of(locked).values()):
        raise Refused(_("All nine texts are empty: write at least one first."))
    locked.from_on, locked.published_at, locked.published_by = from_on, timezone.now(), by
    locked.save(update_fields=["from_on", "published_at", "published_by"])
    record(AuditKind.SETTING, by=by, subject=locked, what="publish", from_on=str(from_on))
    return locked


def _locked(edition: HandbookEdition, by: "User") -> HandbookEdition:
    locked = HandbookEdition.objects.visible_to(by).select_for_update(of=("self",)).select_related("region").get(pk=edition.pk)
    if not policies.can_begin(by):
        raise Refused(_("Your post does not allow this."))
    if not policies.can_write(by, locked):
        raise Refused(_("This edition is published. What is to change goes into the next edition."))
    return locked


def _section(edition: HandbookEdition, place: Place, wording: Wording) -> HandbookSection:
    level, kind = place
    return HandbookSection(edition=edition, level=level, kind=kind, text=wording.text, is_draft=wording.is_draft)
