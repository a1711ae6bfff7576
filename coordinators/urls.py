from django.urls import include, path

from coordinators import views

urlpatterns = [
    path("coordinators/", views.coordinator_list, name="coordinators"),
    path("coordinators/<int:pk>/", views.coordinator_page, name="coordinator"),
    path("liaisons/", views.liaison_list, name="liaisons"),
    path("liaisons/<int:pk>/", views.liaison_page, name="liaison"),
    path("", include("coordinators.nominations.urls")),
    path("", include("coordinators.paper.urls")),
]
