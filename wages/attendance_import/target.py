"""The attendance sheet, as the import pipeline knows it."""

from django.utils.translation import gettext_lazy as _

from wages.attendance_import.kind import ATTENDANCE_KIND
from wages.month_import.targets import month_target

ATTENDANCE_TARGET = month_target(
    ATTENDANCE_KIND,
    page="attendance-sheet",
    title=_("Import of attendance sheets"),
    sheet_title=_("Attendance sheet"),
    shown=("name", "labour_team", "work_crew", "total"),
    upload_page="attendance-import",
    template_page="attendance-import-template",
    order=5,
)
