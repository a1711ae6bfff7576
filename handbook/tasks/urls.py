from django.urls import URLPattern, path

from handbook.tasks import views

urlpatterns: list[URLPattern] = [
    path("tasks/", views.task_list, name="tasks"),
    path("tasks/new/", views.task_give, name="task-new"),
    path("tasks/<int:pk>/", views.task_page, name="task"),
    path("tasks/<int:pk>/receive/", views.task_receive, name="task-receive"),
    path("tasks/<int:pk>/answer/", views.task_answer, name="task-answer"),
    path("tasks/<int:pk>/close/", views.task_close, name="task-close"),
    path("tasks/<int:pk>/return/", views.task_return, name="task-return"),
    path("tasks/<int:pk>/withdraw/", views.task_withdraw, name="task-withdraw"),
]
