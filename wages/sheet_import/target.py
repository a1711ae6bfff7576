"""The wage sheet, as the import pipeline knows it."""

from django.utils.translation import gettext_lazy as _

from wages.month_import.targets import month_target
from wages.sheet_import.kind import WAGE_KIND

WAGE_TARGET = month_target(
    WAGE_KIND,
    page="wage-sheet",
    title=_("Import of wage sheets"),
    sheet_title=_("Wage sheet"),
    shown=("name", "id_number", "labour_team", "days", "gross", "deductions", "advances", "net"),
    upload_page="wage-import",
    template_page="wage-import-template",
    order=4,
)
