"""Two pages of the workers' house: one's own pay slip, and 「上月工资到手了吗」. Without sign-in, session, cookie or script.

The code is typed and never stands in an address. What opens nothing is answered alike, whatever the reason.
"""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.refusals import Refused
from feedback.voice.door import page, workers_page
from regions.models import Project
from wages.models import PaySlip, WageQuestion, WageSheet
from wages.workers import questions, slips
from wages.workers.codes import read_code

Answer = WageQuestion.Answer
Status = WageSheet.Status


@workers_page
def own_slip(request: HttpRequest) -> HttpResponse:
    """Whoever has the slip in his hand."""
    if request.method != "POST":
        return _typing("wages/workers/slip_code.html")
    slip = slips.by_code(read_code(request.POST.get("code", "")))
    if slip is None:
        return _typing("wages/workers/slip_code.html", _("No pay slip opens with this code. A newer slip has a new one."), 404)
    slips.note_opened(slip)
    return page("wages/workers/slip.html", _slip(slip))


@workers_page
def own_answer(request: HttpRequest) -> HttpResponse:
    """The code opens the question; the answer comes with the code once more."""
    if request.method != "POST":
        return _typing("wages/workers/question_code.html")
    code = read_code(request.POST.get("code", ""))
    question = questions.by_code(code)
    if question is None:
        return _typing("wages/workers/question_code.html", _("No card has this code, or it has ended."), 404)
    why, answer = "", request.POST.get("answer", "")
    if answer:
        try:
            question = questions.answer_by_code(question, answer)
        except Refused as refused:
            why = refused.message
    return page("wages/workers/question.html", _question(question, code, why, is_sent=bool(answer) and not why))


def _slip(slip: PaySlip) -> dict[str, Any]:
    line: Any = slip.line
    return {
        "line": line,
        "days": slips.days_of(line),
        "sheet": line.sheet,
        "name": line.name[:1] + "*" * (len(line.name) - 1),
        "said": _state(line.sheet),
        "taken_off": line.deductions + line.advances,
        "hotline": _hotline(line.sheet.project),
    }


def _state(sheet: WageSheet) -> str:
    if sheet.status == Status.RECEIVED:
        return _("This sheet is being corrected. The sums may still change.")
    if sheet.status == Status.PAID:
        return _("By the ledger it was paid.")
    return _("By the ledger it is not paid yet.")


def _question(question: WageQuestion, code: str, why: str, *, is_sent: bool) -> dict[str, Any]:
    return {
        "question": question,
        "code": code,
        "why": why,
        "is_sent": is_sent,
        "is_open": questions.is_open(question, timezone.localdate()),
        "answers": [
            (Answer.ALL, _("All of it is there")),
            (Answer.PART, _("Only part of it")),
            (Answer.NOTHING, _("Nothing at all")),
        ],
        "hotline": _hotline(question.engagement.project),
    }


def _hotline(project: Project) -> str:
    contact = getattr(project, "site_contact", None)
    return (contact.hotline if contact else "") or settings.COMPANY_HOTLINE


def _typing(template: str, why: str = "", status: int = 200) -> HttpResponse:
    return page(template, {"why": why, "hotline": settings.COMPANY_HOTLINE}, status)
