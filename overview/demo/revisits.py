"""Writes who goes for the revisits that are open, and the monthly sample with some of its answers."""

from datetime import datetime, timedelta

from django.utils import timezone

from accounts.models import User
from core.months import Month
from feedback.cases.workflow.lifecycle import LOOKED_AT
from feedback.models import Case, Revisit
from feedback.revisits import workflow
from feedback.revisits.candidates import candidates
from feedback.revisits.policies import can_assign
from overview.demo.cases import turned_back
from overview.demo.posts import People

UNASSIGNED_EVERY, ANSWERED_EVERY = 3, 2
MONTHS_BACK = 3


def write_revisits(people: People) -> None:
    for back in range(MONTHS_BACK, 0, -1):
        month = Month.current().plus(-back)
        with turned_back(timezone.make_aware(datetime.combine(month.after + timedelta(days=1), datetime.min.time()))):
            workflow.draw(month)
    found = Revisit.objects.filter(is_settled=None, asked=None).order_by("case__registered_on", "case__title", "pk")
    found = found.select_related("case__region", "case__project").prefetch_related(*(f"case__{name}" for name in LOOKED_AT))
    for number, revisit in enumerate(found):
        if number % UNASSIGNED_EVERY:
            _assign(revisit, people)
            if revisit.asked and revisit.is_sample and number % ANSWERED_EVERY:
                workflow.answer(revisit, by=revisit.asked, is_settled=True, words="问了几个人，都说办了")


def _assign(revisit: Revisit, people: People) -> None:
    """Whoever supervises the case asks a liaison: the region, headquarters where the region dealt with it itself."""
    region = revisit.case.region
    names = [f"rc-{region.code.lower()}"] if region else []
    asking = (people.users[name] for name in (*names, "hq-labour", "hq-org"))
    by = next((each for each in asking if can_assign(each, revisit) and _sees(each, revisit)), None)
    offered = [person for person, _title in candidates(revisit.case)]
    if by and offered:
        revisit.asked = workflow.assign(revisit, by=by, person=offered[-1]).asked


def _sees(person: User, revisit: Revisit) -> bool:
    return Case.objects.visible_to(person).filter(pk=revisit.case_id).exists()
