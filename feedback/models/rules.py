"""The company's rules for cases, as rows: what they are about, how long they may take, and who deals with them."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q, TextChoices
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from core.scope import Scoped
from regions.models import Department, Project, Region


class Severity(TextChoices):
    URGENT = "urgent", pgettext_lazy("case", "Urgent")
    NORMAL = "normal", pgettext_lazy("case", "Ordinary")
    COMPLEX = "complex", pgettext_lazy("case", "Complex")


class Kind(TextChoices):
    SUGGESTION = "suggestion", _("Suggestion")
    PROBLEM = "problem", _("Problem")
    GRIEVANCE = "grievance", _("Grievance")
    DISPUTE = "dispute", _("Dispute")
    HAZARD = "hazard", _("Hazard")


class Tier(TextChoices):
    """Who deals with a case, or may see it: the unit is named beside it where there is more than one."""

    PROJECT = "project", _("Project")
    REGION = "region", _("Region")
    DEPARTMENT = "department", _("Department")
    COMPANY = "company", _("Headquarters")


class CaseCategory(Scoped):
    """What a case is about. `picture` puts it under one of the six pictures of the workers' page."""

    class Picture(TextChoices):
        WAGES = "wages", _("Wages")
        SAFETY = "safety", _("Safety")
        LIVING = "living", _("Food and lodging")
        HEALTH = "health", _("Seeing a doctor")
        WORK = "work", _("Work arrangements")
        OTHER = "other", pgettext_lazy("picture", "Other")

    scope_is_structure = True

    key = models.SlugField(_("key"), max_length=30, unique=True)
    name = models.CharField(pgettext_lazy("category", "name"), max_length=40, unique=True)
    name_en = models.CharField(_("English name"), max_length=60, blank=True)
    picture = models.CharField(_("picture on the workers' page"), max_length=10, choices=Picture.choices, default=Picture.OTHER)
    severity = models.CharField(_("severity, unless somebody says otherwise"), max_length=10, choices=Severity.choices)
    is_sensitive = models.BooleanField(_("sensitive: for named officers"), default=False)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    is_active = models.BooleanField(_("in use"), default=True)
    is_draft = models.BooleanField(_("draft"), default=False)

    class Meta:
        verbose_name = _("category of cases")
        verbose_name_plural = _("categories of cases")

    def __str__(self) -> str:
        return self.name


class DeadlineRule(Scoped):
    """How long a case of a severity may take, in working days (`answer_hours`: in hours, for what cannot wait).

    A row with a category holds for it; the row without one for all others. The time runs from dispatch, not from acceptance.
    """

    scope_is_structure = True

    severity = models.CharField(_("severity"), max_length=10, choices=Severity.choices)
    category = models.ForeignKey(
        CaseCategory, verbose_name=_("category"), null=True, blank=True, on_delete=models.CASCADE, related_name="deadlines"
    )
    accept_days = models.PositiveSmallIntegerField(_("to accept or refuse, working days"), default=1)
    answer_days = models.PositiveSmallIntegerField(_("to answer, working days"), null=True, blank=True)
    answer_hours = models.PositiveSmallIntegerField(_("to answer, hours"), null=True, blank=True)
    settle_days = models.PositiveSmallIntegerField(_("to settle, working days"))
    most_extensions = models.PositiveSmallIntegerField(_("extensions at most"), default=1)
    extension_days = models.PositiveSmallIntegerField(_("an extension at most, working days"), default=5)
    is_draft = models.BooleanField(_("draft"), default=True)

    class Meta:
        verbose_name = _("deadline")
        verbose_name_plural = _("deadlines")
        constraints = [
            models.UniqueConstraint(fields=["severity", "category"], name="deadlinerule_one_a_category"),
            models.UniqueConstraint(
                fields=["severity"], condition=Q(category=None), name="deadlinerule_one_for_all_other_categories"
            ),
            models.CheckConstraint(
                name="deadlinerule_days_or_hours",
                condition=Q(answer_days=None, answer_hours__isnull=False) | Q(answer_days__isnull=False, answer_hours=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_severity_display()} {self.category or ''}".strip()


class RoutingRule(Scoped):
    """To whom a case goes. Rules are tried in order; the first that fits wins. An empty condition fits everything."""

    scope_is_structure = True

    order = models.PositiveSmallIntegerField(_("order"), unique=True)
    category = models.ForeignKey(
        CaseCategory, verbose_name=_("category"), null=True, blank=True, on_delete=models.CASCADE, related_name="routes"
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, blank=True)
    severity = models.CharField(_("severity"), max_length=10, choices=Severity.choices, blank=True)
    region = models.ForeignKey(
        Region, verbose_name=_("region"), null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    project = models.ForeignKey(
        Project, verbose_name=_("project"), null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    tier = models.CharField(_("goes to"), max_length=10, choices=Tier.choices, default=Tier.DEPARTMENT)
    department = models.ForeignKey(
        Department, verbose_name=_("department"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    is_active = models.BooleanField(_("in use"), default=True)
    is_draft = models.BooleanField(_("draft"), default=False)

    class Meta:
        verbose_name = _("routing rule")
        verbose_name_plural = _("routing rules")
        constraints = [
            models.CheckConstraint(
                name="routingrule_department_where_it_goes_to_one",
                condition=Q(tier="department", department__isnull=False) | (~Q(tier="department") & Q(department=None)),
            )
        ]

    def __str__(self) -> str:
        return gettext("Rule %(order)d") % {"order": self.order}


class SensitiveOfficer(Scoped):
    """Somebody named to read sensitive cases, from a day to a day, beside the Party organisation department."""

    scope_paths: ClassVar[tuple[str, ...]] = ()

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.PROTECT, related_name="sensitive_offices"
    )
    from_on = models.DateField(_("from"))
    to_on = models.DateField(_("to (last day)"), null=True, blank=True)
    named_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("named by"),
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    named_at = models.DateTimeField(_("named at"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("officer for sensitive cases")
        verbose_name_plural = _("officers for sensitive cases")
        constraints = [
            models.CheckConstraint(
                name="sensitiveofficer_ends_after_start", condition=Q(to_on=None) | Q(to_on__gte=models.F("from_on"))
            )
        ]

    def __str__(self) -> str:
        return str(self.person)
