"""A wage sheet, on the screen and on paper, its documents, and the attendance sheet of the month."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import translation
from django.views.decorators.http import require_safe

from coordinators.paper.live import PAPER_LANGUAGE
from core.attachments import served
from wages import workflow
from wages.ledger.forms import FORMS, ExplainForm, VerbForm
from wages.ledger.page import attendance_of, found_in, lines_of, payments_of, steps_of
from wages.ledger.signing import signing
from wages.models import AttendanceLine, AttendanceSheet, WageArrears, WageLine, WageSheet
from wages.payments import compared
from wages.policies import can_explain, can_import, can_open_matter, can_read_lines

JOINS = ("project__region", "team", "imported_by", "signed_scan", "posted_photo", "voucher")


@require_safe
def sheet_page(request: HttpRequest, pk: int) -> HttpResponse:
    return page_of(request, sheet_in_reach(request, pk))


@require_safe
def paper(request: HttpRequest, pk: int, is_for_wall: bool = False) -> HttpResponse:
    """To be signed; `is_for_wall` leaves out what the wall must not show, ID and card numbers."""
    sheet = _with_lines(request, pk)
    lines = WageLine.objects.visible_to(request.user).filter(sheet=sheet).order_by("number")
    with translation.override(PAPER_LANGUAGE):
        context = {"sheet": sheet, "lines": lines, "is_for_wall": is_for_wall, "members": signing(sheet)}
        return render(request, "wages/paper.html", context)


@require_safe
def photo(request: HttpRequest, pk: int) -> HttpResponse:
    return _paper_of(_with_lines(request, pk).posted_photo, small=request.GET.get("size") == "small")


@require_safe
def document(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    sheet = _with_lines(request, pk)
    return _paper_of({"scan": sheet.signed_scan, "voucher": sheet.voucher}[what])


@require_safe
def attendance_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The days of a month as on the matrix that hangs at the gate."""
    sheets = AttendanceSheet.objects.visible_to(request.user).select_related("project__region", "team", "imported_by")
    sheet = get_object_or_404(sheets, pk=pk)
    lines = AttendanceLine.objects.visible_to(request.user).filter(sheet=sheet).order_by("number")
    days = range(1, sheet.month.last.day + 1)
    context = {
        "sheet": sheet,
        "days": days,
        "rows": [(line, [*line.marks, *[None] * len(days)][: len(days)]) for line in lines],
        "wages": WageSheet.objects.visible_to(request.user).filter(team=sheet.team, month=sheet.month).first(),
        "may_import": can_import(request.user, sheet.project),
    }
    return render(request, "wages/attendance.html", context)


def sheet_in_reach(request: HttpRequest, pk: int) -> WageSheet:
    return get_object_or_404(WageSheet.objects.visible_to(request.user).select_related(*JOINS), pk=pk)


def page_of(
    request: HttpRequest, sheet: WageSheet, bound: VerbForm | None = None, explaining: tuple[int, ExplainForm] | None = None
) -> HttpResponse:
    """The page; `bound` is a form that was sent and not accepted, `explaining` the same for a finding."""
    user: Any = request.user
    reads_lines = can_read_lines(user, sheet.project)
    found, attendance, payments = found_in(sheet, user), attendance_of(sheet, user), payments_of(sheet, user)
    verbs = workflow.LIFECYCLE.allowed_moves(sheet, user)
    context = {
        "sheet": sheet,
        "steps": steps_of(sheet),
        "found": found,
        "red": sum(each.is_red and each.is_open for each in found),
        "reads_lines": reads_lines,
        "lines": lines_of(sheet, user, found, attendance) if reads_lines else [],
        "attendance": attendance,
        "payments": payments,
        "unlike": len(compared(sheet, payments, user).differences) if payments else 0,
        "arrears": WageArrears.objects.visible_to(user).standing().filter(team=sheet.team, month=sheet.month).first(),
        "forms": {verb: bound if bound and bound.key == verb else FORMS[verb](row=sheet) for verb in verbs},
        "may_explain": can_explain(user, sheet),
        "may_open": can_open_matter(user, sheet),
        "may_import": sheet.status == WageSheet.Status.RECEIVED and can_import(user, sheet.project),
        "explaining": explaining[0] if explaining else None,
        "explain_form": explaining[1] if explaining else ExplainForm(),
    }
    return render(request, "wages/sheet.html", context)


def _with_lines(request: HttpRequest, pk: int) -> WageSheet:
    """For papers that name each man and what he gets: seen by whoever reads the lines."""
    sheet = sheet_in_reach(request, pk)
    if not can_read_lines(request.user, sheet.project):
        raise Http404
    return sheet


def _paper_of(attachment: Any, *, small: bool = False) -> HttpResponse:
    if attachment is None:
        raise Http404
    return served(attachment, small=small)
