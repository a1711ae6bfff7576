"""Labour teams and their crews, workers, and the engagements that tie a worker to a team from a day to a day."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q, TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.fields import BankCardField, IdNumberField, KeyedHashField, PhoneField, TailField
from core.names import initials_of, pinyin_of
from core.scope import Scoped
from labour_teams import codes
from labour_teams.querysets import CrewQuerySet, EngagementQuerySet, TeamQuerySet, WorkerQuerySet
from regions.models import Department, Project, Region


class LabourTeam(Scoped):
    """A contracted labour force on one project."""

    class Kind(TextChoices):
        FRAME = "frame", _("Frame team")
        LABOUR_SUB = "labour_sub", _("Labour subcontractor")
        SPECIALIST_SUB = "specialist_sub", _("Specialist subcontractor")

    scope_paths = ("project__region",)
    scope_unit = "team"
    scope_is_structure = True

    project = models.ForeignKey(Project, verbose_name=_("project"), on_delete=models.PROTECT, related_name="teams")
    name = models.CharField(pgettext_lazy("unit", "name"), max_length=100)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.LABOUR_SUB)
    company_name = models.CharField(_("company"), max_length=100, blank=True)
    manager_name = models.CharField(_("team boss"), max_length=100, blank=True)
    entered_on = models.DateField(_("entered on"), null=True, blank=True)
    left_on = models.DateField(_("left on (last day)"), null=True, blank=True)

    objects = TeamQuerySet.as_manager()

    class Meta:
        verbose_name = _("labour team")
        verbose_name_plural = _("labour teams")
        constraints = [
            models.UniqueConstraint(fields=["project", "name"], name="labourteam_name_in_project"),
            models.CheckConstraint(
                name="labourteam_leaves_after_entry",
                condition=Q(left_on=None) | Q(entered_on=None) | Q(left_on__gte=F("entered_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class WorkCrew(Scoped):
    """A crew of a team: the unit a liaison serves."""

    scope_paths = ("team__project__region",)
    scope_unit = "crew"
    scope_is_structure = True

    team = models.ForeignKey(LabourTeam, verbose_name=_("labour team"), on_delete=models.PROTECT, related_name="crews")
    name = models.CharField(pgettext_lazy("unit", "name"), max_length=100)
    leader_name = models.CharField(_("crew leader"), max_length=100, blank=True)
    work_point = models.CharField(_("work point"), max_length=100, blank=True)
    is_active = models.BooleanField(_("at work"), default=True)

    objects = CrewQuerySet.as_manager()

    class Meta:
        verbose_name = _("work crew")
        verbose_name_plural = _("work crews")
        constraints = [models.UniqueConstraint(fields=["team", "name"], name="workcrew_name_in_team")]

    def __str__(self) -> str:
        return self.name


class Worker(Scoped):
    """A person who works on the sites: one row for the company, known by the ID number."""

    name = models.CharField(_("name"), max_length=100)
    name_pinyin = models.CharField(max_length=300, editable=False, db_index=True)
    name_initials = models.CharField(max_length=100, editable=False, db_index=True)
    id_number = IdNumberField(_("ID number"))
    id_number_hash = KeyedHashField(source="id_number", unique=True)
    sex_code = models.CharField(_("sex"), max_length=1, choices=codes.Sex.choices)
    born_on = models.DateField(_("born on"))
    ethnicity_code = models.CharField(_("ethnicity"), max_length=2, blank=True)
    political_status_code = models.CharField(_("political status"), max_length=2, blank=True)
    education_code = models.CharField(_("education"), max_length=2, blank=True)
    native_place = models.CharField(_("native place"), max_length=100, blank=True)
    branch = models.ForeignKey(
        Department, verbose_name=_("branch"), null=True, blank=True, on_delete=models.PROTECT, related_name="workers"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    objects = WorkerQuerySet.as_manager()

    class Meta:
        verbose_name = _("worker")
        verbose_name_plural = _("workers")

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.derive()
        super().save(*args, **kwargs)

    def derive(self) -> None:
        """What follows from name and ID number; bulk writers call it themselves."""
        self.name_pinyin, self.name_initials = pinyin_of(self.name), initials_of(self.name)
        self.born_on = self.id_number.birth_date
        self.sex_code = self.sex_code or self.id_number.sex_code

    @property
    def ethnicity(self) -> str:
        return codes.ETHNICITIES.get(self.ethnicity_code, "")

    @property
    def political_status(self) -> str:
        return codes.POLITICAL_STATUSES.get(self.political_status_code, "")

    @property
    def education(self) -> str:
        return codes.EDUCATIONS.get(self.education_code, "")


class Engagement(Scoped):
    """A worker at a team, from entry to exit. Phone and card belong here: another project's engagement has its own."""

    class EmploymentType(TextChoices):
        LABOUR_TEAM = "labour_team", _("Through a labour team")
        EXTERNALLY_HIRED = "externally_hired", _("Externally hired")

    class ContractType(TextChoices):
        LABOUR_CONTRACT = "labour_contract", _("Labour contract")
        WRITTEN_AGREEMENT = "written_agreement", _("Written agreement of employment")

    scope_paths = ("crew", "team__project__region")

    worker = models.ForeignKey(Worker, verbose_name=_("worker"), on_delete=models.PROTECT, related_name="engagements")
    team = models.ForeignKey(LabourTeam, verbose_name=_("labour team"), on_delete=models.PROTECT, related_name="engagements")
    crew = models.ForeignKey(
        WorkCrew, verbose_name=_("work crew"), null=True, blank=True, on_delete=models.PROTECT, related_name="engagements"
    )
    # The team's project, repeated so that "one current engagement a project" can be a constraint.
    project = models.ForeignKey(
        Project, verbose_name=_("project"), on_delete=models.PROTECT, related_name="engagements", editable=False
    )
    # The project's region on the day of entry: a project that moves does not rewrite the past.
    region = models.ForeignKey(
        Region, verbose_name=_("region at entry"), on_delete=models.PROTECT, related_name="engagements", editable=False
    )
    employment_type = models.CharField(
        _("employment"), max_length=20, choices=EmploymentType.choices, default=EmploymentType.LABOUR_TEAM
    )
    trade = models.CharField(_("trade"), max_length=40, blank=True)
    is_crew_leader = models.BooleanField(_("crew leader"), default=False)
    phone = PhoneField(_("mobile"), null=True, blank=True)
    phone_hash = KeyedHashField(source="phone", null=True, db_index=True)
    phone_tail = TailField(source="phone", default="", db_index=True)
    bank_card = BankCardField(_("wage card"), null=True, blank=True)
    bank_card_hash = KeyedHashField(source="bank_card", null=True, db_index=True)
    contract_type = models.CharField(_("contract"), max_length=20, choices=ContractType.choices, blank=True)
    contract_signed_on = models.DateField(_("contract signed on"), null=True, blank=True)
    entered_on = models.DateField(_("entered on"))
    left_on = models.DateField(_("left on (last day)"), null=True, blank=True)
    follows = models.OneToOneField(
        "self", verbose_name=_("transferred from"), null=True, blank=True, on_delete=models.PROTECT, related_name="followed_by"
    )
    remark = models.CharField(_("remark"), max_length=200, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    objects = EngagementQuerySet.as_manager()

    class Meta:
        verbose_name = _("engagement")
        verbose_name_plural = _("engagements")
        constraints = [
            models.CheckConstraint(
                name="engagement_leaves_after_entry", condition=Q(left_on=None) | Q(left_on__gte=F("entered_on"))
            ),
            models.UniqueConstraint(
                fields=["worker", "project"], condition=Q(left_on=None), name="engagement_one_open_a_project"
            ),
        ]
        indexes = [
            models.Index(fields=["project", "left_on", "entered_on"], name="engagement_project_days"),
            models.Index(fields=["team", "left_on"], name="engagement_team_days"),
        ]

    def __str__(self) -> str:
        return f"{self.worker}·{self.team}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self._state.adding:
            self.place()
        super().save(*args, **kwargs)

    def place(self) -> None:
        """Remember project and region at entry; bulk writers call it themselves."""
        self.project = self.team.project
        self.region = self.team.project.region

    def is_current_on(self, day: date) -> bool:
        return self.entered_on <= day and (self.left_on is None or day <= self.left_on)
