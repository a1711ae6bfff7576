from django.urls import path

from coordinators.handbook import views

urlpatterns = [
    path("handbook/", views.handbooks, name="handbooks"),
    path("handbook/<str:region_code>/", views.handbook, name="handbook"),
    path("handbook/<str:region_code>/begin/", views.handbook_begin, name="handbook-begin"),
    path("handbook/<str:region_code>/<int:number>/", views.handbook_edition, name="handbook-edition"),
    path("handbook/<str:region_code>/<int:number>/write/", views.handbook_write, name="handbook-write"),
    path("handbook/<str:region_code>/<int:number>/publish/", views.handbook_publish, name="handbook-publish"),
]
