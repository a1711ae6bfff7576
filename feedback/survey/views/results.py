"""What the surveys of a month say, for a project, a region, the company: never fewer than five answers together."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from core.exports import ExportColumn, export
from core.months import Month
from core.scope import Level
from feedback.models import SurveyQuestion
from feedback.survey.results import Place, QuestionResult, Results, questions_of, results_of
from feedback.survey.suppression import LEAST
from regions.models import Project, Region

MODELS: dict[Level, Any] = {Level.REGION: Region, Level.PROJECT: Project}


@require_safe
def survey_results(request: HttpRequest, month: Month, level: str = Level.COMPANY, code: str = "") -> HttpResponse:
    place, unit = _place(request, level, code)
    results = results_of(place, month)
    context = {
        "results": results,
        "unit": unit,
        "level": level,
        "code": code,
        "month": month,
        "before": month.plus(-1),
        "after": month.plus(1) if month < Month.of(timezone.localdate()) else None,
        "least": LEAST,
        "below_label": _below_label(place),
    }
    return render(request, "feedback/survey/results.html", context)


@require_POST
def survey_results_export(request: HttpRequest, month: Month, level: str = Level.COMPANY, code: str = "") -> HttpResponse:
    """The same numbers as on the page, as a workbook."""
    place, unit = _place(request, level, code)
    results = results_of(place, month)
    rows = questions_of(results)
    title = _("Survey results %(unit)s %(month)s") % {"unit": unit or _("Company"), "month": month}
    return export(by=request.user, rows=rows, columns=_columns(results), title=title)


def _columns(results: Results) -> list[ExportColumn]:
    found: dict[int, QuestionResult] = {each.question.pk: each for each in results.questions}
    hidden = _("fewer than %(least)d") % {"least": LEAST}
    joined = pgettext("between items of a list", ", ")

    def said(question: SurveyQuestion) -> str:
        bars = found[question.pk].bars
        return joined.join(f"{bar.label} {bar.count} ({bar.share}%)" for bar in bars) or hidden

    return [
        ExportColumn(_("Question number"), lambda question: question.number),
        ExportColumn(_("Question"), lambda question: question.text, 40),
        ExportColumn(_("Answers"), lambda question: found[question.pk].answered or hidden),
        ExportColumn(_("Counts and shares"), said, 40),
    ]


def _place(request: HttpRequest, level: str, code: str) -> tuple[Place, Any]:
    if level == Level.COMPANY:
        if not request.user.scope.whole_company:
            raise Http404
        return Place(Level.COMPANY), None
    unit = get_object_or_404(MODELS[Level(level)].objects.with_records_for(request.user), code=code)
    return Place(Level(level), unit.pk), unit


def _below_label(place: Place) -> str:
    labels = {Level.COMPANY: _("Region"), Level.REGION: _("Project"), Level.PROJECT: _("Labour team")}
    return labels[place.level]
