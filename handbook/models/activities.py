"""Campaigns and activities; the groups that watch over safety, and the hidden dangers that they find."""

from django.db import models
from django.db.models import F, Q, TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.scope import Scoped
from handbook.models.entries import HandbookEntry
from handbook.querysets import CampaignQuerySet, GroupQuerySet, OfEntryQuerySet, SafetyMemberQuerySet
from labour_teams.models import Engagement
from regions.models import Project, Region


class Campaign(Scoped):
    """A campaign that activities belong to (安全生产月, 齐鲁先锋 …): the company's, a region's or a project's."""

    class Kind(TextChoices):
        PARTY = "party", _("Party theme activity")
        COMPETITION = "competition", _("Labour competition")
        SAFETY = "safety", _("Safety campaign")
        CONTEST = "contest", _("Contest")
        CULTURE = "culture", _("Culture and sport")

    scope_paths = ("project__region", "region")

    name = models.CharField(pgettext_lazy("campaign", "name"), max_length=60)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    region = models.ForeignKey(
        Region, verbose_name=_("region"), null=True, blank=True, on_delete=models.PROTECT, related_name="campaigns"
    )
    project = models.ForeignKey(
        Project, verbose_name=_("project"), null=True, blank=True, on_delete=models.PROTECT, related_name="campaigns"
    )
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("to"), null=True, blank=True)
    target = models.CharField(_("target"), max_length=200, blank=True)
    is_active = models.BooleanField(_("in use"), default=True)

    objects = CampaignQuerySet.as_manager()

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        constraints = [
            models.CheckConstraint(
                name="campaign_ends_after_start", condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on"))
            ),
            models.CheckConstraint(name="campaign_of_one_unit", condition=Q(region=None) | Q(project=None)),
        ]

    def __str__(self) -> str:
        return self.name


class CampaignActivity(Scoped):
    """Something that took place, in a campaign or by itself. Participation: workers taking part ÷ workers on site that day."""

    scope_paths = ("entry__team", "entry__project__region", "entry__region")

    entry = models.OneToOneField(
        HandbookEntry, verbose_name=_("entry"), primary_key=True, on_delete=models.CASCADE, related_name="activity"
    )
    campaign = models.ForeignKey(
        Campaign, verbose_name=_("campaign"), null=True, blank=True, on_delete=models.PROTECT, related_name="activities"
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Campaign.Kind.choices, default=Campaign.Kind.CULTURE)
    # As it was that day; an engagement that is corrected later changes no rate that was reported.
    on_site = models.PositiveIntegerField(_("workers on site"), null=True, editable=False)
    workers = models.ManyToManyField(Engagement, verbose_name=_("who took part"), blank=True, related_name="activities")

    objects = OfEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")

    def __str__(self) -> str:
        return str(self.get_kind_display())


class SafetyGroup(Scoped):
    """A Party-member shock team, the mass safety supervisors, a youth safety post: who, and for which area."""

    class Kind(TextChoices):
        SHOCK_TEAM = "shock_team", _("Party-member shock team")
        SUPERVISORS = "supervisors", _("Mass safety supervisors")
        YOUTH_POST = "youth_post", _("Youth safety supervision post")

    scope_paths = ("project__region",)

    project = models.ForeignKey(Project, verbose_name=_("project"), on_delete=models.PROTECT, related_name="safety_groups")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    name = models.CharField(pgettext_lazy("unit", "name"), max_length=60)
    area = models.CharField(_("area of responsibility"), max_length=100, blank=True)
    formed_on = models.DateField(_("formed on"))
    dissolved_on = models.DateField(_("dissolved on"), null=True, blank=True)

    objects = GroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("safety group")
        verbose_name_plural = _("safety groups")
        constraints = [
            models.UniqueConstraint(fields=["project", "name"], name="safetygroup_name_in_project"),
            models.CheckConstraint(
                name="safetygroup_ends_after_start", condition=Q(dissolved_on=None) | Q(dissolved_on__gte=F("formed_on"))
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SafetyMember(Scoped):
    """A member of a group: a worker of the roster, or a member of staff by name and post."""

    scope_paths = ("group__project__region",)

    group = models.ForeignKey(SafetyGroup, verbose_name=_("safety group"), on_delete=models.CASCADE, related_name="members")
    engagement = models.ForeignKey(
        Engagement, verbose_name=_("worker"), null=True, blank=True, on_delete=models.PROTECT, related_name="safety_memberships"
    )
    staff_name = models.CharField(_("member of staff"), max_length=60, blank=True)
    area = models.CharField(_("area of responsibility"), max_length=100, blank=True)
    is_leader = models.BooleanField(_("leads the group"), default=False)

    objects = SafetyMemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("member of a safety group")
        verbose_name_plural = _("members of safety groups")
        constraints = [
            models.CheckConstraint(
                name="safetymember_one_somebody",
                condition=(Q(engagement__isnull=False) & Q(staff_name="")) | (Q(engagement=None) & ~Q(staff_name="")),
            ),
            models.UniqueConstraint(
                fields=["group", "engagement"], condition=Q(engagement__isnull=False), name="safetymember_worker_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.engagement.name if self.engagement else self.staff_name)


class HazardRecord(Scoped):
    """A hidden danger that somebody saw. What cannot be put right on the spot becomes a case."""

    class Severity(TextChoices):
        GENERAL = "general", pgettext_lazy("danger", "General")
        SERIOUS = "serious", pgettext_lazy("danger", "Serious")

    scope_paths = ("entry__crew", "entry__team", "entry__project__region", "entry__region")

    entry = models.OneToOneField(
        HandbookEntry, verbose_name=_("entry"), primary_key=True, on_delete=models.CASCADE, related_name="hazard"
    )
    group = models.ForeignKey(
        SafetyGroup, verbose_name=_("found by"), null=True, blank=True, on_delete=models.PROTECT, related_name="hazards"
    )
    severity = models.CharField(_("severity"), max_length=8, choices=Severity.choices, default=Severity.GENERAL)
    is_removed = models.BooleanField(_("put right on the spot"), default=False)

    objects = OfEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("hidden danger")
        verbose_name_plural = _("hidden dangers")

    def __str__(self) -> str:
        return str(self.get_severity_display())
