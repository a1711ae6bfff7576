"""Pages of revisits: the list, one revisit with its two buttons, who goes, and how much was found settled."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.months import Month
from core.refusals import Refused
from feedback.models import Case, Revisit
from feedback.revisits import policies, workflow
from feedback.revisits.filters import RevisitFilter
from feedback.revisits.forms import AnswerForm, AssignForm
from feedback.revisits.rates import rates_by
from regions.models import Project, Region

PAGE_SIZE = 50
POSTING = ["GET", "HEAD", "POST"]
ANSWERS = {"yes": True, "no": False}


@require_safe
def revisit_list(request: HttpRequest) -> HttpResponse:
    """Open ones first, the earliest day on top."""
    revisits = Revisit.objects.visible_to(request.user).select_related("case__project", "case__region", "asked", "done_by")
    revisits = revisits.defer("case__words", "case__reply").order_by(F("done_at").desc(nulls_first=True), "due_on", "pk")
    found = RevisitFilter(request.GET, queryset=revisits, request=request)
    page = Paginator(found.qs, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"filter": found, "page": page, "may_see_rates": policies.can_see_rates(request.user)}
    return render(request, "feedback/revisits/list.html", context)


@require_safe
def revisit_page(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _revisit(request, pk))


@require_http_methods(POSTING)
def assign(request: HttpRequest, pk: int) -> HttpResponse:
    revisit = _revisit(request, pk)
    if request.method != "POST":
        return redirect("revisit", pk=revisit.pk)
    if not policies.can_assign(request.user, revisit):
        raise PermissionDenied
    form = AssignForm(request.POST, case=revisit.case)
    if form.is_valid():
        try:
            workflow.assign(revisit, by=request.user, person=form.chosen)
        except Refused as refusal:
            _blame(form, refusal)
        else:
            messages.success(request, _("%(name)s is asked to go.") % {"name": form.chosen.name})
            return redirect("revisit", pk=revisit.pk)
    return _page(request, revisit, assign_form=form)


@require_http_methods(POSTING)
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """「落实了」 or 「没落实」: which of the two buttons was pressed."""
    revisit = _revisit(request, pk)
    if request.method != "POST":
        return redirect("revisit", pk=revisit.pk)
    if not policies.can_answer(request.user, revisit):
        raise PermissionDenied
    form = AnswerForm(request.POST, request.FILES)
    is_settled = ANSWERS.get(request.POST.get("answer", ""))
    if is_settled is None:
        form.add_error(None, _("Press one of the two buttons."))
    elif form.is_valid():
        try:
            workflow.answer(revisit, by=request.user, is_settled=is_settled, **form.cleaned_data)
        except Refused as refusal:
            _blame(form, refusal)
        else:
            messages.success(request, _("Noted. Thank you for going."))
            return redirect("revisits")
    return _page(request, revisit, answer_form=form)


@require_safe
def rates(request: HttpRequest, month: Month | None = None) -> HttpResponse:
    """Regions, and beneath them the projects in reach."""
    if not policies.can_see_rates(request.user):
        raise Http404
    shown = month or Month.current()
    regions = Region.objects.with_records_for(request.user).for_list()
    projects = Project.objects.with_records_for(request.user).for_list()
    context = {
        "month": shown,
        "previous": shown.plus(-1),
        "next": shown.plus(1) if shown < Month.current() else None,
        "of_regions": rates_by("region", regions, shown, request.user),
        "of_projects": [row for row in rates_by("project", projects, shown, request.user) if row.closed.whole],
    }
    return render(request, "feedback/revisits/rates.html", context)


def _revisit(request: HttpRequest, pk: int) -> Revisit:
    joins = ("case__project", "case__region", "case__team", "case__category", "asked", "done_by")
    found = Revisit.objects.visible_to(request.user).select_related(*joins).defer("case__words")
    return get_object_or_404(found, pk=pk)


def _page(
    request: HttpRequest, revisit: Revisit, *, answer_form: AnswerForm | None = None, assign_form: AssignForm | None = None
) -> HttpResponse:
    """Title, place, answer and promises: nothing that the worker said, nor how he can be reached."""
    case: Any = revisit.case
    may_assign = policies.can_assign(request.user, revisit)
    context = {
        "revisit": revisit,
        "case": case,
        "promises": case.promises.order_by("due_on", "pk"),
        "sees_case": Case.objects.visible_to(request.user).filter(pk=case.pk).exists(),
        "answer_form": (answer_form or AnswerForm()) if policies.can_answer(request.user, revisit) else None,
        "assign_form": (assign_form or AssignForm(case=case)) if may_assign else None,
    }
    return render(request, "feedback/revisits/revisit.html", context)


def _blame(form: Any, refusal: Refused) -> None:
    for name, words in (refusal.fields or {"": refusal.message}).items():
        form.add_error(name if name in form.fields else None, words)
