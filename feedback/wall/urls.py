from django.urls import path

from feedback.wall import views

urlpatterns = [
    path("wall/", views.walls, name="walls"),
    path("wall/sheets/<int:pk>/", views.sheet_page, name="wall-sheet"),
    path("wall/sheets/<int:pk>/print/", views.sheet_paper, name="wall-paper"),
    path("wall/sheets/<int:pk>/post/", views.sheet_post, name="wall-post"),
    path("wall/sheets/<int:pk>/photo/", views.sheet_photo, name="wall-photo"),
    path("teams/<int:pk>/wall/", views.team_wall, name="team-wall"),
    path("teams/<int:pk>/wall/<month:month>/", views.team_month, name="team-wall-month"),
    path("teams/<int:pk>/wall/print/", views.sheet_print, name="wall-print"),
    path("teams/<int:pk>/read-aloud/", views.read_aloud, name="read-aloud"),
]
