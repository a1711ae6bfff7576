from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HandbookConfig(AppConfig):
    name = "handbook"
    verbose_name = _("Work-record handbook")

    def ready(self) -> None:
        """The gate declares figures beside those that are found by the name of their module; sign-in sheets can be imported."""
        import_module("handbook.gate.figures")
        from handbook.attendance_import.target import ATTENDANCE_TARGET
        from imports.registry import register

        register(ATTENDANCE_TARGET)
