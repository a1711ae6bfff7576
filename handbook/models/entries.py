"""An entry of the work-record handbook (写实手册): who did what, where and when, for how many. Written once, used everywhere.

What every kind of entry has stands here; what only one kind has stands in a row beside it (a visit, a training session, …).
"""

from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q, TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coordinators.models import Coordinator, Liaison, PostProvision, SchemeItem
from core.models import Attachment
from core.scope import Scoped
from feedback.models import Case
from handbook.querysets import CatalogueQuerySet, EntryQuerySet, OfEntryQuerySet
from labour_teams.models import LabourTeam, WorkCrew
from regions.models import Project, Region


class Hold(TextChoices):
    """The five tasks (五抓), by which the handbook's menu is grouped; and what a regional labour manager does beside them."""

    TRAINING = "training", _("Professional training")
    CAMPAIGN = "campaign", _("Campaigns and activities")
    THOUGHT = "thought", _("Thought guidance")
    RIGHTS = "rights", _("Protection of rights")
    CARE = "care", _("Humane care")
    MANAGEMENT = "management", _("Management of teams")


class EntryKind(TextChoices):
    VISIT = "visit", _("Visit and talk")
    MEETING = "meeting", _("Meeting")
    TRAINING = "training", _("Training")
    ACTIVITY = "activity", _("Campaign or activity")
    HAZARD = "hazard", _("Hidden danger")
    RIGHTS = "rights", _("Work for workers' rights")
    CARE = "care", _("Care goods")
    HEALTH_CHECK = "health_check", _("Health check")
    COUNSELLING = "counselling", _("Psychological support")
    MEDICAL = "medical", _("Clinic and medical team")
    CUSTOMS = "customs", _("Ethnic customs")
    INSPECTION = "inspection", _("Team inspection")
    GUIDANCE = "guidance", _("Guidance and check")
    LABOUR_ACT = "labour_act", _("Labour management")


class CareDimension(TextChoices):
    """政治关怀、利益维护、生活关爱: the split of the company's own reports on care."""

    POLITICAL = "political", _("Political care")
    INTERESTS = "interests", _("Protection of interests")
    LIVING = "living", _("Living care")


