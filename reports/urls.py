from django.urls import path

from reports import views

urlpatterns = [
    path("reports/", views.report_list, name="reports"),
    path("reports/<str:region_code>/<month:month>/", views.report_page, name="report"),
    path("reports/<str:region_code>/<month:month>/save/", views.report_save, name="report-save"),
    path("reports/<str:region_code>/<month:month>/submit/", views.report_submit, name="report-submit"),
    path("reports/<str:region_code>/<month:month>/return/", views.report_return, name="report-return"),
    path("reports/<str:region_code>/<month:month>/receive/", views.report_receive, name="report-receive"),
]
