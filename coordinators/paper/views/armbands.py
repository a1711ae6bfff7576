"""Who has an armband: of a project, and of a region's own people."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from coordinators.models import ArmbandIssue
from coordinators.paper import policies, workflow
from coordinators.paper.forms import ArmbandForm, ReturnForm
from coordinators.paper.reach import in_post_for_region, in_post_on_project
from coordinators.paper.views.fetching import blame, posting, project_with_records
from core.refusals import Refused
from regions.models import Project, Region

MOST = 200


@require_safe
def of_project(request: HttpRequest, code: str) -> HttpResponse:
    return _page(request, project_with_records(request, code))


@require_safe
def of_region(request: HttpRequest, code: str) -> HttpResponse:
    return _page(request, _region(request, code))


@posting(of_project)
def issue_on_project(request: HttpRequest, code: str) -> HttpResponse:
    return _issue(request, project_with_records(request, code))


@posting(of_region)
def issue_for_region(request: HttpRequest, code: str) -> HttpResponse:
    return _issue(request, _region(request, code))


def _region(request: HttpRequest, code: str) -> Region:
    return get_object_or_404(Region.objects.with_records_for(request.user), code=code)


def _may_issue(request: HttpRequest, unit: Project | Region) -> bool:
    if isinstance(unit, Project):
        return policies.can_make(request.user, unit)
    return policies.can_make_for_region(request.user, unit)


def _form(unit: Project | Region, data: Any = None) -> ArmbandForm:
    today = timezone.localdate()
    is_project = isinstance(unit, Project)
    people = in_post_on_project(unit, today) if isinstance(unit, Project) else in_post_for_region(unit, today)
    armband = ArmbandIssue(**{"project" if is_project else "region": unit})
    return ArmbandForm(data, instance=armband, people=people, initial={"issued_on": today})


def _page(request: HttpRequest, unit: Project | Region, form: ArmbandForm | None = None) -> HttpResponse:
    armbands = ArmbandIssue.objects.visible_to(request.user).select_related("person", "issued_by")
    armbands = armbands.filter(project=unit) if isinstance(unit, Project) else armbands.filter(region=unit)
    is_project = isinstance(unit, Project)
    may_issue = _may_issue(request, unit)
    context = {
        "unit": unit,
        "unit_page": "project" if is_project else "region",
        "issue_page": "project-armband-issue" if is_project else "region-armband-issue",
        "out": armbands.filter(returned_on=None).order_by("number", "pk")[:MOST],
        "back": armbands.filter(returned_on__isnull=False).order_by("-returned_on", "-pk")[:MOST],
        "form": form or (_form(unit) if may_issue else None),
        "today": timezone.localdate().isoformat(),
    }
    return render(request, "coordinators/paper/armbands.html", context)


def _issue(request: HttpRequest, unit: Project | Region) -> HttpResponse:
    form = _form(unit, request.POST)
    if form.is_valid():
        try:
            workflow.issue_armband(form.save(commit=False), by=request.user)
        except Refused as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("Armband %(number)s is issued.") % {"number": form.instance.number})
            return _to_list(form.instance)
    return _page(request, unit, form)


def _to_list(armband: ArmbandIssue) -> HttpResponse:
    if armband.project is not None:
        return redirect("project-armbands", code=armband.project.code)
    assert armband.region is not None  # noqa: S101 - armbandissue_has_a_unit
    return redirect("region-armbands", code=armband.region.code)


def _armband(request: HttpRequest, pk: int) -> ArmbandIssue:
    rows = ArmbandIssue.objects.visible_to(request.user).select_related("project__region", "region")
    return get_object_or_404(rows, pk=pk)


def to_list(request: HttpRequest, pk: int) -> HttpResponse:
    return _to_list(_armband(request, pk))


@posting(to_list)
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    armband, form = _armband(request, pk), ReturnForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(words for said in form.errors.values() for words in said))
        return _to_list(armband)
    try:
        workflow.return_armband(armband, by=request.user, on=form.cleaned_data["on"])
        messages.success(request, _("Armband %(number)s is back, its number is free.") % {"number": armband.number})
    except Refused as refusal:
        messages.error(request, refusal.message)
    return _to_list(armband)
