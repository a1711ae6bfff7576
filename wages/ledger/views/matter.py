"""A matter opened from what was found in a sheet."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.refusals import Refused
from feedback.cases.intake import can_register
from feedback.models import Case
from wages import workflow
from wages.ledger.matter import matter_form
from wages.models import WageFinding
from wages.policies import can_open_matter

JOINS = ("sheet__project__region", "sheet__team", "line", "engagement")


@require_http_methods(["GET", "HEAD", "POST"])
def finding_matter(request: HttpRequest, pk: int) -> HttpResponse:
    """`pk` is the finding's; once a matter came of it, on to that."""
    finding = get_object_or_404(WageFinding.objects.visible_to(request.user).select_related(*JOINS), pk=pk)
    if not can_register(request.user):
        raise Http404
    if not can_open_matter(request.user, finding.sheet):
        raise PermissionDenied
    if known := Case.objects.visible_to(request.user).filter(pk=finding.case_id).first():
        return redirect("case", known.number)
    form = matter_form(finding, request.user, request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            case = workflow.open_matter(finding, form.matter(), by=request.user)
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            return _registered(request, finding, case)
    return render(request, "wages/finding_matter.html", {"form": form, "finding": finding, "back": _place_of(finding)})


def _registered(request: HttpRequest, finding: WageFinding, case: Case) -> HttpResponse:
    """On to where the rules would send it; or, out of sight of whoever wrote it down, back to the finding."""
    if Case.objects.visible_to(request.user).filter(pk=case.pk).exists():
        return redirect("case-registered", case.number)
    words = _("Registered as %(number)s. Others deal with it, and you see no more of it.")
    messages.success(request, words % {"number": case.number})
    return redirect(_place_of(finding))


def _place_of(finding: WageFinding) -> str:
    return f"{reverse('wage-sheet', args=[finding.sheet_id])}#finding-{finding.pk}"
