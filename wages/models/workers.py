"""What the worker himself sees and says: his pay slip by a printed code, the random question, the check when he leaves."""

from django.conf import settings
from django.db import models
from django.db.models import Q, TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.fields import EncryptedTextField, MonthField
from core.scope import Scoped
from labour_teams.models import Engagement
from wages.models.sheets import WageLine
from wages.querysets import OfEngagementQuerySet, OfSheetLineQuerySet, QuestionQuerySet


class PaySlip(Scoped):
    """A printed slip with a code, by which its holder reads one line on a phone; never by an ID number."""

    scope_paths = ("line__sheet__project__region",)

    line = models.OneToOneField(WageLine, verbose_name=_("line"), on_delete=models.CASCADE, related_name="pay_slip")
    code_hash = models.CharField(max_length=64, unique=True, editable=False)
    printed_at = models.DateTimeField(_("printed at"), default=timezone.now, editable=False)
    printed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("printed by"), editable=False, on_delete=models.PROTECT, related_name="+"
    )
    ends_on = models.DateField(_("the code serves until"))
    is_opened = models.BooleanField(_("opened"), default=False, editable=False)

    objects = OfSheetLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("pay slip")
        verbose_name_plural = _("pay slips")

    def __str__(self) -> str:
        return str(self.pk)


class WageQuestion(Scoped):
    """「上月工资到手了吗」 asked of workers drawn at random: their word stands beside the ledger, and never changes it.

    Who said what is known to the region's coordinator and the labour resources management centre, never on the project.
    """

    class Answer(TextChoices):
        ALL = "all", pgettext_lazy("wages received", "All of it")
        PART = "part", pgettext_lazy("wages received", "Part of it")
        NOTHING = "nothing", pgettext_lazy("wages received", "Nothing")

    class Way(TextChoices):
        CODE = "code", _("By the code on a card")
        TALK = "talk", _("Asked on site")

    scope_paths = ("engagement__project__region",)
    is_confidential = True

    month = MonthField(_("month of work"))
    engagement = models.ForeignKey(Engagement, verbose_name=_("worker"), on_delete=models.PROTECT, related_name="wage_questions")
    code_hash = models.CharField(max_length=64, unique=True, editable=False)
    drawn_at = models.DateTimeField(_("drawn at"), default=timezone.now, editable=False)
    answer = models.CharField(_("answer"), max_length=8, choices=Answer.choices, blank=True, editable=False)
    way = models.CharField(_("how it was answered"), max_length=6, choices=Way.choices, blank=True, editable=False)
    answered_on = models.DateField(_("answered on"), null=True, editable=False)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("wage question")
        verbose_name_plural = _("wage questions")
        constraints = [
            models.UniqueConstraint(fields=["month", "engagement"], name="wagequestion_once_a_month"),
            models.CheckConstraint(
                name="wagequestion_answered_pair",
                condition=Q(answer="", way="", answered_on=None) | (~Q(answer="") & ~Q(way="") & Q(answered_on__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class ExitCheck(Scoped):
    """离场结清: wages settled, certificates given back, health looked after, and one question to whoever leaves."""

    scope_paths = ("engagement__project__region",)

    engagement = models.OneToOneField(Engagement, verbose_name=_("worker"), on_delete=models.PROTECT, related_name="exit_check")
    wages_settled = models.BooleanField(_("wages settled"), null=True)
    certificates_returned = models.BooleanField(_("certificates given back"), null=True)
    health_checked = models.BooleanField(_("health looked after"), null=True)
    words = EncryptedTextField(_("is there anything left to say?"), default="", blank=True)
    done_on = models.DateField(_("done on"), null=True, editable=False)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("done by"), null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )

    objects = OfEngagementQuerySet.as_manager()

    class Meta:
        verbose_name = _("exit check")
        verbose_name_plural = _("exit checks")

    def __str__(self) -> str:
        return str(self.engagement)
