from django.urls import path

from coordinators.provisions import views

urlpatterns = [
    path("rules/", views.rules, name="rules"),
    path("provisions/", views.provisions, name="provisions"),
    path("provisions/<int:number>/", views.provisions_edition, name="provisions-edition"),
    path("rights/", views.rights, name="rights"),
    path("rights/new/", views.right_new, name="right-new"),
    path("rights/<int:pk>/", views.right, name="right"),
    path("rights/<int:pk>/edit/", views.right_edit, name="right-edit"),
    path("rights/<int:pk>/photo/", views.right_photo, name="right-photo"),
    path("coordinators/<int:pk>/duties/", views.duties, name="duties"),
]