class HandbookEntry(Scoped):
    """One record. It remembers the region in which it was made: a project that moves does not rewrite the past.

    `headcount` is declared, a number that somebody gives; who took part by name stands beside it. The two are different units
    and are never added. A planned entry counts in no figure until it is said to have been held.
    """

    Hold, Kind, Dimension = Hold, EntryKind, CareDimension

    scope_paths = ("crew", "team", "project__region", "region")

    # Drawn by the form before it is sent: an entry that was written without a network and sent twice is one entry.
    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=16, choices=EntryKind.choices)
    on = models.DateField(_("on"), default=timezone.localdate)
    region = models.ForeignKey(
        Region, verbose_name=_("region"), null=True, blank=True, on_delete=models.PROTECT, related_name="handbook_entries"
    )
    project = models.ForeignKey(
        Project, verbose_name=_("project"), null=True, blank=True, on_delete=models.PROTECT, related_name="handbook_entries"
    )
    team = models.ForeignKey(
        LabourTeam,
        verbose_name=_("labour team"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="handbook_entries",
    )
    crew = models.ForeignKey(
        WorkCrew, verbose_name=_("work crew"), null=True, blank=True, on_delete=models.PROTECT, related_name="handbook_entries"
    )
    title = models.CharField(_("what it was"), max_length=60)
    summary = models.TextField(_("what happened"), max_length=1000, blank=True)
    place = models.CharField(_("place"), max_length=60, blank=True)
    headcount = models.PositiveIntegerField(_("people (declared)"), null=True, blank=True)
    role_played = models.ForeignKey(
        SchemeItem,
        verbose_name=_("role played"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="handbook_entries",
        limit_choices_to=Q(scheme__key="six-roles"),
    )
    dimension = models.CharField(_("dimension of care"), max_length=10, choices=CareDimension.choices, blank=True)
    duty = models.ForeignKey(
        PostProvision,
        verbose_name=_("evidence of the duty"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="handbook_entries",
        limit_choices_to=Q(kind=PostProvision.Kind.DUTY),
    )
    is_planned = models.BooleanField(_("planned"), default=False)
    # Whose post it was done in, if in one of these; the author is always a person.
    coordinator = models.ForeignKey(
        Coordinator,
        verbose_name=_("as coordinator"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="handbook_entries",
    )
    liaison = models.ForeignKey(
        Liaison,
        verbose_name=_("as liaison"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="handbook_entries",
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("written by"),
        editable=False,
        on_delete=models.PROTECT,
        related_name="handbook_entries",
    )
    written_at = models.DateTimeField(_("written at"), default=timezone.now, editable=False)
    amended_at = models.DateTimeField(_("amended at"), null=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    # An entry is never deleted: whoever wrote it takes it back, with a reason, and it counts no longer.
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, editable=False)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("withdrawn by"),
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    withdrawn_reason = models.CharField(_("why it was withdrawn"), max_length=200, blank=True, editable=False)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("handbook entry")
        verbose_name_plural = _("handbook entries")
        indexes = [
            models.Index(fields=["project", "-on"], name="handbookentry_of_project"),
            models.Index(fields=["region", "-on"], name="handbookentry_of_region"),
            models.Index(fields=["author", "-on"], name="handbookentry_of_author"),
            models.Index(fields=["team", "kind", "-on"], name="handbookentry_of_team"),
            models.Index(fields=["kind", "-on"], name="handbookentry_of_kind"),
        ]
        constraints = [
            models.CheckConstraint(
                name="handbookentry_withdrawn_with_reason",
                condition=Q(withdrawn_at=None, withdrawn_by=None, withdrawn_reason="")
                | (Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_reason="")),
            ),
            models.CheckConstraint(name="handbookentry_in_one_post", condition=Q(coordinator=None) | Q(liaison=None)),
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.title}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self._state.adding:
            self.place_in_tree()
        super().save(*args, **kwargs)

    def place_in_tree(self) -> None:
        """A crew says its team, a team its project, a project its region on the day of writing."""
        if self.crew:
            self.team = self.crew.team
        if self.team:
            self.project = self.team.project
        if self.project:
            self.region = self.project.region

    @property
    def is_standing(self) -> bool:
        return self.withdrawn_at is None


class EntryPhoto(models.Model):
    """A photo of what was done, seen by whoever sees the entry."""

    entry = models.ForeignKey(HandbookEntry, verbose_name=_("entry"), on_delete=models.CASCADE, related_name="photos")
    photo = models.ForeignKey(Attachment, verbose_name=_("photo"), on_delete=models.PROTECT, related_name="+")
    caption = models.CharField(_("what it shows"), max_length=60, blank=True)

    objects = OfEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("photo of an entry")
        verbose_name_plural = _("photos of entries")

    def __str__(self) -> str:
        return self.caption or str(self.entry)


class EntryCase(models.Model):
    """A case that was opened from an entry: a worry heard, a danger found. Who sees the case is the case's own matter."""

    entry = models.ForeignKey(HandbookEntry, verbose_name=_("entry"), on_delete=models.PROTECT, related_name="opened_cases")
    case = models.OneToOneField(Case, verbose_name=_("case"), on_delete=models.PROTECT, related_name="handbook_link")

    class Meta:
        verbose_name = _("case of an entry")
        verbose_name_plural = _("cases of entries")

    def __str__(self) -> str:
        return str(self.case.number)


class EntryTemplate(Scoped):
    """A ready-made title of a kind (送清凉, 每月联络员例会): what is offered so that nobody has to type it."""

    scope_is_structure = True

    kind = models.CharField(_("kind"), max_length=16, choices=EntryKind.choices)
    title = models.CharField(_("what it was"), max_length=60)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    is_active = models.BooleanField(_("in use"), default=True)

    objects = CatalogueQuerySet.as_manager()

    class Meta:
        verbose_name = _("ready-made title")
        verbose_name_plural = _("ready-made titles")
        constraints = [models.UniqueConstraint(fields=["kind", "title"], name="entrytemplate_once_a_kind")]

    def __str__(self) -> str:
        return self.title


HOLDS = {
    EntryKind.VISIT: Hold.THOUGHT,
    EntryKind.MEETING: Hold.THOUGHT,
    EntryKind.TRAINING: Hold.TRAINING,
    EntryKind.ACTIVITY: Hold.CAMPAIGN,
    EntryKind.HAZARD: Hold.CAMPAIGN,
    EntryKind.RIGHTS: Hold.RIGHTS,
    EntryKind.CARE: Hold.CARE,
    EntryKind.HEALTH_CHECK: Hold.CARE,
    EntryKind.COUNSELLING: Hold.CARE,
    EntryKind.MEDICAL: Hold.CARE,
    EntryKind.CUSTOMS: Hold.CARE,
    EntryKind.INSPECTION: Hold.MANAGEMENT,
    EntryKind.GUIDANCE: Hold.MANAGEMENT,
    EntryKind.LABOUR_ACT: Hold.MANAGEMENT,
}
