"""What whoever has just spoken is told: the code, where his matter went, who cannot see it, and by when something happens."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from core.deadlines import day_and_time
from feedback.models import Case, CaseContact, CaseSight, Tier
from feedback.voice.codes import code_of, in_fours


@dataclass(frozen=True, slots=True)
class Receipt:
    """`code`: in fours, empty once the matter is forgotten. `is_called`: a number was left. `seen_by`, `answer_by`, `settle_by`:
    words, "" if unknown."""

    code: list[str]
    is_called: bool
    day: date
    went_to: str
    who_sees: str
    seen_by: str
    answer_by: str
    settle_by: str


def receipt_of(case: Case, key: str) -> Receipt:
    """The same however often it is asked for."""
    return Receipt(
        code=in_fours(code_of(key)) if case.code_hash else [],
        is_called=CaseContact.objects.filter(case=case, phone__isnull=False).exists(),
        day=case.registered_on,
        went_to=where_it_is(case),
        who_sees=who_sees(case),
        seen_by=day_and_time(case.accept_due_at) if case.accept_due_at else "",
        answer_by=day_and_time(case.answer_due_at) if case.answer_due_at else "",
        settle_by=day_and_time(case.settle_due_at) if case.settle_due_at else "",
    )


def where_it_is(case: Case) -> str:
    """The unit that deals with it, in words for whoever spoke."""
    lead = case.sights.filter(part=CaseSight.Part.LEAD).select_related("department", "region", "project").first()
    if lead is None:
        return _("the company")
    names = {Tier.COMPANY: _("the company's headquarters"), Tier.DEPARTMENT: str(lead.department)}
    if lead.tier == Tier.PROJECT:
        return _("the coordinator of the project")
    return names.get(Tier(lead.tier)) or _("the coordinator of the region")


def who_sees(case: Case) -> str:
    """Who at the place itself can see it: said as it is, also where it is not nice to hear."""
    tiers = set(case.sights.values_list("tier", flat=True))
    if Tier.PROJECT in tiers:
        return _("The coordinators of project and region can see it. Your team cannot.")
    if Tier.REGION in tiers:
        return _("The coordinator of the region can see it. The project and your team cannot.")
    return _("The project, the region and your team cannot see it.")
