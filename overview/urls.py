from django.urls import path

from overview import views

urlpatterns = [
    path("overview/", views.overview, name="overview"),
    path("regions/<str:code>/", views.region, name="region"),
    path("projects/", views.project_list, name="projects"),
    path("projects/<str:code>/", views.project, name="project"),
    path("teams/<int:pk>/", views.team, name="team"),
]
