"""People by name, ticked from the roster after the quick entry (page `entry-people`).

    named = NAMED.get(entry.kind)                      # None: nobody is ticked in this kind
    if named and named.is_open_to(entry, user):        # a visit's people are for whoever reads what was said there
        named.chosen(entry)                            # keys of engagements
        named.put(entry, engagements, by=user)         # exactly these from now on; raises Refused

Health checks are not here: results by name have a page of their own (handbook/health). Coordinators and liaisons who attended are
ticked in the forms of trainings and meetings.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.refusals import Refused
from handbook import policies
from handbook.kinds.people import TICKED, room_for_the_named, workers_named
from handbook.models import EntryKind, HandbookEntry, TrainingAttendance, VisitRecord
from labour_teams.models import Engagement


def _anybody(entry: HandbookEntry, user: Any) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Named:
    """What ticking means in one kind. `write` makes the ticked ones the named ones."""

    label: Any
    write: Callable[[HandbookEntry, Collection[Engagement]], None]
    is_open_to: Callable[[HandbookEntry, Any], bool] = _anybody

    def chosen(self, entry: HandbookEntry) -> set[int]:
        """Keys of the engagements ticked so far; only for whom `is_open_to` says so."""
        return workers_named(entry)

    def put(self, entry: HandbookEntry, engagements: Collection[Engagement], by: Any) -> None:
        """Exactly these from now on. Raises Refused where the entry is closed, or somebody was not there that day."""
        ticked = list(engagements)
        with transaction.atomic():
            fresh = HandbookEntry.objects.visible_to(by).select_for_update(of=("self",)).filter(pk=entry.pk).first()
            if fresh is None or not self.is_open_to(fresh, by):
                raise Refused(_("This does not exist (any more) within your reach."))
            if not policies.can_amend(by, fresh, timezone.localdate()):
                raise Refused(_("This entry can no longer be amended: the month's book is closed, or it is not yours."))
            _must_have_been_there(fresh, ticked)
            self.write(fresh, ticked)
            room_for_the_named(fresh)


def _must_have_been_there(entry: HandbookEntry, ticked: Collection[Engagement]) -> None:
    if entry.is_planned and ticked:
        raise Refused(_("It is planned: nobody was there yet."))
    for engagement in ticked:
        if not engagement.is_current_on(entry.on):
            words = _("%(name)s was not on site on %(day)s.")
            raise Refused(words % {"name": engagement.name, "day": entry.on})
        if not _is_of(engagement, entry):
            raise Refused(
                _("%(name)s does not belong to %(unit)s.") % {"name": engagement.name, "unit": policies.place_of(entry)}
            )


def _is_of(engagement: Engagement, entry: HandbookEntry) -> bool:
    """Of the entry's project; and of its team where the team itself was meant. People of other crews may well have come along."""
    if entry.team_id:
        return engagement.team_id == entry.team_id
    if entry.project_id:
        return engagement.project_id == entry.project_id
    return entry.region_id is None or engagement.project.region_id == entry.region_id


def _of_visit(entry: HandbookEntry, ticked: Collection[Engagement]) -> None:
    entry.visit.workers.set(ticked)


def _reads_the_visit(entry: HandbookEntry, user: Any) -> bool:
    return VisitRecord.objects.visible_to(user).filter(entry=entry).exists()


def _of_training(entry: HandbookEntry, ticked: Collection[Engagement]) -> None:
    """Who stays ticked keeps his result."""
    session = entry.training
    known = session.attendances.filter(engagement__isnull=False)
    known.exclude(engagement__in=ticked).delete()
    here = set(known.values_list("engagement", flat=True))
    new = [engagement for engagement in ticked if engagement.pk not in here]
    TrainingAttendance.objects.bulk_create(TrainingAttendance(session=session, engagement=engagement) for engagement in new)


def _of_activity(entry: HandbookEntry, ticked: Collection[Engagement]) -> None:
    entry.activity.workers.set(ticked)


def _of_care(entry: HandbookEntry, ticked: Collection[Engagement]) -> None:
    """Each worker with what his team got; with what was given to the whole project, otherwise."""
    rows = list(entry.care.distributions.select_related("item", "team").order_by("pk"))
    served = {row.team_id for row in rows}
    for engagement in ticked:
        if engagement.team_id not in served and None not in served:
            words = _("Nothing was given to the team of %(name)s here: write a line for it first.")
            raise Refused(words % {"name": engagement.name})
    for row in rows:
        got_it = [one for one in ticked if row.team_id in (None, one.team_id)]
        if row.people is not None and len(got_it) > row.people:
            words = _("“%(item)s”: %(named)d people are ticked, and only %(people)d said.")
            raise Refused(words % {"item": row.item, "named": len(got_it), "people": row.people})
        row.workers.set(got_it)


NAMED: Mapping[str, Named] = {
    EntryKind.VISIT: Named(gettext_lazy("Whom you talked to"), _of_visit, _reads_the_visit),
    EntryKind.TRAINING: Named(gettext_lazy("Who attended"), _of_training),
    EntryKind.ACTIVITY: Named(gettext_lazy("Who took part"), _of_activity),
    EntryKind.CARE: Named(gettext_lazy("Who received something"), _of_care),
}
assert set(NAMED) == TICKED  # noqa: S101 - the forms say so
