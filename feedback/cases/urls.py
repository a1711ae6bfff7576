from django.urls import URLPattern, path

from feedback.cases import views
from feedback.cases.dispatch import views as dispatch
from feedback.cases.page.urls import urlpatterns as page

urlpatterns: list[URLPattern] = [
    path("cases/", views.case_list, name="cases"),
    path("cases/new/", views.case_new, name="case-new"),
    path("cases/new/<slug:number>/", views.case_registered, name="case-registered"),
    path("cases/export/", views.case_export, name="case-export"),
    path("cases/dispatch/", dispatch.case_bulk, name="case-bulk"),
    path("cases/rules/try/", dispatch.try_rules, name="rules-try"),
    path("cases/wage-disputes/", views.wage_dispute_list, name="wage-disputes"),
    path("cases/<slug:number>/route/", dispatch.case_route, name="case-route"),
    *page,
]
