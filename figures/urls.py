from django.urls import path

from figures import views

urlpatterns = [
    path("figures/<slug:key>/<str:level>/<str:code>/<month:month>/", views.figure_rows, name="figure-rows"),
]
