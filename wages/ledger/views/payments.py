"""The bank's payment list of a team's month, beside the wage sheet."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from wages.models import PaymentLine, PaymentList, WageSheet
from wages.payments import compared
from wages.policies import can_import


@require_safe
def payment_list(request: HttpRequest, pk: int) -> HttpResponse:
    """First what is not alike, then the list itself."""
    lists = PaymentList.objects.visible_to(request.user).select_related("project__region", "team", "imported_by")
    payments = get_object_or_404(lists, pk=pk)
    sheet = WageSheet.objects.visible_to(request.user).filter(team=payments.team, month=payments.month).first()
    lines = PaymentLine.objects.visible_to(request.user).filter(sheet=payments).order_by("number")
    found = compared(sheet, payments, request.user) if sheet else None
    context = {
        "payments": payments,
        "sheet": sheet,
        "found": found,
        "lines": found.payments if found else lines,
        "may_import": can_import(request.user, payments.project),
    }
    return render(request, "wages/payment_list.html", context)
