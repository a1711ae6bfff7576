from django.urls import URLPattern, path

from handbook.attendance_import.sheet import ATTENDED
from handbook.gate.views import certificates, induction
from imports.views import incoming

SIGN_IN = {"key": ATTENDED.key}
urlpatterns: list[URLPattern] = [
    path("induction/", induction.inductions, name="inductions"),
    path("projects/<str:code>/induction/", induction.of_project, name="induction"),
    path("projects/<str:code>/induction/held/", induction.held, name="induction-held"),
    path("projects/<str:code>/imports/training/", incoming.upload, SIGN_IN, name="training-import"),
    path("projects/<str:code>/imports/training/template/", incoming.template, SIGN_IN, name="training-import-template"),
    path("certificates/", certificates.certificates, name="certificates"),
    path("certificates/projects/", certificates.by_project, name="certificate-projects"),
    path("certificates/new/", certificates.find, name="certificate-find"),
    path("certificates/new/<int:person>/", certificates.new, name="certificate-new"),
    path("certificates/<int:pk>/", certificates.amend, name="certificate-amend"),
]
