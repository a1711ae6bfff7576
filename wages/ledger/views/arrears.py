"""Arrears: which team's month, how much, how many people, since when, the case that came of it, and how they were settled."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.attachments import served
from core.exports import ExportColumn, export
from core.refusals import Refused
from feedback.models import Case
from wages import workflow
from wages.ledger.filters import ArrearsFilter
from wages.ledger.forms import SettleForm
from wages.models import WageArrears, WageArrearsEvent
from wages.policies import can_read_lines, can_see_wages, may_export
from wages.workers.reach import projects_read

PAGE_SIZE, SETTLED = 50, 50


@require_safe
def arrears(request: HttpRequest) -> HttpResponse:
    found = _found(request, request.GET)
    standing = found.qs.standing()
    page = Paginator(standing, PAGE_SIZE).get_page(request.GET.get("page"))
    settled = list(found.qs.exclude(settled_on=None).order_by("-settled_on", "-pk").prefetch_related("events__by")[:SETTLED])
    cases = _cases(request, [*page, *settled])
    reads = set(projects_read(request.user).values_list("pk", flat=True))
    today = timezone.localdate()
    context = {
        "filter": found,
        "page": page,
        "rows": [
            (row, (today - row.since).days + 1, cases.get(row.case_id), workflow.ARREARS.may("settle", request.user, row))
            for row in page
        ],
        "settled": [
            (row, cases.get(row.case_id), _settling(row), bool(row.proof_id) and row.project_id in reads) for row in settled
        ],
        "sums": standing.order_by().aggregate(amount=Sum("amount")),
        "may_export": may_export(request.user),
    }
    return render(request, "wages/arrears.html", context)


@require_POST
def arrears_export(request: HttpRequest) -> HttpResponse:
    """The list as it is filtered, settled ones too."""
    found = _found(request, request.POST)
    if not may_export(request.user):
        raise PermissionDenied
    return export(by=request.user, rows=found.qs, columns=_columns(), title=_("Wage arrears"))


@require_http_methods(["GET", "HEAD", "POST"])
def arrears_settle(request: HttpRequest, pk: int) -> HttpResponse:
    """What workers reported: settled on which day, how, with what proves it."""
    row = _row(request, pk)
    if row.is_settled:
        messages.error(request, _("These arrears are settled already."))
        return redirect("wages-arrears")
    if not workflow.ARREARS.may("settle", request.user, row):
        raise PermissionDenied
    form = SettleForm(request.POST, request.FILES, row=row) if request.method == "POST" else SettleForm(row=row)
    if form.is_valid():
        try:
            workflow.settle(row, by=request.user, **form.said())
        except Refused as refusal:
            form.blame(refusal)
        else:
            messages.success(request, _("Settled, with what proves it."))
            return redirect("wages-arrears")
    return render(
        request, "wages/arrears_settle.html", {"row": row, "form": form, "case": _cases(request, [row]).get(row.case_id)}
    )


@require_safe
def arrears_proof(request: HttpRequest, pk: int) -> HttpResponse:
    """The bank's voucher, or what was given when they were settled by hand: for whoever reads the project's lines."""
    row = _row(request, pk)
    if row.proof is None or not can_read_lines(request.user, row.project):
        raise Http404
    return served(row.proof)


def _row(request: HttpRequest, pk: int) -> WageArrears:
    return get_object_or_404(WageArrears.objects.visible_to(request.user).for_list().select_related("proof"), pk=pk)


def _settling(row: WageArrears) -> WageArrearsEvent | None:
    """By whom and with what words, where that is known."""
    return next((event for event in row.events.all() if event.to_status == row.status), None)


def _found(request: HttpRequest, data: Any) -> ArrearsFilter:
    if not can_see_wages(request.user):
        raise Http404
    return ArrearsFilter(data, queryset=WageArrears.objects.visible_to(request.user).for_list(), request=request)


def _cases(request: HttpRequest, rows: list[WageArrears]) -> dict[int | None, Case]:
    """Those that the reader may see; of the others he learns nothing here either."""
    keys = [row.case_id for row in rows if row.case_id]
    return {case.pk: case for case in Case.objects.visible_to(request.user).filter(pk__in=keys)}


def _columns() -> list[ExportColumn]:
    return [
        ExportColumn(_("Region"), lambda row: row.project.region.name),
        ExportColumn(_("Project"), lambda row: row.project.name, 24),
        ExportColumn(_("Labour team"), lambda row: row.team.name, 18),
        ExportColumn(_("Month of work"), lambda row: str(row.month)),
        ExportColumn(_("How it is known"), lambda row: str(row.get_source_display()), 24),
        ExportColumn(_("Amount (yuan)"), lambda row: row.amount),
        ExportColumn(pgettext("wage sheet", "People"), lambda row: row.people),
        ExportColumn(_("Since"), lambda row: row.since),
        ExportColumn(_("Settled on"), lambda row: row.settled_on),
    ]
