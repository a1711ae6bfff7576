"""Pages of handovers: the list, one package, and one POST a verb."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from coordinators.models import Coordinator, Liaison
from core.refusals import Refused, Stale
from inbox.handover import policies, workflow
from inbox.handover.content import content_of
from inbox.handover.filters import HandoverFilter
from inbox.handover.forms import NotesForm
from inbox.handover.policies import HandedPost
from inbox.handover.progress import steps_of, theirs
from inbox.models import Handover

PAGE_SIZE = 50
POSTS: dict[str, Any] = {"coordinator": Coordinator, "liaison": Liaison}
Verb = Callable[[HttpRequest, Handover], HttpResponse]


@require_safe
def handover_list(request: HttpRequest) -> HttpResponse:
    handovers = Handover.objects.visible_to(request.user).for_list()
    found = HandoverFilter(request.GET, queryset=handovers, request=request)
    page = Paginator(found.qs, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "inbox/handovers.html", {"filter": found, "page": page})


@require_safe
def handover_page(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _handover(request, pk))


@require_http_methods(["GET", "HEAD", "POST"])
def handover_begin(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """From the page of a post. A GET comes when sign-in came between the button and its POST: it leads back there."""
    post = _post(request, kind, pk)
    if request.method != "POST":
        return redirect(kind, pk)
    try:
        handover = workflow.begin(post, by=request.user)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect(kind, pk)
    return _to_page(handover)


def verb(view: Verb) -> Callable[..., HttpResponse]:
    """One POST on a handover within reach; a GET leads to its page."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def answer(request: HttpRequest, pk: int) -> HttpResponse:
        handover = _handover(request, pk)
        return view(request, handover) if request.method == "POST" else _to_page(handover)

    return answer


@verb
def handover_save(request: HttpRequest, handover: Handover) -> HttpResponse:
    return _written(request, handover, workflow.save, _("Saved."))


@verb
def handover_hand_over(request: HttpRequest, handover: Handover) -> HttpResponse:
    return _written(request, handover, workflow.hand_over, _("Handed over. Whoever holds the post now accepts it."))


@verb
def handover_accept(request: HttpRequest, handover: Handover) -> HttpResponse:
    try:
        workflow.accept(handover, by=request.user)
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("Accepted. The package stays as it was at this moment."))
    return _to_page(handover)


def _written(request: HttpRequest, handover: Handover, act: Callable[..., Handover], done: str) -> HttpResponse:
    """What was typed stays on the page, whatever stands in the way."""
    form = NotesForm(request.POST, handover=handover)
    if not form.is_valid():
        return _page(request, handover, form)
    try:
        act(handover, by=request.user, version=form.cleaned_data["version"], notes=form.notes())
    except Refused as refusal:
        messages.error(request, refusal.message)
        return _again(request, handover, refusal)
    messages.success(request, done)
    return _to_page(handover)


def _again(request: HttpRequest, handover: Handover, refusal: Refused) -> HttpResponse:
    """What was typed, on the handover as it is now: sent once more it overwrites what stands beside it."""
    fresh = _handover(request, handover.pk)
    typed = request.POST.copy()
    typed["version"] = str(fresh.version)
    form = NotesForm(typed, handover=fresh)
    form.is_valid()
    form.blame(refusal.fields)
    return _page(request, fresh, form, meanwhile=theirs(form, fresh) if isinstance(refusal, Stale) else [])


def _page(
    request: HttpRequest, handover: Handover, form: NotesForm | None = None, *, meanwhile: list[tuple[str, str]] | None = None
) -> HttpResponse:
    """`form`: what was typed and could not be kept; `meanwhile`: what somebody else wrote in its place."""
    moves = workflow.LIFECYCLE.allowed_moves(handover, request.user)
    context = {
        "handover": handover,
        "post": handover.post,
        "moves": moves,
        "form": form or NotesForm(handover=handover),
        "meanwhile": meanwhile or [],
        "sections": content_of(handover, request.user),
        "notes": [(label, handover.notes.get(key, "")) for key, label in Handover.NOTES.items()],
        "reads_notes": policies.can_read_notes(request.user, handover),
        "steps": steps_of(handover),
    }
    return render(request, "inbox/handover.html", context)


def _handover(request: HttpRequest, pk: int) -> Handover:
    handovers = Handover.objects.visible_to(request.user).for_list()
    return get_object_or_404(handovers.select_related("begun_by", "handed_over_by", "accepted_by"), pk=pk)


def _post(request: HttpRequest, kind: str, pk: int) -> HandedPost:
    if kind not in POSTS:
        raise Http404
    return get_object_or_404(POSTS[kind].objects.visible_to(request.user).for_list(), pk=pk)


def _to_page(handover: Handover) -> HttpResponse:
    return redirect("handover", handover.pk)
