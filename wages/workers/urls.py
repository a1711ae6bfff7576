from django.urls import path

from wages.workers.views import leaving, packing, printing, public, questions

ASKED = "wages/questions/<month:month>/"

urlpatterns = [
    # Under the prefix of core.workers_house, before the addresses of boards; a board's code has ten signs.
    path("w/pay/", public.own_slip, name="wage-slip"),
    path("w/wages/", public.own_answer, name="wage-answer"),
    path("wages/sheets/<int:pk>/slips/", printing.pay_slips, name="pay-slips"),
    path("wages/questions/", questions.board, name="wage-questions"),
    path(ASKED, questions.board, name="wage-questions-month"),
    path(f"{ASKED}<str:code>/", questions.of_project, name="wage-question-project"),
    path(f"{ASKED}<str:code>/draw/", questions.draw, name="wage-question-draw"),
    path(f"{ASKED}<str:code>/cards/", questions.cards, name="wage-question-cards"),
    path(f"{ASKED}teams/<int:team>/matter/", questions.matter, name="wage-question-matter"),
    path("wages/answers/<int:pk>/", questions.talk, name="wage-question-talk"),
    path("wages/exits/", leaving.exit_checks, name="exit-checks"),
    path("wages/exits/<int:pk>/", leaving.exit_check, name="exit-check"),
    path("wages/exits/<int:pk>/matter/", leaving.exit_matter, name="exit-matter"),
    path("wages/exits/<int:pk>/lock-away/", leaving.lock_away, name="wage-lock-away"),
    path("projects/<str:code>/wages/pack/", packing.wage_pack, name="wage-pack"),
]
