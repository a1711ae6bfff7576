"""The call log: who answers now, what came in, a new call, calling back, and the matter of a call."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.refusals import Refused
from feedback.hotline import policies, workflow
from feedback.hotline.duties import answering, on_duty
from feedback.hotline.filters import CallFilter
from feedback.hotline.forms import CallForm, CallMatterForm
from feedback.hotline.numbers import hotlines_of
from feedback.hotline.reach import calls_seen_by, projects_answered_for, regions_answered
from feedback.models import Case, HotlineCall

PAGE_SIZE = 50
POSTING = ["GET", "HEAD", "POST"]


@require_safe
def hotline(request: HttpRequest) -> HttpResponse:
    if not policies.can_see_hotline(request.user):
        raise Http404
    calls = calls_seen_by(request.user).select_related("region", "project", "by", "case").order_by("-at", "-pk")
    found = CallFilter(request.GET, queryset=calls, request=request)
    page = Paginator(found.qs, PAGE_SIZE).get_page(request.GET.get("page"))
    regions = list(regions_answered(request.user))
    duties = {duty.region_id: duty for duty in on_duty(regions, timezone.now())}
    answered = {key for key, duty in duties.items() if duty.person_id == request.user.pk}
    context = {
        "filter": found,
        "page": page,
        "calls": [(call, call.about if policies.can_read_about(request.user, call, answered) else "") for call in page],
        "regions": regions,
        "on_duty": duties,
        "numbers": hotlines_of(projects_answered_for(request.user)),
        "may_log": policies.can_log(request.user),
    }
    return render(request, "feedback/hotline/calls.html", context)


@require_http_methods(POSTING)
def new(request: HttpRequest) -> HttpResponse:
    """A call in under a minute; the second button goes on to its matter."""
    if not policies.can_see_hotline(request.user):
        raise Http404
    if not policies.can_log(request.user):
        raise PermissionDenied
    form = CallForm(request.POST if request.method == "POST" else None, user=request.user)
    if form.is_valid():
        try:
            call = workflow.log_call(form.save(commit=False), by=request.user)
        except Refused as refusal:
            _blame(form, refusal)
        else:
            if "matter" in request.POST:
                return redirect("call-matter", pk=call.pk)
            messages.success(request, _("The call is noted."))
            return redirect("hotline")
    numbers = hotlines_of(projects_answered_for(request.user))
    return render(request, "feedback/hotline/new_call.html", {"form": form, "numbers": numbers})


@require_safe
def call_page(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _call(request, pk))


@require_http_methods(POSTING)
def number(request: HttpRequest, pk: int) -> HttpResponse:
    """The number in full, on an answer that nothing keeps; who asked is written in the same transaction."""
    call = _call(request, pk)
    if request.method != "POST":
        return redirect("call", pk=call.pk)
    if not policies.can_call_back(request.user, call) or call.phone is None:
        raise PermissionDenied
    value = call.phone.reveal(by=request.user, reason=_("To call back"), subject=call)
    return _page(request, call, number=value)


@require_http_methods(POSTING)
def called_back(request: HttpRequest, pk: int) -> HttpResponse:
    call = _call(request, pk)
    if request.method == "POST":
        try:
            workflow.call_back(call, by=request.user)
        except Refused as refusal:
            messages.error(request, refusal.message)
        else:
            messages.success(request, _("Noted: called back."))
    return redirect("call", pk=call.pk)


@require_http_methods(POSTING)
def matter(request: HttpRequest, pk: int) -> HttpResponse:
    """What was said becomes a case. Whoever it names does not see it, and the one who wrote it down may be one of them."""
    call = _call(request, pk)
    if call.case_id is not None:
        return redirect("call", pk=call.pk)
    if not policies.can_open_matter(request.user, call):
        raise PermissionDenied
    form = CallMatterForm(
        request.POST if request.method == "POST" else None, user=request.user, call=call, about=_about(request, call)
    )
    if form.is_valid():
        try:
            case = workflow.open_matter(call, form.matter(), by=request.user)
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("Matter %(number)s is written down.") % {"number": case.number})
            return redirect("hotline")
    context = {"form": form, "title": _("The matter of a call"), "back": call.region, "where": call.project or call.region}
    return render(request, "feedback/hotline/matter.html", context)


def _call(request: HttpRequest, pk: int) -> HotlineCall:
    joins = ("region", "project__region", "by", "called_back_by", "case")
    return get_object_or_404(calls_seen_by(request.user).select_related(*joins), pk=pk)


def _page(request: HttpRequest, call: HotlineCall, number: str = "") -> HttpResponse:
    case: Any = Case.objects.visible_to(request.user).filter(pk=call.case_id).first() if call.case_id else None
    context = {
        "call": call,
        "about": _about(request, call),
        "case": case,
        "number": number,
        "may_call_back": policies.can_call_back(request.user, call),
        "may_open_matter": policies.can_open_matter(request.user, call),
    }
    return render(request, "feedback/hotline/call.html", context)


def _about(request: HttpRequest, call: HotlineCall) -> str:
    """Its line, for whoever may read it."""
    return call.about if policies.can_read_about(request.user, call, answering(request.user, timezone.now())) else ""


def _blame(form: Any, refusal: Refused) -> None:
    for name, words in (refusal.fields or {"": refusal.message}).items():
        form.add_error(name if name in form.fields else None, words)
