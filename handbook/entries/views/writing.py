"""Writing an entry: the menu of kinds, a short form for each, amending, and what the telephone asks before it sends what it kept.

The forms are sent by the browser, or by static/js/outbox.js, which asks for JSON: the same rules, the same words.
"""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from core.refusals import Refused, Stale
from handbook import policies, recording
from handbook.entries.comparing import differences
from handbook.entries.forms import EntryForm
from handbook.entries.menu import kinds_offered, menu_of
from handbook.kinds.registry import FORMS
from handbook.models import EntryKind, EntryPhoto, HandbookEntry

JSON = "application/json"
OK, CREATED, UNPROCESSABLE = 200, 201, 422
MOST_DIGITS = 9


@require_safe
def handbook_new(request: HttpRequest) -> HttpResponse:
    """What this person may write, under the five tasks."""
    if not (menu := menu_of(request.user)):
        raise Http404
    return render(request, "handbook/new.html", {"menu": menu})


@require_http_methods(["GET", "HEAD", "POST"])
def entry_new(request: HttpRequest, kind: str) -> HttpResponse:
    """The short form of a kind, at a place that another page names. A key that was written before is the entry that it was."""
    form_class = _form_class(request, kind)
    if request.method != "POST":
        form = form_class(user=request.user, like=_like(request, kind))
        form.begin_at(request.GET.get("place", ""))
        form.begin_with(request.GET)
        return render(request, "handbook/entry_form.html", {"form": form, "kind": EntryKind(kind)})
    if known := _written_before(request):
        return _gone_through(request, known, created=False)
    form = form_class(request.POST, request.FILES, user=request.user)
    if form.is_valid():
        try:
            entry = recording.write(form.draft(), by=request.user)
        except Refused as refusal:
            blame(form, refusal)
        else:
            return _gone_through(request, entry, created=True)
    if _wants_json(request):
        return JsonResponse({"errors": errors_of(form)}, status=UNPROCESSABLE)
    return render(request, "handbook/entry_form.html", {"form": form, "kind": EntryKind(kind)})


@require_http_methods(["GET", "HEAD", "POST"])
def entry_amend(request: HttpRequest, pk: int) -> HttpResponse:
    """Write over it. Where somebody else did so in between, both texts are shown."""
    entry = get_object_or_404(HandbookEntry.objects.visible_to(request.user).for_list(), pk=pk)
    if not policies.can_amend(request.user, entry, timezone.localdate()):
        raise PermissionDenied
    form_class = FORMS[EntryKind(entry.kind)]
    posted = request.method == "POST"
    form = form_class(request.POST if posted else None, request.FILES if posted else None, user=request.user, entry=entry)
    others: Any = ()
    if form.is_valid():
        try:
            recording.amend(entry, form.draft(), by=request.user, version=_version(request))
        except Stale as refusal:
            form.add_error(None, refusal.message)
            others = differences(form, form_class(user=request.user, entry=entry))
        except Refused as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("Amended."))
            return redirect("entry", entry.pk)
    photos = EntryPhoto.objects.visible_to(request.user).filter(entry=entry).order_by("pk")
    context = {"form": form, "entry": entry, "photos": photos, "others": others}
    return render(request, "handbook/entry_amend.html", context)


@require_safe
@never_cache
def outbox(request: HttpRequest) -> HttpResponse:
    """Who is signed in, and a fresh token: asked before what was kept on the telephone is sent."""
    if not kinds_offered(request.user):
        raise Http404
    return JsonResponse({"user": str(request.user.pk), "token": get_token(request)})


def blame(form: Any, refusal: Refused) -> None:
    """The words of a refusal at the fields that they are about."""
    for name, words in refusal.fields.items():
        form.add_error(name if name in form.fields else None, words)
    if not refusal.fields:
        form.add_error(None, refusal.message)


def errors_of(form: EntryForm) -> dict[str, list[str]]:
    """Field → words; "" for the form as a whole. Lines of a table stand under their own names."""
    found = {name if name in form.fields else "": list(map(str, words)) for name, words in form.errors.items()}
    for line in getattr(form, "lines", ()):
        found |= {line.add_prefix(name): list(map(str, words)) for name, words in line.errors.items()}
    return found


def _form_class(request: HttpRequest, kind: str) -> type[EntryForm]:
    if kind not in kinds_offered(request.user):
        raise Http404
    return FORMS[EntryKind(kind)]


def _like(request: HttpRequest, kind: str) -> HandbookEntry | None:
    """One's own entry that this one begins with; what others wrote is copied by nobody."""
    if not (key := request.GET.get("like")):
        return None
    if not key.isdecimal() or len(key) > MOST_DIGITS:
        raise Http404
    own = HandbookEntry.objects.visible_to(request.user).filter(author=request.user.pk, kind=kind)
    return get_object_or_404(own, pk=int(key))


def _written_before(request: HttpRequest) -> HandbookEntry | None:
    try:
        key = UUID(request.POST.get("key", ""))
    except ValueError:
        return None
    return HandbookEntry.objects.visible_to(request.user).filter(author=request.user.pk, key=key).first()


def _gone_through(request: HttpRequest, entry: HandbookEntry, *, created: bool) -> HttpResponse:
    """On to the entry. What the telephone kept and sends by itself opens no page, so that nothing is said on the next one."""
    url, as_json = reverse("entry", args=[entry.pk]), _wants_json(request)
    if created and (not as_json or "opens" in request.POST):
        messages.success(request, _("Written down."))
    elif not as_json:
        messages.info(request, _("This was written down before: here it is. Amend it if something has changed."))
    answer = {"url": url, "title": str(entry)}
    return JsonResponse(answer, status=CREATED if created else OK) if as_json else redirect(url)


def _wants_json(request: HttpRequest) -> bool:
    return request.get_preferred_type(["text/html", JSON]) == JSON


def _version(request: HttpRequest) -> int:
    """What the form was opened with; 0, which no entry has, where it does not say."""
    said = request.POST.get("version", "")
    return int(said) if said.isdecimal() and len(said) <= MOST_DIGITS else 0
