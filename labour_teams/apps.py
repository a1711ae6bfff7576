from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LabourTeamsConfig(AppConfig):
    name = "labour_teams"
    verbose_name = _("Teams and roster")

    def ready(self) -> None:
        """The roster is the first target of the import pipeline."""
        from imports.registry import register
        from labour_teams.roster_import.target import ROSTER_TARGET

        register(ROSTER_TARGET)
