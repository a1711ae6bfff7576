"""From a page to a case: once for each page, however often it is sent, and with nothing that tells who sent it or when."""

from dataclasses import dataclass

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import translation

from core.personal import Phone
from core.refusals import Refused
from feedback.cases.registering import Matter, Named, register
from feedback.cases.routing import route_by_rules
from feedback.models import Case, CaseAccused, CaseCategory, CaseFile
from feedback.voice.codes import code_of, hash_of, sealed
from feedback.voice.sound import Voice
from labour_teams.models import LabourTeam
from regions.models import Project

TRIES = 3  # a drawn case number may be taken at the same moment
MOST_TITLE = 80


@dataclass(frozen=True, slots=True)
class Letter:
    """What a worker said. `photo`: JPEG bytes, drawn anew."""

    project: Project
    picture: str = CaseCategory.Picture.OTHER
    words: str = ""
    team: LabourTeam | None = None
    who: str = ""
    phone: Phone | None = None
    is_direct: bool = False
    photo: bytes | None = None
    voice: Voice | None = None


def submit(letter: Letter, key: str) -> Case:
    """The case of the page that carries `key`; made now if it is the first time.

    Two at once: the second waits for the first at the unique hash, and finds its case. What is written down is in the company's
    language: the phone's would tell whose it is.
    """
    for tries_left in reversed(range(TRIES)):
        there = known(key)
        if there is not None:
            return there
        try:
            with translation.override(settings.LANGUAGE_CODE), transaction.atomic():
                return _case(letter, key)
        except IntegrityError:
            if not tries_left and known(key) is None:
                raise
    return Case.objects.get(submission_hash=hash_of(key))


def known(key: str) -> Case | None:
    """The case that this page has made already."""
    return Case.objects.filter(submission_hash=hash_of(key)).first()


def category_of(picture: str) -> CaseCategory:
    """The one named like the picture; else the first ordinary one under it, or of all."""
    wanted = list(CaseCategory.objects.filter(is_active=True, is_sensitive=False).order_by("order", "pk"))
    for fits in (lambda category: category.key == picture, lambda category: category.picture == picture):
        found = next(filter(fits, wanted), None)
        if found:
            return found
    return wanted[0]


def _case(letter: Letter, key: str) -> Case:
    category = category_of(letter.picture)
    named = [Named(letter.who, team=letter.team if letter.who == CaseAccused.Who.TEAM_BOSS else None)] if letter.who else []
    case = register(
        Matter(
            category=category,
            title=f"{category}·{letter.team or letter.project}"[:MOST_TITLE],
            origin=Case.Origin.QR,
            words=letter.words,
            is_direct=letter.is_direct,
            project=letter.project,
            team=letter.team,
            named=named,
            contact_phone=letter.phone,
            submission_hash=hash_of(key),
            code_hash=sealed(code_of(key)),
        ),
        by=None,
    )
    _keep_files(case, letter)
    try:
        return route_by_rules(case)
    except Refused:  # the rules lead nowhere: whoever looks after incoming matters sends it on by hand
        return case


def _keep_files(case: Case, letter: Letter) -> None:
    files = []
    if letter.photo:
        files.append(CaseFile(case=case, kind=CaseFile.Kind.PHOTO, content_type="image/jpeg", content=letter.photo))
    if letter.voice:
        voice = letter.voice
        note = CaseFile(case=case, kind=CaseFile.Kind.VOICE, content_type=voice.content_type, content=voice.content)
        note.seconds = voice.seconds
        files.append(note)
    CaseFile.objects.bulk_create(files)
