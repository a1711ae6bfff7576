"""The monthly report of a region, on a versioned template, with its values, remarks, receipts and history."""

from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q, TextChoices
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.fields import MonthField
from core.models import MoveEvent
from core.roles import MANAGING_DEPARTMENTS, Role
from core.scope import Scoped
from figures.registry import Figure, figures
from regions.models import Region
from reports.querysets import ReportQuerySet


def in_language(chinese: str, english: str) -> str:
    """Template wording in the reader's language; Chinese is the authority and the fallback."""
    return english if english and (get_language() or "").startswith("en") else chinese


class ReportTemplate(models.Model):
    """A version of the report's wording. A report keeps the version its month began with."""

    number = models.PositiveSmallIntegerField(_("version"), unique=True)
    title = models.CharField(_("title"), max_length=100)
    valid_from = MonthField(_("valid from month"), unique=True)
    is_draft = models.BooleanField(_("draft"), default=True)

    class Meta:
        verbose_name = _("report template")
        verbose_name_plural = _("report templates")

    def __str__(self) -> str:
        return f"{self.title} {self.number}"


class ReportSection(models.Model):
    """A section of a template, in order."""

    template = models.ForeignKey(ReportTemplate, verbose_name=_("template"), on_delete=models.CASCADE, related_name="sections")
    order = models.PositiveSmallIntegerField(_("order"))
    title_zh = models.CharField(_("title"), max_length=60)
    title_en = models.CharField(_("English title"), max_length=60, blank=True)
    hint_zh = models.CharField(_("hint"), max_length=200, blank=True)
    hint_en = models.CharField(_("English hint"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("report section")
        verbose_name_plural = _("report sections")
        constraints = [models.UniqueConstraint(fields=["template", "order"], name="reportsection_order_in_template")]

    def __str__(self) -> str:
        return f"{self.order} {self.title}"

    @property
    def title(self) -> str:
        return in_language(self.title_zh, self.title_en)

    @property
    def hint(self) -> str:
        return in_language(self.hint_zh, self.hint_en)


class ReportLine(models.Model):
    """A line of a section: a figure that fills itself, a number to write, or a text."""

    class Kind(TextChoices):
        FIGURE = "figure", _("Figure")
        NUMBER = "number", _("Number")
        TEXT = "text", _("Text")

    section = models.ForeignKey(ReportSection, verbose_name=_("section"), on_delete=models.CASCADE, related_name="lines")
    order = models.PositiveSmallIntegerField(_("order"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    key = models.SlugField(_("key"), max_length=40)
    label_zh = models.CharField(_("label"), max_length=80, blank=True)
    label_en = models.CharField(_("English label"), max_length=80, blank=True)
    hint_zh = models.CharField(_("hint"), max_length=200, blank=True)
    hint_en = models.CharField(_("English hint"), max_length=200, blank=True)
    unit_zh = models.CharField(_("unit"), max_length=10, blank=True)
    unit_en = models.CharField(_("English unit"), max_length=20, blank=True)
    is_required = models.BooleanField(_("required"), default=True)

    class Meta:
        verbose_name = _("report line")
        verbose_name_plural = _("report lines")
        constraints = [models.UniqueConstraint(fields=["section", "order"], name="reportline_order_in_section")]

    def __str__(self) -> str:
        return f"{self.section_id}.{self.order} {self.key}"

    @property
    def figure(self) -> Figure | None:
        """The definition that fills this line; its words stand in where the template has none."""
        return figures.get(self.key) if self.kind == self.Kind.FIGURE else None

    @property
    def label(self) -> str:
        return in_language(self.label_zh, self.label_en) or (str(self.figure.label) if self.figure else self.key)

    @property
    def hint(self) -> str:
        return in_language(self.hint_zh, self.hint_en) or (str(self.figure.definition) if self.figure else "")

    @property
    def unit(self) -> str:
        return in_language(self.unit_zh, self.unit_en) or (self.figure.unit.label if self.figure else "")


class MonthlyReport(Scoped):
    """What a region owes headquarters for a month. The duty belongs to the post; revisions name their author."""

    class Status(TextChoices):
        OWED = "owed", _("To be written")
        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("Submitted")
        RETURNED = "returned", _("Returned")
        RECEIVED = "received", _("Received by one department")
        LOCKED = "locked", _("Locked")
        REOPENED = "reopened", _("Reopened for correction")
        EXEMPT = "exempt", _("Not asked for")

    WRITABLE: ClassVar = (Status.OWED, Status.DRAFT, Status.RETURNED, Status.REOPENED)
    SENT: ClassVar = (Status.SUBMITTED, Status.RETURNED, Status.RECEIVED, Status.LOCKED, Status.REOPENED)

    scope_paths = ("region",)

    region = models.ForeignKey(Region, verbose_name=_("region"), on_delete=models.PROTECT, related_name="reports")
    month = MonthField(_("month"))
    template = models.ForeignKey(ReportTemplate, verbose_name=_("template"), on_delete=models.PROTECT, related_name="reports")
    status = models.CharField(_("status"), max_length=12, choices=Status.choices, default=Status.OWED)
    version = models.PositiveIntegerField(default=1, editable=False)
    due_at = models.DateTimeField(_("due at"))
    # Written once, at the first submission, and never recomputed.
    first_submitted_at = models.DateTimeField(_("first submitted at"), null=True, blank=True)
    is_late = models.BooleanField(_("late"), null=True, blank=True)
    locked_at = models.DateTimeField(_("locked at"), null=True, blank=True)
    exempt_because = models.CharField(_("why it is not asked for"), max_length=300, blank=True)
    # A correction of a locked report has an end, and a reach: these lines, or the whole where none is named.
    reopened_until = models.DateTimeField(_("open for correction until"), null=True, blank=True)
    reopened_lines: Any = models.ManyToManyField(ReportLine, verbose_name=_("lines to correct"), blank=True, related_name="+")
    saved_at = models.DateTimeField(_("saved at"), null=True, blank=True)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("saved by"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("monthly report")
        verbose_name_plural = _("monthly reports")
        constraints = [
            models.UniqueConstraint(fields=["region", "month"], name="monthlyreport_one_a_month"),
            models.CheckConstraint(
                name="monthlyreport_sent_has_its_stamps",
                condition=Q(
                    status__in=["submitted", "returned", "received", "locked", "reopened"],
                    first_submitted_at__isnull=False,
                    is_late__isnull=False,
                )
                | Q(status__in=["owed", "draft", "exempt"], first_submitted_at=None, is_late=None),
            ),
            models.CheckConstraint(
                name="monthlyreport_locked_has_its_stamp",
                condition=Q(status="locked", locked_at__isnull=False) | (~Q(status="locked") & Q(locked_at=None)),
            ),
            models.CheckConstraint(
                name="monthlyreport_exempt_says_why",
                condition=(Q(status="exempt") & ~Q(exempt_because="")) | (~Q(status="exempt") & Q(exempt_because="")),
            ),
            models.CheckConstraint(
                name="monthlyreport_reopened_has_an_end",
                condition=Q(status="reopened", reopened_until__isnull=False) | (~Q(status="reopened") & Q(reopened_until=None)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.region} {self.month}"

    @property
    def is_open(self) -> bool:
        """Whether the region may still write."""
        return self.status in self.WRITABLE

    @property
    def expected_at(self) -> datetime:
        """Until when the region has to act: the report's deadline, or the end of its correction."""
        return self.reopened_until or self.due_at


class ReportValue(models.Model):
    """What stands in one line: a number, or 未统计 with a reason; blank is neither. `snapshot`: the records at submission."""

    class State(TextChoices):
        BLANK = "blank", _("Not filled in")
        NUMBER = "number", _("Number")
        NOT_COUNTED = "not_counted", _("Not counted")

    report = models.ForeignKey(MonthlyReport, verbose_name=_("monthly report"), on_delete=models.CASCADE, related_name="values")
    line = models.ForeignKey(ReportLine, verbose_name=_("line"), on_delete=models.PROTECT, related_name="values")
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.BLANK)
    number = models.DecimalField(_("number"), max_digits=14, decimal_places=2, null=True, blank=True)
    text = models.TextField(_("text"), blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    snapshot = models.DecimalField(_("number in the records"), max_digits=14, decimal_places=2, null=True, blank=True)
    snapshot_at = models.DateTimeField(_("counted at"), null=True, blank=True)

    class Meta:
        verbose_name = _("report value")
        verbose_name_plural = _("report values")
        constraints = [
            models.UniqueConstraint(fields=["report", "line"], name="reportvalue_one_a_line"),
            models.CheckConstraint(
                name="reportvalue_number_has_its_state",
                condition=Q(state="number", number__isnull=False) | (~Q(state="number") & Q(number=None)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line_id}: {self.number if self.state == self.State.NUMBER else self.text}"


class ReportRemark(models.Model):
    """What a department wants mended when it returns a report: on a line, or on the whole. Open until the next submission."""

    report = models.ForeignKey(MonthlyReport, verbose_name=_("monthly report"), on_delete=models.CASCADE, related_name="remarks")
    line = models.ForeignKey(
        ReportLine, verbose_name=_("line"), null=True, blank=True, on_delete=models.PROTECT, related_name="remarks"
    )
    text = models.TextField(_("remark"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("by"), on_delete=models.PROTECT, related_name="+")
    department = models.CharField(_("department"), max_length=30, choices=Role.choices)
    at = models.DateTimeField(_("at"), default=timezone.now)
    answered_at = models.DateTimeField(_("resubmitted at"), null=True, blank=True)

    class Meta:
        verbose_name = _("report remark")
        verbose_name_plural = _("report remarks")

    def __str__(self) -> str:
        return self.text[:40]


class ReportReceipt(models.Model):
    """That a managing department has received the report; the second receipt locks it."""

    report = models.ForeignKey(MonthlyReport, verbose_name=_("monthly report"), on_delete=models.CASCADE, related_name="receipts")
    department = models.CharField(
        _("department"), max_length=30, choices=[(role.value, role.label) for role in Role if role in MANAGING_DEPARTMENTS]
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("by"), on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("report receipt")
        verbose_name_plural = _("report receipts")
        constraints = [models.UniqueConstraint(fields=["report", "department"], name="reportreceipt_one_a_department")]

    def __str__(self) -> str:
        return f"{self.report_id} {self.department}"


class ReportEvent(MoveEvent):
    """A move of a report; a submission keeps what was submitted, so that the next one can be compared with it."""

    report = models.ForeignKey(MonthlyReport, verbose_name=_("monthly report"), on_delete=models.CASCADE, related_name="events")
    submitted: Any = models.JSONField(default=dict, blank=True, editable=False)

    class Meta(MoveEvent.Meta):
        abstract = False
        verbose_name = _("report event")
        verbose_name_plural = _("report events")
