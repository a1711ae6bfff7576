from django.urls import path

from inbox import views
from inbox.handover import views as handover

urlpatterns = [
    path("", views.home, name="home"),
    path("handovers/", handover.handover_list, name="handovers"),
    path("handovers/begin/<str:kind>/<int:pk>/", handover.handover_begin, name="handover-begin"),
    path("handovers/<int:pk>/", handover.handover_page, name="handover"),
    path("handovers/<int:pk>/save/", handover.handover_save, name="handover-save"),
    path("handovers/<int:pk>/hand-over/", handover.handover_hand_over, name="handover-hand-over"),
    path("handovers/<int:pk>/accept/", handover.handover_accept, name="handover-accept"),
]
