"""Setting up a project's wages: who signs, into which account, by which day."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.refusals import Refused
from regions.models import Project
from wages.ledger import setting_up
from wages.ledger.setup_forms import AccountForm, GroupForm, SeatFormSet, seats_of
from wages.ledger.views.board import project_in_reach
from wages.models import WageAccount, WageLeadingGroup
from wages.policies import can_read_lines, can_set_up

POSTING = ["GET", "HEAD", "POST"]


@require_http_methods(POSTING)
def group(request: HttpRequest, code: str) -> HttpResponse:
    """The group that stands, or the first one; GET shows it to everybody who reads the project's wages."""
    project = _project(request, code)
    standing = setting_up.standing_group(project)
    sent = request.POST if request.method == "POST" else None
    form = GroupForm(sent, instance=standing)
    seats = SeatFormSet(sent, initial=seats_of(standing), prefix="seat")
    if sent is not None and form.is_valid() and seats.is_valid() and _saved(request, project, form, seats):
        messages.success(request, _("The leading group is written down."))
        return redirect("wage-group", code=project.code)
    context = {
        "project": project,
        "group": standing,
        "members": standing.members.order_by("pk") if standing else [],
        "past": WageLeadingGroup.objects.visible_to(request.user).filter(project=project).exclude(dissolved_on=None).for_list(),
        "form": form,
        "seats": seats,
        "may_set_up": can_set_up(request.user, project),
    }
    return render(request, "wages/group.html", context)


@require_http_methods(POSTING)
def group_dissolve(request: HttpRequest, code: str) -> HttpResponse:
    project = _project(request, code)
    if request.method == "POST":
        try:
            setting_up.dissolve_group(project, by=request.user)
        except Refused as refusal:
            messages.error(request, refusal.message)
        else:
            messages.success(request, _("Dissolved. Form a new group, or nobody signs."))
    return redirect("wage-group", code=project.code)


@require_http_methods(POSTING)
def account(request: HttpRequest, code: str) -> HttpResponse:
    project = _project(request, code)
    on_record = WageAccount.objects.visible_to(request.user).filter(project=project).first()
    form = AccountForm(request.POST if request.method == "POST" else None, instance=on_record or WageAccount(project=project))
    if form.is_valid():
        try:
            setting_up.save_account(form.save(), by=request.user, changed=form.changed_data)
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("The account is written down."))
            return redirect("wages-project", code=project.code)
    may_set_up = can_set_up(request.user, project)
    context = {"project": project, "account": on_record, "form": form, "may_set_up": may_set_up}
    return render(request, "wages/account.html", context)


def _project(request: HttpRequest, code: str) -> Project:
    """Looked at by whoever reads the project's wages; a POST is for whoever sets it up."""
    project = project_in_reach(request, code)
    if not can_read_lines(request.user, project):
        raise Http404
    if request.method == "POST" and not can_set_up(request.user, project):
        raise PermissionDenied
    return project


def _saved(request: HttpRequest, project: Project, form: GroupForm, seats: SeatFormSet) -> bool:
    said = form.cleaned_data
    try:
        setting_up.save_group(
            project,
            by=request.user,
            formed_on=said["formed_on"],
            document_no=said["document_no"],
            seats=[each.seat() for each in seats],
        )
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return False
    return True
