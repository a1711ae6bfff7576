"""Labour teams and their crews, workers, and the engagements that tie a worker to a team from a day to a day."""

from datetime import date
from typing import Any
from uuid import uuid4

from django.db import models
from django.db.models import F, Q, TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.fields import BankCardField, EncryptedTextField, IdNumberField, KeyedHashField, PhoneField, TailField
from core.names import initials_of, pinyin_of
from core.scope import Scoped
from labour_teams import codes
from labour_teams.certificates import CostBearer, Issuer, review_due, valid_until
from labour_teams.querysets import CertificateQuerySet, CrewQuerySet, EngagementQuerySet, TeamQuerySet, WorkerQuerySet
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
    """Who somebody is, and nothing else: one row for the company, known by the ID number, which also says sex and birth.

    Everything that a project wrote down about him, the name included, stands on its engagement: whoever may write an ID number
    into a sheet would otherwise be shown what other projects know of it. In addresses the row goes by `public_id`: a running
    number would betray how long the company has known somebody.
    """

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    id_number = IdNumberField(_("ID number"))
    id_number_hash = KeyedHashField(source="id_number")
    sex_code = models.CharField(_("sex"), max_length=1, choices=codes.Sex.choices)
    born_on = models.DateField(_("born on"))
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    objects = WorkerQuerySet.as_manager()

    class Meta:
        verbose_name = _("worker")
        verbose_name_plural = _("workers")
        # Here and below: `unique` or `db_index` on a column of text would make two indexes on PostgreSQL.
        constraints = [models.UniqueConstraint(fields=["id_number_hash"], name="worker_id_number_once")]

    def __str__(self) -> str:
        return str(self.id_number)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.derive()
        super().save(*args, **kwargs)

    def derive(self) -> None:
        """What follows from the ID number; bulk writers call it themselves."""
        self.born_on, self.sex_code = self.id_number.birth_date, self.id_number.sex_code


