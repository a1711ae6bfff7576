"""What the bank says it was told to pay, or paid: a list a team and month, beside the wage sheet of that month.

Such lists show names with parts of numbers; the last four characters of each are all that is kept, encrypted.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.fields import EncryptedTextField, MonthField
from core.scope import Scoped
from labour_teams.models import Engagement, LabourTeam
from regions.models import Project
from wages.models.sheets import money
from wages.querysets import LineQuerySet, PaymentListQuerySet


class PaymentList(Scoped):
    scope_paths = ("project__region",)

    project = models.ForeignKey(Project, verbose_name=_("project"), on_delete=models.PROTECT, related_name="payment_lists")
    team = models.ForeignKey(LabourTeam, verbose_name=_("labour team"), on_delete=models.PROTECT, related_name="payment_lists")
    month = MonthField(_("month of work"))
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("imported by"), editable=False, on_delete=models.PROTECT, related_name="+"
    )
    imported_at = models.DateTimeField(_("imported at"), default=timezone.now, editable=False)

    objects = PaymentListQuerySet.as_manager()

    class Meta:
        verbose_name = _("payment list of the bank")
        verbose_name_plural = _("payment lists of the bank")
        constraints = [models.UniqueConstraint(fields=["team", "month"], name="paymentlist_one_a_team_and_month")]

    def __str__(self) -> str:
        return f"{self.team} {self.month}"


class PaymentLine(Scoped):
    """Whom the bank pays, and how much."""

    scope_paths = ("sheet__project__region",)

    sheet = models.ForeignKey(
        PaymentList, verbose_name=_("payment list of the bank"), on_delete=models.CASCADE, related_name="lines"
    )
    number = models.PositiveIntegerField(_("row"))
    engagement = models.ForeignKey(
        Engagement, verbose_name=_("on the roster"), null=True, blank=True, on_delete=models.PROTECT, related_name="payment_lines"
    )
    name = models.CharField(_("name"), max_length=100)
    id_tail = EncryptedTextField(_("end of the ID number"), default="", blank=True)
    card_tail = EncryptedTextField(_("end of the wage card"), default="", blank=True)
    amount = money(_("amount (yuan)"))

    objects = LineQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of a payment list")
        verbose_name_plural = _("lines of payment lists")
        constraints = [
            models.UniqueConstraint(fields=["sheet", "number"], name="paymentline_row_once"),
            models.UniqueConstraint(
                fields=["sheet", "engagement"], condition=Q(engagement__isnull=False), name="paymentline_worker_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name
