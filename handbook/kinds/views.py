"""What belongs to one kind and has an address of its own: documents, the signed list of goods, looking after somebody again."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.attachments import served
from core.refusals import Refused
from handbook import policies, recording
from handbook.entries.views.writing import blame
from handbook.kinds.following import FollowUpForm
from handbook.kinds.receipts import ReceiptForm, may_put_receipt, put_receipt
from handbook.models import CareDistribution, LabourAct, VisitRecord


@require_safe
def labour_document(request: HttpRequest, pk: int) -> HttpResponse:
    """To whoever sees the act: the region's coordinator and headquarters."""
    act = get_object_or_404(LabourAct.objects.visible_to(request.user).select_related("document"), pk=pk)
    if act.document is None:
        raise Http404
    return served(act.document)


@require_safe
def care_signed(request: HttpRequest, pk: int) -> HttpResponse:
    """The signed list of a line of goods, to whoever sees the entry."""
    line = _line(request, pk)
    if line.receipt is None:
        raise Http404
    return served(line.receipt)


@require_http_methods(["GET", "HEAD", "POST"])
def care_sign(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the signed list to a line of goods, or another one in its place."""
    line = _line(request, pk)
    if not may_put_receipt(request.user, line.event.entry, line):
        raise PermissionDenied
    others = CareDistribution.objects.visible_to(request.user).filter(event=line.event_id, team=line.team_id).exclude(pk=pk)
    others = others.select_related("item").order_by("pk")
    posted = request.method == "POST"
    form = ReceiptForm(request.POST if posted else None, request.FILES if posted else None, others=others.count())
    if form.is_valid():
        said = form.cleaned_data
        try:
            put_receipt(line, said["document"], by=request.user, is_for_all=said.get("is_for_all", False))
        except Refused as refusal:
            form.add_error("document", refusal.message)
        else:
            messages.success(request, _("The signed list is kept."))
            return redirect("entry", line.event_id)
    return render(
        request, "handbook/kinds/receipt.html", {"line": line, "entry": line.event.entry, "form": form, "others": others}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def visit_follow_up(request: HttpRequest, pk: int) -> HttpResponse:
    """For whoever reads what was said: he who said it was to be looked after again, and the coordinator of the region."""
    joins = ("entry__region", "entry__project", "entry__team", "entry__crew")
    visit = get_object_or_404(VisitRecord.objects.visible_to(request.user).select_related(*joins), pk=pk)
    if not policies.can_follow_up(request.user, visit.entry):
        raise PermissionDenied
    if visit.follow_up_on is None:
        raise Http404
    form = FollowUpForm(request.POST if request.method == "POST" else None, visit=visit, user=request.user)
    if form.is_valid():
        said = form.cleaned_data
        try:
            recording.follow_up(visit, by=request.user, on=said["on"], words=said["words"])
        except Refused as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("Written down."))
            return redirect("entry", pk)
    return render(request, "handbook/kinds/follow_up.html", {"visit": visit, "form": form})


def _line(request: HttpRequest, pk: int) -> CareDistribution:
    joins = (
        "item",
        "team",
        "receipt",
        "event__entry__region",
        "event__entry__project",
        "event__entry__team",
        "event__entry__crew",
    )
    return get_object_or_404(CareDistribution.objects.visible_to(request.user).select_related(*joins), pk=pk)
