from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HandbookConfig(AppConfig):
    name = "handbook"
    verbose_name = _("Work-record handbook")

    def ready(self) -> None:
        """The gate declares figures of its own, beside those that are found by the name of their module."""
        import_module("handbook.gate.figures")
