from django.urls import URLPattern, path

from handbook.kinds import views

urlpatterns: list[URLPattern] = [
    path("entries/<int:pk>/document/", views.labour_document, name="labour-document"),
    path("entries/<int:pk>/followed-up/", views.visit_follow_up, name="visit-follow-up"),
    path("entries/goods/<int:pk>/signed/", views.care_signed, name="care-signed"),
    path("entries/goods/<int:pk>/sign/", views.care_sign, name="care-sign"),
]
