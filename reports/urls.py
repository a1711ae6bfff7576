from django.urls import path

from reports import views

urlpatterns = [
    path("reports/", views.report_list, name="reports"),
    path("reports/<str:region_code>/<month:month>/", views.report_page, name="report"),
    path("reports/<str:region_code>/<month:month>/save/", views.report_save, name="report-save"),
    path("reports/<str:region_code>/<month:month>/submit/", views.report_submit, name="report-submit"),
    path("reports/<str:region_code>/<month:month>/return/", views.report_return, name="report-return"),
    path("reports/<str:region_code>/<month:month>/receive/", views.report_receive, name="report-receive"),
    path("reports/<str:region_code>/<month:month>/exempt/", views.report_exempt, name="report-exempt"),
    path("reports/<str:region_code>/<month:month>/claim/", views.report_claim, name="report-claim"),
    path("reports/<str:region_code>/<month:month>/reopen/", views.report_reopen, name="report-reopen"),
    path("reports/<str:region_code>/<month:month>/shut/", views.report_shut, name="report-shut"),
]
