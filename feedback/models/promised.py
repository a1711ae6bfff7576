"""What happens to a case by the calendar: extensions, promises, the ladder of notices, revisits."""

from django.conf import settings
from django.db import models
from django.db.models import Q, TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.fields import EncryptedTextField
from core.models import Attachment
from core.scope import Scoped
from feedback.models.cases import Case
from feedback.querysets import OfCaseQuerySet, RevisitQuerySet


class CaseExtension(models.Model):
    """More time, asked for before the deadline, given once or refused. The first deadline stays on the case."""

    class Clock(TextChoices):
        ANSWER = "answer", pgettext_lazy("clock of a case", "Answer")
        SETTLE = "settle", pgettext_lazy("clock of a case", "Settlement")

    case = models.ForeignKey(Case, verbose_name=_("case"), on_delete=models.PROTECT, related_name="extensions")
    clock = models.CharField(_("of what"), max_length=8, choices=Clock.choices)
    days = models.PositiveSmallIntegerField(_("working days"))
    reason = models.CharField(_("reason"), max_length=200)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("asked by"), on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now, editable=False)
    is_given = models.BooleanField(_("given"), null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("decided by"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, editable=False)
    word = models.CharField(_("word"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("extension")
        verbose_name_plural = _("extensions")
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(is_given=None), name="caseextension_one_undecided"),
            models.CheckConstraint(
                name="caseextension_decided_pair",
                condition=Q(is_given=None, decided_at=None, decided_by=None)
                | Q(is_given__isnull=False, decided_at__isnull=False, decided_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.days}"


class Promise(Scoped):
    """What an answer promises, who does it, by when. The text is as it was given that day; it stands until a photo closes it."""

    scope_paths = ("case__project__region", "case__region")

    case = models.ForeignKey(Case, verbose_name=_("case"), on_delete=models.PROTECT, related_name="promises")
    text = models.CharField(_("what"), max_length=200)
    who = models.CharField(_("who"), max_length=60)
    due_on = models.DateField(_("by when"))
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("promised by"), on_delete=models.PROTECT, related_name="+"
    )
    given_at = models.DateTimeField(_("promised at"), default=timezone.now, editable=False)
    broken_at = models.DateTimeField(_("late since"), null=True, editable=False)
    kept_on = models.DateField(_("kept on"), null=True, editable=False)
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("seen by"), null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    photo = models.ForeignKey(
        Attachment, verbose_name=_("photo"), null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )

    objects = OfCaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("promise")
        verbose_name_plural = _("promises")
        constraints = [
            models.CheckConstraint(
                name="promise_kept_has_photo",
                condition=Q(kept_on=None, photo=None, kept_by=None)
                | Q(kept_on__isnull=False, photo__isnull=False, kept_by__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.text


class CaseNotice(models.Model):
    """A step of the ladder: reminded, copied to the superior, listed. Each once; nothing that happened is rewritten."""

    class Step(TextChoices):
        REMINDED = "reminded", _("Reminded")
        COPIED = "copied", _("Copied to the superior")
        LISTED = "listed", _("Listed")

    case = models.ForeignKey(Case, verbose_name=_("case"), on_delete=models.CASCADE, related_name="notices")
    clock = models.CharField(_("of what"), max_length=8)  # accept | answer | settle | promise | report
    step = models.CharField(_("step"), max_length=10, choices=Step.choices)
    due_at = models.DateTimeField(_("deadline"))
    at = models.DateTimeField(_("at"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        constraints = [models.UniqueConstraint(fields=["case", "clock", "step", "due_at"], name="casenotice_each_step_once")]

    def __str__(self) -> str:
        return f"{self.clock} {self.step}"


class Revisit(Scoped):
    """Somebody outside the handling line asks on site: is it done? (回访, 抽查; paper items included)"""

    scope_paths = ("case__project__region", "case__region")

    case = models.ForeignKey(Case, verbose_name=_("case"), on_delete=models.PROTECT, related_name="revisits")
    round = models.PositiveSmallIntegerField(_("time"), default=0)  # the case's redos when it was asked for
    is_sample = models.BooleanField(_("drawn for the monthly sample"), default=False)
    month = models.CharField(_("month"), max_length=7, blank=True)  # of the sample
    asked = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who goes"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="revisits",
    )
    due_on = models.DateField(_("by when"))
    is_settled = models.BooleanField(_("settled"), null=True)
    words = EncryptedTextField(_("what was said"), default="", blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("asked on site by"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    done_at = models.DateTimeField(_("asked on site at"), null=True)

    objects = RevisitQuerySet.as_manager()

    class Meta:
        verbose_name = _("revisit")
        verbose_name_plural = _("revisits")
        constraints = [
            models.CheckConstraint(
                name="revisit_done_pair",
                condition=Q(is_settled=None, done_at=None) | Q(is_settled__isnull=False, done_at__isnull=False),
            ),
            models.UniqueConstraint(fields=["case", "month"], condition=Q(is_sample=True), name="revisit_drawn_once_a_month"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}"
