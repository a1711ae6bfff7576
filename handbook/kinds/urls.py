from django.urls import URLPattern, path

from handbook.kinds import views

urlpatterns: list[URLPattern] = [
    path("entries/<int:pk>/document/", views.labour_document, name="labour-document"),
]
