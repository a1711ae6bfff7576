"""Special-operation certificates: which run out, how many where, adding one and correcting it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from core.filters import keep_numbers_out
from core.paging import keyset_page
from handbook.gate import policies
from handbook.gate.certificates import NEVER, State, counts_for, state_of, with_end
from handbook.gate.filters import BACK, CertificateFilter
from handbook.gate.forms import CertificateForm, tail_of
from handbook.gate.reach import projects_with
from handbook.lists.views import for_handbook
from labour_teams.certificates import CostBearer
from labour_teams.models import Engagement, WorkerCertificate

ORDER = ("ends_on", "engagement__name_pinyin", "pk")
POSTING = ["GET", "HEAD", "POST"]
MOST_FOUND = 30


@dataclass(frozen=True, slots=True)
class Held:
    """A certificate as the list shows it. `tail`: "" where the reader has no business with numbers."""

    row: Any
    state: State
    tail: str
    at_own_cost: bool

    @property
    def ends(self) -> bool:
        return bool(self.row.ends_on != NEVER)


@require_safe
@for_handbook
@keep_numbers_out
def certificates(request: HttpRequest) -> HttpResponse:
    """The most urgent first."""
    user, today = request.user, timezone.localdate()
    found = CertificateFilter(request.GET, queryset=with_end(WorkerCertificate.objects.visible_to(user)), request=request)
    page = keyset_page(found.qs.for_list(), order=ORDER, after=request.GET.get("after"), before=request.GET.get("before"))
    shows_tails = policies.can_see_tails(user)
    context = {
        "filter": found,
        "page": page,
        "certificates": [_held(row, today, shows_tails) for row in page.rows],
        "count": found.qs.count(),
        "shows_tails": shows_tails,
        "keeps": policies.keeps_anywhere(user),
        "to_give_back": found.form.cleaned_data.get("state") == BACK,
    }
    return render(request, "handbook/gate/certificates.html", context)


@require_safe
@for_handbook
def by_project(request: HttpRequest) -> HttpResponse:
    """How many, by project; nobody's name."""
    counts = counts_for(request.user, timezone.localdate())
    rows = [(project, counts[project.pk]) for project in projects_with(counts)]
    return render(request, "handbook/gate/certificate_projects.html", {"rows": rows})


@require_safe
@for_handbook
@keep_numbers_out
def find(request: HttpRequest) -> HttpResponse:
    """Whose certificate it is: somebody of the roster, by name."""
    if not policies.keeps_anywhere(request.user):
        raise PermissionDenied
    said = request.GET.get("q", "").strip()[:60]
    people = Engagement.objects.visible_to(request.user).current(timezone.localdate()).matching(said).for_list() if said else []
    found = [each for each in people[: MOST_FOUND + 1] if policies.can_keep(request.user, each)]
    context = {"said": said, "found": found[:MOST_FOUND], "more": len(found) > MOST_FOUND}
    return render(request, "handbook/gate/certificate_find.html", context)


@require_http_methods(POSTING)
@for_handbook
@never_cache
def new(request: HttpRequest, person: int) -> HttpResponse:
    people = Engagement.objects.visible_to(request.user).select_related("project", "team")
    return _form(request, get_object_or_404(people, pk=person), None)


@require_http_methods(POSTING)
@for_handbook
@never_cache
def amend(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct it, say that it was reviewed, or that it was given back."""
    rows = WorkerCertificate.objects.visible_to(request.user).select_related("engagement__project", "engagement__team")
    certificate = get_object_or_404(rows, pk=pk)
    return _form(request, certificate.engagement, certificate)


def _form(request: HttpRequest, engagement: Engagement, certificate: WorkerCertificate | None) -> HttpResponse:
    if not policies.can_keep(request.user, engagement):
        raise PermissionDenied
    form = CertificateForm(request.POST if request.method == "POST" else None, instance=certificate, engagement=engagement)
    if form.is_valid():
        saved = form.save()
        messages.success(request, _("On record."))
        if saved.paid_by == CostBearer.WORKER:
            messages.warning(request, _("The worker paid for it. It has to be free of charge to him: see that he gets it back."))
        return redirect(f"{reverse('certificates')}?project={engagement.project_id}")
    trades = WorkerCertificate.objects.visible_to(request.user).order_by("trade").values_list("trade", flat=True).distinct()
    context = {"form": form, "engagement": engagement, "certificate": certificate, "trades": trades[:MOST_FOUND]}
    return render(request, "handbook/gate/certificate.html", context)


def _held(row: Any, today: date, shows_tails: bool) -> Held:
    tail = tail_of(row.number) if shows_tails else ""
    return Held(row, state_of(row, today), tail, at_own_cost=row.paid_by == CostBearer.WORKER)
