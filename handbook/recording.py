"""Every write to the handbook: an entry written, amended, taken back; photos put to it; a matter opened from it.

    entry = write(draft, by=request.user)

The same key is the same entry, however often it is sent. Raises Refused with the field that is wrong.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from coordinators.models import Coordinator, Liaison, PostProvision, SchemeItem
from core.attachments import drop, keep_photo
from core.refusals import Refused, Stale
from feedback.cases.intake import Place
from feedback.cases.registering import Matter, register
from feedback.models import Case
from handbook import policies
from handbook.models import EntryCase, EntryPhoto, HandbookEntry, VisitRecord

if TYPE_CHECKING:
    from accounts.models import User

MOST_PHOTOS = 9  # of an entry


@dataclass(frozen=True, slots=True)
class Draft:
    """What a form makes of an entry. `detail` writes what only its kind has, in the same transaction; `named` counts people."""

    kind: str
    on: date
    place: Place
    title: str
    summary: str = ""
    spot: str = ""
    headcount: int | None = None
    role_played: SchemeItem | None = None
    dimension: str = ""
    duty: PostProvision | None = None
    is_planned: bool = False
    photos: Sequence[UploadedFile] = ()
    detail: Callable[[HandbookEntry], None] | None = None
    key: UUID = field(default_factory=uuid4)


def write(draft: Draft, *, by: "User") -> HandbookEntry:
    """The new entry; or the one that was written with this key before."""
    if known := _known(draft, by):
        return known
    _check(draft, by)
    entry = HandbookEntry(key=draft.key, kind=draft.kind, author=by)
    _fill(entry, draft)
    entry.coordinator, entry.liaison = _post(by, draft.place)
    try:
        with transaction.atomic():
            entry.save(force_insert=True)
            _rest(entry, draft, by)
    except IntegrityError:  # sent twice at the same moment
        if twin := _known(draft, by):
            return twin
        raise
    return entry


def _known(draft: Draft, by: "User") -> HandbookEntry | None:
    """The entry of this key. Somebody else's key on a phone that two people use is refused: nothing of theirs is shown."""
    found = HandbookEntry.objects.filter(key=draft.key).first()
    if found and found.author_id != by.pk:
        raise Refused(_("This form was sent by somebody else already. Open a new one."))
    return found


def amend(entry: HandbookEntry, draft: Draft, *, by: "User", version: int) -> HandbookEntry:
    """Write over it. Raises Refused, and Stale if somebody else did so since `version`."""
    with transaction.atomic():
        fresh = _locked(entry, by)
        if not policies.can_amend(by, fresh, timezone.localdate()):
            raise Refused(_("This entry can no longer be amended: the month's book is closed, or it is not yours."))
        if fresh.version != version:
            raise Stale(_("Somebody else changed this since you opened it. Nothing was lost: look at both and decide."))
        _check(draft, by)
        _fill(fresh, draft)
        fresh.place_in_tree()
        fresh.amended_at, fresh.version = timezone.now(), fresh.version + 1
        fresh.save()
        _rest(fresh, draft, by)
    return fresh


def withdraw(entry: HandbookEntry, *, by: "User", reason: str) -> HandbookEntry:
    """It stays where it is, struck out, and counts no longer."""
    with transaction.atomic():
        fresh = _locked(entry, by)
        if not policies.can_withdraw(by, fresh):
            raise Refused(_("Only whoever wrote an entry, or the region's coordinator, takes it back."))
        if not reason.strip():
            raise Refused(_("Say why."), fields={"reason": _("Say why.")})
        fresh.withdrawn_at, fresh.withdrawn_by, fresh.withdrawn_reason = timezone.now(), by, reason.strip()
        fresh.version += 1
        fresh.save()
    return fresh


