from django.urls import path

from coordinators.public import views

# Under the prefix of core.workers_house, which hears nothing of the visitor.
urlpatterns = [
    path("w/<str:code>/", views.board_page, name="public-board"),
    path("w/<str:code>/<str:mark>/", views.board_page, name="public-board"),
    path("w/<str:code>/photo/<int:number>/", views.board_photo, name="public-board-photo"),
]
