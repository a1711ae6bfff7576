from django.urls import path

from coordinators import views

urlpatterns = [
    path("coordinators/", views.coordinator_list, name="coordinators"),
    path("coordinators/<int:pk>/", views.coordinator_page, name="coordinator"),
    path("liaisons/", views.liaison_list, name="liaisons"),
]
