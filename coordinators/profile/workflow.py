"""Every change of a profile, each with its audit event, which says what was changed and never a number.

The data are the person's own and go with him from post to post. Who may change them follows from the post by which they are
reached, and that post must be held today.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from coordinators.models import Coordinator, Liaison
from coordinators.profile.policies import can_edit_profile
from core.attachments import drop, keep_photo
from core.audit import AuditKind, record
from core.personal import Phone
from core.refusals import Refused

InPost = Coordinator | Liaison


def save(post: InPost, *, by: User, phone: Phone | None, duties: str) -> list[str]:
    """Mobile (None leaves it as it is) and duties in a line; the names of what has changed."""
    with _opened(post, by) as (held, person):
        changed = []
        if phone is not None and phone != person.phone:
            person.phone = phone
            person.save(update_fields=["phone", "phone_tail"])
            changed.append("phone")
        if duties != held.duties:
            held.duties = duties
            held.save(update_fields=["duties"])
            changed.append("duties")
        if changed:
            record(AuditKind.ACCOUNT, by=by, subject=person, what="profile", changed=changed, post=str(held))
    return changed


def keep_portrait(post: InPost, *, by: User, upload: UploadedFile | None) -> None:
    """In place of the one before, which is deleted."""
    with _opened(post, by) as (_held, person):
        _replace(person, keep_photo(upload, by=by))
        record(AuditKind.ACCOUNT, by=by, subject=person, what="portrait", kept=True)


def remove_portrait(post: InPost, *, by: User) -> None:
    with _opened(post, by) as (_held, person):
        if person.photo_id:
            _replace(person, None)
            record(AuditKind.ACCOUNT, by=by, subject=person, what="portrait", kept=False)


def agree(post: InPost, *, by: User) -> None:
    """From now on boards, cards and the public page may show the person."""
    _disclose(post, by, agreed=True)


def withdraw(post: InPost, *, by: User) -> None:
    """The public page is without the person from this moment; boards that hang are out of date."""
    _disclose(post, by, agreed=False)


def _disclose(post: InPost, by: User, *, agreed: bool) -> None:
    with _opened(post, by) as (_held, person):
        if bool(person.disclosure_agreed_on) != agreed:
            person.disclosure_agreed_on = timezone.localdate() if agreed else None
            person.save(update_fields=["disclosure_agreed_on"])
            record(AuditKind.ACCOUNT, by=by, subject=person, what="disclosure", agreed=agreed)


@contextmanager
def _opened(post: InPost, by: User) -> Iterator[tuple[InPost, User]]:
    """The post and its person as they are now, locked; raises Refused to whoever may not, or no longer."""
    with transaction.atomic():
        posts = type(post).objects.visible_to(by).held_on(timezone.localdate())
        held = posts.select_for_update(of=("self",)).filter(pk=post.pk).first()
        if held is None or not can_edit_profile(by, held):
            raise Refused(_("Your post does not allow this."))
        yield held, User.objects.select_for_update(of=("self",)).get(pk=held.person_id)


def _replace(person: User, photo: object) -> None:
    before, person.photo = person.photo, photo  # type: ignore[assignment]
    person.save(update_fields=["photo"])
    if before:
        drop(before)
