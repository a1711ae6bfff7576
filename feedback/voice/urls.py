from django.urls import path

from feedback.voice import views

# Under the prefix of core.workers_house, which hears nothing of the visitor. Before the addresses of boards, of which one takes
# any two words.
urlpatterns = [
    path("w/reply/", views.reply, name="voice-reply"),
    path("w/<str:code>/say/", views.say, name="voice"),
]
