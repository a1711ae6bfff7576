"""The bank's payment lists and their lines."""

from django.contrib import admin
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wages.admin.base import WageAdmin, along, of_team
from wages.ledger.resources import PaymentLineResource, PaymentListResource
from wages.models import PaymentLine, PaymentList


@admin.register(PaymentList)
class PaymentListAdmin(WageAdmin):
    resource_classes = [PaymentListResource]
    fields = ("project", "team", "month", "imported_by", "imported_at")
    list_display = ("team", "project", "month", "imported_at")
    list_filter = ("project__region", "project", "month")
    list_select_related = ("project", "team", "imported_by")
    search_fields = of_team("team")
    ordering = ("-month", "project__code", "team__name", "pk")

    def view_on_site(self, obj: PaymentList) -> str:
        return reverse("payment-list", args=[obj.pk])


@admin.register(PaymentLine)
class PaymentLineAdmin(WageAdmin):
    """Of numbers there is nothing but their ends."""

    resource_classes = [PaymentLineResource]
    fields = ("sheet", "number", "name", "id_tail", "card_tail", "amount")
    list_display = ("name", "team", "month", "id_tail", "card_tail", "amount")
    list_filter = ("sheet__project__region", "sheet__project", "sheet__month")
    list_select_related = ("sheet__project", "sheet__team")
    search_fields = ("name", *of_team("sheet__team"))
    search_help_text = _("Name, labour team, project or region")
    ordering = ("-sheet__month", "sheet__project__code", "sheet__team__name", "number", "pk")
    team, month = along(PaymentLine, "sheet__team"), along(PaymentLine, "sheet__month")

    def view_on_site(self, obj: PaymentLine) -> str:
        return reverse("payment-list", args=[obj.sheet_id])
