from django.urls import URLPattern, path, register_converter

from handbook.units.quarters import QuarterConverter
from handbook.units.views import campaigns, clinics, evaluations, groups, uninspected

register_converter(QuarterConverter, "quarter")

urlpatterns: list[URLPattern] = [
    path("safety-groups/", groups.groups, name="groups"),
    path("safety-groups/new/", groups.group_new, name="group-new"),
    path("safety-groups/<int:pk>/", groups.group_page, name="group"),
    path("safety-groups/<int:pk>/edit/", groups.group_edit, name="group-edit"),
    path("safety-groups/<int:pk>/end/", groups.group_end, name="group-end"),
    path("safety-groups/<int:pk>/staff/", groups.group_staff, name="group-staff"),
    path("safety-groups/<int:pk>/workers/", groups.group_workers, name="group-workers"),
    path("safety-groups/members/<int:pk>/", groups.member_edit, name="group-member"),
    path("safety-groups/members/<int:pk>/remove/", groups.member_remove, name="group-member-remove"),
    path("campaigns/", campaigns.campaigns, name="campaigns"),
    path("campaigns/new/", campaigns.campaign_new, name="campaign-new"),
    path("campaigns/<int:pk>/edit/", campaigns.campaign_edit, name="campaign-edit"),
    path("clinics/", clinics.clinics, name="clinics"),
    path("clinics/new/", clinics.clinic_new, name="clinic-new"),
    path("clinics/<int:pk>/edit/", clinics.clinic_edit, name="clinic-edit"),
    path("clinics/<int:pk>/end/", clinics.clinic_end, name="clinic-end"),
    path("clinics/teams/new/", clinics.medical_team_new, name="medical-team-new"),
    path("clinics/teams/<int:pk>/edit/", clinics.medical_team_edit, name="medical-team-edit"),
    path("clinics/teams/<int:pk>/end/", clinics.medical_team_end, name="medical-team-end"),
    path("evaluations/", evaluations.evaluations_now, name="evaluations-now"),
    path("evaluations/<quarter:quarter>/", evaluations.evaluations_quarter, name="evaluations-quarter"),
    path("evaluations/<str:code>/<quarter:quarter>/", evaluations.evaluations, name="evaluations"),
    path("evaluations/teams/<int:pk>/<quarter:quarter>/", evaluations.evaluation, name="evaluation"),
    path("teams/uninspected/", uninspected.uninspected, name="uninspected"),
]
