"""The wage payment ledger (工资支付台账): a sheet a team and month, its lines, and what was found in them.

Regulation on Ensuring Wage Payments to Rural Migrant Workers (State Council Decree 724), article 15: a written ledger says who
employs, the period and day of payment, the payee's name, ID number and phone, working time, gross items, deductions, net, and the
bank's voucher or his signature; it is kept for three years.
"""

from decimal import Decimal

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q, TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.fields import BankCardField, IdNumberField, KeyedHashField, MonthField, PhoneField
from core.models import Attachment, MoveEvent
from core.scope import Scoped
from feedback.models import Case
from labour_teams.models import Engagement, LabourTeam
from regions.models import Project, Region
from wages.querysets import FindingQuerySet, LineQuerySet, SheetQuerySet

NOT_NEGATIVE = [MinValueValidator(Decimal(0))]


def money(label: str, **more: object) -> models.DecimalField:
    """An amount in yuan, never negative."""
    return models.DecimalField(label, max_digits=12, decimal_places=2, validators=NOT_NEGATIVE, **more)  # type: ignore[arg-type]


class WageSheet(Scoped):
    """What a team was to be paid for a month, and how far that has come. One that is only received is corrected by importing."""

    class Status(TextChoices):
        RECEIVED = "received", pgettext_lazy("wage sheet", "Received")
        CHECKED = "checked", pgettext_lazy("wage sheet", "Checked")
        SIGNED = "signed", pgettext_lazy("wage sheet", "Signed")
        POSTED = "posted", pgettext_lazy("wage sheet", "Posted")
        PAID = "paid", pgettext_lazy("wage sheet", "Paid")

    scope_paths = ("project__region",)

    project = models.ForeignKey(Project, verbose_name=_("project"), on_delete=models.PROTECT, related_name="wage_sheets")
    # The project's region when the sheet came: a project that moves does not rewrite the past.
    region = models.ForeignKey(
        Region, verbose_name=_("region"), editable=False, on_delete=models.PROTECT, related_name="wage_sheets"
    )
    team = models.ForeignKey(LabourTeam, verbose_name=_("labour team"), on_delete=models.PROTECT, related_name="wage_sheets")
    month = MonthField(_("month of work"))
    employer = models.CharField(_("employer"), max_length=100, blank=True)
    due_on = models.DateField(_("to be paid by"))
    status = models.CharField(_("state"), max_length=10, choices=Status.choices, default=Status.RECEIVED, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    people = models.PositiveIntegerField(_("people"), default=0, editable=False)
    gross = money(_("gross (yuan)"), default=Decimal(0), editable=False)
    deductions = money(_("deductions (yuan)"), default=Decimal(0), editable=False)
    net = money(_("net (yuan)"), default=Decimal(0), editable=False)
    signed_scan = models.ForeignKey(
        Attachment, verbose_name=_("signed sheet"), null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    posted_on = models.DateField(_("posted on"), null=True, editable=False)
    posted_photo = models.ForeignKey(
        Attachment,
        verbose_name=_("photo of it on the wall"),
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    paid_on = models.DateField(_("paid on"), null=True, editable=False)
    voucher = models.ForeignKey(
        Attachment, verbose_name=_("payment voucher"), null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("imported by"), editable=False, on_delete=models.PROTECT, related_name="+"
    )
    imported_at = models.DateTimeField(_("imported at"), default=timezone.now, editable=False)
    # When its time was over: from then on it has sums and states alone, no lines and no papers (wages/retention.py).
    purged_on = models.DateField(_("deleted after its time on"), null=True, editable=False)

    objects = SheetQuerySet.as_manager()

    class Meta:
        verbose_name = _("wage sheet")
        verbose_name_plural = _("wage sheets")
        indexes = [models.Index(fields=["project", "month"], name="wagesheet_of_project")]
        constraints = [
            models.UniqueConstraint(fields=["team", "month"], name="wagesheet_one_a_team_and_month"),
            models.CheckConstraint(
                name="wagesheet_paid_has_voucher",
                condition=~Q(status="paid")
                | Q(paid_on__isnull=False, voucher__isnull=False)
                | Q(paid_on__isnull=False, purged_on__isnull=False),
            ),
            models.CheckConstraint(
                name="wagesheet_posted_pair",
                condition=Q(posted_on=None, posted_photo=None)
                | Q(posted_on__isnull=False, posted_photo__isnull=False)
                | Q(posted_photo=None, purged_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.team} {self.month}"


class WageSheetEvent(MoveEvent):
    sheet = models.ForeignKey(WageSheet, verbose_name=_("wage sheet"), on_delete=models.CASCADE, related_name="events")

    class Meta:
        verbose_name = _("move of a wage sheet")
        verbose_name_plural = _("moves of wage sheets")


class WageLine(Scoped):
    """One man's month, as the sheet says it. Goods are never wages: what he got in kind does not stand here."""

    scope_paths = ("sheet__project__region",)

    sheet = models.ForeignKey(WageSheet, verbose_name=_("wage sheet"), on_delete=models.CASCADE, related_name="lines")
    number = models.PositiveIntegerField(_("row"))  # in the workbook
    engagement = models.ForeignKey(
        Engagement, verbose_name=_("on the roster"), null=True, blank=True, on_delete=models.PROTECT, related_name="wage_lines"
    )
    name = models.CharField(_("name"), max_length=100)
    id_number = IdNumberField(_("ID number"), null=True, blank=True)
    id_number_hash = KeyedHashField(source="id_number", null=True)
    phone = PhoneField(_("mobile"), null=True, blank=True)
    crew_name = models.CharField(_("work crew"), max_length=100, blank=True)
    trade = models.CharField(_("trade"), max_length=40, blank=True)
    days = models.DecimalField(_("days worked"), max_digits=5, decimal_places=2, null=True, blank=True, validators=NOT_NEGATIVE)
    unit_price = money(_("price of a day or unit (yuan)"), null=True, blank=True)
    quantity = models.DecimalField(
        _("work done (units)"), max_digits=12, decimal_places=3, null=True, blank=True, validators=NOT_NEGATIVE
    )
    overtime = money(_("overtime pay (yuan)"), null=True, blank=True)
    gross = money(_("gross (yuan)"))
    deductions = money(_("deductions (yuan)"), default=Decimal(0))
    advances = money(_("advances (yuan)"), default=Decimal(0))
    net = money(_("net (yuan)"))
    bank_card = BankCardField(_("wage card"), null=True, blank=True)
    bank_card_hash = KeyedHashField(source="bank_card", null=True)
    has_signed = models.BooleanField(_("signed"), null=True, blank=True)
    remark = models.CharField(_("remark"), max_length=200, blank=True)

    objects = LineQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of a wage sheet")
        verbose_name_plural = _("lines of wage sheets")
        indexes = [
            models.Index(fields=["engagement"], name="wageline_of_engagement"),
            models.Index(fields=["bank_card_hash"], name="wageline_bank_card"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "number"], name="wageline_row_once"),
            models.UniqueConstraint(
                fields=["sheet", "engagement"], condition=Q(engagement__isnull=False), name="wageline_worker_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.sheet_id}"


class WageFinding(Scoped):
    """Something in a sheet that is not as it should be. A red one stands in the way until it is put right or explained."""

    class Kind(TextChoices):
        NET = "net", _("Gross less deductions is not net")
        DAYS = "days", _("More days than the month has")
        ATTENDANCE = "attendance", _("Days unlike the attendance sheet")
        MINIMUM = "minimum", _("Below the local minimum wage")
        NOT_ON_SITE = "not_on_site", _("Not on site in that month")
        NOT_PAID = "not_paid", _("On site, but not on the sheet")
        SHARED_CARD = "shared_card", _("One card for two people")
        CARD_CHANGED = "card_changed", _("Another card than last time")
        UNSIGNED = "unsigned", _("Not signed")
        NO_CONTRACT = "no_contract", _("No contract on record")
        UNKNOWN = "unknown", _("Nobody of that name on the roster")

    class Level(TextChoices):
        RED = "red", pgettext_lazy("finding", "Stands in the way")
        YELLOW = "yellow", pgettext_lazy("finding", "To be looked at")

    scope_paths = ("sheet__project__region",)

    sheet = models.ForeignKey(WageSheet, verbose_name=_("wage sheet"), on_delete=models.CASCADE, related_name="findings")
    line = models.ForeignKey(
        WageLine, verbose_name=_("line"), null=True, blank=True, on_delete=models.CASCADE, related_name="findings"
    )
    # Of whom there is no line: on site, but not on the sheet.
    engagement = models.ForeignKey(
        Engagement, verbose_name=_("worker"), null=True, blank=True, on_delete=models.PROTECT, related_name="wage_findings"
    )
    kind = models.CharField(_("what was found"), max_length=12, choices=Kind.choices)
    level = models.CharField(_("level"), max_length=6, choices=Level.choices)
    numbers = models.JSONField(_("numbers"), default=dict)  # small facts for the sentence; never a full number
    explained_at = models.DateTimeField(_("explained at"), null=True, editable=False)
    explained_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("explained by"),
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    explanation = models.CharField(_("explanation"), max_length=200, blank=True, editable=False)
    case = models.ForeignKey(
        Case, verbose_name=_("case"), null=True, editable=False, on_delete=models.PROTECT, related_name="wage_findings"
    )

    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = _("finding in a wage sheet")
        verbose_name_plural = _("findings in wage sheets")
        constraints = [
            models.CheckConstraint(
                name="wagefinding_explained_with_word",
                condition=Q(explained_at=None, explained_by=None, explanation="")
                | (Q(explained_at__isnull=False, explained_by__isnull=False) & ~Q(explanation="")),
            )
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())
