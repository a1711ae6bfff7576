"""Those who have left, the check of each, and what was asked to be deleted."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.refusals import Refused
from labour_teams.models import Engagement
from wages import retention
from wages.models import ExitCheck, RestrictionRequest
from wages.workers import exits, policies
from wages.workers.forms import ExitForm, LockAwayForm
from wages.workers.reach import engagements_read, only_looks, reads_lines

PAGE_SIZE = 50
POSTING = ["GET", "HEAD", "POST"]


@require_safe
def exit_checks(request: HttpRequest) -> HttpResponse:
    """Who left in the last sixty days without a finished check, a project after the other."""
    if not reads_lines(request.user):
        raise Http404
    rows = exits.left_lately(request.user, timezone.localdate()).order_by("project__code", "left_on", "name_pinyin", "pk")
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "wages/workers/exit_checks.html", {"page": page, "days": exits.DAYS})


@require_http_methods(POSTING)
def exit_check(request: HttpRequest, pk: int) -> HttpResponse:
    engagement = _engagement(request, pk)
    if request.method != "POST":
        return _page(request, engagement)
    if not policies.can_check_exits(request.user, engagement.project):
        raise PermissionDenied
    form = ExitForm(request.POST)
    if form.is_valid():
        try:
            check = exits.write_check(engagement, form.answers, form.cleaned_data["words"], by=request.user)
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(
                request, _("The check is finished.") if check.done_on else _("Saved. Something is still to be asked.")
            )
            return redirect("exit-check", engagement.pk)
    return _page(request, engagement, form)


@require_POST
def exit_matter(request: HttpRequest, pk: int) -> HttpResponse:
    engagement = _engagement(request, pk)
    if not policies.can_open_matter(request.user, engagement.project):
        raise PermissionDenied
    try:
        case = exits.open_matter(engagement, by=request.user)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("exit-check", engagement.pk)
    messages.success(request, _("Matter %(number)s is open. It names nobody.") % {"number": case.number})
    return redirect("case", case.number)


@require_http_methods(POSTING)
def lock_away(request: HttpRequest, pk: int) -> HttpResponse:
    """What it means, and a day; it cannot be taken back here."""
    engagement = _engagement(request, pk)
    if not policies.can_lock_away(request.user, engagement.project):
        raise PermissionDenied
    form = LockAwayForm(request.POST or None, initial={"asked_on": timezone.localdate()})
    if form.is_bound and form.is_valid():
        try:
            retention.lock_away(engagement, by=request.user, asked_on=form.cleaned_data["asked_on"])
        except Refused as refusal:
            form.add_error("asked_on" if refusal.fields else None, refusal.message)
        else:
            messages.success(request, _("Locked away. Nobody sees his lines from now on."))
            return redirect("wage-lock-away", engagement.pk)
    context = {
        "engagement": engagement,
        "form": form,
        "locked": RestrictionRequest.objects.visible_to(request.user).filter(engagement=engagement).first(),
        "why": retention.why_kept(engagement.project),
    }
    return render(request, "wages/workers/lock_away.html", context)


def _engagement(request: HttpRequest, pk: int) -> Engagement:
    found = engagements_read(request.user).select_related("team", "crew", "project__region", "worker")
    return get_object_or_404(found, pk=pk)


def _page(request: HttpRequest, engagement: Engagement, form: ExitForm | None = None) -> HttpResponse:
    check = ExitCheck.objects.visible_to(request.user).select_related("done_by").filter(engagement=engagement).first()
    may_check = policies.can_check_exits(request.user, engagement.project) and engagement.left_on is not None
    unpaid = exits.unpaid_lines(request.user, engagement)
    is_owed = check is not None and check.wages_settled is False
    matter: Any = exits.matter_of(request.user, engagement) if is_owed else None
    context = {
        "engagement": engagement,
        "check": check,
        "unpaid": unpaid,
        "form": (form or ExitForm.of(check)) if may_check and not only_looks(request.user) else None,
        "matter": matter,
        "may_open": is_owed and matter is None and policies.can_open_matter(request.user, engagement.project),
        "may_lock": policies.can_lock_away(request.user, engagement.project),
    }
    return render(request, "wages/workers/exit_check.html", context)
