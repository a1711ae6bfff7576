"""Blank forms for a team: how many, then the sheets as they go to the printer."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.views.decorators.http import require_http_methods, require_safe

from coordinators.paper.live import PAPER_LANGUAGE
from coordinators.paper.qr import qr_of
from core.months import Month
from core.refusals import Refused
from feedback.models import SurveyQuestion, SurveyResponse, SurveyTeam
from feedback.survey import issuing, policies
from feedback.survey.forms import PrintForm
from feedback.survey.results import labels_of
from feedback.survey.views.fetching import team_of

QUIET = 4
PRINTED = "survey_printed"  # in the session: [team in the round, its sheets made last]


@require_http_methods(["GET", "HEAD", "POST"])
def survey_print(request: HttpRequest, code: str, month: Month, team: int) -> HttpResponse:
    in_round = _workable(request, code, month, team)
    data = request.POST if request.method == "POST" else None
    missing = max(in_round.on_site - in_round.printed, 1)
    form = PrintForm(data, initial={"number": min(missing, issuing.MOST_SHEETS)})
    if form.is_bound and form.is_valid():
        try:
            made = issuing.print_sheets(in_round.round, in_round.team, by=request.user, number=form.cleaned_data["number"])
        except Refused as refusal:
            messages.error(request, refusal.message)
        else:
            request.session[PRINTED] = [in_round.pk, [sheet.pk for sheet in made]]
            return redirect("survey-sheets", code, month, team)
    context = {"in_round": in_round, "form": form, "again": len(_made(request, in_round))}
    return render(request, "feedback/survey/print.html", context)


@require_safe
def survey_sheets(request: HttpRequest, code: str, month: Month, team: int) -> HttpResponse:
    """The sheets that this person had made last for the team; without any, the page on which they are made."""
    in_round = _workable(request, code, month, team)
    made = _made(request, in_round)
    if not made:
        return redirect("survey-print", code, month, team)
    questions = list(in_round.round.template.questions.order_by("number"))
    lines = [question for question in questions if question.kind == SurveyQuestion.Kind.TEXT]
    context: dict[str, Any] = {
        "in_round": in_round,
        "form": in_round.round.template,
        "sheets": [(sheet, qr_of(sheet.code, quiet=QUIET)) for sheet in made],
        "choices": [(question, labels_of(question)) for question in questions if question.kind != SurveyQuestion.Kind.TEXT],
        "lines": list(enumerate(lines, start=1)),
        "size": size_of(len(questions) - len(lines), len(lines)),
        "head_size": head_size_of(f"{in_round.round.project}", f"{in_round.team}"),
    }
    with translation.override(PAPER_LANGUAGE):
        context["choices"] = [(each, labels_of(each)) for each, _labels in context["choices"]]
        return render(request, "feedback/survey/sheets.html", context)


def size_of(choices: int, lines: int) -> str:
    """A class of the sheet: the more questions, the closer they stand."""
    rows = choices + 2 * lines
    return "roomy" if rows <= 14 else "usual" if rows <= 17 else "close"


def head_size_of(*names: str) -> str:
    """Long names stand smaller, so that the head keeps its height."""
    longest = max(map(len, names))
    return "short" if longest <= 18 else "long" if longest <= 40 else "longest"


def _workable(request: HttpRequest, code: str, month: Month, team: int) -> SurveyTeam:
    in_round = team_of(request, code, month, team)
    if not policies.can_work_on(request.user, in_round.round):
        raise PermissionDenied
    return in_round


def _made(request: HttpRequest, in_round: SurveyTeam) -> list[SurveyResponse]:
    """Those that have been keyed meanwhile are not printed again."""
    made_for, sheets = request.session.get(PRINTED, [None, []])
    if made_for != in_round.pk:
        return []
    rows = SurveyResponse.objects.visible_to(request.user).filter(round=in_round.round, team=in_round.team, pk__in=sheets)
    return list(rows.filter(keyed_on=None).order_by("code"))
