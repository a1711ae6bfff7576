"""The random question, for whoever stands above the projects. To everybody else these pages do not exist."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.months import Month
from core.refusals import Refused
from labour_teams.models import LabourTeam
from regions.models import Project
from wages.models import WageQuestion
from wages.policies import can_ask_workers
from wages.workers import policies, questions, results
from wages.workers.forms import TalkForm
from wages.workers.views.printing import paper

View = Callable[..., HttpResponse]
BACK = 3  # months for which people may still be drawn


def for_askers(view: View) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not can_ask_workers(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@require_safe
@for_askers
def board(request: HttpRequest, month: Month | None = None) -> HttpResponse:
    """Last month, unless another is asked for: what the ledger says beside what workers say."""
    last = Month.current().plus(-1)
    shown = min(month or last, last)
    context = {
        "month": shown,
        "previous": shown.plus(-1),
        "next": shown.plus(1) if shown < last else None,
        "rows": results.beside_the_ledger(request.user, shown),
        "is_recent": shown > last.plus(-BACK),
        "least": results.LEAST_SHOWN,
    }
    return render(request, "wages/workers/questions.html", context)


@require_POST
@for_askers
def draw(request: HttpRequest, month: Month, code: str) -> HttpResponse:
    project = _project(request, code)
    if not Month.current().plus(-1 - BACK) < month < Month.current():
        messages.error(request, _("People are drawn for one of the last three months."))
        return redirect("wage-questions-month", month)
    try:
        drawn = questions.draw_people(project, month, by=request.user)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("wage-questions-month", month)
    messages.success(request, _("%(count)d people were drawn. Print their cards, or ask them on site.") % {"count": len(drawn)})
    return redirect("wage-question-project", month, project.code)


@require_safe
@for_askers
def of_project(request: HttpRequest, month: Month, code: str) -> HttpResponse:
    return _page(request, _project(request, code), month)


@require_POST
@for_askers
def cards(request: HttpRequest, month: Month, code: str) -> HttpResponse:
    """Printed on this answer: the codes are kept nowhere."""
    project = _project(request, code)
    try:
        printed = questions.print_cards(project, month, by=request.user)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("wage-question-project", month, project.code)
    return paper(request, "wages/workers/cards_paper.html", printed, "wage-answer", project=project, month=month)


@require_POST
@for_askers
def talk(request: HttpRequest, pk: int) -> HttpResponse:
    """What he said on site."""
    rows = WageQuestion.objects.visible_to(request.user).select_related("engagement__project")
    question = get_object_or_404(rows, pk=pk)
    form = TalkForm(request.POST)
    try:
        answer = form.cleaned_data["answer"] if form.is_valid() else ""
        questions.answer_on_site(question, answer, by=request.user)
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("Noted."))
    return redirect("wage-question-project", question.month, question.engagement.project.code)


@require_POST
@for_askers
def matter(request: HttpRequest, month: Month, team: int) -> HttpResponse:
    found = get_object_or_404(LabourTeam.objects.visible_to(request.user).select_related("project__region"), pk=team)
    if not policies.can_ask_on(request.user, found.project):
        raise PermissionDenied
    try:
        arrears = results.open_matter(found, month, by=request.user)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("wage-question-project", month, found.project.code)
    assert arrears.case is not None  # noqa: S101 - for the type checker
    messages.success(request, _("Matter %(number)s is open. It names nobody.") % {"number": arrears.case.number})
    return redirect("case", arrears.case.number)


def _project(request: HttpRequest, code: str) -> Project:
    project = get_object_or_404(Project.objects.visible_to(request.user), code=code)
    if not policies.can_ask_on(request.user, project):
        raise PermissionDenied
    return project


def _page(request: HttpRequest, project: Project, month: Month) -> HttpResponse:
    today = timezone.localdate()
    rows = list(questions.questions_of(request.user, project, month))
    context = {
        "project": project,
        "month": month,
        "rows": [(row, _may_ask(row, questions.is_open(row, today))) for row in rows],
        "waiting": sum(not row.answer for row in rows),
        "against": results.spoken_against(request.user, project, month),
        "answers": WageQuestion.Answer.choices,
    }
    return render(request, "wages/workers/question_project.html", context)


def _may_ask(question: WageQuestion, is_open: bool) -> bool:
    return is_open and question.way != WageQuestion.Way.CODE
