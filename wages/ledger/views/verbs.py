"""One address and one POST a verb. What is refused is said on the sheet's page, with what was typed."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from core.refusals import Refused
from wages import workflow
from wages.ledger.forms import FORMS, ExplainForm
from wages.ledger.views.sheet import page_of, sheet_in_reach
from wages.models import WageFinding

POSTING = ["GET", "HEAD", "POST"]  # a GET comes when sign-in came between a form and its POST
VERBS: dict[str, tuple[Callable[..., Any], Any]] = {
    "check": (workflow.check, gettext_lazy("Checked. Now the leading group signs.")),
    "sign": (workflow.sign, gettext_lazy("Signed. Now it goes on the wall.")),
    "post": (workflow.post, gettext_lazy("It hangs. Now it is paid.")),
    "pay": (workflow.pay, gettext_lazy("Paid, with the voucher.")),
    "send_back": (workflow.send_back, gettext_lazy("Sent back. The project corrects it by another import.")),
}


@require_http_methods(POSTING)
def move(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    sheet = sheet_in_reach(request, pk)
    if request.method != "POST":
        return redirect("wage-sheet", pk=sheet.pk)
    if not workflow.LIFECYCLE.may(verb, request.user, sheet):
        return _not_possible(request, sheet, verb)
    act, done = VERBS[verb]
    form = FORMS[verb](request.POST, request.FILES, row=sheet)
    if form.is_valid():
        try:
            act(sheet, by=request.user, **form.said())
        except Refused as refusal:
            form.blame(refusal)
        else:
            messages.success(request, str(done))
            return redirect("wage-sheet", pk=sheet.pk)
    return page_of(request, sheet_in_reach(request, pk), form)


@require_http_methods(POSTING)
def explain(request: HttpRequest, pk: int) -> HttpResponse:
    """`pk` is the finding's."""
    findings = WageFinding.objects.visible_to(request.user).select_related("sheet")
    finding = get_object_or_404(findings, pk=pk)
    sheet = sheet_in_reach(request, finding.sheet_id)
    form = ExplainForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            workflow.explain(finding, by=request.user, word=form.cleaned_data["word"])
        except Refused as refusal:
            messages.error(request, refusal.message)
        else:
            messages.success(request, _("Explained; it no longer stands in the way."))
    elif form.is_bound:
        return page_of(request, sheet, explaining=(finding.pk, form))
    return redirect("wage-sheet", pk=sheet.pk)


def _not_possible(request: HttpRequest, sheet: Any, verb: str) -> HttpResponse:
    """In the words of the lifecycle: not from here, or not by him."""
    try:
        workflow.LIFECYCLE.check(sheet, verb, by=request.user)
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("wage-sheet", pk=sheet.pk)
