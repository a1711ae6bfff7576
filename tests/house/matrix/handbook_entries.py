"""Writing into the handbook: its menu and forms, one entry and what follows it."""

from typing import Any

from django.utils import timezone

from core.roles import COMPANY_WIDE, Role
from feedback.cases.intake import REGISTRARS
from handbook.kinds.registry import FORMS
from handbook.models import EntryPhoto, HandbookEntry, VisitRecord
from handbook.policies import WRITERS
from regions.models import Region
from tests.factories import (
    CaseFactory,
    EntryCaseFactory,
    EntryPhotoFactory,
    HandbookEntryFactory,
    ProjectFactory,
    VisitRecordFactory,
)
from tests.house.pages import BOTH, NOWHERE_ID, PROJECT_ROLES, Page
from tests.world import Company

TITLE = "工休时走访"
WRITERS_OF_ALL = frozenset(role for kind in FORMS for role in WRITERS[kind])
ON_PROJECT = PROJECT_ROLES - {Role.HEALTH_OFFICER}


def at_work(role: str, where: str) -> bool:
    """A visit is none of the health officer's business, nor of another liaison's."""
    if role in COMPANY_WIDE:
        return True
    if role == Role.REGIONAL_COORDINATOR:
        return where in ("own", "sibling")
    return role in ON_PROJECT and where == "own"


def registrar(role: str, where: str) -> bool:
    return role in REGISTRARS and at_work(role, where)


def hears(role: str, where: str) -> bool:
    """What was said: for the region's coordinator and the Party organisation department, when somebody else wrote it."""
    return role == Role.PARTY_ORGANISATION or (role == Role.REGIONAL_COORDINATOR and where in ("own", "sibling"))


def visit_args(company: Company, where: str) -> list[Any]:
    """Somebody is to be looked after again."""
    [key] = entry_args(company, where)
    VisitRecord.objects.filter(pk=key).update(follow_up_on=timezone.localdate())
    return [key]


def entry_at(company: Company, where: str) -> HandbookEntry:
    """Somebody else's, of today."""
    crew = company.crew_at(where)
    known = HandbookEntry.objects.filter(crew=crew, title=TITLE).first()
    return known or VisitRecordFactory(entry__crew=crew, entry__title=TITLE, entry__on=timezone.localdate()).entry


def entry_args(company: Company, where: str) -> list[Any]:
    return [NOWHERE_ID if where == "none" else entry_at(company, where).pk]


def photo_args(company: Company, where: str) -> list[Any]:
    if where == "none":
        return [NOWHERE_ID]
    entry = entry_at(company, where)
    return [(EntryPhoto.objects.filter(entry=entry).first() or EntryPhotoFactory(entry=entry)).pk]


def kind_args(company: Company, where: str) -> list[Any]:
    return ["visit"]


REFUSED = frozenset({403})
PAGES: dict[str, Page] = {
    "handbook-new": Page(has_unit=False, roles=WRITERS_OF_ALL),
    "entry-new": Page(kind_args, methods=BOTH, has_unit=False, roles=WRITERS["visit"]),
    "outbox": Page(has_unit=False, roles=WRITERS_OF_ALL),
    "entry": Page(entry_args, reach=at_work),
    "entry-amend": Page(entry_args, methods=BOTH, reach=at_work, ok=REFUSED),
    "entry-withdraw": Page(entry_args, methods=BOTH, reach=at_work, ok=frozenset({200, 403})),
    "entry-people": Page(entry_args, methods=BOTH, reach=at_work, ok=REFUSED),
    "entry-matter": Page(entry_args, methods=BOTH, reach=registrar),
    "visit-follow-up": Page(visit_args, methods=BOTH, reach=hears, ok=frozenset({200, 403})),
    "entry-photo": Page(photo_args, reach=at_work),
    "entry-photo-remove": Page(photo_args, methods=BOTH, reach=at_work, ok=frozenset({302})),
}


def fill(region: Region) -> None:
    """A visit with a photo and a case that was opened from it, and an entry of the region itself."""
    visit = VisitRecordFactory(entry__project=ProjectFactory(region=region)).entry
    EntryPhotoFactory(entry=visit)
    EntryCaseFactory(entry=visit, case=CaseFactory(project=visit.project))
    HandbookEntryFactory(region=region, project=None)
