from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WagesConfig(AppConfig):
    name = "wages"
    verbose_name = _("Wages")

    def ready(self) -> None:
        """Wage sheets and attendance sheets can be imported."""
        from imports.registry import register
        from wages.attendance_import.target import ATTENDANCE_TARGET
        from wages.sheet_import.target import WAGE_TARGET

        register(WAGE_TARGET)
        register(ATTENDANCE_TARGET)
