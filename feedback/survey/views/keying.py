"""Typing sheets in: photos first if there are any, then one sheet after the other, and the last one back."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.attachments import served
from core.months import Month
from core.refusals import Refused
from feedback.models import SurveyResponse, SurveyTeam
from feedback.survey import issuing, keying, policies
from feedback.survey.common import common_titles
from feedback.survey.sheet_form import SheetForm
from feedback.survey.views.fetching import round_of, team_of

KEYED = "survey_keyed"  # in the session: the sheets keyed last, newest first
CATEGORIES = "survey_categories"  # in the session: question → category chosen last
REMEMBERED = 10


@require_http_methods(["GET", "HEAD", "POST"])
def survey_key(request: HttpRequest, code: str, month: Month, team: int) -> HttpResponse:
    in_round = _workable(request, code, month, team)
    kwargs = {"round_": in_round.round, "user": request.user, "categories": request.session.get(CATEGORIES)}
    if request.method != "POST":
        return _page(request, in_round, SheetForm(**kwargs, initial={"photographed": _photographed(request, in_round)}))
    form = SheetForm(request.POST, **kwargs)
    if form.is_valid():
        try:
            kept = keying.key_sheet(in_round.round, in_round.team, by=request.user, keyed=form.keyed())
        except Refused as refusal:
            form.add_error("code" if "code" in refusal.fields else None, refusal.message)
        else:
            request.session[KEYED] = [kept.sheet.pk, *request.session.get(KEYED, [])][:REMEMBERED]
            request.session[CATEGORIES] = {**request.session.get(CATEGORIES, {}), **form.chosen_categories()}
            messages.success(request, _said(kept))
            return redirect("survey-key", code, month, team)
    return _page(request, in_round, form)


@require_http_methods(["GET", "HEAD", "POST"])
def survey_undo(request: HttpRequest, code: str, month: Month, team: int) -> HttpResponse:
    """Takes back the sheet keyed last."""
    in_round = _workable(request, code, month, team)
    last = _last(request, in_round)
    if request.method == "POST" and last:
        try:
            taken = keying.take_back(last, by=request.user)
        except Refused as refusal:
            messages.error(request, refusal.message)
        else:
            request.session[KEYED] = [pk for pk in request.session[KEYED] if pk != last.pk]
            messages.success(request, _("The sheet %(code)s is taken back. Key it again.") % {"code": taken})
    return redirect("survey-key", code, month, team)


@require_http_methods(["GET", "HEAD", "POST"])
def survey_photos(request: HttpRequest, code: str, month: Month, team: int) -> HttpResponse:
    """A stack of photos, each a sheet to key."""
    in_round = _workable(request, code, month, team)
    if request.method == "POST":
        try:
            count = issuing.add_photos(in_round.round, in_round.team, by=request.user, photos=request.FILES.getlist("photos"))
        except Refused as refusal:
            messages.error(request, refusal.message)
        else:
            messages.success(request, _("%(count)d photos are here. Key them one by one.") % {"count": count})
    return redirect("survey-key", code, month, team)


@require_safe
def survey_photo(request: HttpRequest, code: str, month: Month, pk: int) -> HttpResponse:
    """For whoever keys: handwriting is recognised by those who work with a man every day."""
    round_ = round_of(request, code, month)
    sheet = get_object_or_404(SurveyResponse.objects.visible_to(request.user).filter(round=round_), pk=pk)
    if sheet.photo is None or not policies.runs(request.user, round_):
        raise Http404
    return served(sheet.photo, small=request.GET.get("small") == "1")


def _page(request: HttpRequest, in_round: SurveyTeam, form: SheetForm) -> HttpResponse:
    waiting = _waiting(request, in_round)
    chosen = str(form["photographed"].value() or "")
    context: dict[str, Any] = {
        "in_round": in_round,
        "form": form,
        "waiting": waiting,
        "photographed": next((sheet for sheet in waiting if str(sheet.pk) == chosen), None),
        "common": common_titles(request.user, in_round.round.project_id, timezone.localdate()),
        "last": _last(request, in_round),
    }
    return render(request, "feedback/survey/key.html", context)


def _photographed(request: HttpRequest, in_round: SurveyTeam) -> int | None:
    """The photo asked for, or the first that waits; with `?photo=0` none."""
    wanted = request.GET.get("photo", "")
    if wanted == "0":
        return None
    waiting = [sheet.pk for sheet in _waiting(request, in_round)]
    return next((pk for pk in waiting if str(pk) == wanted), waiting[0] if waiting else None)


def _waiting(request: HttpRequest, in_round: SurveyTeam) -> list[SurveyResponse]:
    sheets = SurveyResponse.objects.visible_to(request.user).filter(round=in_round.round, team=in_round.team)
    return list(sheets.waiting_with_photo().select_related("photo"))


def _last(request: HttpRequest, in_round: SurveyTeam) -> SurveyResponse | None:
    """The sheet of this team that this person keyed last in this session, while it can be taken back."""
    keyed = request.session.get(KEYED, [])
    if not keyed:
        return None
    sheets = SurveyResponse.objects.visible_to(request.user).filter(round=in_round.round, team=in_round.team, pk__in=keyed)
    rows = {row.pk: row for row in sheets.filter(keyed_on=timezone.localdate(), keyed_by=request.user).select_related("round")}
    return next((rows[pk] for pk in keyed if pk in rows), None)


def _said(kept: keying.Kept) -> str:
    if not kept.cases:
        return _("Sheet %(code)s is in.") % {"code": kept.sheet.code}
    numbers = {"code": kept.sheet.code, "cases": ", ".join(case.number for case in kept.cases)}
    return _("Sheet %(code)s is in. Registered: %(cases)s") % numbers


def _workable(request: HttpRequest, code: str, month: Month, team: int) -> SurveyTeam:
    in_round = team_of(request, code, month, team)
    if not policies.can_work_on(request.user, in_round.round):
        raise PermissionDenied
    return in_round
