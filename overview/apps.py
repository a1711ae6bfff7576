from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.utils.translation import gettext_lazy as _


class OverviewConfig(AppConfig):
    name = "overview"
    verbose_name = _("Overview")


class HeadquartersAdminConfig(AdminConfig):
    """The admin site is headquarters' own: see overview/admin_site.py."""

    default_site = "overview.admin_site.HeadquartersAdminSite"
