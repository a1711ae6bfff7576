from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LabourTeamsConfig(AppConfig):
    name = "labour_teams"
    verbose_name = _("Teams and roster")
