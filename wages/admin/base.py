"""Who sees which tables of wages, and columns that find their unit along a path."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from core.admin import ReadOnlyAdmin, field_along
from core.roles import READERS, Role
from core.sheet_admin import ExportAdmin
from wages.retention import KeptWhileTheLawWants

# What a man earns: the department whose business it is, and those who look everywhere. The Party departments see sums.
READS_LINES = READERS | {Role.LABOUR_CENTRE}
HELP = _("Labour team, project or region")


class WageAdmin(KeptWhileTheLawWants, ReadOnlyAdmin, ExportAdmin):
    readers = READS_LINES
    search_help_text = HELP


def along(model: Any, path: str) -> Callable[[Any, Any], str]:
    """A column with what stands at the end of `path`, headed as it is there."""

    @admin.display(description=field_along(model, path).verbose_name, ordering=path)
    def column(self: Any, row: Any) -> str:
        for step in path.split("__"):
            row = getattr(row, step)
        return str(getattr(row, "label", row))

    return column


def of_team(path: str) -> tuple[str, ...]:
    """Search fields of rows that find their team along `path`."""
    return tuple(f"{path}__{end}" for end in ("name", "project__name", "project__code", "project__region__name"))
