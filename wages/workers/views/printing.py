"""Paper with codes. What was drawn is printed on the answer to the POST that drew it: no page shows a code twice."""

from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_http_methods

from coordinators.paper.live import PAPER_LANGUAGE
from coordinators.paper.qr import qr_of
from core.refusals import Refused
from wages.models import PaySlip, WageSheet
from wages.workers import policies, slips
from wages.workers.codes import DAYS
from wages.workers.forms import SlipsForm

A_PAGE = 8
QUIET = 4


@require_http_methods(["GET", "HEAD", "POST"])
def pay_slips(request: HttpRequest, pk: int) -> HttpResponse:
    """What would be printed; POST makes new codes and prints."""
    sheets = WageSheet.objects.visible_to(request.user).select_related("project__site_contact", "team")
    sheet = get_object_or_404(sheets, pk=pk)
    if not policies.can_print_slips(request.user, sheet):
        raise PermissionDenied
    form = SlipsForm(request.POST if request.method == "POST" else None, crews=slips.crews_of(sheet, request.user))
    if form.is_bound and form.is_valid():
        try:
            printed = slips.print_slips(sheet, by=request.user, crew=form.cleaned_data["crew"])
        except Refused as refusal:
            form.add_error("crew" if "crew" in refusal.fields else None, refusal.message)
        else:
            return paper(request, "wages/workers/slips_paper.html", printed, "wage-slip", sheet=sheet)
    made = PaySlip.objects.visible_to(request.user).filter(line__sheet=sheet)
    context = {
        "sheet": sheet,
        "form": form,
        "lines": slips.lines_to_print(sheet, request.user).count(),
        "printed": made.count(),
        "opened": made.filter(is_opened=True).count(),
        "last": made.order_by("-printed_at").values_list("printed_at", flat=True).first(),
        "days": DAYS,
        "is_early": sheet.status == WageSheet.Status.RECEIVED,
    }
    return render(request, "wages/workers/pay_slips.html", context)


def paper(request: HttpRequest, template: str, printed: list[Any], address: str, **more: Any) -> HttpResponse:
    """Eight a page. The QR leads to the page where the code is typed: with the code in it, every scanner would learn it."""
    where = f"{settings.PUBLIC_ADDRESS.rstrip('/')}{reverse(address)}"
    where = where if settings.PUBLIC_ADDRESS else request.build_absolute_uri(reverse(address))
    context = {
        "pages": [printed[place : place + A_PAGE] for place in range(0, len(printed), A_PAGE)],
        "count": len(printed),
        "address": where,
        "qr": qr_of(where, quiet=QUIET),
        "days": DAYS,
        "fallback_hotline": settings.COMPANY_HOTLINE,
        **more,
    }
    with translation.override(PAPER_LANGUAGE):
        response = render(request, template, context)
    response["Cache-Control"] = "no-store"
    return response
