from django.urls import path

from coordinators.nominations import views

urlpatterns = [
    path("nominations/", views.nomination_list, name="nominations"),
    path("nominations/propose/<str:kind>/", views.nomination_propose, name="nomination-propose"),
    path("nominations/<int:pk>/", views.nomination_page, name="nomination"),
    path("nominations/<int:pk>/letter/", views.nomination_letter, name="nomination-letter"),
    path("nominations/<int:pk>/amend/", views.nomination_amend, name="nomination-amend"),
    path("nominations/<int:pk>/letter/add/", views.nomination_add_letter, name="nomination-add-letter"),
    path("nominations/<int:pk>/check/", views.nomination_check, name="nomination-check"),
    path("nominations/<int:pk>/induct/", views.nomination_induct, name="nomination-induct"),
    path("nominations/<int:pk>/approve/", views.nomination_approve, name="nomination-approve"),
    path("nominations/<int:pk>/decide/", views.nomination_decide, name="nomination-decide"),
    path("nominations/<int:pk>/decline/", views.nomination_decline, name="nomination-decline"),
    path("nominations/<int:pk>/withdraw/", views.nomination_withdraw, name="nomination-withdraw"),
    path("posts/<str:kind>/<int:pk>/end/", views.post_end, name="post-end"),
]
