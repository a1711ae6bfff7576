from django.urls import URLPattern, path

from handbook.paper import views

urlpatterns: list[URLPattern] = [
    path("papers/", views.papers, name="papers"),
    path("projects/<str:code>/induction/sheet/", views.induction_sheet, name="induction-sheet"),
    path("entries/<int:pk>/sign-in/", views.training_sheet, name="training-sheet"),
    path("entries/<int:pk>/receipt/", views.care_receipt, name="care-receipt"),
    path("projects/<str:code>/customs-notice/", views.customs_notice, name="customs-notice"),
]
