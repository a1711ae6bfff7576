"""Standing before a board: its QR, or the address under it, leads here."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from coordinators.models import BoardPrinting
from coordinators.paper import policies, workflow
from coordinators.paper.forms import CheckForm
from coordinators.paper.states import states_of
from coordinators.paper.views.fetching import blame, board_of, sent_by
from core.attachments import drop, keep_photo
from core.refusals import Refused


@require_http_methods(["GET", "HEAD", "POST"])
def scan(request: HttpRequest, code: str, mark: str) -> HttpResponse:
    """Which board and version this is, and the button that says that it hangs here and can be read."""
    board = board_of(request, code)
    versions = BoardPrinting.objects.visible_to(request.user).filter(board=board)
    printing = get_object_or_404(versions.select_related("board__project__region"), mark=mark)
    sent = sent_by(request)
    form = CheckForm(sent, request.FILES if sent is not None else None)
    if request.method == "POST" and not policies.can_check(request.user):
        raise PermissionDenied
    if form.is_valid() and _checked(request, printing, form):
        messages.success(request, _("Noted: this board hangs here and can be read."))
        return redirect("board", code=board.code)
    state = states_of([board], timezone.now())[board.pk]
    context = {
        "board": board,
        "printing": printing,
        "is_newest": state.printed.number == printing.number,
        "state": state,
        "form": form,
        "may_check": policies.can_check(request.user) and board.taken_down_on is None,
    }
    return render(request, "coordinators/paper/scan.html", context)


def _checked(request: HttpRequest, printing: BoardPrinting, form: CheckForm) -> Any:
    """The check, or None with what was wrong said in the form. A photo that comes to nothing is not kept."""
    photo = None
    try:
        if upload := form.cleaned_data["photo"]:
            photo = keep_photo(upload, by=request.user)
    except Refused as refusal:
        form.add_error("photo", refusal.message)
        return None
    try:
        return workflow.check(printing, by=request.user, photo=photo, remark=form.cleaned_data["remark"])
    except Refused as refusal:
        blame(form, refusal)
        if photo:
            drop(photo)
        return None