class Engagement(Scoped):
    """A worker at a team, from entry to exit, and what this project wrote down about him: another project's has its own.

    Two projects may write one name in two ways, and know different particulars, phones and cards. Neither sees or changes what
    the other wrote; headquarters sees both.
    """

    class EmploymentType(TextChoices):
        LABOUR_TEAM = "labour_team", _("Through a labour team")
        EXTERNALLY_HIRED = "externally_hired", _("Externally hired")

    class ContractType(TextChoices):
        LABOUR_CONTRACT = "labour_contract", _("Labour contract")
        WRITTEN_AGREEMENT = "written_agreement", _("Written agreement of employment")

    scope_paths = ("crew", "team__project__region")

    worker = models.ForeignKey(Worker, verbose_name=_("worker"), on_delete=models.PROTECT, related_name="engagements")
    name = models.CharField(_("name"), max_length=100)
    name_pinyin = models.CharField(max_length=300, editable=False)
    name_initials = models.CharField(max_length=100, editable=False)
    ethnicity_code = models.CharField(_("ethnicity"), max_length=2, blank=True)
    political_status_code = models.CharField(_("political status"), max_length=2, blank=True)
    education_code = models.CharField(_("education"), max_length=2, blank=True)
    native_place = models.CharField(_("native place"), max_length=100, blank=True)
    branch = models.ForeignKey(
        Department,
        verbose_name=_("branch"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="engagements",
        db_index=False,
    )
    team = models.ForeignKey(
        LabourTeam, verbose_name=_("labour team"), on_delete=models.PROTECT, related_name="engagements", db_index=False
    )
    crew = models.ForeignKey(
        WorkCrew, verbose_name=_("work crew"), null=True, blank=True, on_delete=models.PROTECT, related_name="engagements"
    )
    # The team's project, repeated so that "one current engagement a project" can be a constraint.
    project = models.ForeignKey(
        Project,
        verbose_name=_("project"),
        on_delete=models.PROTECT,
        related_name="engagements",
        editable=False,
        db_index=False,
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
    phone_hash = KeyedHashField(source="phone", null=True)
    phone_tail = TailField(source="phone", default="")
    bank_card = BankCardField(_("wage card"), null=True, blank=True)
    bank_card_hash = KeyedHashField(source="bank_card", null=True)
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
        # Team and project have no index of their own: they lead the first two. Names are searched by how they begin.
        indexes = [
            models.Index(fields=["project", "left_on", "entered_on"], name="engagement_project_days"),
            models.Index(fields=["team", "left_on"], name="engagement_team_days"),
            models.Index(fields=["name_pinyin"], name="engagement_pinyin", opclasses=["varchar_pattern_ops"]),
            models.Index(fields=["name_initials"], name="engagement_initials", opclasses=["varchar_pattern_ops"]),
            models.Index(fields=["phone_hash"], name="engagement_phone"),
            models.Index(fields=["phone_tail"], name="engagement_phone_tail"),
            models.Index(fields=["bank_card_hash"], name="engagement_bank_card"),
        ]

    def __str__(self) -> str:
        return f"{self.name}·{self.team}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.derive()
        if self._state.adding:
            self.place()
        super().save(*args, **kwargs)

    def derive(self) -> None:
        """How the name is ordered and found; bulk writers call it themselves."""
        self.name_pinyin, self.name_initials = pinyin_of(self.name), initials_of(self.name)

    def place(self) -> None:
        """Remember project and region at entry; bulk writers call it themselves."""
        self.project = self.team.project
        self.region = self.team.project.region

    def is_current_on(self, day: date) -> bool:
        return self.entered_on <= day and (self.left_on is None or day <= self.left_on)

    @property
    def ethnicity(self) -> str:
        return codes.ETHNICITIES.get(self.ethnicity_code, "")

    @property
    def political_status(self) -> str:
        return codes.POLITICAL_STATUSES.get(self.political_status_code, "")

    @property
    def education(self) -> str:
        return codes.EDUCATIONS.get(self.education_code, "")


class WorkerCertificate(Scoped):
    """A special-operation certificate of somebody on the roster. Its number often is the ID number, and is kept like one."""

    scope_paths = ("engagement__crew", "engagement__team__project__region")

    engagement = models.ForeignKey(Engagement, verbose_name=_("worker"), on_delete=models.PROTECT, related_name="certificates")
    trade = models.CharField(_("operation"), max_length=40)
    issuer = models.CharField(_("issuer"), max_length=12, choices=Issuer.choices)
    number = EncryptedTextField(_("certificate number"), default="", blank=True)
    issued_on = models.DateField(_("issued on"))
    valid_until = models.DateField(
        _("valid until"), null=True, blank=True, help_text=_("Left empty: as long as the issuer says.")
    )
    review_due_on = models.DateField(_("review due on"), null=True, blank=True, editable=False)
    # Within its time an issuer looks at a certificate once; then nothing of the kind is due any more.
    reviewed_on = models.DateField(_("reviewed on"), null=True, blank=True)
    paid_by = models.CharField(_("paid by"), max_length=8, choices=CostBearer.choices, default=CostBearer.COMPANY)
    returned_on = models.DateField(_("given back to the worker on"), null=True, blank=True)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = _("special-operation certificate")
        verbose_name_plural = _("special-operation certificates")
        constraints = [
            models.UniqueConstraint(fields=["engagement", "trade", "issued_on"], name="workercertificate_once"),
            models.CheckConstraint(
                name="workercertificate_ends_after_issue", condition=Q(valid_until=None) | Q(valid_until__gte=F("issued_on"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.engagement.name}·{self.trade}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.valid_until = self.valid_until or valid_until(self.issuer, self.issued_on)
        self.review_due_on = None if self.reviewed_on else review_due(self.issuer, self.issued_on)
        super().save(*args, **kwargs)
