"""The admin site of headquarters."""

from django.contrib.admin import AdminSite


class HeadquartersAdminSite(AdminSite):
    """Opens for those whose posts belong to it."""
