"""The list of cases with its saved views, taking one down, and the wage disputes of projects that wind up."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.exports import export
from core.filters import CASE_NUMBER
from core.paging import keyset_page
from core.roles import READERS
from feedback.cases import intake, policies, saved
from feedback.cases.disputes import wage_disputes
from feedback.cases.filters import CaseFilter
from feedback.cases.forms import LONG_NUMBER, form_for
from feedback.cases.registering import register
from feedback.cases.resources import CaseResource, rows_to_export
from feedback.cases.routing import proposed, rules_in_use
from feedback.cases.rows import rows_of, with_lead
from feedback.models import Case

View = Callable[..., HttpResponse]


def for_seers(view: View) -> View:
    """To everybody whose posts have no part in cases these pages do not exist."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not intake.can_see_cases(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def may_export(request: HttpRequest) -> bool:
    """Whoever sees cases and is no mere reader: an export is written into the audit trail."""
    return bool(request.user.scope.roles - READERS)


@require_safe
@for_seers
def case_list(request: HttpRequest) -> HttpResponse:
    """Numbers and lines are looked for; what looks like the number of a person leaves the address."""
    if LONG_NUMBER.search(CASE_NUMBER.sub("", request.GET.get("q", ""))):
        messages.error(request, _("Numbers of people are not looked for here. Write the case number, or words of its line."))
        return redirect("cases")
    user, now = request.user, timezone.now()
    seen = Case.objects.visible_to(user)
    numbers = saved.counts(seen, user, now)
    view = _view(request, numbers)
    found = CaseFilter(request.GET, queryset=_in_view(request, view), request=request)
    page = keyset_page(found.qs, order=view.order, after=request.GET.get("after"), before=request.GET.get("before"))
    context = {
        "filter": found,
        "view": view,
        "tabs": [(each, numbers[each.key]) for each in saved.VIEWS.values()],
        "page": page,
        "rows": rows_of(page.rows, now),
        "count": found.qs.count(),
        "may_export": may_export(request),
        "may_register": intake.can_register(user),
        "may_try": intake.can_try_rules(user),
    }
    return render(request, "feedback/cases/list.html", context)


def _view(request: HttpRequest, numbers: dict[str, int]) -> saved.SavedView:
    """The one asked for; else what waits for this person, or all where nothing does."""
    usual = "mine" if numbers["mine"] else "all"
    return saved.VIEWS.get(request.GET.get("view", ""), saved.VIEWS[usual])


def _in_view(request: HttpRequest, view: saved.SavedView) -> Any:
    seen = Case.objects.visible_to(request.user).filter(view.condition(request.user, timezone.now())).for_list()
    return with_lead(saved.in_order(seen))


@require_POST
@for_seers
def case_export(request: HttpRequest) -> HttpResponse:
    """The list as it was filtered, without sensitive cases, without words, names and contacts."""
    if not may_export(request):
        raise PermissionDenied
    view = saved.VIEWS.get(request.POST.get("view", ""), saved.VIEWS["all"])
    found = CaseFilter(request.POST, queryset=_in_view(request, view), request=request)
    form = "csv" if request.POST.get("format") == "csv" else "xlsx"
    columns = CaseResource(user=request.user).columns()
    return export(by=request.user, rows=rows_to_export(found.qs), columns=columns, title=_("Cases"), form=form)


@require_http_methods(["GET", "HEAD", "POST"])
def case_new(request: HttpRequest) -> HttpResponse:
    """Three fields, and what else is known. Whoever may not see the case afterwards is told where it went."""
    if not intake.can_register(request.user):
        raise Http404
    form = form_for(request.user)(request.POST if request.method == "POST" else None, user=request.user)
    if form.is_valid():
        case = register(form.matter(), by=request.user)
        if Case.objects.visible_to(request.user).filter(pk=case.pk).exists():
            return redirect("case-registered", case.number)
        messages.success(request, _out_of_sight(case))
        return redirect("cases")
    return render(request, "feedback/cases/new.html", {"form": form})


def _out_of_sight(case: Case) -> str:
    """What the person who wrote it down may know of a case that he does not see: its number, and how high it went."""
    words = {"number": case.number}
    if case.is_sensitive:
        return _("Registered as %(number)s. It is sensitive: named officers deal with it, and you see no more of it.") % words
    if any(sight.tier == "region" for sight in case.sights.all()):
        return _("Registered as %(number)s. It went to the region; nobody on the project sees it, you neither.") % words
    return _("Registered as %(number)s. It went straight to headquarters; nobody below sees it, you neither.") % words


@require_safe
@for_seers
def case_registered(request: HttpRequest, number: str) -> HttpResponse:
    """After it was written down: its number, where the rules would send it and why, and the button for whoever may."""
    cases = Case.objects.visible_to(request.user).for_list().prefetch_related("sights", "accused", "extensions", "events")
    case = get_object_or_404(cases, number=number)
    proposal = proposed(case, rules_in_use()) if case.status == Case.Status.REGISTERED else None
    may_route = proposal is not None and policies.can_route(request.user, case)
    context = {"case": case, "proposal": proposal, "may_route": may_route}
    return render(request, "feedback/cases/registered.html", context)


@require_safe
@for_seers
def wage_dispute_list(request: HttpRequest) -> HttpResponse:
    """Projects that wind up and still owe somebody: open wage cases and disputes, people, money, days."""
    return render(request, "feedback/cases/wage_disputes.html", {"rows": wage_disputes(request.user, timezone.localdate())})
