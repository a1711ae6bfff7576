from django.urls import path

from coordinators.paper.views import armbands, board, cards, facts, lists, scan, sheets

urlpatterns = [
    path("boards/", lists.all_boards, name="all-boards"),
    path("boards/scan/<str:code>/<str:mark>/", scan.scan, name="board-scan"),
    path("boards/<str:code>/", board.board, name="board"),
    path("boards/<str:code>/edit/", board.edit, name="board-edit"),
    path("boards/<str:code>/print/", board.print_, name="board-print"),
    path("boards/<str:code>/take-down/", board.take_down, name="board-take-down"),
    path("boards/<str:code>/versions/<int:number>/", sheets.board_sheet, name="board-sheet"),
    path("boards/<str:code>/versions/<int:number>/faces/<int:index>/", sheets.board_face, name="board-face"),
    path("boards/<str:code>/checks/<int:pk>/photo/", board.check_photo, name="board-check-photo"),
    path("projects/<str:code>/boards/", lists.boards, name="boards"),
    path("projects/<str:code>/boards/new/", board.new, name="board-new"),
    path("projects/<str:code>/site-contact/", facts.site_contact, name="site-contact"),
    path("projects/<str:code>/rights-information/", facts.rights, name="rights-information"),
    path("projects/<str:code>/cards/", cards.cards, name="cards"),
    path("projects/<str:code>/cards/print/", cards.print_, name="cards-print"),
    path("cards/<int:pk>/", cards.card_batch, name="card-batch"),
    path("cards/<int:pk>/sheet/", cards.card_sheet, name="card-sheet"),
    path("cards/<int:pk>/face/", cards.card_face, name="card-face"),
    path("cards/<int:pk>/hand-out/", cards.hand_out, name="card-hand-out"),
    path("projects/<str:code>/armbands/", armbands.of_project, name="project-armbands"),
    path("projects/<str:code>/armbands/issue/", armbands.issue_on_project, name="project-armband-issue"),
    path("regions/<str:code>/armbands/", armbands.of_region, name="region-armbands"),
    path("regions/<str:code>/armbands/issue/", armbands.issue_for_region, name="region-armband-issue"),
    path("armbands/<int:pk>/return/", armbands.take_back, name="armband-return"),
]
