"""Sending cases on: one, many at a time, and the page that tries the rules."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.refusals import Refused
from core.roles import READERS
from feedback.cases import intake, saved, workflow
from feedback.cases.dispatch.forms import BulkForm, RouteForm, TryForm
from feedback.cases.routing import Proposal, place_of, proposed, rules_in_use
from feedback.cases.rows import rows_of
from feedback.cases.views import for_seers
from feedback.cases.workflow import Destination
from feedback.models import Case, RoutingRule

AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a ticked case: where it went, or why it stayed."""

    case: Case
    place: str = ""
    refusal: str = ""


@require_http_methods(["GET", "HEAD", "POST"])
@for_seers
def case_route(request: HttpRequest, number: str) -> HttpResponse:
    """One case: where the rules would send it and why, and the choice."""
    case = get_object_or_404(_routable(request), number=number)
    proposal = proposed(case, rules_in_use())
    form = RouteForm(request.POST if request.method == "POST" else None, case=case, proposal=proposal)
    try:
        workflow.LIFECYCLE.check(case, "route", by=request.user)
        if form.is_valid():
            arguments = form.arguments()
            workflow.route(case, by=request.user, **arguments)
            messages.success(request, _("Dispatched to %(place)s.") % {"place": place_of(arguments["to"])})
            return _after(request, case)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return _after(request, case)
    return render(request, "feedback/cases/route.html", {"case": case, "form": form, "proposal": proposal})


def _after(request: HttpRequest, case: Case) -> HttpResponse:
    """The case; or the list, for somebody who no longer sees it."""
    if Case.objects.visible_to(request.user).filter(pk=case.pk).exists():
        return redirect("case", case.number)
    return redirect("cases")


@require_http_methods(["GET", "HEAD", "POST"])
@for_seers
def case_bulk(request: HttpRequest) -> HttpResponse:
    """All that wait to be dispatched, the oldest first, each with its proposal; what was ticked goes, or it is said why not."""
    if request.user.scope.roles <= READERS:
        raise Http404
    cases = _waiting(request)
    form = BulkForm(request.POST if request.method == "POST" else None, cases=cases)
    outcomes: list[Outcome] = []
    rules = rules_in_use()
    if form.is_valid():
        chosen, to = form.chosen()
        outcomes = [_sent(request, case, proposed(case, rules), to) for case in chosen]
        cases, form = _waiting(request), BulkForm(cases=_waiting(request))
    rows = [(row, proposed(row.case, rules)) for row in rows_of(cases, timezone.now())]
    context = {"rows": rows, "form": form, "went": [each for each in outcomes if not each.refusal]}
    context |= {
        "stayed": [each for each in outcomes if each.refusal],
        "ticked": form.data.getlist("case") if form.is_bound else [],
    }
    return render(request, "feedback/cases/bulk.html", context)


def _routable(request: HttpRequest) -> Any:
    related = ("sights", "accused__department", "extensions", "events")
    return Case.objects.visible_to(request.user).for_list().prefetch_related(*related)


def _waiting(request: HttpRequest) -> list[Case]:
    condition = saved.to_route(request.user, timezone.now())
    return list(_routable(request).filter(condition).order_by("registered_on", "number")[:AT_ONCE])


def _sent(request: HttpRequest, case: Case, proposal: Proposal, to: Destination | None) -> Outcome:
    """A reason is the rule's, where the rule was followed."""
    try:
        reason = proposal.reason if to is None or to == proposal.destination else ""
        workflow.route(case, by=request.user, to=to or proposal.destination, reason=reason, version=case.version)
    except Refused as refusal:
        return Outcome(case, refusal=refusal.message)
    return Outcome(case, place=place_of(to or proposal.destination))


@require_safe
def try_rules(request: HttpRequest) -> HttpResponse:
    """「试一试」: a made-up case, where it would go, and what every rule before that says to it."""
    if not intake.can_try_rules(request.user):
        raise Http404
    form = TryForm(request.GET or None, user=request.user)
    rules = rules_in_use()
    proposal = proposed(form.case(), rules, form.closed()) if form.is_valid() else None
    context = {"form": form, "proposal": proposal, "rules": rules, "later": _after_the_chosen(rules, proposal)}
    return render(request, "feedback/cases/try.html", context)


def _after_the_chosen(rules: list[RoutingRule], proposal: Proposal | None) -> list[RoutingRule]:
    """Rules that were not asked any more."""
    if proposal is None or proposal.rule is None:
        return []
    return rules[len(proposal.passed_over) + 1 :]
