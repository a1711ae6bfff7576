"""Papers to be signed: sign-in sheets, receipts of goods, notices of ethnic customs; in the language of the company's papers."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from coordinators.paper.live import PAPER_LANGUAGE
from feedback.cases.intake import Place
from handbook import policies
from handbook.entries.forms import key_of
from handbook.gate.called import called
from handbook.gate.policies import can_call_in, can_print_notices
from handbook.gate.reach import projects_for
from handbook.lists.views import for_handbook
from handbook.models import EntryKind, HandbookEntry, TrainingSession
from handbook.paper.choosing import NoticeForm
from handbook.paper.rows import blank_rows, notices, received, signing
from labour_teams.models import Engagement
from regions.models import Project

MOST_SHOWN = 20
LOOKED_BACK = timedelta(days=60)


@require_safe
@for_handbook
def papers(request: HttpRequest) -> HttpResponse:
    """What can be printed: sheets of trainings and of goods of late, and notices of the projects."""
    user, since = request.user, timezone.localdate() - LOOKED_BACK
    recent = HandbookEntry.objects.visible_to(user).standing().filter(on__gte=since).for_list()
    context = {
        "trainings": _printable(request, recent, EntryKind.TRAINING),
        "care": _printable(request, recent, EntryKind.CARE),
        "projects": [project for project in projects_for(user) if can_print_notices(user, project)],
    }
    return render(request, "handbook/paper/papers.html", context)


@require_safe
@for_handbook
@never_cache
def induction_sheet(request: HttpRequest, code: str) -> HttpResponse:
    """For those whom the gate holds back: ticked ones, or the list as it was filtered."""
    project = _project(request, code)
    if not can_call_in(request.user, project):
        raise PermissionDenied
    people = called(request, project)
    with translation.override(PAPER_LANGUAGE):
        facts = {"title": _("Induction of those who arrived"), "unit": str(project), "query": request.GET.urlencode()}
        return _sign_in(request, people, facts | {"project": project, "sort": TrainingSession.Kind.INDUCTION.label})


@require_safe
@for_handbook
@never_cache
def training_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """For a training that stands in the handbook, planned or held."""
    entry = _entry(request, pk, EntryKind.TRAINING)
    session = TrainingSession.objects.visible_to(request.user).filter(entry=entry).prefetch_related("subjects").first()
    people = signing(entry, request.user)
    with translation.override(PAPER_LANGUAGE):
        facts: dict[str, Any] = {"title": entry.title, "unit": str(policies.place_of(entry)), "entry": entry, "session": session}
        return _sign_in(request, people, facts | {"sort": session.get_kind_display() if session else ""})


@require_safe
@for_handbook
@never_cache
def care_receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """Goods by team, with a line to sign on for each worker."""
    entry = _entry(request, pk, EntryKind.CARE)
    with translation.override(PAPER_LANGUAGE):
        context = {"entry": entry, "sheets": received(entry, request.user), "company": settings.COMPANY_NAME}
        return render(request, "handbook/paper/receipt.html", context)


@require_safe
@for_handbook
def customs_notice(request: HttpRequest, code: str) -> HttpResponse:
    """To team boss and canteen: what to mind, and for how many people. Nobody's name, and small groups not even exact."""
    project = _project(request, code)
    if not can_print_notices(request.user, project):
        raise PermissionDenied
    asked = request.GET if "festival" in request.GET else None
    form = NoticeForm(asked, user=request.user, project=project, initial={"team": request.GET.get("team")})
    if not form.is_valid():
        return render(request, "handbook/paper/choose_notice.html", {"form": form, "project": project})
    festival, team, today = form.cleaned_data["festival"], form.cleaned_data["team"], timezone.localdate()
    with translation.override(PAPER_LANGUAGE):
        words = (_("To the team boss"), _("To the canteen"))
        context = {
            "project": project,
            "festival": festival,
            "team": team,
            "place": key_of(Place(project.region, project, team)),
            "day": festival.days.filter(on__gte=today).order_by("on").first(),
            "notices": notices(project, team, festival, today, words),
            "company": settings.COMPANY_NAME,
            "today": today,
        }
        return render(request, "handbook/paper/notice.html", context)


def _sign_in(request: HttpRequest, people: list[Engagement], facts: dict[str, Any]) -> HttpResponse:
    context = {"people": people, "blank": blank_rows(len(people)), "company": settings.COMPANY_NAME}
    return render(request, "handbook/paper/sign_in.html", facts | context)


def _project(request: HttpRequest, code: str) -> Project:
    return get_object_or_404(projects_for(request.user), code=code)


def _entry(request: HttpRequest, pk: int, kind: EntryKind) -> HandbookEntry:
    """A standing entry of the kind, for whoever writes such entries at its place."""
    entry = get_object_or_404(HandbookEntry.objects.visible_to(request.user).for_list(), pk=pk, kind=kind)
    if not entry.is_standing:
        raise Http404
    if not policies.can_write(request.user, kind, policies.place_of(entry)):
        raise PermissionDenied
    return entry


def _printable(request: HttpRequest, recent: Any, kind: EntryKind) -> list[HandbookEntry]:
    if kind not in policies.kinds_written_by(request.user):
        return []
    found = recent.filter(kind=kind)[:MOST_SHOWN]
    return [entry for entry in found if policies.can_write(request.user, kind, policies.place_of(entry))]
