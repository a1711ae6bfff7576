from django.urls import URLPattern, path

from handbook.gate.views import certificates, induction

urlpatterns: list[URLPattern] = [
    path("induction/", induction.inductions, name="inductions"),
    path("projects/<str:code>/induction/", induction.of_project, name="induction"),
    path("projects/<str:code>/induction/held/", induction.held, name="induction-held"),
    path("certificates/", certificates.certificates, name="certificates"),
    path("certificates/projects/", certificates.by_project, name="certificate-projects"),
    path("certificates/new/", certificates.find, name="certificate-find"),
    path("certificates/new/<int:person>/", certificates.new, name="certificate-new"),
    path("certificates/<int:pk>/", certificates.amend, name="certificate-amend"),
]
