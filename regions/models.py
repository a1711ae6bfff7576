"""The units of the company: regions, their projects with dated stages, and the departments at headquarters."""

from datetime import date
from typing import ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import TextChoices
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from core.scope import Scoped
from regions.querysets import DepartmentQuerySet, ProjectQuerySet, RegionQuerySet

CODE = RegexValidator(r"^[A-Z][A-Z0-9_]*$", _("Codes are written in capital letters, digits and underscores."))


class Region(Scoped):
    """One of the company's regions; everything aggregates by it."""

    scope_unit = "region"
    scope_is_structure = True

    code = models.CharField(_("code"), max_length=10, unique=True, validators=[CODE])
    name = models.CharField(pgettext_lazy("unit", "name"), max_length=60, unique=True)
    name_en = models.CharField(_("English name"), max_length=60, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    provinces = models.CharField(_("provinces"), max_length=100, blank=True)
    emphasis = models.TextField(_("emphasis of the year"), blank=True)

    objects = RegionQuerySet.as_manager()

    class Meta:
        verbose_name = _("region")
        verbose_name_plural = _("regions")

    def __str__(self) -> str:
        return self.name

    @property
    def short_name(self) -> str:
        """「西北」 where the column already says region; the English name for an English reader."""
        if self.name_en and (get_language() or "").startswith("en"):
            return self.name_en
        return self.name.removesuffix("片区")


class Project(Scoped):
    """A construction project of a region. Its stage is dated (ProjectStage), so the past stays as it was."""

    class Sector(TextChoices):
        RAILWAY = "railway", _("Railway")
        HIGHWAY = "highway", _("Highway")
        OTHER = "other", pgettext_lazy("sector", "Other")

    scope_paths = ("region",)
    scope_unit = "project"
    scope_is_structure = True

    code = models.CharField(_("code"), max_length=20, unique=True, validators=[CODE])
    name = models.CharField(pgettext_lazy("unit", "name"), max_length=100, unique=True)
    region = models.ForeignKey(Region, verbose_name=_("region"), on_delete=models.PROTECT, related_name="projects")
    sector = models.CharField(_("sector"), max_length=10, choices=Sector.choices, default=Sector.HIGHWAY)
    place = models.CharField(_("place"), max_length=100, blank=True)
    pilot_started_on = models.DateField(_("coordinators appointed since (pilot start)"), null=True, blank=True)
    is_placeholder = models.BooleanField(
        _("placeholder"), default=False, help_text=_("Counted by the source but not named there; the name is ours.")
    )

    objects = ProjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")

    def __str__(self) -> str:
        return self.name

    def stage_on(self, day: date) -> str | None:
        """The stage on `day`, or None before the first."""
        current = self.stages.filter(from_on__lte=day).order_by("-from_on").first()
        return current.stage if current else None


class ProjectStage(Scoped):
    """From which day on a project is in which stage; the stage drives which duties apply."""

    class Stage(TextChoices):
        NEW = "new", pgettext_lazy("stage", "New")
        ACTIVE = "active", pgettext_lazy("stage", "Under construction")
        WRAP_UP = "wrap_up", pgettext_lazy("stage", "Wrap-up")
        COMPLETED = "completed", pgettext_lazy("stage", "Completed")

    UNDER_CONSTRUCTION: ClassVar = (Stage.NEW, Stage.ACTIVE, Stage.WRAP_UP)

    scope_paths = ("project__region",)
    scope_is_structure = True

    project = models.ForeignKey(Project, verbose_name=_("project"), on_delete=models.CASCADE, related_name="stages")
    stage = models.CharField(_("stage"), max_length=10, choices=Stage.choices)
    from_on = models.DateField(_("from"))

    class Meta:
        verbose_name = _("project stage")
        verbose_name_plural = _("project stages")
        constraints = [models.UniqueConstraint(fields=["project", "from_on"], name="projectstage_one_a_day")]

    def __str__(self) -> str:
        return f"{self.from_on} {self.get_stage_display()}"


class Department(Scoped):
    """A department, branch or outside body; its code is what routing and receipts refer to."""

    class Kind(TextChoices):
        DEPARTMENT = "department", _("Department")
        BRANCH = "branch", _("Branch with workers of its own")
        OUTSIDE = "outside", _("Outside body")

    PARTY_PERSONNEL = "PARTY_PERSONNEL"
    PARTY_ORGANISATION = "PARTY_ORGANISATION"
    LABOUR_CENTRE = "LABOUR_CENTRE"

    scope_unit = "department"
    scope_is_structure = True

    code = models.CharField(_("code"), max_length=30, unique=True, validators=[CODE])
    name = models.CharField(pgettext_lazy("unit", "name"), max_length=60, unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.DEPARTMENT)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    is_draft = models.BooleanField(_("draft"), default=False, help_text=_("Implied by the source, not named there."))

    objects = DepartmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("department")
        verbose_name_plural = _("departments")

    def __str__(self) -> str:
        return self.name
