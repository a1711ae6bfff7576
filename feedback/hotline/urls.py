from django.urls import path

from feedback.hotline.views import calls, duty, mailbox

urlpatterns = [
    path("hotline/", calls.hotline, name="hotline"),
    path("hotline/calls/new/", calls.new, name="call-new"),
    path("hotline/calls/<int:pk>/", calls.call_page, name="call"),
    path("hotline/calls/<int:pk>/number/", calls.number, name="call-number"),
    path("hotline/calls/<int:pk>/called-back/", calls.called_back, name="call-back"),
    path("hotline/calls/<int:pk>/matter/", calls.matter, name="call-matter"),
    path("regions/<str:code>/duty/", duty.this_week, name="duty"),
    path("regions/<str:code>/duty/<str:week>/", duty.week, name="duty-week"),
    path("mailboxes/", mailbox.mailboxes, name="mailboxes"),
    path("mailboxes/openings/<int:pk>/letter/", mailbox.letter, name="mailbox-letter"),
    path("projects/<str:code>/mailbox/", mailbox.of_project, name="mailbox"),
    path("projects/<str:code>/mailbox/open/", mailbox.open_, name="mailbox-open"),
]
