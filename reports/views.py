"""Pages of the monthly report: the list, the report, and one POST a verb."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.months import Month
from core.refusals import Refused, Stale
from core.workdays import WorkingDays
from reports import correction, exemption, policies, workflow
from reports.content import Content, content_of
from reports.deadline import deadline_of
from reports.filters import ReportFilter
from reports.forms import ReportForm, ReturnForm
from reports.history import events_of, receipts_of, steps_of, submissions
from reports.models import MonthlyReport
from reports.verb_forms import ExemptForm, ReopenForm

PAGE_SIZE = 50
Verb = Callable[[HttpRequest, MonthlyReport], HttpResponse]


@require_safe
def report_list(request: HttpRequest) -> HttpResponse:
    reports = MonthlyReport.objects.visible_to(request.user).for_list().prefetch_related("receipts")
    found = ReportFilter(request.GET, queryset=reports, request=request)
    page = Paginator(found.qs, PAGE_SIZE).get_page(request.GET.get("page"))
    now, workdays = timezone.now(), WorkingDays.load()
    rows = [(report, deadline_of(report, now, workdays)) for report in page]
    return render(request, "reports/list.html", {"filter": found, "page": page, "rows": rows})


@require_safe
def report_page(request: HttpRequest, region_code: str, month: Month) -> HttpResponse:
    return _page(request, _report(request, region_code, month))


def verb(view: Verb) -> Callable[..., HttpResponse]:
    """One POST on a report within reach. A GET comes when sign-in came between a form and its POST: it leads to the report."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def answer(request: HttpRequest, region_code: str, month: Month) -> HttpResponse:
        report = _report(request, region_code, month)
        return view(request, report) if request.method == "POST" else _to_page(report)

    return answer


@verb
def report_save(request: HttpRequest, report: MonthlyReport) -> HttpResponse:
    form = ReportForm(request.POST, content=content_of(report))
    try:
        saved = _save(request, report, form)
    except Refused as refusal:
        return _conflict(request, report, refusal)
    if _wants_json(request):
        saved_at = formats.time_format(timezone.localtime(saved.saved_at), "H:i")
        errors = {name: list(said) for name, said in form.errors.items()}
        return JsonResponse({"version": saved.version, "saved_at": saved_at, "errors": errors})
    if form.errors:
        return _page(request, saved, form=ReportForm(request.POST, content=content_of(saved)))
    messages.success(request, _("Saved."))
    return _to_page(report)


@verb
def report_submit(request: HttpRequest, report: MonthlyReport) -> HttpResponse:
    """Keeps what was typed, then hands it in; what blocks is said at its field."""
    form = ReportForm(request.POST, content=content_of(report))
    try:
        saved = _save(request, report, form)
        if saved.is_open and not form.errors:
            workflow.submit(saved, by=request.user, version=saved.version)
    except Refused as refusal:
        return _blocked(request, report, refusal) if refusal.fields else _conflict(request, report, refusal)
    if form.errors:
        return _blocked(request, report, Refused(_("This cannot go out yet."), fields=content_of(saved).missing))
    if not saved.is_open:
        messages.info(request, _("The report had already been submitted."))
    else:
        messages.success(request, _("Submitted. Now both managing departments read it."))
    return _to_page(report)


@verb
def report_receive(request: HttpRequest, report: MonthlyReport) -> HttpResponse:
    try:
        received = workflow.receive(report, by=request.user, submission=_number(request, "submission"))
    except Refused as refusal:
        return _refused(request, report, refusal)
    is_locked = received.status == MonthlyReport.Status.LOCKED
    messages.success(request, _("Received by both departments: locked.") if is_locked else _("Received."))
    return _to_page(report)


@verb
def report_return(request: HttpRequest, report: MonthlyReport) -> HttpResponse:
    form = ReturnForm(request.POST, content=content_of(report))
    if not form.is_valid():
        return _page(request, report, return_form=form)
    try:
        workflow.return_(report, by=request.user, submission=_number(request, "submission"), remarks=form.remarks())
    except Refused as refusal:
        if not form.remarks():
            return _refused(request, report, refusal)
        messages.error(request, refusal.message)
        return _page(request, _again(request, report), return_form=form)
    messages.success(request, _("Returned to the region with your remarks."))
    return _to_page(report)


@verb
def report_exempt(request: HttpRequest, report: MonthlyReport) -> HttpResponse:
    form = ExemptForm(request.POST)
    if not form.is_valid():
        return _page(request, report, exempt_form=form)
    try:
        exemption.exempt(report, by=request.user, reason=form.cleaned_data["reason"])
    except Refused as refusal:
        return _refused(request, report, refusal)
    messages.success(request, _("This report is not asked for. The region sees your reason."))
    return _to_page(report)


@verb
def report_claim(request: HttpRequest, report: MonthlyReport) -> HttpResponse:
    try:
        exemption.claim(report, by=request.user)
    except Refused as refusal:
        return _refused(request, report, refusal)
    messages.success(request, _("The report is asked for again."))
    return _to_page(report)


