from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WagesConfig(AppConfig):
    name = "wages"
    verbose_name = _("Wages")

    def ready(self) -> None:
        """Wage sheets, attendance sheets and the bank's payment lists can be imported."""
        from imports.registry import register
        from wages.attendance_import.target import ATTENDANCE_TARGET
        from wages.payment_import.target import PAYMENT_TARGET
        from wages.sheet_import.target import WAGE_TARGET

        register(WAGE_TARGET)
        register(ATTENDANCE_TARGET)
        register(PAYMENT_TARGET)
