"""Health checks, clinics and medical teams. Named results are for the health role alone; everybody else sees counts."""

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q, TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.fields import EncryptedJSONField
from core.scope import Scoped
from handbook.models.entries import HandbookEntry
from handbook.querysets import (
    ClinicQuerySet,
    ConsentQuerySet,
    HealthQuerySet,
    MedicalTeamQuerySet,
    OfEntryQuerySet,
    OfServiceQuerySet,
)
from labour_teams.models import Engagement
from regions.models import Project, Region


class Clinic(Scoped):
    """A site's clinic (医务室)."""

    scope_paths = ("project__region",)

    project = models.ForeignKey(Project, verbose_name=_("project"), on_delete=models.PROTECT, related_name="clinics")
    name = models.CharField(pgettext_lazy("unit", "name"), max_length=60)
    doctor = models.CharField(_("doctor"), max_length=40, blank=True)
    is_full_time = models.BooleanField(_("doctor is there full time"), default=False)
    opened_on = models.DateField(pgettext_lazy("clinic", "opened on"))
    closed_on = models.DateField(_("closed on"), null=True, blank=True)

    objects = ClinicQuerySet.as_manager()

    class Meta:
        verbose_name = _("clinic")
        verbose_name_plural = _("clinics")
        constraints = [
            models.UniqueConstraint(fields=["project", "name"], name="clinic_name_in_project"),
            models.CheckConstraint(
                name="clinic_closes_after_opening", condition=Q(closed_on=None) | Q(closed_on__gte=F("opened_on"))
            ),
        ]

    def __str__(self) -> str:
        return self.name


class MedicalTeam(Scoped):
    """A region's volunteer medical team (劳务工义务医疗队)."""

    scope_paths = ("region",)

    region = models.ForeignKey(Region, verbose_name=_("region"), on_delete=models.PROTECT, related_name="medical_teams")
    name = models.CharField(pgettext_lazy("unit", "name"), max_length=60)
    leader = models.CharField(_("led by"), max_length=40, blank=True)
    members = models.PositiveSmallIntegerField(_("members"), default=0)
    formed_on = models.DateField(_("formed on"))
    dissolved_on = models.DateField(_("dissolved on"), null=True, blank=True)

    objects = MedicalTeamQuerySet.as_manager()

    class Meta:
        verbose_name = _("volunteer medical team")
        verbose_name_plural = _("volunteer medical teams")
        constraints = [models.UniqueConstraint(fields=["region", "name"], name="medicalteam_name_in_region")]

    def __str__(self) -> str:
        return self.name


class MedicalService(Scoped):
    """What a clinic or a medical team did: whom it treated as a number, what was spent, line by line."""

    scope_paths = ("entry__project__region", "entry__region")

    entry = models.OneToOneField(
        HandbookEntry, verbose_name=_("entry"), primary_key=True, on_delete=models.CASCADE, related_name="medical"
    )
    clinic = models.ForeignKey(
        Clinic, verbose_name=_("clinic"), null=True, blank=True, on_delete=models.PROTECT, related_name="services"
    )
    medical_team = models.ForeignKey(
        MedicalTeam, verbose_name=_("medical team"), null=True, blank=True, on_delete=models.PROTECT, related_name="services"
    )

    objects = OfEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("medical service")
        verbose_name_plural = _("medical services")

    def __str__(self) -> str:
        return str(self.clinic or self.medical_team or self.entry)


class MedicalSpending(Scoped):
    """A line of what was spent on medicine and hygiene."""

    scope_paths = ("service__entry__project__region", "service__entry__region")

    service = models.ForeignKey(
        MedicalService, verbose_name=_("medical service"), on_delete=models.CASCADE, related_name="spending"
    )
    what = models.CharField(_("what for"), max_length=60)
    amount = models.DecimalField(_("amount (yuan)"), max_digits=10, decimal_places=2, validators=[MinValueValidator(0)])
    voucher_no = models.CharField(_("voucher"), max_length=40, blank=True)

    objects = OfServiceQuerySet.as_manager()

    class Meta:
        verbose_name = _("medical spending")
        verbose_name_plural = _("medical spending")
        constraints = [models.CheckConstraint(name="medicalspending_some", condition=Q(amount__gt=0))]

    def __str__(self) -> str:
        return self.what