@verb
def report_reopen(request: HttpRequest, report: MonthlyReport) -> HttpResponse:
    form = ReopenForm(request.POST, content=content_of(report))
    if not form.is_valid():
        return _page(request, report, reopen_form=form)
    try:
        correction.reopen(report, by=request.user, **form.cleaned_data)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return _page(request, _again(request, report), reopen_form=form)
    messages.success(request, _("Reopened. The region finds it under what it has to do."))
    return _to_page(report)


@verb
def report_shut(request: HttpRequest, report: MonthlyReport) -> HttpResponse:
    try:
        correction.shut(report, by=request.user)
    except Refused as refusal:
        return _refused(request, report, refusal)
    messages.success(request, _("The correction has ended; the report is as it was."))
    return _to_page(report)


def _save(request: HttpRequest, report: MonthlyReport, form: ReportForm) -> MonthlyReport:
    """Saves; what is stored already (a double click, an answer that never arrived) counts as saved and not as a conflict."""
    try:
        return workflow.save(report, by=request.user, version=_number(request, "version") or 0, written=form.written())
    except Stale:
        fresh = _again(request, report)
        theirs = ReportForm(request.POST, content=content_of(fresh))
        if theirs.differences() or not policies.can_write(request.user, fresh):
            raise
        return fresh


def _page(request: HttpRequest, report: MonthlyReport, *, form: ReportForm | None = None, **said: Any) -> HttpResponse:
    """The report as this person may see it: to write in, to judge, or to read.

    `form`, and in `said` return_form, exempt_form and reopen_form: what was typed and could not be kept.
    """
    moves = workflow.LIFECYCLE.allowed_moves(report, request.user)
    events = events_of(report)
    content = form.content if form else _content(request, report, [event.submitted for event in submissions(events)])
    returning: ReturnForm | None = said.get("return_form")
    stored = ReportForm(content=content)
    context = {
        "report": report,
        "content": content,
        "deadline": deadline_of(report, timezone.now(), WorkingDays.load()),
        "moves": moves,
        "form": form or stored,
        "return_form": returning or ReturnForm(content=content),
        "unsent": returning.remarks() if returning and "return" not in moves else [],
        "steps": steps_of(report, events, content),
        "receipts": receipts_of(report),
        "submission": next((event.pk for event in submissions(events)), ""),
        "exempt_form": said.get("exempt_form") or ExemptForm(),
        "reopen_form": said.get("reopen_form") or ReopenForm(content=content),
        "stored_json": json.dumps(stored.saved_values()) if policies.can_write(request.user, report) else "",
    }
    return render(request, "reports/report.html", context)


def _content(request: HttpRequest, report: MonthlyReport, submitted: list[Any]) -> Content:
    """What is being written is not for everybody: others read the last submission."""
    if policies.can_read_content(request.user, report):
        return content_of(report)
    return content_of(report, submitted[0] if submitted else {})


def _blocked(request: HttpRequest, report: MonthlyReport, refusal: Refused) -> HttpResponse:
    """What was typed is kept; the page says at each field what stands in the way."""
    fresh = _again(request, report)
    form = ReportForm(request.POST, content=content_of(fresh))
    form.blame(refusal.fields)
    messages.error(request, refusal.message)
    return _page(request, fresh, form=form)


def _conflict(request: HttpRequest, report: MonthlyReport, refusal: Refused) -> HttpResponse:
    """Both texts side by side: theirs in the database, yours in the form; nothing is written until somebody chooses."""
    fresh = _again(request, report)
    if not policies.can_write(request.user, fresh):
        return _refused(request, report, refusal)
    form = ReportForm(request.POST, content=content_of(fresh))
    rows = form.differences()
    if not rows:
        messages.info(request, refusal.message if fresh.is_open else _("The report had already been submitted."))
        return _to_page(fresh)
    if _wants_json(request):
        return JsonResponse({"message": refusal.message}, status=409)
    context = {"report": fresh, "rows": rows, "refusal": refusal, "may_save": workflow.LIFECYCLE.may("save", request.user, fresh)}
    return render(request, "reports/conflict.html", context, status=409)


def _refused(request: HttpRequest, report: MonthlyReport, refusal: Refused) -> HttpResponse:
    if _wants_json(request):
        return JsonResponse({"message": refusal.message}, status=403)
    messages.error(request, refusal.message)
    return _to_page(report)


def _report(request: HttpRequest, region_code: str, month: Month) -> MonthlyReport:
    reports = MonthlyReport.objects.visible_to(request.user).select_related("region", "template", "saved_by")
    return get_object_or_404(reports, region__code=region_code, month=month)


def _again(request: HttpRequest, report: MonthlyReport) -> MonthlyReport:
    """The same report as it is in the database now."""
    return _report(request, report.region.code, report.month)


def _to_page(report: MonthlyReport) -> HttpResponse:
    return redirect("report", report.region.code, report.month)


def _number(request: HttpRequest, name: str) -> int | None:
    text = request.POST.get(name, "")
    return int(text) if text.isascii() and text.isdigit() else None


def _wants_json(request: HttpRequest) -> bool:
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"
