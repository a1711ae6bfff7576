"""The people who look after the labour teams: coordinators (full-time for a region, part-time for a project) and liaisons."""

from typing import ClassVar

from django.db import models
from django.db.models import Q, TextChoices
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.posts import Post
from coordinators.querysets import CoordinatorQuerySet, LiaisonQuerySet
from core.roles import Role
from core.scope import Grant, Level
from labour_teams.models import LabourTeam, WorkCrew
from regions.models import Project, Region


class TreatmentLevel(TextChoices):
    """What a full-time coordinator is treated as (给待遇)."""

    DEPUTY_LEADER = "deputy_leader", _("Same as a deputy project leader")
    DEPARTMENT_HEAD = "department_head", _("Same as a department head")


class Coordinator(Post):
    """A Party-and-mass-work coordinator's post. A full-time one is the region's labour manager at the same time."""

    class Kind(TextChoices):
        FULL_TIME = "full_time", _("Regional (full-time)")
        PART_TIME = "part_time", _("Project (part-time)")

    scope_paths = ("project__region", "region")
    title_joins = ("region", "project")
    # A regional coordinator answers to both: the labour centre and the Party organisation department (dual management).
    MANAGING_DEPARTMENTS: ClassVar = (Role.LABOUR_CENTRE, Role.PARTY_ORGANISATION)

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    region = models.ForeignKey(
        Region, verbose_name=_("region"), null=True, blank=True, on_delete=models.PROTECT, related_name="coordinators"
    )
    project = models.ForeignKey(
        Project, verbose_name=_("project"), null=True, blank=True, on_delete=models.PROTECT, related_name="coordinators"
    )
    is_labour_manager = models.BooleanField(_("regional labour manager"), default=False)
    main_job = models.CharField(_("main job"), max_length=60, blank=True)
    duties = models.CharField(_("duties in a line, for boards"), max_length=60, blank=True)
    # Seen by the Party personnel and organisation departments and by leaders only (policies.can_see_treatment).
    treatment_level = models.CharField(_("treatment level"), max_length=20, choices=TreatmentLevel.choices, blank=True)

    objects = CoordinatorQuerySet.as_manager()

    class Meta(Post.Meta):
        verbose_name = _("coordinator")
        verbose_name_plural = _("coordinators")
        constraints = [
            *Post.Meta.constraints,
            models.CheckConstraint(
                name="coordinator_kind_has_its_unit",
                condition=Q(kind="full_time", region__isnull=False, project=None)
                | Q(kind="part_time", project__isnull=False, region=None),
            ),
            models.CheckConstraint(
                name="coordinator_labour_manager_is_regional", condition=Q(is_labour_manager=False) | Q(kind="full_time")
            ),
            models.UniqueConstraint(
                fields=["region"],
                condition=Q(kind="full_time", to_on=None, is_acting=False),
                name="coordinator_one_full_time_without_end_a_region",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}·{self.title}"

    @property
    def unit(self) -> Region | Project | None:
        """What he looks after; only a row that is not saved yet has none (coordinator_kind_has_its_unit)."""
        return self.region or self.project

    @property
    def title(self) -> str:
        return gettext("%(unit)s coordinator") % {"unit": self.unit}

    def grants(self) -> tuple[Grant, ...]:
        if self.kind == self.Kind.FULL_TIME:
            return (Grant(Role.REGIONAL_COORDINATOR, Level.REGION, self.region_id),)
        return (Grant(Role.PROJECT_COORDINATOR, Level.PROJECT, self.project_id),)


class Liaison(Post):
    """A liaison's post: serves a crew, or a team that has no crews."""

    scope_paths = ("crew", "team__project__region")
    title_joins = ("team", "crew")

    team = models.ForeignKey(LabourTeam, verbose_name=_("labour team"), on_delete=models.PROTECT, related_name="liaisons")
    crew = models.ForeignKey(
        WorkCrew, verbose_name=_("work crew"), null=True, blank=True, on_delete=models.PROTECT, related_name="liaisons"
    )
    is_crew_leader = models.BooleanField(_("is the crew leader himself"), default=False)
    duties = models.CharField(_("duties in a line, for boards"), max_length=60, blank=True)

    objects = LiaisonQuerySet.as_manager()

    class Meta(Post.Meta):
        verbose_name = _("liaison")
        verbose_name_plural = _("liaisons")

    def __str__(self) -> str:
        return f"{self.person}·{self.title}"

    @property
    def title(self) -> str:
        return gettext("%(unit)s liaison") % {"unit": f"{self.team} {self.crew}" if self.crew else self.team}

    def grants(self) -> tuple[Grant, ...]:
        if self.crew_id:
            return (Grant(Role.LIAISON, Level.CREW, self.crew_id),)
        return (Grant(Role.LIAISON, Level.TEAM, self.team_id),)
