"""What guards the wages of a project: account and retention, the leading group that signs, arrears."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q, TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.fields import EncryptedTextField, MonthField
from core.models import Attachment, MoveEvent
from core.scope import Scoped
from feedback.models import Case
from labour_teams.models import LabourTeam
from regions.models import Project, Region
from wages.models.sheets import WageSheet, money
from wages.querysets import ArrearsQuerySet, GroupQuerySet, WageQuerySet


class WageAccount(Scoped):
    """A project's special wage account, and until when its ledger is kept.

    The ledger is kept until three years after completion and full settlement (Decree 724, articles 15 and 28); asked to delete
    before that, the company restricts instead (Personal Information Protection Law, article 47).
    """

    scope_paths = ("project__region",)

    project = models.OneToOneField(Project, verbose_name=_("project"), on_delete=models.PROTECT, related_name="wage_account")
    bank = models.CharField(_("bank"), max_length=60, blank=True)
    number = EncryptedTextField(_("account number"), default="", blank=True)
    opened_on = models.DateField(pgettext_lazy("account", "opened on"), null=True, blank=True)
    pay_day = models.PositiveSmallIntegerField(
        _("day of the next month by which a month is paid"), default=10, help_text=_("1 to 28")
    )
    completed_on = models.DateField(_("project completed on"), null=True, blank=True)
    settled_on = models.DateField(_("all wages settled on"), null=True, blank=True)

    objects = WageQuerySet.as_manager()

    class Meta:
        verbose_name = _("special wage account")
        verbose_name_plural = _("special wage accounts")
        constraints = [
            models.CheckConstraint(name="wageaccount_pay_day", condition=Q(pay_day__gte=1, pay_day__lte=28)),
        ]

    def __str__(self) -> str:
        return str(self.project)


class WageLeadingGroup(Scoped):
    """工资发放专项领导小组: who checks and signs every sheet of a project."""

    scope_paths = ("project__region",)

    project = models.ForeignKey(Project, verbose_name=_("project"), on_delete=models.PROTECT, related_name="wage_groups")
    formed_on = models.DateField(_("formed on"))
    dissolved_on = models.DateField(_("dissolved on"), null=True, blank=True)
    document_no = models.CharField(_("document"), max_length=60, blank=True)

    objects = GroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("wage-payment leading group")
        verbose_name_plural = _("wage-payment leading groups")
        constraints = [
            models.UniqueConstraint(fields=["project"], condition=Q(dissolved_on=None), name="wageleadinggroup_one_standing"),
            models.CheckConstraint(
                name="wageleadinggroup_ends_after_start", condition=Q(dissolved_on=None) | Q(dissolved_on__gte=F("formed_on"))
            ),
        ]

    def __str__(self) -> str:
        return str(self.project)


class WageGroupMember(Scoped):
    class Post(TextChoices):
        MANAGER = "manager", _("Project manager")
        SECRETARY = "secretary", _("Party secretary")
        DEPUTY = "deputy", _("Deputy manager")
        FINANCE = "finance", _("Finance")
        COORDINATOR = "coordinator", _("Coordinator")
        WORKERS = "workers", _("Workers' representative")

    scope_paths = ("group__project__region",)

    group = models.ForeignKey(
        WageLeadingGroup, verbose_name=_("wage-payment leading group"), on_delete=models.CASCADE, related_name="members"
    )
    name = models.CharField(_("name"), max_length=60)
    post = models.CharField(_("post"), max_length=12, choices=Post.choices)
    must_sign = models.BooleanField(_("signs every sheet"), default=True)

    class Meta:
        verbose_name = _("member of a leading group")
        verbose_name_plural = _("members of leading groups")
        constraints = [models.UniqueConstraint(fields=["group", "name"], name="wagegroupmember_once")]

    def __str__(self) -> str:
        return self.name


class SheetSignature(models.Model):
    """A member of the leading group signed a sheet; his signature stands on the scan."""

    sheet = models.ForeignKey(WageSheet, verbose_name=_("wage sheet"), on_delete=models.CASCADE, related_name="signatures")
    member = models.ForeignKey(WageGroupMember, verbose_name=_("member"), on_delete=models.PROTECT, related_name="signatures")
    on = models.DateField(_("on"), default=timezone.localdate)

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        constraints = [models.UniqueConstraint(fields=["sheet", "member"], name="sheetsignature_once")]

    def __str__(self) -> str:
        return str(self.member)


class WageArrears(Scoped):
    """Wages of a team and month that were not paid in time. The day since when is written once; each opens an urgent case."""

    class Source(TextChoices):
        UNPAID = "unpaid", _("A sheet that was not paid by its day")
        MISSING = "missing", _("No sheet for a month in which people worked")
        REPORTED = "reported", _("Reported by workers")

    class Status(TextChoices):
        STANDING = "standing", pgettext_lazy("arrears", "Standing")
        SETTLED = "settled", pgettext_lazy("arrears", "Settled")

    scope_paths = ("project__region",)

    project = models.ForeignKey(Project, verbose_name=_("project"), on_delete=models.PROTECT, related_name="wage_arrears")
    region = models.ForeignKey(
        Region, verbose_name=_("region"), editable=False, on_delete=models.PROTECT, related_name="wage_arrears"
    )
    team = models.ForeignKey(LabourTeam, verbose_name=_("labour team"), on_delete=models.PROTECT, related_name="wage_arrears")
    month = MonthField(_("month of work"))
    source = models.CharField(_("how it is known"), max_length=10, choices=Source.choices)
    since = models.DateField(_("since"), editable=False)
    amount = money(_("amount (yuan)"), null=True, blank=True)
    people = models.PositiveIntegerField(_("people"), null=True, blank=True)
    case = models.OneToOneField(
        Case, verbose_name=_("case"), null=True, editable=False, on_delete=models.PROTECT, related_name="wage_arrears"
    )
    status = models.CharField(_("state"), max_length=10, choices=Status.choices, default=Status.STANDING, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    settled_on = models.DateField(_("settled on"), null=True, editable=False)
    proof = models.ForeignKey(
        Attachment, verbose_name=_("proof of payment"), null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )

    objects = ArrearsQuerySet.as_manager()

    class Meta:
        verbose_name = _("wage arrears")
        verbose_name_plural = _("wage arrears")
        indexes = [models.Index(fields=["project", "settled_on"], name="wagearrears_of_project")]
        constraints = [
            models.UniqueConstraint(fields=["team", "month", "source"], name="wagearrears_once"),
            models.CheckConstraint(
                name="wagearrears_settled_later", condition=Q(settled_on=None) | Q(settled_on__gte=F("since"))
            ),
            models.CheckConstraint(
                name="wagearrears_settled_has_day",
                condition=Q(status="standing", settled_on=None) | Q(status="settled", settled_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.team} {self.month}"

    @property
    def is_settled(self) -> bool:
        return self.settled_on is not None


class WageArrearsEvent(MoveEvent):
    arrears = models.ForeignKey(WageArrears, verbose_name=_("wage arrears"), on_delete=models.CASCADE, related_name="events")

    class Meta:
        verbose_name = _("move of wage arrears")
        verbose_name_plural = _("moves of wage arrears")


class RestrictionRequest(Scoped):
    """A worker asked to have his wage data deleted while the law wants them kept: they are locked away instead."""

    scope_paths = ("project__region",)

    project = models.ForeignKey(Project, verbose_name=_("project"), on_delete=models.PROTECT, related_name="+")
    engagement = models.OneToOneField(
        "labour_teams.Engagement", verbose_name=_("worker"), on_delete=models.PROTECT, related_name="wage_restriction"
    )
    asked_on = models.DateField(_("asked on"), default=timezone.localdate)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), editable=False, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(_("at"), default=timezone.now, editable=False)

    objects = WageQuerySet.as_manager()

    class Meta:
        verbose_name = _("restriction of wage data")
        verbose_name_plural = _("restrictions of wage data")

    def __str__(self) -> str:
        return str(self.pk)
