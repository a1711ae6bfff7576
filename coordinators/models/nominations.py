"""A nomination: the way to a post, from the proposal to the decision that creates it."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q, TextChoices
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from coordinators.models.posts import Coordinator, Liaison, TreatmentLevel
from coordinators.querysets import NominationQuerySet
from core.fields import PhoneField
from core.models import Attachment, MoveEvent
from core.names import initials_of, pinyin_of
from core.scope import Scoped
from labour_teams.models import LabourTeam, WorkCrew
from regions.models import Project, Region


class Nomination(Scoped):
    """Somebody proposed for a post. Full-time coordinators are appointed (委派), the others chosen by two sides (选聘)."""

    class Status(TextChoices):
        PROPOSED = "proposed", pgettext_lazy("nomination", "Proposed")
        CHECKED = "checked", pgettext_lazy("nomination", "Checked")
        INDUCTED = "inducted", _("Induction done")
        DECIDED = "decided", pgettext_lazy("nomination", "Decided")
        DECLINED = "declined", pgettext_lazy("nomination", "Declined")
        WITHDRAWN = "withdrawn", pgettext_lazy("nomination", "Withdrawn")

    class PostKind(TextChoices):
        FULL_TIME = "full_time", _("Regional coordinator (full-time)")
        PART_TIME = "part_time", _("Project coordinator (part-time)")
        LIAISON = "liaison", _("Liaison")

    OPEN: ClassVar = (Status.PROPOSED, Status.CHECKED, Status.INDUCTED)
    # Selection criteria (在现场、懂生产、会协调、善沟通) and qualities (SYSTEM rows 27 and 28); keys of `criteria`.
    CRITERIA: ClassVar = {
        "on_site": pgettext_lazy("criterion", "On site"),
        "knows_production": _("Knows production"),
        "coordinates": _("Able to coordinate"),
        "communicates": _("Good at talking with people"),
        "sound": _("Sound in thought"),
        "responsible": _("Strong sense of responsibility"),
        "capable": _("Able in coordination and communication"),
    }
    # What an induction covers (SYSTEM row 44); keys of `topics`.
    TOPICS: ClassVar = {
        "meaning": _("Meaning"),
        "system": pgettext_lazy("induction", "System"),
        "duties": _("Duties"),
        "methods": pgettext_lazy("induction", "Methods"),
        "procedure": _("Procedure"),
        "law": _("Laws and regulations"),
    }

    class InductionMethod(TextChoices):
        BRIEFING = "briefing", _("Briefing")
        DISCUSSION = "discussion", _("Discussion")
        BOTH = "both", _("Briefing and discussion")

    scope_paths = ("region", "project__region", "team__project__region")

    status = models.CharField(_("status"), max_length=12, choices=Status.choices, default=Status.PROPOSED, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)
    post_kind = models.CharField(_("kind of post"), max_length=10, choices=PostKind.choices)
    region = models.ForeignKey(
        Region, verbose_name=_("region"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    project = models.ForeignKey(
        Project, verbose_name=_("project"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    team = models.ForeignKey(
        LabourTeam, verbose_name=_("labour team"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    crew = models.ForeignKey(
        WorkCrew, verbose_name=_("work crew"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # Somebody who has an account, or a name and a mobile from which the decision makes one.
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="nominations",
    )
    name = models.CharField(_("name"), max_length=100)
    name_pinyin = models.CharField(max_length=300, default="", editable=False)
    name_initials = models.CharField(max_length=100, default="", editable=False)
    phone = PhoneField(_("mobile"), null=True, blank=True)
    main_job = models.CharField(_("main job"), max_length=60, blank=True)
    is_crew_leader = models.BooleanField(_("is the crew leader himself"), default=False)
    is_acting = models.BooleanField(_("acting"), default=False)
    from_on = models.DateField(_("from"))
    to_on = models.DateField(_("to (last day)"), null=True, blank=True)
    reason = models.TextField(_("why this person"), max_length=1000)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("proposed by"), on_delete=models.PROTECT, related_name="+"
    )
    proposed_at = models.DateTimeField(_("proposed at"), default=timezone.now, editable=False)
    criteria = models.JSONField(_("criteria met"), default=list, blank=True)
    topics = models.JSONField(_("induction topics"), default=list, blank=True)
    induction_method = models.CharField(_("induction method"), max_length=12, choices=InductionMethod.choices, blank=True)
    inducted_on = models.DateField(_("induction on"), null=True, blank=True)
    induction_result = models.CharField(_("induction result"), max_length=200, blank=True)
    document_no = models.CharField(_("appointing document"), max_length=60, blank=True)
    letter = models.ForeignKey(
        Attachment, verbose_name=_("letter of appointment"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # Seen by the Party personnel and organisation departments and by leaders only (SYSTEM row 36).
    treatment_level = models.CharField(_("treatment level"), max_length=20, choices=TreatmentLevel.choices, blank=True)
    coordinator = models.OneToOneField(
        Coordinator,
        verbose_name=_("coordinator's post"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="nomination",
    )
    liaison = models.OneToOneField(
        Liaison, verbose_name=_("liaison's post"), null=True, blank=True, on_delete=models.PROTECT, related_name="nomination"
    )

    objects = NominationQuerySet.as_manager()

    class Meta:
        verbose_name = _("nomination")
        verbose_name_plural = _("nominations")
        constraints = [
            models.CheckConstraint(
                name="nomination_kind_has_its_unit",
                condition=Q(post_kind="full_time", region__isnull=False, project=None, team=None, crew=None)
                | Q(post_kind="part_time", region=None, project__isnull=False, team=None, crew=None)
                | Q(post_kind="liaison", region=None, project=None, team__isnull=False),
            ),
            models.CheckConstraint(
                name="nomination_ends_after_start", condition=Q(to_on=None) | Q(to_on__gte=models.F("from_on"))
            ),
            models.CheckConstraint(
                name="nomination_decided_has_its_post",
                condition=Q(status="decided") & (Q(coordinator__isnull=False) | Q(liaison__isnull=False))
                | ~Q(status="decided") & Q(coordinator=None, liaison=None),
            ),
        ]

    def __str__(self) -> str:
        return gettext("%(name)s for %(unit)s") % {"name": self.name, "unit": self.unit}

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.name_pinyin, self.name_initials = pinyin_of(self.name), initials_of(self.name)
        super().save(*args, **kwargs)

    @property
    def unit(self) -> Region | Project | LabourTeam | WorkCrew | None:
        return self.region or self.project or self.crew or self.team

    @property
    def place(self) -> str:
        """The unit with what it belongs to: 「敦格项目·架子队·一工班」."""
        if self.team is None:
            return str(self.unit)
        return "·".join(str(each) for each in (self.team.project, self.team, self.crew) if each)

    @property
    def is_appointed(self) -> bool:
        """By the Party personnel department; the others are chosen by the region and the project's committee together."""
        return self.post_kind == self.PostKind.FULL_TIME

    @property
    def post(self) -> Coordinator | Liaison | None:
        return self.coordinator or self.liaison


class NominationApproval(models.Model):
    """One side's yes to somebody chosen for a project or a crew; with both there, the post begins."""

    class Side(TextChoices):
        REGION = "region", _("Regional coordinator")
        COMMITTEE = "committee", _("Project Party work committee")

    nomination = models.ForeignKey(Nomination, verbose_name=_("nomination"), on_delete=models.CASCADE, related_name="approvals")
    side = models.CharField(_("side"), max_length=10, choices=Side.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("by"), on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("approval")
        verbose_name_plural = _("approvals")
        constraints = [models.UniqueConstraint(fields=["nomination", "side"], name="nominationapproval_once_a_side")]

    def __str__(self) -> str:
        return f"{self.get_side_display()} {self.by}"


class NominationEvent(MoveEvent):
    nomination = models.ForeignKey(Nomination, verbose_name=_("nomination"), on_delete=models.CASCADE, related_name="events")

    class Meta(MoveEvent.Meta):
        abstract = False
        verbose_name = _("nomination event")
        verbose_name_plural = _("nomination events")
