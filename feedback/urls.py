from feedback.cases.urls import urlpatterns as cases
from feedback.hotline.urls import urlpatterns as hotline
from feedback.revisits.urls import urlpatterns as revisits
from feedback.survey.urls import urlpatterns as survey
from feedback.voice.urls import urlpatterns as voice
from feedback.wall.urls import urlpatterns as wall

urlpatterns = [*voice, *cases, *survey, *wall, *hotline, *revisits]
