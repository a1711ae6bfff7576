"""The reply sheet on the wall (兄弟之声, 回音墙): the answers of a team's month by item code, for whoever has no phone."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.fields import EncryptedTextField, MonthField
from core.models import Attachment
from core.scope import Scoped
from feedback.models.cases import Case
from feedback.querysets import OfTeamQuerySet
from labour_teams.models import LabourTeam


class FeedbackSheet(Scoped):
    """A printed reply sheet. Its items count as answered only once it hangs, and a photo shows it."""

    scope_paths = ("team", "team__project__region")

    team = models.ForeignKey(LabourTeam, verbose_name=_("labour team"), on_delete=models.PROTECT, related_name="feedback_sheets")
    month = MonthField(_("month"))
    number = models.PositiveSmallIntegerField(pgettext_lazy("reply sheet", "number"), default=1)
    printed_at = models.DateTimeField(_("printed at"), default=timezone.now, editable=False)
    printed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("printed by"), on_delete=models.PROTECT, related_name="+"
    )
    posted_at = models.DateTimeField(_("photographed on the wall at"), null=True, editable=False)
    posted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("photographed by"),
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    photo = models.ForeignKey(
        Attachment, verbose_name=_("photo on the wall"), null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )

    objects = OfTeamQuerySet.as_manager()

    class Meta:
        verbose_name = _("reply sheet")
        verbose_name_plural = _("reply sheets")
        constraints = [
            models.UniqueConstraint(fields=["team", "month", "number"], name="feedbacksheet_number_in_month"),
            models.CheckConstraint(
                name="feedbacksheet_posted_has_photo",
                condition=Q(posted_at=None, posted_by=None, photo=None)
                | Q(posted_at__isnull=False, posted_by__isnull=False, photo__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.team} {self.month}"


class FeedbackItem(models.Model):
    """A line of a sheet, as it was printed: item code, the matter, the answer; or only that it was answered apart (sensitive)."""

    sheet = models.ForeignKey(FeedbackSheet, verbose_name=_("reply sheet"), on_delete=models.CASCADE, related_name="items")
    case = models.ForeignKey(Case, verbose_name=_("case"), on_delete=models.PROTECT, related_name="feedback_items")
    order = models.PositiveSmallIntegerField(_("order"))
    is_apart = models.BooleanField(_("answered apart"), default=False)
    title = models.CharField(_("in a line"), max_length=80, blank=True)
    reply = EncryptedTextField(_("answer"), default="", blank=True)

    class Meta:
        verbose_name = _("line of a reply sheet")
        verbose_name_plural = _("lines of reply sheets")
        constraints = [
            models.UniqueConstraint(fields=["sheet", "case"], name="feedbackitem_once_a_sheet"),
            models.UniqueConstraint(fields=["sheet", "order"], name="feedbackitem_order_in_sheet"),
        ]

    def __str__(self) -> str:
        return f"{self.order}"


class ReadingAloud(Scoped):
    """A liaison read answers to his crew at the shift meeting: which, when, to how many."""

    scope_paths = ("team", "team__project__region")

    team = models.ForeignKey(LabourTeam, verbose_name=_("labour team"), on_delete=models.PROTECT, related_name="readings_aloud")
    cases = models.ManyToManyField(Case, verbose_name=_("cases"), related_name="readings_aloud")
    at = models.DateTimeField(_("at"), default=timezone.now, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("by"), on_delete=models.PROTECT, related_name="+")
    listeners = models.PositiveSmallIntegerField(_("people who listened"))

    objects = OfTeamQuerySet.as_manager()

    class Meta:
        verbose_name = _("reading aloud")
        verbose_name_plural = _("readings aloud")

    def __str__(self) -> str:
        return f"{self.team} {self.at:%Y-%m-%d}"
