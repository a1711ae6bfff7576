from django.urls import path

from feedback.revisits import views

urlpatterns = [
    path("revisits/", views.revisit_list, name="revisits"),
    path("revisits/rates/", views.rates, name="revisit-rates"),
    path("revisits/rates/<month:month>/", views.rates, name="revisit-rates-month"),
    path("revisits/<int:pk>/", views.revisit_page, name="revisit"),
    path("revisits/<int:pk>/assign/", views.assign, name="revisit-assign"),
    path("revisits/<int:pk>/answer/", views.answer, name="revisit-answer"),
]
