from django.urls import path

from imports import views

urlpatterns = [
    path("projects/<str:code>/imports/", views.history, name="imports"),
    # The roster is the only target so far; others get a line of their own with their key.
    path("projects/<str:code>/imports/roster/", views.upload, {"key": "roster"}, name="import-upload"),
    path("imports/<int:pk>/", views.job_page, name="import-job"),
    path("imports/<int:pk>/write/", views.write, name="import-write"),
    path("imports/<int:pk>/drop/", views.drop, name="import-drop"),
]
