"""One board: its page, its setting up, its place, its versions, its taking down."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from coordinators.disclosure import posts_without_consent
from coordinators.models import BoardCheck, BoardPrinting, NoticeBoard, RightsBoard
from coordinators.paper import content, policies, workflow
from coordinators.paper.forms import BoardForm, PlaceForm
from coordinators.paper.live import today_of
from coordinators.paper.states import states_of
from coordinators.paper.views.fetching import blame, board_of, posting, project_to_make_for, require, sent_by
from coordinators.public.address import public_address
from core.attachments import served
from core.refusals import Refused

SHOWN_CHECKS = 20


def to_board(request: HttpRequest, code: str, **_rest: Any) -> HttpResponse:
    return redirect("board", code=board_of(request, code).code)


@require_safe
def board(request: HttpRequest, code: str) -> HttpResponse:
    """How the board stands, what is wrong with it now, its versions and who has looked at it."""
    found = board_of(request, code)
    now = timezone.now()
    is_rights = found.kind == NoticeBoard.Kind.RIGHTS
    today = today_of([found], timezone.localdate(now))[found.pk]
    context = {
        "board": found,
        "state": states_of([found], now)[found.pk],
        "versions": _versions(request, found),
        "checks": _checks(found),
        "gaps": [RightsBoard._meta.get_field(name).verbose_name for name in content.gaps(today.said)],
        "calls_nobody": not content.has_somebody_to_call(today.said),
        "unagreed": [] if is_rights else posts_without_consent(found.project, timezone.localdate(now)),
        "may_make": policies.can_make(request.user, found.project),
        "may_check": policies.can_check(request.user),
    }
    return render(request, "coordinators/paper/board.html", context)


def _versions(request: HttpRequest, board: NoticeBoard) -> Any:
    """The newest first, without what they say."""
    printings = BoardPrinting.objects.visible_to(request.user).filter(board=board).defer("content")
    return printings.select_related("printed_by").prefetch_related("checks").latest_first()


def _checks(board: NoticeBoard) -> list[BoardCheck]:
    """Reached through the board, which the reader sees."""
    printings = board.printings.defer("content").prefetch_related("checks__by")
    checks = [check for printing in printings for check in printing.checks.all()]
    return sorted(checks, key=lambda check: check.at, reverse=True)[:SHOWN_CHECKS]


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, code: str) -> HttpResponse:
    project = project_to_make_for(request, code)
    form = BoardForm(sent_by(request), instance=NoticeBoard(project=project), user=request.user)
    if form.is_valid() and (kept := _kept(request, form)):
        messages.success(request, _("The board is set up. Print it, hang it, and scan it on the wall."))
        return redirect("board", code=kept.code)
    return render(request, "coordinators/paper/board_form.html", {"project": project, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, code: str) -> HttpResponse:
    found = board_of(request, code)
    require(policies.can_make(request.user, found.project))
    form = PlaceForm(sent_by(request), instance=found, user=request.user)
    if form.is_valid() and _kept(request, form):
        messages.success(request, _("Saved."))
        return redirect("board", code=found.code)
    return render(request, "coordinators/paper/board_form.html", {"project": found.project, "board": found, "form": form})


def _kept(request: HttpRequest, form: BoardForm) -> NoticeBoard | None:
    try:
        return workflow.keep_board(form.save(commit=False), by=request.user)
    except Refused as refusal:
        blame(form, refusal)
        return None


@posting(to_board)
def print_(request: HttpRequest, code: str) -> HttpResponse:
    """Makes the next version and opens it for printing; a rights board with gaps leads to the form that fills them."""
    found = board_of(request, code)
    try:
        printing = workflow.print_board(found, by=request.user, address_of=lambda mark: public_address(request, found, mark))
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("board", code=found.code)
    return redirect("board-sheet", code=found.code, number=printing.number)


@posting(to_board)
def take_down(request: HttpRequest, code: str) -> HttpResponse:
    found = board_of(request, code)
    try:
        workflow.take_down(found, by=request.user)
        messages.success(request, _("Taken down. Its history stays here."))
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("boards", code=found.project.code)


@require_safe
def check_photo(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The photo of a check, for whoever sees the board; `?small` gives the small one."""
    found = board_of(request, code)
    printing = get_object_or_404(found.printings.defer("content"), checks=pk)
    check = get_object_or_404(printing.checks.select_related("photo"), pk=pk, photo__isnull=False)
    return served(check.photo, small="small" in request.GET)
