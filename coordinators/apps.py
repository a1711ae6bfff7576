from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class CoordinatorsConfig(AppConfig):
    name = "coordinators"
    verbose_name = _("Coordinators and liaisons")

    def ready(self) -> None:
        """People in post can be imported; each app says in its duty_evidence.py which of its records speak for a duty."""
        from coordinators.coordinator_import.target import COORDINATOR_TARGET
        from coordinators.liaison_import.target import LIAISON_TARGET
        from imports.registry import register

        register(LIAISON_TARGET)
        register(COORDINATOR_TARGET)
        autodiscover_modules("duty_evidence")
