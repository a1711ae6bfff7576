"""Trainings and who attended by name, workers as well as coordinators and liaisons; meetings."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.scope import Scoped
from handbook.models.entries import HandbookEntry
from handbook.querysets import CatalogueQuerySet, OfEntryQuerySet, OfSessionQuerySet
from labour_teams.models import Engagement
from regions.models import Department


class TrainingSubject(Scoped):
    """Safety, quality, progress, civilised construction, standardised construction … (SYSTEM rows 72 and 74)."""

    scope_is_structure = True

    key = models.SlugField(_("key"), max_length=20, unique=True)
    name = models.CharField(pgettext_lazy("subject", "name"), max_length=20, unique=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    is_active = models.BooleanField(_("in use"), default=True)

    objects = CatalogueQuerySet.as_manager()

    class Meta:
        verbose_name = _("subject of training")
        verbose_name_plural = _("subjects of training")

    def __str__(self) -> str:
        return self.name


class TrainingSession(Scoped):
    """A training. The Work Safety Law, article 28, wants on record: when, what, who, and with what result."""

    class Kind(TextChoices):
        INDUCTION = "induction", pgettext_lazy("training", "Induction")
        RE_EDUCATION = "re_education", pgettext_lazy("training", "Re-education")
        NIGHT_SCHOOL = "night_school", pgettext_lazy("training", "Night school")
        LECTURE = "lecture", pgettext_lazy("training", "Expert lecture")
        SKILL = "skill", pgettext_lazy("training", "Post skills")
        SAFETY = "safety", pgettext_lazy("training", "Safety and quality")
        PLATEAU = "plateau", pgettext_lazy("training", "Plateau briefing")
        POSTS = "posts", pgettext_lazy("training", "Coordinators and liaisons")
        BUREAU = "bureau", pgettext_lazy("training", "Bureau course")

    class Method(TextChoices):
        BRIEFING = "briefing", _("Briefing")
        DISCUSSION = "discussion", _("Discussion")
        PRACTICE = "practice", _("Practice on site")
        VIDEO = "video", _("Video")

    scope_paths = ("entry__team", "entry__project__region", "entry__region")

    entry = models.OneToOneField(
        HandbookEntry, verbose_name=_("entry"), primary_key=True, on_delete=models.CASCADE, related_name="training"
    )
    kind = models.CharField(_("kind"), max_length=14, choices=Kind.choices)
    subjects = models.ManyToManyField(TrainingSubject, verbose_name=_("subjects"), blank=True, related_name="sessions")
    trainer = models.CharField(_("trainer"), max_length=40, blank=True)
    trainer_post = models.CharField(_("trainer's post"), max_length=60, blank=True)
    is_external = models.BooleanField(_("invited from outside"), default=False)
    organiser = models.ForeignKey(
        Department, verbose_name=_("organiser"), null=True, blank=True, on_delete=models.PROTECT, related_name="trainings"
    )
    method = models.CharField(_("method"), max_length=12, choices=Method.choices, blank=True)
    hours = models.DecimalField(
        _("hours"),
        max_digits=4,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(0.5), MaxValueValidator(200)],
    )
    expected = models.PositiveIntegerField(_("expected"), null=True, blank=True)
    has_test = models.BooleanField(_("with a test"), default=False)

    objects = OfEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("training session")
        verbose_name_plural = _("training sessions")

    def __str__(self) -> str:
        return str(self.get_kind_display())


class TrainingAttendance(Scoped):
    """Somebody attended by name: a worker, or the holder of a post (a coordinator, a liaison)."""

    scope_paths = ("session__entry__team", "session__entry__project__region", "session__entry__region")

    session = models.ForeignKey(TrainingSession, verbose_name=_("training"), on_delete=models.CASCADE, related_name="attendances")
    engagement = models.ForeignKey(
        Engagement,
        verbose_name=_("worker"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="training_attendances",
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("holder of a post"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="training_attendances",
    )
    has_passed = models.BooleanField(_("passed"), null=True, blank=True)
    score = models.DecimalField(
        _("score"),
        max_digits=5,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )

    objects = OfSessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("training attendance")
        verbose_name_plural = _("training attendances")
        constraints = [
            models.CheckConstraint(
                name="trainingattendance_one_somebody",
                condition=Q(engagement__isnull=False, person=None) | Q(engagement=None, person__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["session", "engagement"], condition=Q(engagement__isnull=False), name="trainingattendance_worker_once"
            ),
            models.UniqueConstraint(
                fields=["session", "person"], condition=Q(person__isnull=False), name="trainingattendance_person_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.engagement.name if self.engagement else self.person)


class MeetingRecord(Scoped):
    """A meeting: the monthly one of the liaisons, heads of departments with crew leaders, another. Forums are visits."""

    class Kind(TextChoices):
        LIAISONS = "liaisons", _("Monthly meeting of the liaisons")
        DEPARTMENTS = "departments", _("Departments with crew leaders")
        HEARING = "hearing", _("Hearing on the teams")
        OTHER = "other", _("Another meeting")

    scope_paths = ("entry__team", "entry__project__region", "entry__region")

    entry = models.OneToOneField(
        HandbookEntry, verbose_name=_("entry"), primary_key=True, on_delete=models.CASCADE, related_name="meeting"
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.LIAISONS)
    people = models.ManyToManyField(
        settings.AUTH_USER_MODEL, verbose_name=_("who was there"), blank=True, related_name="meetings"
    )
    decided = models.TextField(_("what was decided"), max_length=1000, blank=True)

    objects = OfEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting record")
        verbose_name_plural = _("meeting records")

    def __str__(self) -> str:
        return str(self.get_kind_display())
