from django.urls import path

from overview import coverage_views, views

urlpatterns = [
    path("overview/", views.overview, name="overview"),
    path("coverage/", coverage_views.coverage, name="coverage"),
    path("coverage/export/", coverage_views.coverage_export, name="coverage-export"),
    path("regions/<str:code>/", views.region, name="region"),
    path("projects/", views.project_list, name="projects"),
    path("projects/<str:code>/", views.project, name="project"),
    path("teams/<int:pk>/", views.team, name="team"),
]
