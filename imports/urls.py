from django.urls import path

from imports.views import columns, deciding, incoming, job, leavers, rows

urlpatterns = [
    path("projects/<str:code>/imports/", incoming.history, name="imports"),
    # Each target has lines of its own, with its key.
    path("projects/<str:code>/imports/roster/", incoming.upload, {"key": "roster"}, name="import-upload"),
    path("projects/<str:code>/imports/roster/template/", incoming.template, {"key": "roster"}, name="import-template"),
    path("projects/<str:code>/imports/liaisons/", incoming.upload, {"key": "liaisons"}, name="liaison-import"),
    path(
        "projects/<str:code>/imports/liaisons/template/", incoming.template, {"key": "liaisons"}, name="liaison-import-template"
    ),
    path("projects/<str:code>/imports/coordinators/", incoming.upload, {"key": "coordinators"}, name="coordinator-import"),
    path(
        "projects/<str:code>/imports/coordinators/template/",
        incoming.template,
        {"key": "coordinators"},
        name="coordinator-import-template",
    ),
    path("imports/<int:pk>/", job.job_page, name="import-job"),
    path("imports/<int:pk>/progress/", incoming.progress, name="import-progress"),
    path("imports/<int:pk>/resume/", incoming.resume, name="import-resume"),
    path("imports/<int:pk>/columns/", columns.columns, name="import-columns"),
    path("imports/<int:pk>/rows/<int:row>/", rows.row, name="import-row"),
    path("imports/<int:pk>/rows/<int:row>/decide/", rows.decide, name="import-decide"),
    path("imports/<int:pk>/leavers/", leavers.leavers, name="import-leavers"),
    path("imports/<int:pk>/question/", deciding.question, name="import-question"),
    path("imports/<int:pk>/compare/", deciding.compare, name="import-compare"),
    path("imports/<int:pk>/marked/", deciding.marked, name="import-marked"),
    path("imports/<int:pk>/write/", deciding.write, name="import-write"),
    path("imports/<int:pk>/drop/", deciding.drop, name="import-drop"),
    path("imports/<int:pk>/undo/", deciding.undo, name="import-undo"),
]
