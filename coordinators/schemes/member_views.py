"""The register of Party members among the workers. Whoever may not keep it is answered as if there were none."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coordinators.models import PartyMemberLink
from coordinators.provisions.rooms import rooms_for
from coordinators.schemes import policies, workflow
from coordinators.schemes.forms import CandidatesForm, MemberForm
from coordinators.schemes.members import candidates, inclusions, kept_projects, listed, registers
from core.refusals import Refused
from regions.models import Project


@require_safe
def party_members(request: HttpRequest) -> HttpResponse:
    if not policies.can_open_register(request.user):
        raise Http404
    rows = registers(request.user)
    context = {"rows": rows, "count": sum(count for _project, count in rows), "rooms": rooms_for(request.user)}
    return render(request, "coordinators/schemes/registers.html", context)


@require_safe
def party_members_project(request: HttpRequest, project_code: str) -> HttpResponse:
    return _register(request, _project(request, project_code))


@require_POST
def party_member_add(request: HttpRequest, project_code: str) -> HttpResponse:
    project = _project(request, project_code)
    form = CandidatesForm(request.POST, candidates=candidates(request.user, project, timezone.localdate()))
    if not form.is_valid():
        return _register(request, project, form)
    added = workflow.register(project, by=request.user, engagements=form.cleaned_data["people"])
    messages.success(request, _("%(n)d put on the register.") % {"n": added})
    return redirect("party-members-project", project.code)


def _register(request: HttpRequest, project: Project, form: CandidatesForm | None = None) -> HttpResponse:
    items = inclusions()
    proposed = candidates(request.user, project, timezone.localdate())
    context = {
        "project": project,
        "items": items,
        "rows": listed(request.user, project, items),
        "form": form or CandidatesForm(candidates=proposed),
        "has_candidates": proposed.exists(),
    }
    return render(request, "coordinators/schemes/register.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def party_member(request: HttpRequest, project_code: str, pk: int) -> HttpResponse:
    """One member: branch, area of responsibility, and the inclusions that hold."""
    member = _member(request, project_code, pk)
    items = inclusions()
    form = MemberForm(request.POST if request.method == "POST" else None, instance=member, items=items)
    if form.is_bound and form.is_valid():
        kept: dict[str, Any] = {name: form.cleaned_data[name] for name in ("branch", "area")}
        try:
            workflow.keep_member(member, by=request.user, ticked=form.ticked(), **kept)
        except Refused as refusal:
            messages.error(request, refusal.message)
        else:
            messages.success(request, _("Saved."))
        return redirect("party-members-project", project_code)
    context = {"member": member, "project": member.project, "form": form, "scheme": items[0].scheme if items else None}
    return render(request, "coordinators/schemes/member.html", context)


@require_POST
def party_member_take_off(request: HttpRequest, project_code: str, pk: int) -> HttpResponse:
    member = _member(request, project_code, pk)
    try:
        workflow.take_off(member, by=request.user)
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("Taken off the register."))
    return redirect("party-members-project", project_code)


def _project(request: HttpRequest, code: str) -> Project:
    if not policies.can_open_register(request.user):
        raise Http404
    return get_object_or_404(kept_projects(request.user), code=code)


def _member(request: HttpRequest, code: str, pk: int) -> PartyMemberLink:
    rows = PartyMemberLink.objects.visible_to(request.user).select_related("project__region", "engagement__team")
    return get_object_or_404(rows.prefetch_related("ticks"), project__code=code, pk=pk)
