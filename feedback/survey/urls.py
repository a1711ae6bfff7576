from django.urls import path

from feedback.survey.views import keying, printing, results, rounds

ROUND = "surveys/<str:code>/<month:month>/"
TEAM = "<int:team>/"

urlpatterns = [
    path("surveys/", rounds.surveys, name="surveys"),
    path("surveys/silent/", rounds.survey_silent, name="survey-silent"),
    path("surveys/results/<month:month>/", results.survey_results, name="survey-results"),
    path("surveys/results/<month:month>/export/", results.survey_results_export, name="survey-results-export"),
    path(
        "surveys/results/<month:month>/region/<str:code>/",
        results.survey_results,
        {"level": "region"},
        name="survey-results-region",
    ),
    path(
        "surveys/results/<month:month>/region/<str:code>/export/",
        results.survey_results_export,
        {"level": "region"},
        name="survey-results-region-export",
    ),
    path(
        "surveys/results/<month:month>/project/<str:code>/",
        results.survey_results,
        {"level": "project"},
        name="survey-results-project",
    ),
    path(
        "surveys/results/<month:month>/project/<str:code>/export/",
        results.survey_results_export,
        {"level": "project"},
        name="survey-results-project-export",
    ),
    path(ROUND, rounds.survey_round, name="survey-round"),
    path(f"{ROUND}analysis/", rounds.survey_analysis, name="survey-analysis"),
    path(f"{ROUND}close/", rounds.survey_close, name="survey-close"),
    path(f"{ROUND}reopen/", rounds.survey_reopen, name="survey-reopen"),
    path(f"{ROUND}count/{TEAM}", rounds.survey_count, name="survey-count"),
    path(f"{ROUND}print/{TEAM}", printing.survey_print, name="survey-print"),
    path(f"{ROUND}sheets/{TEAM}", printing.survey_sheets, name="survey-sheets"),
    path(f"{ROUND}key/{TEAM}", keying.survey_key, name="survey-key"),
    path(f"{ROUND}key/{TEAM}undo/", keying.survey_undo, name="survey-undo"),
    path(f"{ROUND}key/{TEAM}photos/", keying.survey_photos, name="survey-photos"),
    path(f"{ROUND}photo/<int:pk>/", keying.survey_photo, name="survey-photo"),
]
