"""Every address of the site; each app's urls.py names its own pages."""

from django.contrib import admin
from django.urls import include, path, register_converter

from core.months import MonthConverter

register_converter(MonthConverter, "month")

urlpatterns = [
    path("admin/", admin.site.urls),
]
