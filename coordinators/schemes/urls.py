from django.urls import path

from coordinators.schemes import member_views, views

urlpatterns = [
    path("schemes/", views.schemes, name="schemes"),
    path("schemes/<slug:key>/<month:month>/", views.scheme_month, name="scheme-month"),
    path("schemes/<slug:key>/<month:month>/<str:project_code>/", views.scheme_project, name="scheme-project"),
    path("party-members/", member_views.party_members, name="party-members"),
    path("party-members/<str:project_code>/", member_views.party_members_project, name="party-members-project"),
    path("party-members/<str:project_code>/add/", member_views.party_member_add, name="party-member-add"),
    path("party-members/<str:project_code>/<int:pk>/", member_views.party_member, name="party-member"),
    path("party-members/<str:project_code>/<int:pk>/take-off/", member_views.party_member_take_off, name="party-member-take-off"),
]
