"""Every address of the site; each app's urls.py names its own pages."""

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path, register_converter
from django.views.i18n import set_language

from core.months import MonthConverter

register_converter(MonthConverter, "month")

urlpatterns = [
    path("", include("inbox.urls")),
    path("", include("overview.urls")),
    path("", include("reports.urls")),
    path("", include("wages.urls")),
    path("", include("feedback.urls")),
    path("", include("handbook.urls")),
    path("", include("coordinators.urls")),
    path("", include("coordinators.public.urls")),
    path("", include("coordinators.profile.urls")),
    path("", include("coordinators.provisions.urls")),
    path("", include("coordinators.schemes.urls")),
    path("", include("coordinators.handbook.urls")),
    path("", include("labour_teams.urls")),
    path("", include("imports.urls")),
    path("", include("figures.urls")),
    path("", include("accounts.urls")),
    path("language/", login_not_required(set_language), name="set_language"),
    path("admin/", admin.site.urls),
]