def follow_up(visit: VisitRecord, *, by: "User", on: date, words: str) -> VisitRecord:
    """Who was to be looked after again was; said anew, it is written over. What the visit itself tells stays as it was."""
    with transaction.atomic():
        entry = _locked(visit.entry, by)
        fresh = VisitRecord.objects.visible_to(by).filter(entry=entry).first()
        if fresh is None or fresh.follow_up_on is None or not policies.can_follow_up(by, entry):
            raise Refused(_("Your post does not allow this."))
        if not entry.on <= on <= timezone.localdate():
            raise Refused(_("Between the visit and today."), fields={"on": _("This day lies between the visit and today.")})
        if not words.strip():
            raise Refused(_("Say how it stands now."), fields={"words": _("Say how it stands now.")})
        fresh.followed_up_on, fresh.followed_up_words = on, words.strip()
        fresh.save(update_fields=["followed_up_on", "followed_up_words"])
    return fresh


def drop_photo(photo: EntryPhoto, *, by: "User") -> None:
    """Take a photo from an entry that can still be amended."""
    if not policies.can_amend(by, photo.entry, timezone.localdate()):
        raise Refused(_("This entry can no longer be amended: the month's book is closed, or it is not yours."))
    attachment = photo.photo
    with transaction.atomic():
        photo.delete()
        drop(attachment)


def open_matter(entry: HandbookEntry, matter: Matter, *, by: "User") -> Case:
    """A case that came up in what this entry tells; the entry remembers it."""
    with transaction.atomic():
        case = register(matter, by=by)
        EntryCase.objects.create(entry=_locked(entry, by), case=case)
    return case


def _check(draft: Draft, by: "User") -> None:
    today = timezone.localdate()
    if not policies.can_write(by, draft.kind, draft.place):
        raise Refused(_("Your post does not allow this."), fields={"place": _("Your post does not write this here.")})
    if draft.is_planned and draft.on < today:
        raise Refused(_("What is planned lies ahead."), fields={"on": _("This day is past: what took place is not planned.")})
    if not draft.is_planned and draft.on > today:
        raise Refused(
            _("This day has not come yet."), fields={"on": _("This day has not come yet. Tick “planned”, or correct it.")}
        )
    if not policies.is_open(draft.on, today):
        raise Refused(_("The book of that month is closed."), fields={"on": _("The book of that month was closed on the fifth.")})


def _fill(entry: HandbookEntry, draft: Draft) -> None:
    place = draft.place
    entry.region, entry.project, entry.team, entry.crew = place.region, place.project, place.team, place.crew
    entry.on, entry.title, entry.summary, entry.place = draft.on, draft.title, draft.summary, draft.spot
    entry.headcount, entry.role_played, entry.dimension = draft.headcount, draft.role_played, draft.dimension
    entry.duty, entry.is_planned = draft.duty, draft.is_planned


def _rest(entry: HandbookEntry, draft: Draft, by: "User") -> None:
    if draft.detail:
        draft.detail(entry)
    if entry.photos.count() + len(draft.photos) > MOST_PHOTOS:
        words = _("At most %(most)d photos an entry.") % {"most": MOST_PHOTOS}
        raise Refused(words, fields={"photos": words})
    for upload in draft.photos:
        EntryPhoto.objects.create(entry=entry, photo=keep_photo(upload, by=by))


def _post(by: "User", place: Place) -> tuple[Coordinator | None, Liaison | None]:
    """The post in which it is written: the one that reaches the place; None for staff posts."""
    for post in by.posts_today:
        if isinstance(post, Liaison) and place.team and post.team_id == place.team.pk:
            return None, post
        if isinstance(post, Coordinator) and _is_at(post, place):
            return post, None
    return None, None


def _is_at(post: Coordinator, place: Place) -> bool:
    if post.project_id:
        return place.project is not None and post.project_id == place.project.pk
    return place.region is not None and post.region_id == place.region.pk


def _locked(entry: HandbookEntry, by: "User") -> HandbookEntry:
    fresh = HandbookEntry.objects.visible_to(by).filter(pk=entry.pk).select_for_update(of=("self",)).first()
    if fresh is None:
        raise Refused(_("This does not exist (any more) within your reach."))
    return fresh