class HealthCheckBatch(Scoped):
    """A batch of health checks as numbers: person-times checked (the entry's headcount), and how many were advised to return."""

    class Occasion(TextChoices):
        ENTRY = "entry", pgettext_lazy("health check", "On entry")
        ON_POST = "on_post", pgettext_lazy("health check", "On the job")
        EXIT = "exit", pgettext_lazy("health check", "On leaving")

    scope_paths = ("entry__project__region", "entry__region")

    entry = models.OneToOneField(
        HandbookEntry, verbose_name=_("entry"), primary_key=True, on_delete=models.CASCADE, related_name="health_checks"
    )
    occasion = models.CharField(_("occasion"), max_length=8, choices=Occasion.choices)
    advised_to_return = models.PositiveIntegerField(_("advised to return home"), default=0)
    altitude = models.PositiveIntegerField(_("altitude (m)"), null=True, blank=True)
    doctor = models.CharField(_("doctor"), max_length=40, blank=True)

    objects = OfEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("batch of health checks")
        verbose_name_plural = _("batches of health checks")

    def __str__(self) -> str:
        return str(self.get_occasion_display())


class HealthConsent(Scoped):
    """A worker's separate consent to his health results being kept (Personal Information Protection Law, articles 28 to 30)."""

    is_confidential = True
    scope_paths = ("engagement__project__region",)

    engagement = models.ForeignKey(Engagement, verbose_name=_("worker"), on_delete=models.PROTECT, related_name="health_consents")
    text_version = models.CharField(_("version of the text"), max_length=20)
    given_on = models.DateField(_("given on"), default=timezone.localdate)
    witness = models.CharField(_("witness"), max_length=40, blank=True)
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), editable=False, on_delete=models.PROTECT, related_name="+"
    )

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent to health records")
        verbose_name_plural = _("consents to health records")
        constraints = [
            models.UniqueConstraint(fields=["engagement"], condition=Q(withdrawn_on=None), name="healthconsent_one_standing"),
            models.CheckConstraint(
                name="healthconsent_withdrawn_later", condition=Q(withdrawn_on=None) | Q(withdrawn_on__gte=F("given_on"))
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class HealthCheck(Scoped):
    """One worker's result. Read and written by the project's health officer alone; measures are encrypted."""

    class Conclusion(TextChoices):
        FIT = "fit", pgettext_lazy("health", "Fit")
        DEFERRED = "deferred", pgettext_lazy("health", "Deferred")
        UNFIT = "unfit", pgettext_lazy("health", "Unfit for plateau work")

    class Action(TextChoices):
        TO_WORK = "to_work", pgettext_lazy("health", "To work")
        WATCHED = "watched", pgettext_lazy("health", "Watched")
        ADVISED_TO_RETURN = "advised_to_return", pgettext_lazy("health", "Advised to return home")

    is_confidential = True
    scope_paths = ("batch__entry__project__region",)

    batch = models.ForeignKey(HealthCheckBatch, verbose_name=_("batch"), on_delete=models.CASCADE, related_name="checks")
    engagement = models.ForeignKey(Engagement, verbose_name=_("worker"), on_delete=models.PROTECT, related_name="health_checks")
    conclusion = models.CharField(_("conclusion"), max_length=10, choices=Conclusion.choices)
    action = models.CharField(_("action"), max_length=20, choices=Action.choices)
    measures = EncryptedJSONField(_("measures"), default=dict, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), editable=False, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(_("at"), default=timezone.now, editable=False)

    objects = HealthQuerySet.as_manager()

    class Meta:
        verbose_name = _("health check")
        verbose_name_plural = _("health checks")
        constraints = [models.UniqueConstraint(fields=["batch", "engagement"], name="healthcheck_once_a_batch")]

    def __str__(self) -> str:
        """Without name and result: traces are read by more people than the row."""
        return str(self.pk)
