"""One entry: what was done, by whom and with whom, its photos, and what came of it; taking it back."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.attachments import served
from core.refusals import Refused
from feedback.models import Case
from handbook import policies, recording
from handbook.entries.doing import doing_of
from handbook.entries.forms import WithdrawForm
from handbook.entries.views.writing import blame
from handbook.kinds.details import detail_for
from handbook.kinds.named import NAMED
from handbook.models import HOLDS, EntryKind, EntryPhoto, HandbookEntry


def entry_in_reach(request: HttpRequest, pk: int) -> HandbookEntry:
    entries = HandbookEntry.objects.visible_to(request.user).for_list()
    return get_object_or_404(entries.select_related("role_played", "withdrawn_by", "duty", "coordinator", "liaison"), pk=pk)


@require_safe
def entry_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Facts for whoever sees the entry; what only its kind has, and the cases opened from it, for whoever sees those."""
    user, entry = request.user, entry_in_reach(request, pk)
    doing = doing_of(entry, user)
    context: dict[str, Any] = {
        "entry": entry,
        "hold": HOLDS[EntryKind(entry.kind)].label,
        "detail": detail_for(entry, user),
        "detail_template": f"handbook/kinds/{entry.kind}.html",
        "photos": EntryPhoto.objects.visible_to(user).filter(entry=entry).order_by("pk"),
        "cases": Case.objects.visible_to(user).filter(handbook_link__entry=entry).order_by("pk"),
        "doing": doing,
        "tick": NAMED[EntryKind(entry.kind)].label if doing.tick else "",
    }
    return render(request, "handbook/entry.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def entry_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it back, with a reason: it stays in the handbook, struck out."""
    entry = entry_in_reach(request, pk)
    if not policies.can_withdraw(request.user, entry):
        raise PermissionDenied
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            recording.withdraw(entry, by=request.user, reason=form.cleaned_data["reason"])
        except Refused as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("Withdrawn. It stays here, struck out, and counts no longer."))
            return redirect("entry", entry.pk)
    return render(request, "handbook/entry_withdraw.html", {"form": form, "entry": entry})


@require_safe
def entry_photo(request: HttpRequest, pk: int) -> HttpResponse:
    """A photo, to whoever sees the entry; `?size=small` for lists."""
    row = get_object_or_404(EntryPhoto.objects.visible_to(request.user).select_related("photo"), pk=pk)
    return served(row.photo, small=request.GET.get("size") == "small")


@require_http_methods(["GET", "HEAD", "POST"])
def entry_photo_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """A GET comes when sign-in came between a form and its POST: it leads to the page."""
    row = get_object_or_404(EntryPhoto.objects.visible_to(request.user).select_related("entry__project__region"), pk=pk)
    if request.method == "POST":
        try:
            recording.drop_photo(row, by=request.user)
        except Refused as refusal:
            messages.error(request, refusal.message)
        else:
            messages.success(request, _("The photo is removed."))
    return redirect("entry-amend" if request.method == "POST" else "entry", row.entry_id)
