"""Pay slips, the random question and exit checks. A code is nowhere, and what a leaver said stands on his check alone."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from core.roles import Role
from wages.admin.base import WageAdmin, along, of_team
from wages.ledger.resources import ExitCheckResource, PaySlipResource, WageQuestionResource
from wages.models import ExitCheck, PaySlip, WageQuestion

OF_WORKER = ("engagement__name", *of_team("engagement__team"))
HELP = _("Name, labour team, project or region")
JOINS = ("engagement__team", "engagement__project__region")


@admin.register(PaySlip)
class PaySlipAdmin(WageAdmin):
    resource_classes = [PaySlipResource]
    fields = ("line", "printed_at", "printed_by", "ends_on", "is_opened")
    list_display = ("name", "team", "month", "printed_at", "ends_on", "is_opened")
    list_filter = ("line__sheet__project__region", "line__sheet__project", "line__sheet__month", "is_opened")
    list_select_related = ("line__sheet__project", "line__sheet__team", "printed_by")
    search_fields = ("line__name", *of_team("line__sheet__team"))
    search_help_text = HELP
    date_hierarchy = "printed_at"
    ordering = ("-printed_at", "-pk")
    name, team, month = along(PaySlip, "line__name"), along(PaySlip, "line__sheet__team"), along(PaySlip, "line__sheet__month")


@admin.register(WageQuestion)
class WageQuestionAdmin(WageAdmin):
    """Who answered what is the labour resources management centre's alone at headquarters."""

    readers = frozenset({Role.LABOUR_CENTRE})
    resource_classes = [WageQuestionResource]
    fields = ("month", "engagement", "drawn_at", "answer", "way", "answered_on")
    list_display = ("engagement", "team", "month", "answer", "way", "answered_on")
    list_filter = ("engagement__project__region", "engagement__project", "month", "answer")
    list_select_related = JOINS
    search_fields = OF_WORKER
    search_help_text = HELP
    ordering = ("-month", "engagement__name_pinyin", "pk")
    team = along(WageQuestion, "engagement__team")


@admin.register(ExitCheck)
class ExitCheckAdmin(WageAdmin):
    resource_classes = [ExitCheckResource]
    fields = ("engagement", "wages_settled", "certificates_returned", "health_checked", "done_on", "done_by")
    list_display = ("engagement", "team", "wages_settled", "certificates_returned", "health_checked", "done_on")
    list_filter = ("engagement__project__region", "engagement__project", ("done_on", admin.EmptyFieldListFilter))
    list_select_related = (*JOINS, "done_by")
    search_fields = OF_WORKER
    search_help_text = HELP
    ordering = ("-engagement__left_on", "engagement__name_pinyin", "pk")
    team = along(ExitCheck, "engagement__team")
