"""A region's duty roster, a week at a time. A week with an unfilled hour is refused."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.refusals import Refused
from feedback.hotline import policies, workflow
from feedback.hotline.duties import duties_in
from feedback.hotline.forms import DutyForm
from feedback.hotline.numbers import hotlines_of
from feedback.hotline.reach import regions_answered
from feedback.hotline.shifts import Week
from feedback.models import HotlineDuty
from regions.models import Region


@require_safe
def this_week(request: HttpRequest, code: str) -> HttpResponse:
    return _page(request, _region(request, code), Week.current())


@require_http_methods(["GET", "HEAD", "POST"])
def week(request: HttpRequest, code: str, week: str) -> HttpResponse:
    """The grid; POST puts it in place of what was. `?like=last` begins with the week before, and writes nothing."""
    region, wanted = _region(request, code), _week(week)
    if request.method != "POST":
        return _page(request, region, wanted)
    if not policies.can_roster(request.user, region):
        raise PermissionDenied
    form = DutyForm(request.POST, region=region, week=wanted, duties=duties_in(region, wanted))
    if form.is_valid():
        try:
            workflow.save_week(region, wanted, form.shifts, by=request.user)
        except Refused as refusal:
            for line in refusal.message.split("\n"):
                form.add_error(None, line)
        else:
            messages.success(request, _("The week is rostered: every hour has somebody."))
            return redirect("duty-week", code=region.code, week=str(wanted))
    return _page(request, region, wanted, form)


def _region(request: HttpRequest, code: str) -> Region:
    return get_object_or_404(regions_answered(request.user), code=code)


def _week(text: str) -> Week:
    try:
        return Week.parse(text)
    except ValueError as error:
        raise Http404 from error


def _page(request: HttpRequest, region: Region, week: Week, form: DutyForm | None = None) -> HttpResponse:
    duties = duties_in(region, week)
    may_roster = policies.can_roster(request.user, region) and week >= Week.current()
    context: dict[str, Any] = {
        "region": region,
        "week": week,
        "last_day": week.days[-1],
        "previous": week.plus(-1),
        "next": week.plus(1),
        "is_current": week == Week.current(),
        "duties": duties,
        "form": form or (_form(request, region, week, duties) if may_roster else None),
        "numbers": hotlines_of(region.projects.all()),
    }
    return render(request, "feedback/hotline/duty.html", context)


def _form(request: HttpRequest, region: Region, week: Week, duties: list[HotlineDuty]) -> DutyForm:
    is_copy = request.GET.get("like") == "last" and not duties
    return DutyForm(region=region, week=week, duties=duties_in(region, week.plus(-1)) if is_copy else duties)
