"""Whom a case concerns: the units that deal with it or may see it, those it names, and those who may be told who spoke."""

from django.conf import settings
from django.db import models
from django.db.models import Q, TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.fields import EncryptedTextField, PhoneField
from core.untraceable import random_key
from feedback.models.cases import Case
from feedback.models.rules import Tier
from labour_teams.models import LabourTeam
from regions.models import Department, Project, Region


class CaseSight(models.Model):
    """A unit that deals with a case or may see it. Nobody sees a case without one: reach is said, not inherited (AC-13)."""

    class Part(TextChoices):
        LEAD = "lead", pgettext_lazy("part in a case", "Deals with it")
        JOINT = "joint", pgettext_lazy("part in a case", "Helps to deal with it")
        SUPERVISOR = "supervisor", pgettext_lazy("part in a case", "Supervises it")
        LOCAL = "local", pgettext_lazy("part in a case", "Where it came up")
        COPIED = "copied", pgettext_lazy("part in a case", "Was told of it")

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    case = models.ForeignKey(Case, verbose_name=_("case"), on_delete=models.CASCADE, related_name="sights")
    part = models.CharField(_("part"), max_length=10, choices=Part.choices)
    tier = models.CharField(_("tier"), max_length=10, choices=Tier.choices)
    region = models.ForeignKey(
        Region, verbose_name=_("region"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    project = models.ForeignKey(
        Project, verbose_name=_("project"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    department = models.ForeignKey(
        Department, verbose_name=_("department"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("unit concerned with a case")
        verbose_name_plural = _("units concerned with cases")
        constraints = [
            models.UniqueConstraint(
                fields=["case", "tier"], condition=Q(tier__in=["company", "region", "project"]), name="casesight_one_of_a_tier"
            ),
            models.UniqueConstraint(
                fields=["case", "department"], condition=Q(tier="department"), name="casesight_one_of_a_department"
            ),
            models.UniqueConstraint(fields=["case"], condition=Q(part="lead"), name="casesight_one_lead"),
            models.CheckConstraint(
                name="casesight_tier_has_its_unit",
                condition=Q(tier="company", region=None, project=None, department=None)
                | Q(tier="region", region__isnull=False, project=None, department=None)
                | Q(tier="project", region=None, project__isnull=False, department=None)
                | Q(tier="department", region=None, project=None, department__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.unit or self.get_tier_display())

    @property
    def unit(self) -> Region | Project | Department | None:
        """None for headquarters."""
        return self.region or self.project or self.department


class CaseAccused(models.Model):
    """Whom a case names (回避): the case is routed round them, and invisible to them and their line."""

    class Who(TextChoices):
        LIAISON = "liaison", _("A liaison")
        TEAM_BOSS = "team_boss", _("The boss of a labour team")
        PROJECT = "project", _("The project: coordinator, committee, clerk or management")
        REGION = "region", _("The regional coordinator")
        DEPARTMENT = "department", _("A department")
        HEADQUARTERS = "headquarters", _("Somebody at headquarters")
        UNKNOWN = "unknown", _("Somebody else, or it is not clear who")

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    case = models.ForeignKey(Case, verbose_name=_("case"), on_delete=models.CASCADE, related_name="accused")
    who = models.CharField(_("who"), max_length=12, choices=Who.choices)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    team = models.ForeignKey(
        LabourTeam, verbose_name=_("labour team"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    department = models.ForeignKey(
        Department, verbose_name=_("department"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("person or unit named in a case")
        verbose_name_plural = _("people and units named in cases")
        constraints = [
            models.CheckConstraint(
                name="caseaccused_department_is_named", condition=~Q(who="department") | Q(department__isnull=False)
            ),
            models.CheckConstraint(
                name="caseaccused_somebody_at_headquarters_is_named", condition=~Q(who="headquarters") | Q(person__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return str(self.person or self.team or self.department or self.get_who_display())


class CaseContact(models.Model):
    """How whoever spoke can be reached, if he wanted it. Seen by few, each look audited (AN-12)."""

    case = models.OneToOneField(Case, verbose_name=_("case"), primary_key=True, on_delete=models.CASCADE, related_name="contact")
    name = EncryptedTextField(_("name"), default="", blank=True)
    phone = PhoneField(_("phone"), null=True, blank=True)

    class Meta:
        verbose_name = _("contact of a case")
        verbose_name_plural = _("contacts of cases")

    def __str__(self) -> str:
        return str(self.phone or "")


class CaseOfficer(models.Model):
    """Somebody named for one sensitive case, beside the officers for all of them (SensitiveOfficer)."""

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    case = models.ForeignKey(Case, verbose_name=_("case"), on_delete=models.CASCADE, related_name="officers")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.PROTECT, related_name="+")
    named_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("named by"), on_delete=models.PROTECT, related_name="+")
    named_at = models.DateTimeField(_("named at"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("officer of a case")
        verbose_name_plural = _("officers of cases")
        constraints = [models.UniqueConstraint(fields=["case", "person"], name="caseofficer_once")]

    def __str__(self) -> str:
        return str(self.person)
