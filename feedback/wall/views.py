"""Pages of the reply sheet: all walls, a team's month, one sheet, its paper, its photo, and reading aloud."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from coordinators.paper.live import PAPER_LANGUAGE
from core.attachments import drop, keep_photo, served
from core.months import Month
from core.refusals import Refused
from feedback.hotline.numbers import hotline_of
from feedback.models import FeedbackSheet
from feedback.wall import policies, workflow
from feedback.wall.filters import WallFilter
from feedback.wall.forms import PostForm, ReadingForm
from feedback.wall.lines import Line, code_of, lines_of, reading_of
from feedback.wall.reach import teams_with_wall
from labour_teams.models import LabourTeam

PAGE_SIZE = 50
POSTING = ["GET", "HEAD", "POST"]  # a GET comes when sign-in came between a form and its POST


@require_safe
def walls(request: HttpRequest) -> HttpResponse:
    """The teams on site, each with its last sheet of this month."""
    teams = teams_with_wall(request.user).on_site(timezone.localdate())
    found = WallFilter(request.GET, queryset=teams, request=request)
    page = Paginator(found.qs, PAGE_SIZE).get_page(request.GET.get("page"))
    month = Month.current()
    sheets = FeedbackSheet.objects.visible_to(request.user).filter(team__in=[team.pk for team in page], month=month)
    last = {sheet.team_id: sheet for sheet in sheets.order_by("number")}
    rows = [(team, last.get(team.pk)) for team in page]
    return render(request, "feedback/wall/walls.html", {"filter": found, "page": page, "rows": rows, "month": month})


@require_safe
def team_wall(request: HttpRequest, pk: int) -> HttpResponse:
    return _month_page(request, pk, Month.current())


@require_safe
def team_month(request: HttpRequest, pk: int, month: Month) -> HttpResponse:
    return _month_page(request, pk, month)


@require_http_methods(POSTING)
def sheet_print(request: HttpRequest, pk: int) -> HttpResponse:
    team = _team(request, pk)
    if request.method == "POST":
        try:
            sheet = workflow.print_sheet(team, by=request.user)
        except Refused as refusal:
            messages.error(request, refusal.message)
        else:
            return redirect("wall-paper", pk=sheet.pk)
    return redirect("team-wall", pk=team.pk)


@require_safe
def sheet_page(request: HttpRequest, pk: int) -> HttpResponse:
    return _sheet_page(request, _sheet(request, pk))


@require_safe
def sheet_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """As it goes to the printer: what was stored with it, never today's data."""
    sheet = _sheet(request, pk)
    with translation.override(PAPER_LANGUAGE):
        context = {"sheet": sheet, "items": _items(sheet), "hotline": hotline_of(sheet.team.project)}
        return render(request, "feedback/wall/paper.html", context)


@require_http_methods(POSTING)
def sheet_post(request: HttpRequest, pk: int) -> HttpResponse:
    """The photo of the sheet on the wall: with it the answers count as given."""
    sheet = _sheet(request, pk)
    if request.method != "POST":
        return redirect("wall-sheet", pk=sheet.pk)
    form = PostForm(request.POST, request.FILES)
    if form.is_valid() and (delivered := _posted(request, sheet, form)) is not None:
        messages.success(request, _("It hangs. Answers given by it: %(number)d.") % {"number": delivered})
        return redirect("wall-sheet", pk=sheet.pk)
    return _sheet_page(request, _sheet(request, pk), form)


@require_safe
def sheet_photo(request: HttpRequest, pk: int) -> HttpResponse:
    sheet = _sheet(request, pk)
    if sheet.photo is None:
        raise Http404
    return served(sheet.photo, small=request.GET.get("size") == "small")


@require_http_methods(POSTING)
def read_aloud(request: HttpRequest, pk: int) -> HttpResponse:
    """「念给班里听」: what is to be read in large letters, with boxes; POST writes down what was read to how many."""
    team = _team(request, pk)
    if not policies.can_read_aloud(request.user, team):
        raise PermissionDenied
    lines = reading_of(team)
    form = ReadingForm(request.POST if request.method == "POST" else None, lines=lines)
    if form.is_valid():
        try:
            listeners = form.cleaned_data["listeners"]
            workflow.read_aloud(team, by=request.user, cases_read=form.read, listeners=listeners)
        except Refused as refusal:
            form.add_error(next(iter(refusal.fields), None), refusal.message)
        else:
            messages.success(
                request, _("Noted: %(count)d read to %(number)d people.") % {"count": len(form.read), "number": listeners}
            )
            return redirect("team-wall", pk=team.pk)
    context = {"team": team, "lines": lines, "form": form, "ticked": form.ticked}
    return render(request, "feedback/wall/read_aloud.html", context)


def _posted(request: HttpRequest, sheet: FeedbackSheet, form: PostForm) -> int | None:
    """How many answers it gave; None with what was wrong said in the form. A photo that comes to nothing is not kept."""
    photo = None
    try:
        workflow.check_posting(sheet, by=request.user)
        photo = keep_photo(form.cleaned_data["photo"], by=request.user)
        return workflow.post(sheet, by=request.user, photo=photo)
    except Refused as refusal:
        form.add_error("photo", refusal.message)
        if photo:
            drop(photo)
        return None


def _team(request: HttpRequest, pk: int) -> LabourTeam:
    return get_object_or_404(teams_with_wall(request.user), pk=pk)


def _sheet(request: HttpRequest, pk: int) -> FeedbackSheet:
    joins = ("team__project__region", "printed_by", "posted_by", "photo")
    return get_object_or_404(
        FeedbackSheet.objects.visible_to(request.user).select_related(*joins), pk=pk, team__in=_keys(request)
    )


def _keys(request: HttpRequest) -> Any:
    return teams_with_wall(request.user).values("pk")


def _items(sheet: FeedbackSheet) -> list[tuple[str, Any]]:
    found = sheet.items.select_related("case").defer("case__words", "case__reply").order_by("order")
    return [(code_of(item.case), item) for item in found]


def _month_page(request: HttpRequest, pk: int, month: Month) -> HttpResponse:
    """For whoever prints also what a sheet would say now; everybody else sees the sheets that were printed."""
    team = _team(request, pk)
    sheets = FeedbackSheet.objects.visible_to(request.user).filter(team=team, month=month)
    may_print = policies.can_print(request.user, team) and month == Month.current()
    lines: list[Line] = lines_of(team, month, request.user) if may_print else []
    context = {
        "team": team,
        "month": month,
        "previous": month.plus(-1),
        "next": month.plus(1) if month < Month.current() else None,
        "sheets": sheets.select_related("printed_by", "posted_by").order_by("-number"),
        "may_print": may_print,
        "may_read": policies.can_read_aloud(request.user, team),
        "lines": lines,
    }
    return render(request, "feedback/wall/month.html", context)


def _sheet_page(request: HttpRequest, sheet: FeedbackSheet, form: PostForm | None = None) -> HttpResponse:
    may_post = sheet.posted_at is None and policies.can_post(request.user, sheet.team)
    context = {"sheet": sheet, "items": _items(sheet), "may_post": may_post, "form": form or PostForm()}
    return render(request, "feedback/wall/sheet.html", context)
