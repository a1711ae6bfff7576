"""The bank's payment list, as the import pipeline knows it."""

from django.utils.translation import gettext_lazy as _

from wages.month_import.targets import month_target
from wages.payment_import.kind import PAYMENT_KIND

PAYMENT_TARGET = month_target(
    PAYMENT_KIND,
    page="payment-list",
    title=_("Import of payment lists"),
    sheet_title=_("Payment list of the bank"),
    shown=("name", "id_tail", "card_tail", "amount", "labour_team"),
    upload_page="payment-import",
    template_page="payment-import-template",
    order=6,
)
