from handbook.entries.urls import urlpatterns as entries
from handbook.gate.urls import urlpatterns as gate
from handbook.health.urls import urlpatterns as health
from handbook.kinds.urls import urlpatterns as kinds
from handbook.lists.urls import urlpatterns as lists
from handbook.paper.urls import urlpatterns as paper
from handbook.tasks.urls import urlpatterns as tasks
from handbook.units.urls import urlpatterns as units

urlpatterns = [*entries, *kinds, *health, *lists, *gate, *paper, *tasks, *units]
