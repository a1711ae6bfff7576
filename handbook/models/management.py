"""Management of teams: inspections and evaluations, acts of the regional labour manager, guidance of posts."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q, TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from coordinators.models import Coordinator, Liaison
from core.fields import MonthField
from core.models import Attachment
from core.scope import Scoped
from handbook.models.entries import HandbookEntry
from handbook.querysets import CatalogueQuerySet, EvaluationQuerySet, OfEntryQuerySet, OfInspectionQuerySet
from labour_teams.models import LabourTeam

QUARTER = RegexValidator(r"^20[0-9]{2}Q[1-4]$", _("A quarter is written 2026Q2."))
GRADE = [MinValueValidator(1), MaxValueValidator(5)]


class InspectionItem(Scoped):
    """A line of the checklist for inspecting a team. `is_draft`: a proposal, until the company says it so itself (草案)."""

    class Goal(TextChoices):
        """The four goals of production (SYSTEM row 62), and what else is looked at."""

        SAFETY = "safety", pgettext_lazy("goal", "Safety")
        QUALITY = "quality", pgettext_lazy("goal", "Quality")
        SCHEDULE = "schedule", pgettext_lazy("goal", "Schedule")
        BENEFIT = "benefit", pgettext_lazy("goal", "Benefit")
        LIVING = "living", pgettext_lazy("goal", "Living")
        RULES = "rules", pgettext_lazy("goal", "Rules of the project")

    scope_is_structure = True

    goal = models.CharField(_("goal"), max_length=10, choices=Goal.choices)
    text = models.CharField(_("text"), max_length=100, unique=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    is_active = models.BooleanField(_("in use"), default=True)
    is_draft = models.BooleanField(_("draft"), default=False)

    objects = CatalogueQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of the checklist")
        verbose_name_plural = _("lines of the checklist")

    def __str__(self) -> str:
        return self.text


class TeamInspection(Scoped):
    """A team was inspected by the checklist. The region's coordinator owes each team in use one a month."""

    scope_paths = ("entry__project__region", "entry__region")

    entry = models.OneToOneField(
        HandbookEntry, verbose_name=_("entry"), primary_key=True, on_delete=models.CASCADE, related_name="inspection"
    )
    found_in_order = models.PositiveSmallIntegerField(_("in order"), default=0, editable=False)
    found_wanting = models.PositiveSmallIntegerField(_("to be put right"), default=0, editable=False)

    objects = OfEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("team inspection")
        verbose_name_plural = _("team inspections")

    def __str__(self) -> str:
        return str(self.entry)


class InspectionFinding(models.Model):
    """What was found at one line of the checklist. Its text is kept as it was that day."""

    inspection = models.ForeignKey(
        TeamInspection, verbose_name=_("team inspection"), on_delete=models.CASCADE, related_name="findings"
    )
    item = models.ForeignKey(InspectionItem, verbose_name=_("line"), on_delete=models.PROTECT, related_name="findings")
    text = models.CharField(_("text"), max_length=100)
    is_in_order = models.BooleanField(_("in order"))
    note = models.CharField(_("what was found"), max_length=200, blank=True)

    objects = OfInspectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        constraints = [
            models.UniqueConstraint(fields=["inspection", "item"], name="inspectionfinding_once_a_line"),
            models.CheckConstraint(name="inspectionfinding_wanting_says_what", condition=Q(is_in_order=True) | ~Q(note="")),
        ]

    def __str__(self) -> str:
        return self.text


class TeamEvaluation(Scoped):
    """A team's quarter by the four goals: 1 (poor) to 5 (excellent)."""

    scope_paths = ("team__project__region",)

    team = models.ForeignKey(LabourTeam, verbose_name=_("labour team"), on_delete=models.PROTECT, related_name="evaluations")
    quarter = models.CharField(_("quarter"), max_length=6, validators=[QUARTER])
    safety = models.PositiveSmallIntegerField(pgettext_lazy("goal", "Safety"), validators=GRADE)
    quality = models.PositiveSmallIntegerField(pgettext_lazy("goal", "Quality"), validators=GRADE)
    schedule = models.PositiveSmallIntegerField(pgettext_lazy("goal", "Schedule"), validators=GRADE)
    benefit = models.PositiveSmallIntegerField(pgettext_lazy("goal", "Benefit"), validators=GRADE)
    note = models.CharField(_("note"), max_length=200, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), editable=False, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(_("at"), default=timezone.now, editable=False)

    objects = EvaluationQuerySet.as_manager()

    class Meta:
        verbose_name = _("evaluation of a team")
        verbose_name_plural = _("evaluations of teams")
        constraints = [models.UniqueConstraint(fields=["team", "quarter"], name="teamevaluation_once_a_quarter")]

    def __str__(self) -> str:
        return f"{self.team} {self.quarter}"


class LabourAct(Scoped):
    """Where the regional labour manager took part: choosing a team, a tender, a contract, measuring work, setting a price."""

    class Kind(TextChoices):
        SCREENING = "screening", _("Team screening")
        TENDER = "tender", _("Tendering")
        NEGOTIATION = "negotiation", _("Contract negotiation")
        MEASUREMENT = "measurement", _("Work measurement")
        UNIT_PRICE = "unit_price", _("Unit-price setting")

    scope_paths = ("entry__region",)

    entry = models.OneToOneField(
        HandbookEntry, verbose_name=_("entry"), primary_key=True, on_delete=models.CASCADE, related_name="labour_act"
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    company = models.CharField(_("company concerned"), max_length=100, blank=True)
    opinion = models.TextField(_("opinion given"), max_length=1000, blank=True)
    period = MonthField(_("measured month"), null=True, blank=True)
    amount = models.DecimalField(
        _("amount (yuan)"), max_digits=14, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    document = models.ForeignKey(
        Attachment, verbose_name=_("document"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = OfEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("labour management act")
        verbose_name_plural = _("labour management acts")

    def __str__(self) -> str:
        return str(self.get_kind_display())


class GuidanceRecord(Scoped):
    """A project coordinator or a liaison was guided or checked: on what, and what has to be better."""

    class Way(TextChoices):
        GUIDANCE = "guidance", pgettext_lazy("way of guidance", "Guidance")
        CHECK = "check", pgettext_lazy("way of guidance", "Check")

    scope_paths = ("entry__project__region", "entry__region")

    entry = models.OneToOneField(
        HandbookEntry, verbose_name=_("entry"), primary_key=True, on_delete=models.CASCADE, related_name="guidance"
    )
    way = models.CharField(_("way"), max_length=10, choices=Way.choices, default=Way.GUIDANCE)
    guided_coordinator = models.ForeignKey(
        Coordinator, verbose_name=_("coordinator"), null=True, blank=True, on_delete=models.PROTECT, related_name="guidance"
    )
    guided_liaison = models.ForeignKey(
        Liaison, verbose_name=_("liaison"), null=True, blank=True, on_delete=models.PROTECT, related_name="guidance"
    )
    to_improve = models.CharField(_("what has to be better"), max_length=200, blank=True)

    objects = OfEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("guidance record")
        verbose_name_plural = _("guidance records")
        constraints = [
            models.CheckConstraint(
                name="guidancerecord_of_one_post",
                condition=Q(guided_coordinator__isnull=False, guided_liaison=None)
                | Q(guided_coordinator=None, guided_liaison__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return str(self.get_way_display())
