"""Arrears: which team's month, how much, how many people, since when, and the case that came of it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from core.exports import ExportColumn, export
from feedback.models import Case
from wages.ledger.filters import ArrearsFilter
from wages.models import WageArrears
from wages.policies import can_see_wages, may_export

PAGE_SIZE, SETTLED = 50, 50


@require_safe
def arrears(request: HttpRequest) -> HttpResponse:
    found = _found(request, request.GET)
    standing = found.qs.standing()
    page = Paginator(standing, PAGE_SIZE).get_page(request.GET.get("page"))
    settled = list(found.qs.exclude(settled_on=None).order_by("-settled_on", "-pk")[:SETTLED])
    cases = _cases(request, [*page, *settled])
    today = timezone.localdate()
    context = {
        "filter": found,
        "page": page,
        "rows": [(row, (today - row.since).days + 1, cases.get(row.case_id)) for row in page],
        "settled": [(row, cases.get(row.case_id)) for row in settled],
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
