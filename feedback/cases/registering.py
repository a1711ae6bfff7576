"""How a case begins: one door for every way in, so that each has a number, its first event and those who may see it.

    case = register(Matter(category=…, title=…, words=…, origin=Origin.HOTLINE, project=…), by=user)

A worker who speaks through the workers' page is nobody (`by=None`); all that is kept of the moment is the quarter of the day.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from core.codes import new_case_tail
from core.personal import Phone
from core.untraceable import rounded
from feedback.cases.recusal import barred, first_sights
from feedback.models import (
    Case,
    CaseAccused,
    CaseCategory,
    CaseContact,
    CaseEvent,
    CaseSight,
    Kind,
)
from labour_teams.models import LabourTeam, WorkCrew
from regions.models import Department, Project, Region

if TYPE_CHECKING:
    from accounts.models import User

NO_REGION = "GS"  # 公司: a call that nobody could place


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody whom the matter names (CaseAccused)."""

    who: str
    person: "User | None" = None
    team: LabourTeam | None = None
    department: Department | None = None


@dataclass(frozen=True, slots=True)
class Matter:
    """What was said. Severity and sensitivity are the category's unless given; the project's region is the case's."""

    category: CaseCategory
    title: str
    origin: str
    words: str = ""
    kind: str = Kind.PROBLEM
    severity: str = ""
    is_sensitive: bool = False
    is_direct: bool = False
    region: Region | None = None
    project: Project | None = None
    team: LabourTeam | None = None
    crew: WorkCrew | None = None
    named: Sequence[Named] = ()
    contact_name: str = ""
    contact_phone: Phone | None = None
    people_count: int | None = None
    amount: Decimal | None = None
    is_found_early: bool = False
    item_code: str = ""
    submission_hash: str | None = None
    code_hash: str | None = None


def register(matter: Matter, *, by: "User | None") -> Case:
    """Save a case with whom it names, who sees it, how to reach whoever spoke, and its first event.

    Raises IntegrityError where `submission_hash` or `code_hash` is known already: the same page sent twice is one case.
    """
    now = timezone.now()
    at = now if by else rounded(now)
    with transaction.atomic():
        case = _case(matter, by)
        case.registered_on = timezone.localdate(at)
        case.number = _number(case)
        case.save(force_insert=True)
        named = [
            CaseAccused(case=case, who=one.who, person=one.person, team=one.team, department=one.department)
            for one in matter.named
        ]
        CaseAccused.objects.bulk_create(named)
        CaseSight.objects.bulk_create(first_sights(case, barred(named)))
        if matter.contact_name or matter.contact_phone:
            CaseContact.objects.create(case=case, name=matter.contact_name, phone=matter.contact_phone)
        CaseEvent.objects.create(case=case, verb="register", from_status="", to_status=case.status, by=by, at=at, is_public=True)
    return case


def _case(matter: Matter, by: "User | None") -> Case:
    return Case(
        kind=matter.kind,
        category=matter.category,
        severity=matter.severity or matter.category.severity,
        title=matter.title,
        words=matter.words,
        is_sensitive=matter.is_sensitive or matter.category.is_sensitive,
        is_direct=matter.is_direct,
        people_count=matter.people_count,
        amount=matter.amount,
        is_found_early=matter.is_found_early,
        origin=matter.origin,
        region=matter.project.region if matter.project else matter.region,
        project=matter.project,
        team=matter.team,
        crew=matter.crew,
        item_code=matter.item_code,
        registered_by=by,
        submission_hash=matter.submission_hash,
        code_hash=matter.code_hash,
    )


def _number(case: Case) -> str:
    """「HN-2605-K7M3P」: region, month, and five characters that are in no order. Drawn again if it is taken."""
    region = case.region.code if case.region else NO_REGION
    while True:
        number = f"{region}-{case.registered_on:%y%m}-{new_case_tail()}"
        if not Case.objects.filter(number=number).exists():
            return number
