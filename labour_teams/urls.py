from django.urls import path

from labour_teams import views

urlpatterns = [
    path("teams/", views.team_list, name="teams"),
    path("workers/", views.worker_list, name="workers"),
    path("workers/search/", views.worker_search, name="worker-search"),
    path("workers/export/", views.roster_export, name="roster-export"),
    path("workers/<uuid:public_id>/", views.worker_page, name="worker"),
    path("workers/<uuid:public_id>/reveal/", views.worker_reveal, name="worker-reveal"),
]
