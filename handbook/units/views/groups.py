"""Safety groups: the list, one with its members, founding, amending, dissolving; members from the roster and from the staff."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.refusals import Refused
from handbook.models import HazardRecord, SafetyGroup, SafetyMember
from handbook.units import policies, workflow
from handbook.units.filters import GroupFilter
from handbook.units.forms import GroupForm, MemberForm, StaffForm
from handbook.units.views.writing import MOST_DIGITS, POSTING, data_of, ended, filled_in, form_page, kept_or_403, open_to
from labour_teams.models import Engagement, LabourTeam

PAGE_SIZE = 50


@require_safe
@open_to(policies.can_see_groups)
def groups(request: HttpRequest) -> HttpResponse:
    """Those that stand and those that were dissolved, with how many members each has."""
    found = GroupFilter(request.GET, queryset=SafetyGroup.objects.visible_to(request.user), request=request)
    page = Paginator(found.qs.for_list(), PAGE_SIZE).get_page(request.GET.get("page"))
    sizes = SafetyMember.objects.visible_to(request.user).filter(group__in=[group.pk for group in page])
    members = dict(sizes.order_by().values("group").annotate(number=Count("pk")).values_list("group", "number"))
    context = {
        "filter": found,
        "page": page,
        "rows": [(group, members.get(group.pk, 0) if policies.can_see_members(request.user, group) else None) for group in page],
        "may_found": policies.can_keep_groups(request.user),
        "today": timezone.localdate(),
    }
    return render(request, "handbook/units/groups.html", context)


@require_http_methods(POSTING)
@open_to(policies.can_keep_groups)
def group_new(request: HttpRequest) -> HttpResponse:
    form = GroupForm(data_of(request), user=request.user)
    group = filled_in(request, form, lambda: workflow.keep(form.save(commit=False), by=request.user), done=_("Written down."))
    if group:
        return redirect("group", group.pk)
    return form_page(request, form, title=_("New safety group"), back=reverse("groups"), back_word=_("Safety groups"))


@require_safe
@open_to(policies.can_see_groups)
def group_page(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _group(request, pk))


@require_http_methods(POSTING)
@open_to(policies.can_see_groups)
def group_edit(request: HttpRequest, pk: int) -> HttpResponse:
    group = _group(request, pk)
    kept_or_403(request, group)
    form = GroupForm(data_of(request), user=request.user, instance=group)
    if filled_in(request, form, lambda: workflow.keep(form.save(commit=False), by=request.user), done=_("Amended.")):
        return redirect("group", pk)
    return form_page(
        request, form, title=_("Amend the group"), back=reverse("group", args=[pk]), back_word=str(_group(request, pk))
    )


@require_http_methods(POSTING)
@open_to(policies.can_see_groups)
def group_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Dissolved on a day; what it found stays."""
    about = _("From the next day on nobody is offered the group any more. What it found stays. Without a day it goes on.")
    group = _group(request, pk)
    words = {"title": _("Dissolve: %(unit)s") % {"unit": group}, "about": about}
    back = {"back": reverse("group", args=[pk]), "back_word": f"{group}·{group.project}"}
    return ended(request, group, done=_("The last day is set."), **words, **back)


@require_http_methods(POSTING)
@open_to(policies.can_see_groups)
def group_staff(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody who stands on no roster."""
    group = _group(request, pk)
    kept_or_403(request, group)
    if request.method != "POST":
        return redirect("group", pk)
    form = StaffForm(request.POST)
    if filled_in(request, form, lambda: _staff(form, group, request.user), done=_("Added.")):
        return redirect("group", pk)
    return _page(request, group, form)


@require_http_methods(POSTING)
@open_to(policies.can_see_groups)
def group_workers(request: HttpRequest, pk: int) -> HttpResponse:
    """Workers who are on site today, ticked team by team; who is a member already is not on the list."""
    group = _group(request, pk)
    kept_or_403(request, group)
    today = timezone.localdate()
    teams = LabourTeam.objects.visible_to(request.user).filter(project=group.project).on_site(today).for_list()
    team = _team(request, teams)
    members = SafetyMember.objects.visible_to(request.user).filter(group=group, engagement__isnull=False)
    people = Engagement.objects.visible_to(request.user).filter(team=team, project=group.project).current(today)
    people = people.exclude(pk__in=members.values("engagement")).for_list() if team else people.none()
    if request.method == "POST" and team:
        sent = set(request.POST.getlist("people"))
        chosen = [person for person in people if str(person.pk) in sent]
        try:
            number = workflow.add_workers(group, chosen, by=request.user, area=request.POST.get("area", "").strip()[:100])
        except Refused as refusal:
            messages.error(request, refusal.message)
        else:
            messages.success(request, _("%(number)d members added.") % {"number": number})
        return redirect("group", pk)
    return render(request, "handbook/units/workers.html", {"group": group, "teams": teams, "team": team, "people": people})


@require_http_methods(POSTING)
@open_to(policies.can_see_groups)
def member_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """His area, and whether he leads."""
    member = _member(request, pk)
    form = MemberForm(data_of(request), instance=member)
    done = lambda: workflow.amend_member(member, by=request.user, **form.cleaned_data)  # noqa: E731 - called once the form is right
    if filled_in(request, form, done, done=_("Amended.")):
        return redirect("group", member.group_id)
    context = {"form": form, "member": member}
    return render(request, "handbook/units/member.html", context)


@require_http_methods(POSTING)
@open_to(policies.can_see_groups)
def member_remove(request: HttpRequest, pk: int) -> HttpResponse:
    member = _member(request, pk)
    if request.method == "POST":
        try:
            workflow.remove_member(member, by=request.user)
        except Refused as refusal:
            messages.error(request, refusal.message)
        else:
            messages.success(request, _("%(name)s is no longer in the group.") % {"name": member})
    return redirect("group", member.group_id)


def _page(request: HttpRequest, group: SafetyGroup, form: StaffForm | None = None) -> HttpResponse:
    """With its members for whoever reads them, and how many dangers it found as far as the person sees those."""
    user, today = request.user, timezone.localdate()
    is_over = bool(group.dissolved_on and group.dissolved_on < today)
    sees = policies.can_see_members(user, group)
    keeps = policies.can_keep(user, group)
    context = {
        "group": group,
        "is_over": is_over,
        "sees_members": sees,
        "members": SafetyMember.objects.visible_to(user).filter(group=group).for_list() if sees else (),
        "found": HazardRecord.objects.visible_to(user).of_held().filter(group=group).count(),
        "keeps": keeps,
        "staff_form": (form or StaffForm()) if keeps and not is_over else None,
    }
    return render(request, "handbook/units/group.html", context)


def _group(request: HttpRequest, pk: int) -> SafetyGroup:
    return get_object_or_404(SafetyGroup.objects.visible_to(request.user).for_list(), pk=pk)


def _member(request: HttpRequest, pk: int) -> SafetyMember:
    rows = SafetyMember.objects.visible_to(request.user).for_list().select_related("group__project", "engagement__team")
    member = get_object_or_404(rows, pk=pk)
    kept_or_403(request, member.group)
    return member


def _staff(form: StaffForm, group: SafetyGroup, by: Any) -> SafetyMember:
    said = form.cleaned_data
    return workflow.add_staff(group, said["staff_name"], by=by, area=said["area"], is_leader=said["is_leader"])


def _team(request: HttpRequest, teams: Any) -> LabourTeam | None:
    said = request.GET.get("team", "")
    if not said:
        return None
    if not said.isdecimal() or len(said) > MOST_DIGITS:
        raise Http404
    return get_object_or_404(teams, pk=int(said))
