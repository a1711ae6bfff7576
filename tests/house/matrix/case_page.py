"""The page of a case: its story, what it shows to few, and one address a verb."""

from typing import Any

from core.roles import Role
from feedback.cases.page.verbs import VERBS
from feedback.models import Case, CaseMessage, CasePhoto, Promise
from regions.models import Region
from tests.factories import CaseEventFactory, CaseFactory, PhotoFactory, ProjectFactory, UserFactory
from tests.house.pages import ADMITTED, BOTH, Page
from tests.world import Company

EVERYWHERE = frozenset({Role.LABOUR_CENTRE, Role.PARTY_ORGANISATION, Role.LEADER, Role.AUDITOR})
NUMBER = "MATRIX-2605-PAGE%d"
NO_CASE = "MATRIX-2605-NONE"


def case_page(role: str, where: str) -> bool:
    """A case that is registered and names nobody (feedback/cases/recusal.py)."""
    if role in EVERYWHERE or (role == Role.REGIONAL_COORDINATOR and where != "foreign"):
        return True
    return role == Role.PROJECT_COORDINATOR and where == "own"


def case_at(company: Company, where: str) -> Case:
    project = company.crew_at(where).team.project
    number = NUMBER % project.pk
    return Case.objects.filter(number=number).first() or CaseFactory(project=project, number=number)


def case_args(company: Company, where: str) -> list[Any]:
    return [NO_CASE if where == "none" else case_at(company, where).number]


def photo_args(company: Company, where: str) -> list[Any]:
    if where == "none":
        return [NO_CASE, 1]
    case = case_at(company, where)
    there = case.photos.first() or CasePhoto.objects.create(case=case, photo=PhotoFactory(), by=UserFactory())
    return [case.number, there.photo_id]


def file_args(company: Company, where: str) -> list[Any]:
    if where == "none":
        return [NO_CASE, 1]
    case = case_at(company, where)
    if not case.files.exists():
        case.files.create(kind="voice", content_type="audio/mpeg", content=b"sound", seconds=9)
    return [case.number, 1]


VERB = Page(case_args, methods=BOTH, reach=case_page, ok=ADMITTED)
PAGES: dict[str, Page] = {
    "case": Page(case_args, reach=case_page),
    "case-open": VERB,
    "case-contact": VERB,
    "case-photo": Page(photo_args, reach=case_page),
    "case-file": Page(file_args, reach=case_page),
    "case-transcript": Page(file_args, methods=BOTH, reach=case_page, ok=ADMITTED),
    **{verb.page: VERB for verb in VERBS if verb.form},
}


def fill(region: Region) -> None:
    """A case with its story, an answer and a promise."""
    case = CaseFactory(project=ProjectFactory(region=region), status="answered")
    CaseEventFactory(case=case)
    CaseMessage.objects.create(case=case, is_from_worker=False, words="修好了", at=case.replied_at, by=UserFactory())
    Promise.objects.create(case=case, text="换新", who="后勤", due_on=case.registered_on, given_by=UserFactory())
