from django.urls import path

from wages.ledger.views import arrears, board, matter, payments, setup, sheet, verbs

SCAN, VOUCHER = {"what": "scan"}, {"what": "voucher"}

urlpatterns = [
    path("wages/", board.ledger, name="wages"),
    path("wages/arrears/", arrears.arrears, name="wages-arrears"),
    path("wages/arrears/export/", arrears.arrears_export, name="wages-arrears-export"),
    path("wages/arrears/<int:pk>/settle/", arrears.arrears_settle, name="wages-arrears-settle"),
    path("wages/arrears/<int:pk>/proof/", arrears.arrears_proof, name="wages-arrears-proof"),
    path("wages/sheets/<int:pk>/", sheet.sheet_page, name="wage-sheet"),
    path("wages/sheets/<int:pk>/paper/", sheet.paper, name="wage-paper"),
    path("wages/sheets/<int:pk>/paper/wall/", sheet.paper, {"is_for_wall": True}, name="wage-paper-wall"),
    path("wages/sheets/<int:pk>/photo/", sheet.photo, name="wage-photo"),
    path("wages/sheets/<int:pk>/scan/", sheet.document, SCAN, name="wage-scan"),
    path("wages/sheets/<int:pk>/voucher/", sheet.document, VOUCHER, name="wage-voucher"),
    path("wages/sheets/<int:pk>/check/", verbs.move, {"verb": "check"}, name="wage-check"),
    path("wages/sheets/<int:pk>/sign/", verbs.move, {"verb": "sign"}, name="wage-sign"),
    path("wages/sheets/<int:pk>/post/", verbs.move, {"verb": "post"}, name="wage-post"),
    path("wages/sheets/<int:pk>/pay/", verbs.move, {"verb": "pay"}, name="wage-pay"),
    path("wages/sheets/<int:pk>/send-back/", verbs.move, {"verb": "send_back"}, name="wage-send-back"),
    path("wages/findings/<int:pk>/explain/", verbs.explain, name="wage-explain"),
    path("wages/findings/<int:pk>/matter/", matter.finding_matter, name="wage-finding-matter"),
    path("wages/attendance/<int:pk>/", sheet.attendance_page, name="attendance-sheet"),
    path("wages/payments/<int:pk>/", payments.payment_list, name="payment-list"),
    path("projects/<str:code>/wages/", board.project_ledger, name="wages-project"),
    path("projects/<str:code>/wages/group/", setup.group, name="wage-group"),
    path("projects/<str:code>/wages/group/dissolve/", setup.group_dissolve, name="wage-group-dissolve"),
    path("projects/<str:code>/wages/account/", setup.account, name="wage-account"),
]
