from django.urls import path

from feedback.cases.page import contact, photos, views
from feedback.cases.page.verbs import VERBS

urlpatterns = [
    path("cases/<str:number>/", views.case_page, name="case"),
    path("cases/<str:number>/open/", views.case_open, name="case-open"),
    path("cases/<str:number>/contact/", contact.contact_page, name="case-contact"),
    path("cases/<str:number>/photos/<int:pk>/", photos.photo, name="case-photo"),
    path("cases/<str:number>/files/<int:place>/", photos.file, name="case-file"),
    path("cases/<str:number>/files/<int:place>/transcript/", views.case_transcript, name="case-transcript"),
    *(path(f"cases/<str:number>/{verb.slug}/", views.verb_page(verb), name=verb.page) for verb in VERBS if verb.form),
]
