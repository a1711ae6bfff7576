"""A case: something a worker said that gets an answer (回音) and is settled (落实), and what happened to it.

Keys are drawn, not counted, and what a worker does is dated to a quarter of a day (core/untraceable.py): the tables do not tell
in which order people came.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q, TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.fields import EncryptedTextField
from core.models import Attachment, MoveEvent
from core.scope import Scoped
from core.untraceable import random_key
from feedback.models.rules import CaseCategory, Kind, Severity
from feedback.querysets import CaseQuerySet, OfCaseQuerySet
from labour_teams.models import LabourTeam, WorkCrew
from regions.models import Project, Region


class Case(Scoped):
    """One matter. Where it was born, its first deadlines and when they were missed are written once."""

    class Status(TextChoices):
        REGISTERED = "registered", pgettext_lazy("case", "Registered")
        ROUTED = "routed", pgettext_lazy("case", "Waiting for acceptance")
        REFUSED = "refused", pgettext_lazy("case", "Sent back, to be decided")
        ACCEPTED = "accepted", pgettext_lazy("case", "Being dealt with")
        WAITING = "waiting", pgettext_lazy("case", "Waiting for the worker")
        UNDER_REVIEW = "under_review", pgettext_lazy("case", "Answer under review")
        ANSWERED = "answered", pgettext_lazy("case", "Answered, to be settled")
        REVISITING = "revisiting", pgettext_lazy("case", "Being revisited")
        CLOSED = "closed", pgettext_lazy("case", "Closed")
        FINAL_REPLY = "final_reply", pgettext_lazy("case", "Closed with a final reply")

    class Origin(TextChoices):
        SURVEY = "survey", _("Survey form")
        QR = "qr", _("Workers' page")
        HOTLINE = "hotline", _("Hotline")
        MAILBOX = "mailbox", _("Mailbox")
        VISIT = "visit", _("Visit and talk")
        MEETING = "meeting", _("Meeting")
        LEDGER = "ledger", _("Wage ledger")

    class Delivery(TextChoices):
        """How the answer reached whoever asked."""

        CODE = "code", _("Shown to the look-up code")
        WALL = "wall", _("On a posted reply sheet")
        READ_ALOUD = "read_aloud", _("Read aloud to the crew")
        IN_PERSON = "in_person", _("Told in person or by phone")

    OPEN: ClassVar = (
        Status.REGISTERED,
        Status.ROUTED,
        Status.REFUSED,
        Status.ACCEPTED,
        Status.WAITING,
        Status.UNDER_REVIEW,
        Status.ANSWERED,
        Status.REVISITING,
    )
    UNANSWERED: ClassVar = OPEN[:6]
    MOST_REDOS: ClassVar = 2

    scope_paths = ("project__region", "region")

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    number = models.CharField(_("case number"), max_length=24, unique=True, editable=False)
    status = models.CharField(_("status"), max_length=14, choices=Status.choices, default=Status.REGISTERED, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)

    # What it is about
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.PROBLEM)
    category = models.ForeignKey(CaseCategory, verbose_name=_("category"), on_delete=models.PROTECT, related_name="cases")
    severity = models.CharField(_("severity"), max_length=10, choices=Severity.choices, default=Severity.NORMAL)
    title = models.CharField(_("in a line"), max_length=80, help_text=_("Without names: this line stands in lists."))
    words = EncryptedTextField(_("what was said"), default="", blank=True)
    is_sensitive = models.BooleanField(_("sensitive: for named officers"), default=False)
    is_direct = models.BooleanField(_("straight to the company"), default=False)
    people_count = models.PositiveIntegerField(_("people concerned"), null=True, blank=True)
    amount = models.DecimalField(_("amount (yuan)"), max_digits=12, decimal_places=2, null=True, blank=True)
    is_found_early = models.BooleanField(_("found early"), default=False)

    # Where it was born: written once
    origin = models.CharField(_("how it came"), max_length=10, choices=Origin.choices)
    region = models.ForeignKey(
        Region, verbose_name=_("region"), null=True, blank=True, on_delete=models.PROTECT, related_name="cases"
    )
    project = models.ForeignKey(
        Project, verbose_name=_("project"), null=True, blank=True, on_delete=models.PROTECT, related_name="cases"
    )
    team = models.ForeignKey(
        LabourTeam, verbose_name=_("labour team"), null=True, blank=True, on_delete=models.PROTECT, related_name="cases"
    )
    crew = models.ForeignKey(
        WorkCrew, verbose_name=_("work crew"), null=True, blank=True, on_delete=models.PROTECT, related_name="cases"
    )
    item_code = models.CharField(_("item code on the slip"), max_length=16, blank=True, db_index=True, editable=False)
    registered_on = models.DateField(_("registered on"), default=timezone.localdate, editable=False)
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("registered by"),
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )

    # The workers' channel: nothing here says who (core/untraceable.py)
    submission_hash = models.CharField(max_length=64, null=True, unique=True, editable=False)  # noqa: DJ001 - empty ones are no equals
    code_hash = models.CharField(max_length=64, null=True, unique=True, editable=False)  # noqa: DJ001 - empty ones are no equals

    # Who deals with it, and why it went there
    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("responsible"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="handled_cases",
    )
    route_reason = models.CharField(_("why it went there"), max_length=200, blank=True, editable=False)
    refusals = models.PositiveSmallIntegerField(_("times sent back"), default=0, editable=False)
    redos = models.PositiveSmallIntegerField(_("times done again"), default=0, editable=False)
    outside = models.CharField(_("handed to an outside body"), max_length=100, blank=True, editable=False)
    lead = models.ForeignKey(
        "self",
        verbose_name=_("dealt with under"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="followers",
    )

    # The clock. `first_*`: as promised on the day of dispatch; `*_breached_at`: when it was missed. Both are written once.
    routed_at = models.DateTimeField(_("dispatched at"), null=True, editable=False)
    accept_due_at = models.DateTimeField(_("to be accepted by"), null=True, editable=False)
    answer_due_at = models.DateTimeField(_("to be answered by"), null=True, editable=False)
    settle_due_at = models.DateTimeField(_("to be settled by"), null=True, editable=False)
    first_answer_due_at = models.DateTimeField(_("first to be answered by"), null=True, editable=False)
    first_settle_due_at = models.DateTimeField(_("first to be settled by"), null=True, editable=False)
    accepted_at = models.DateTimeField(_("accepted at"), null=True, editable=False)
    accept_breached_at = models.DateTimeField(_("acceptance late since"), null=True, editable=False)
    answer_breached_at = models.DateTimeField(_("answer late since"), null=True, editable=False)
    settle_breached_at = models.DateTimeField(_("settlement late since"), null=True, editable=False)
    waiting_since = models.DateTimeField(_("waiting for the worker since"), null=True, editable=False)

    # Fact one: the answer (回音)
    reply = EncryptedTextField(_("answer"), default="", blank=True, editable=False)
    replied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("answered by"),
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    replied_at = models.DateTimeField(_("answer approved at"), null=True, editable=False)
    delivery = models.CharField(
        _("how it reached the worker"), max_length=10, choices=Delivery.choices, blank=True, editable=False
    )
    delivered_at = models.DateTimeField(_("answer delivered at"), null=True, editable=False)
    is_final = models.BooleanField(_("final reply"), default=False, editable=False)

    # Fact two: the settlement (落实)
    settled_on = models.DateField(_("settled on"), null=True, editable=False)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("seen on site by"),
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    settled_note = models.CharField(_("what was seen"), max_length=200, blank=True, editable=False)
    settled_photo = models.ForeignKey(
        Attachment,
        verbose_name=_("photo of it"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    closed_at = models.DateTimeField(_("closed at"), null=True, editable=False)
    # An urgent case closed on the spot by a regional coordinator: the report that is due within a day.
    after_report_due_at = models.DateTimeField(_("after-report due at"), null=True, editable=False)
    after_reported_at = models.DateTimeField(_("after-report filed at"), null=True, editable=False)
    after_report = models.TextField(_("after-report"), max_length=2000, blank=True, editable=False)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        indexes = [
            models.Index(fields=["project", "status"], name="case_of_project"),
            models.Index(fields=["region", "registered_on"], name="case_of_region_by_day"),
            models.Index(fields=["status", "answer_due_at"], name="case_by_deadline"),
        ]
        constraints = [
            models.CheckConstraint(name="case_project_has_region", condition=Q(project=None) | Q(region__isnull=False)),
            models.CheckConstraint(name="case_team_has_project", condition=Q(team=None) | Q(project__isnull=False)),
            models.CheckConstraint(
                name="case_answered_has_answer",
                condition=~Q(status__in=["answered", "revisiting", "closed", "final_reply"]) | Q(replied_at__isnull=False),
            ),
            models.CheckConstraint(
                name="case_accepted_was_dispatched",
                condition=Q(status__in=["registered"]) | Q(routed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="case_revisited_was_settled",
                condition=~Q(status__in=["revisiting", "closed"]) | Q(settled_on__isnull=False),
            ),
            models.CheckConstraint(
                name="case_closed_says_when",
                condition=Q(status__in=["closed", "final_reply"], closed_at__isnull=False)
                | (~Q(status__in=["closed", "final_reply"]) & Q(closed_at=None)),
            ),
            models.CheckConstraint(
                name="case_delivered_says_how",
                condition=Q(delivered_at=None, delivery="") | (Q(delivered_at__isnull=False) & ~Q(delivery="")),
            ),
            models.CheckConstraint(name="case_redone_at_most_twice", condition=Q(redos__lte=2)),
            models.CheckConstraint(name="case_does_not_follow_itself", condition=~Q(lead=F("id"))),
            models.CheckConstraint(
                name="case_waits_since",
                condition=Q(status="waiting", waiting_since__isnull=False) | (~Q(status="waiting") & Q(waiting_since=None)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def is_open(self) -> bool:
        return self.status in self.OPEN

    @property
    def is_anonymous(self) -> bool:
        """It came through the workers' page: nobody is to ask who."""
        return self.origin == self.Origin.QR


class CaseEvent(MoveEvent):
    """A move of a case, or a word in its story. Shown to those who see the case; `is_public` also to the look-up code."""

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    case = models.ForeignKey(Case, verbose_name=_("case"), on_delete=models.PROTECT, related_name="events")
    is_public = models.BooleanField(_("shown to the worker"), default=False)

    objects = OfCaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("event of a case")
        verbose_name_plural = _("events of cases")
