from django.urls import path

from coordinators.profile import views

urlpatterns = [
    path("profile/<str:kind>/<int:pk>/", views.profile, name="post-profile"),
    path("profile/<str:kind>/<int:pk>/save/", views.profile_save, name="post-profile-save"),
    path("profile/<str:kind>/<int:pk>/photo/", views.photo, name="post-photo"),
    path("profile/<str:kind>/<int:pk>/photo/keep/", views.photo_keep, name="post-photo-keep"),
    path("profile/<str:kind>/<int:pk>/photo/remove/", views.photo_remove, name="post-photo-remove"),
    path("profile/<str:kind>/<int:pk>/consent/", views.consent, name="post-consent"),
    path("profile/<str:kind>/<int:pk>/consent/withdraw/", views.consent_withdraw, name="post-consent-withdraw"),
]
