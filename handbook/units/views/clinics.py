"""Clinics of projects and the regions' volunteer medical teams: one list, short forms, opened and closed."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from handbook.models import Clinic, MedicalTeam
from handbook.units import policies, workflow
from handbook.units.forms import ClinicForm, MedicalTeamForm, UnitForm
from handbook.units.views.writing import POSTING, data_of, ended, filled_in, form_page, kept_or_403, open_to


@require_safe
@open_to(policies.can_see_clinics)
def clinics(request: HttpRequest) -> HttpResponse:
    user = request.user
    clinics = Clinic.objects.visible_to(user).for_list()
    teams = MedicalTeam.objects.visible_to(user).for_list()
    context = {
        "clinics": [(row, policies.can_keep(user, row)) for row in clinics],
        "teams": [(row, policies.can_keep(user, row)) for row in teams],
        "may_open": policies.can_keep_groups(user),
        "may_form": policies.can_keep_medical_teams(user),
        "today": timezone.localdate(),
    }
    return render(request, "handbook/units/clinics.html", context)


@require_http_methods(POSTING)
@open_to(policies.can_keep_groups)
def clinic_new(request: HttpRequest) -> HttpResponse:
    return _written(request, ClinicForm(data_of(request), user=request.user), _("New clinic"))


@require_http_methods(POSTING)
@open_to(policies.can_see_clinics)
def clinic_edit(request: HttpRequest, pk: int) -> HttpResponse:
    clinic = _clinic(request, pk)
    kept_or_403(request, clinic)
    return _written(request, ClinicForm(data_of(request), user=request.user, instance=clinic), _("Amend the clinic"))


@require_http_methods(POSTING)
@open_to(policies.can_see_clinics)
def clinic_end(request: HttpRequest, pk: int) -> HttpResponse:
    clinic = _clinic(request, pk)
    return _ended(request, clinic, _("Close: %(unit)s") % {"unit": f"{clinic.project}·{clinic}"})


@require_http_methods(POSTING)
@open_to(policies.can_keep_medical_teams)
def medical_team_new(request: HttpRequest) -> HttpResponse:
    return _written(request, MedicalTeamForm(data_of(request), user=request.user), _("New volunteer medical team"))


@require_http_methods(POSTING)
@open_to(policies.can_see_clinics)
def medical_team_edit(request: HttpRequest, pk: int) -> HttpResponse:
    team = _team(request, pk)
    kept_or_403(request, team)
    return _written(request, MedicalTeamForm(data_of(request), user=request.user, instance=team), _("Amend the medical team"))


@require_http_methods(POSTING)
@open_to(policies.can_see_clinics)
def medical_team_end(request: HttpRequest, pk: int) -> HttpResponse:
    team = _team(request, pk)
    return _ended(request, team, _("Dissolve: %(unit)s") % {"unit": f"{team.region}·{team}"})


def _written(request: HttpRequest, form: UnitForm, title: str) -> HttpResponse:
    if filled_in(request, form, lambda: workflow.keep(form.save(commit=False), by=request.user), done=_("Written down.")):
        return redirect("clinics")
    return form_page(request, form, title=title, back=reverse("clinics"), back_word=_("Clinics and medical teams"))


def _ended(request: HttpRequest, unit: Any, title: str) -> HttpResponse:
    about = _("From the next day on nobody is offered it any more. What was done there stays. Without a day it goes on.")
    back = {"back": reverse("clinics"), "back_word": _("Clinics and medical teams")}
    return ended(request, unit, done=_("The last day is set."), title=title, about=about, **back)


def _clinic(request: HttpRequest, pk: int) -> Clinic:
    return get_object_or_404(Clinic.objects.visible_to(request.user).for_list(), pk=pk)


def _team(request: HttpRequest, pk: int) -> MedicalTeam:
    return get_object_or_404(MedicalTeam.objects.visible_to(request.user).for_list(), pk=pk)
