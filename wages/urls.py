from django.urls import include, path

from imports.views import incoming

WAGES, ATTENDANCE, PAYMENTS = {"key": "wages"}, {"key": "attendance"}, {"key": "payments"}

urlpatterns = [
    path("", include("wages.ledger.urls")),
    path("", include("wages.workers.urls")),
    path("projects/<str:code>/imports/wages/", incoming.upload, WAGES, name="wage-import"),
    path("projects/<str:code>/imports/wages/template/", incoming.template, WAGES, name="wage-import-template"),
    path("projects/<str:code>/imports/attendance/", incoming.upload, ATTENDANCE, name="attendance-import"),
    path("projects/<str:code>/imports/attendance/template/", incoming.template, ATTENDANCE, name="attendance-import-template"),
    path("projects/<str:code>/imports/payments/", incoming.upload, PAYMENTS, name="payment-import"),
    path("projects/<str:code>/imports/payments/template/", incoming.template, PAYMENTS, name="payment-import-template"),
]
