"""Pages of survey rounds: the list, a round with its teams and its analysis, the liaison's count, teams fallen silent."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.months import Month
from core.refusals import Refused
from feedback.models import SurveyRound, SurveyTeam
from feedback.survey import issuing, policies, silence, workflow
from feedback.survey.filters import RoundFilter
from feedback.survey.forms import AnalysisForm, CloseForm, CountForm, ReopenForm
from feedback.survey.numbers import percent
from feedback.survey.views.fetching import round_of, team_of

PAGE_SIZE = 50
Verb = Callable[[HttpRequest, SurveyRound], HttpResponse]


@require_safe
def surveys(request: HttpRequest) -> HttpResponse:
    if not policies.can_see_rounds(request.user):
        raise Http404
    rounds = SurveyRound.objects.visible_to(request.user).for_list()
    found = RoundFilter(request.GET, queryset=rounds, request=request)
    page = Paginator(found.qs, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "filter": found,
        "page": page,
        "rows": [(round_, percent(round_.returned, round_.issued)) for round_ in page],
        "sees_silence": policies.can_see_silence(request.user),
        "sees_company": request.user.scope.whole_company,
        "latest": page[0].month if page else None,
    }
    return render(request, "feedback/survey/rounds.html", context)


@require_safe
def survey_round(request: HttpRequest, code: str, month: Month) -> HttpResponse:
    return _page(request, round_of(request, code, month))


def verb(view: Verb) -> Callable[..., HttpResponse]:
    """One POST on a round within reach. A GET comes when sign-in came between a form and its POST: it leads to the round."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def answer(request: HttpRequest, code: str, month: Month) -> HttpResponse:
        round_ = round_of(request, code, month)
        return view(request, round_) if request.method == "POST" else _to_page(round_)

    return answer


@verb
def survey_analysis(request: HttpRequest, round_: SurveyRound) -> HttpResponse:
    form = AnalysisForm(request.POST, instance=round_)
    if not form.is_valid():
        return _page(request, round_, analysis=form)
    typed = workflow.Analysis(form.cleaned_data["on_workers"], form.cleaned_data["on_our_work"])
    try:
        workflow.save_analysis(round_, by=request.user, version=form.cleaned_data["version"], analysis=typed)
    except Refused as refusal:
        messages.error(request, refusal.message)
        fresh = round_of(request, round_.project.code, round_.month)
        return _page(request, fresh, analysis=form, meanwhile=True)
    messages.success(request, _("Saved."))
    return _to_page(round_)


@verb
def survey_close(request: HttpRequest, round_: SurveyRound) -> HttpResponse:
    form = CloseForm(request.POST)
    if not form.is_valid():
        return _page(request, round_, close=form)
    try:
        workflow.close(round_, by=request.user, word=form.cleaned_data["word"])
    except Refused as refusal:
        messages.error(request, refusal.message)
        for name, said in refusal.fields.items():
            form.add_error(name if name in form.fields else None, said if name in form.fields else [])
        return _page(request, round_, close=form)
    messages.success(request, _("The round is closed."))
    return _to_page(round_)


@verb
def survey_reopen(request: HttpRequest, round_: SurveyRound) -> HttpResponse:
    form = ReopenForm(request.POST)
    if not form.is_valid():
        return _page(request, round_, reopen=form)
    try:
        workflow.reopen(round_, by=request.user, word=form.cleaned_data["word"])
    except Refused as refusal:
        messages.error(request, refusal.message)
        return _page(request, round_, reopen=form)
    messages.success(request, _("The round is open again."))
    return _to_page(round_)


@require_http_methods(["GET", "HEAD", "POST"])
def survey_count(request: HttpRequest, code: str, month: Month, team: int) -> HttpResponse:
    """Two numbers, on a phone."""
    in_round = team_of(request, code, month, team)
    if not policies.can_count(request.user, in_round):
        raise PermissionDenied
    counted = {"issued": in_round.issued, "returned": in_round.returned}
    form = CountForm(request.POST if request.method == "POST" else None, initial=counted)
    if form.is_bound and form.is_valid():
        try:
            issuing.count(in_round, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error("returned" if "returned" in refusal.fields else None, refusal.message)
        else:
            messages.success(request, _("Counted. Thank you."))
            return _to_page(in_round.round) if policies.runs(request.user, in_round.round) else redirect("home")
    context = {"in_round": in_round, "form": form, "runs": policies.runs(request.user, in_round.round)}
    return render(request, "feedback/survey/count.html", context)


@require_safe
def survey_silent(request: HttpRequest) -> HttpResponse:
    if not policies.can_see_silence(request.user):
        raise Http404
    signs = silence.silent_teams(request.user, timezone.localdate())
    context = {"signs": signs, "people": silence.MANY_PEOPLE, "months": silence.SILENT_MONTHS}
    return render(request, "feedback/survey/silent.html", context)


def _page(request: HttpRequest, round_: SurveyRound, *, meanwhile: bool = False, **tried: Any) -> HttpResponse:
    """The round as this person may see it; `tried` forms keep what was typed."""
    moves = workflow.LIFECYCLE.allowed_moves(round_, request.user)
    teams = list(SurveyTeam.objects.visible_to(request.user).filter(round=round_).with_sheets().for_list())
    works = policies.can_work_on(request.user, round_)
    context = {
        "round": round_,
        "teams": [(each, percent(each.returned, each.issued)) for each in teams],
        "totals": _totals(teams),
        "left": [each for each in teams if workflow.is_left(each)],
        "works": works,
        "stands_in": works and not policies.is_own(request.user, round_),
        "reads_analysis": policies.can_read_analysis(request.user, round_),
        "analysis": tried.get("analysis") or (AnalysisForm(instance=round_) if "analyse" in moves else None),
        "close": tried.get("close") or (CloseForm() if "close" in moves else None),
        "reopen": tried.get("reopen") or (ReopenForm() if "reopen" in moves else None),
        "moves": moves,
        "meanwhile": meanwhile,
        "events": list(round_.events.select_related("by").order_by("-pk")),
    }
    return render(request, "feedback/survey/round.html", context)


def _totals(teams: list[SurveyTeam]) -> dict[str, int | None]:
    """None where nobody has counted yet."""
    counted = {
        "issued": [each.issued for each in teams if each.issued is not None],
        "returned": [each.returned for each in teams if each.returned is not None],
    }
    sums: dict[str, int | None] = {name: sum(numbers) if numbers else None for name, numbers in counted.items()}
    sums["rate"] = percent(sums["returned"], sums["issued"])
    return {**sums, "keyed": sum(each.keyed for each in teams), "on_site": sum(each.on_site for each in teams)}


def _to_page(round_: SurveyRound) -> HttpResponse:
    return redirect("survey-round", round_.project.code, round_.month)
