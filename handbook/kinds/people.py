"""How many are known by name in an entry: workers of the roster, and holders of posts. The declared number is another figure."""

from django.utils.translation import gettext as _

from core.refusals import Refused
from handbook.models import EntryKind, HandbookEntry, TrainingAttendance
from labour_teams.models import Engagement

TICKED = frozenset({EntryKind.VISIT, EntryKind.TRAINING, EntryKind.ACTIVITY, EntryKind.CARE})  # workers, once it is written


def workers_named(entry: HandbookEntry) -> set[int]:
    """Keys of the engagements named in it, each once however often it is named."""
    if entry.kind == EntryKind.TRAINING:
        attended = TrainingAttendance.objects.filter(session__entry=entry, engagement__isnull=False)
        return set(attended.values_list("engagement", flat=True))
    paths = {
        EntryKind.VISIT: "visits__entry",
        EntryKind.ACTIVITY: "activities__entry",
        EntryKind.CARE: "care_received__event__entry",
    }
    path = paths.get(EntryKind(entry.kind))
    return set(Engagement.objects.filter(**{path: entry}).values_list("pk", flat=True)) if path else set()


def posts_named(entry: HandbookEntry) -> set[int]:
    """Keys of the people who attended in a post."""
    if entry.kind == EntryKind.TRAINING:
        attended = TrainingAttendance.objects.filter(session__entry=entry, person__isnull=False)
        return set(attended.values_list("person", flat=True))
    meeting = getattr(entry, "meeting", None)
    return set(meeting.people.values_list("pk", flat=True)) if meeting else set()


def room_for_the_named(entry: HandbookEntry) -> None:
    """Raises Refused where fewer heads are declared than people are named."""
    if entry.headcount is None:
        return
    named = len(workers_named(entry)) + len(posts_named(entry))
    if named > entry.headcount:
        words = _("%(named)d people are named, and only %(declared)d declared. Correct the number, or untick somebody.")
        words = words % {"named": named, "declared": entry.headcount}
        raise Refused(words, fields={"headcount": words})
