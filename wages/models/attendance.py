"""The attendance sheet of a team and month: who worked on which day, as the matrix on paper says it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.fields import MonthField
from core.scope import Scoped
from labour_teams.models import Engagement, LabourTeam
from regions.models import Project
from wages.querysets import AttendanceQuerySet, LineQuerySet


class AttendanceSheet(Scoped):
    scope_paths = ("project__region",)

    project = models.ForeignKey(Project, verbose_name=_("project"), on_delete=models.PROTECT, related_name="attendance_sheets")
    team = models.ForeignKey(
        LabourTeam, verbose_name=_("labour team"), on_delete=models.PROTECT, related_name="attendance_sheets"
    )
    month = MonthField(_("month"))
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("imported by"), editable=False, on_delete=models.PROTECT, related_name="+"
    )
    imported_at = models.DateTimeField(_("imported at"), default=timezone.now, editable=False)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("attendance sheet")
        verbose_name_plural = _("attendance sheets")
        constraints = [models.UniqueConstraint(fields=["team", "month"], name="attendancesheet_one_a_team_and_month")]

    def __str__(self) -> str:
        return f"{self.team} {self.month}"


class AttendanceLine(Scoped):
    """One man's days: `marks` has a number for each day of the month, 1, 0.5 or 0; `total` is what the sheet adds up to."""

    scope_paths = ("sheet__project__region",)

    sheet = models.ForeignKey(AttendanceSheet, verbose_name=_("attendance sheet"), on_delete=models.CASCADE, related_name="lines")
    number = models.PositiveIntegerField(_("row"))
    engagement = models.ForeignKey(
        Engagement,
        verbose_name=_("on the roster"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="attendance_lines",
    )
    name = models.CharField(_("name"), max_length=100)
    crew_name = models.CharField(_("work crew"), max_length=100, blank=True)
    marks = models.JSONField(_("days"), default=list)
    total = models.DecimalField(_("days in all"), max_digits=5, decimal_places=2)

    objects = LineQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of an attendance sheet")
        verbose_name_plural = _("lines of attendance sheets")
        constraints = [
            models.UniqueConstraint(fields=["sheet", "number"], name="attendanceline_row_once"),
            models.UniqueConstraint(
                fields=["sheet", "engagement"], condition=Q(engagement__isnull=False), name="attendanceline_worker_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name
