from django.urls import URLPattern, path

from handbook.health import views

urlpatterns: list[URLPattern] = [
    path("entries/<int:pk>/results/", views.results, name="health-results"),
    path("entries/<int:pk>/results/open/", views.open_results, name="health-open"),
    path("entries/<int:pk>/results/<int:person>/", views.result, name="health-result"),
    path("projects/<str:code>/health-consents/", views.consents, name="health-consents"),
    path("health-consents/new/<int:person>/", views.consent, name="health-consent"),
    path("health-consents/<int:pk>/withdraw/", views.withdraw, name="health-consent-withdraw"),
]
