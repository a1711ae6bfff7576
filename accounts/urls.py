from django.urls import path

from accounts import views

urlpatterns = [
    path("sign-in/", views.SignInView.as_view(), name="sign-in"),
    path("sign-out/", views.sign_out, name="sign-out"),
    path("password/", views.OwnPasswordView.as_view(), name="password-change"),
    path("theme/", views.theme, name="theme"),
    path("healthz", views.healthz, name="healthz"),
]
