"""The 24-hour hotline and the mailbox on the wall: who is on duty, what came in, who opened the box with whom."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.fields import PhoneField
from core.scope import Scoped
from feedback.models.cases import Case
from regions.models import Project, Region


class HotlineDuty(Scoped):
    """Somebody answers a region's hotline, from an hour to an hour. A week with an unfilled hour is refused (24 小时)."""

    scope_paths = ("region",)

    region = models.ForeignKey(Region, verbose_name=_("region"), on_delete=models.PROTECT, related_name="hotline_duties")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("on duty"), on_delete=models.PROTECT, related_name="hotline_duties"
    )
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("to"))

    class Meta:
        verbose_name = _("hotline duty")
        verbose_name_plural = _("hotline duties")
        indexes = [models.Index(fields=["region", "starts_at"], name="hotlineduty_of_region")]
        constraints = [
            models.CheckConstraint(name="hotlineduty_ends_after_start", condition=Q(ends_at__gt=F("starts_at"))),
            models.UniqueConstraint(fields=["region", "starts_at"], name="hotlineduty_one_begins"),
        ]

    def __str__(self) -> str:
        return f"{self.region} {self.person}"


class HotlineCall(Scoped):
    """A call: what it was about in a line, or that it was missed and who called back. What has to be dealt with is a case."""

    scope_paths = ("project__region", "region")

    region = models.ForeignKey(Region, verbose_name=_("region"), on_delete=models.PROTECT, related_name="hotline_calls")
    project = models.ForeignKey(
        Project, verbose_name=_("project"), null=True, blank=True, on_delete=models.PROTECT, related_name="hotline_calls"
    )
    at = models.DateTimeField(_("called at"), default=timezone.now)
    is_missed = models.BooleanField(_("missed"), default=False)
    phone = PhoneField(_("number to call back"), null=True, blank=True)
    about = models.CharField(_("about"), max_length=80, blank=True)
    case = models.OneToOneField(
        Case, verbose_name=_("case"), null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="call"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("logged by"), on_delete=models.PROTECT, related_name="+")
    logged_at = models.DateTimeField(_("logged at"), default=timezone.now, editable=False)
    called_back_at = models.DateTimeField(_("called back at"), null=True, editable=False)
    called_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("called back by"),
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = _("hotline call")
        verbose_name_plural = _("hotline calls")
        constraints = [
            models.CheckConstraint(
                name="hotlinecall_called_back_pair",
                condition=Q(called_back_at=None, called_back_by=None)
                | Q(called_back_at__isnull=False, called_back_by__isnull=False, is_missed=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.region} {self.at:%Y-%m-%d %H:%M}"


class MailboxOpening(Scoped):
    """A project's mailbox was opened, by two people, with so many letters. Each letter is a case."""

    scope_paths = ("project__region",)

    project = models.ForeignKey(Project, verbose_name=_("project"), on_delete=models.PROTECT, related_name="mailbox_openings")
    on = models.DateField(_("opened on"), default=timezone.localdate)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("opened by"), on_delete=models.PROTECT, related_name="+")
    witness = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("together with"), on_delete=models.PROTECT, related_name="+"
    )
    letters = models.PositiveSmallIntegerField(_("letters"), default=0)
    cases = models.ManyToManyField(Case, verbose_name=_("cases"), blank=True, editable=False, related_name="mailbox_openings")
    logged_at = models.DateTimeField(_("logged at"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("mailbox opening")
        verbose_name_plural = _("mailbox openings")
        constraints = [models.CheckConstraint(name="mailboxopening_by_two_people", condition=~Q(by=F("witness")))]

    def __str__(self) -> str:
        return f"{self.project} {self.on}"
