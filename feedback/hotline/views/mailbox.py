"""Mailboxes: when each was opened, by whom with whom, and what its letters became."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.refusals import Refused
from feedback.hotline import policies, workflow
from feedback.hotline.filters import MailboxFilter
from feedback.hotline.forms import LetterForm, OpeningForm
from feedback.hotline.mailboxes import days_closed, last_allowed, with_mailbox
from feedback.models import MailboxOpening
from regions.models import Project

PAGE_SIZE = 50
POSTING = ["GET", "HEAD", "POST"]


@require_safe
def mailboxes(request: HttpRequest) -> HttpResponse:
    """Those that wait longest first."""
    today = timezone.localdate()
    boxes = with_mailbox(Project.objects.with_records_for(request.user), today).select_related("region")
    found = MailboxFilter(request.GET, queryset=boxes.order_by("opened_on", "region__order", "code"), request=request)
    page = Paginator(found.qs, PAGE_SIZE).get_page(request.GET.get("page"))
    limit = last_allowed(today)
    rows = [(box, days_closed(box, today), box.opened_on is None or box.opened_on < limit) for box in page]
    return render(request, "feedback/hotline/mailboxes.html", {"filter": found, "page": page, "rows": rows})


@require_safe
def of_project(request: HttpRequest, code: str) -> HttpResponse:
    return _page(request, _project(request, code))


@require_http_methods(POSTING)
def open_(request: HttpRequest, code: str) -> HttpResponse:
    project = _project(request, code)
    if request.method != "POST":
        return redirect("mailbox", code=project.code)
    if not policies.can_open_mailbox(request.user, project):
        raise PermissionDenied
    form = OpeningForm(request.POST, user=request.user, project=project)
    if form.is_valid():
        try:
            workflow.open_mailbox(form.save(commit=False), by=request.user)
        except Refused as refusal:
            for name, words in (refusal.fields or {"": refusal.message}).items():
                form.add_error(name or None, words)
        else:
            messages.success(request, _("The opening is noted."))
            return redirect("mailbox", code=project.code)
    return _page(request, project, form)


@require_http_methods(POSTING)
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """A letter becomes a case; if it names the project, nobody there sees it from then on."""
    opening = get_object_or_404(MailboxOpening.objects.visible_to(request.user).select_related("project__region"), pk=pk)
    if not policies.can_key_letters(request.user, opening.project):
        raise PermissionDenied
    form = LetterForm(request.POST if request.method == "POST" else None, user=request.user, project=opening.project)
    if form.is_valid():
        try:
            case = workflow.key_letter(opening, form.matter(), by=request.user)
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("Matter %(number)s is written down.") % {"number": case.number})
            return redirect("mailbox", code=opening.project.code)
    context = {"form": form, "title": _("A letter from the mailbox"), "where": opening.project}
    return render(request, "feedback/hotline/matter.html", context)


def _project(request: HttpRequest, code: str) -> Project:
    return get_object_or_404(Project.objects.with_records_for(request.user).select_related("region", "site_contact"), code=code)


def _page(request: HttpRequest, project: Project, form: OpeningForm | None = None) -> HttpResponse:
    openings = MailboxOpening.objects.visible_to(request.user).filter(project=project)
    openings = openings.select_related("by", "witness").annotate(keyed=Count("cases")).order_by("-on", "-pk")
    page = Paginator(openings, PAGE_SIZE).get_page(request.GET.get("page"))
    may_open = policies.can_open_mailbox(request.user, project)
    context: dict[str, Any] = {
        "project": project,
        "contact": getattr(project, "site_contact", None),
        "page": page,
        "form": form or (OpeningForm(user=request.user, project=project) if may_open else None),
        "may_key": policies.can_key_letters(request.user, project),
    }
    return render(request, "feedback/hotline/mailbox.html", context)
