"""What a coordinator's post carries (四给): rights, duties and obligations as numbered texts, and the exercise of rights."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q, TextChoices
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from coordinators.models.posts import Coordinator
from coordinators.provisions.querysets import EditionQuerySet, ProvisionQuerySet, RightExerciseQuerySet
from core.models import Attachment
from core.scope import Scoped


class ProvisionEdition(Scoped):
    """An edition of the provisions: in force from a day, until a later one is. Numbers and texts never change once in force."""

    scope_is_structure = True

    number = models.PositiveSmallIntegerField(_("edition"), unique=True)
    document_no = models.CharField(_("document"), max_length=60, blank=True)
    from_on = models.DateField(_("in force from"), unique=True)
    note = models.CharField(_("note"), max_length=200, blank=True)

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition of the provisions")
        verbose_name_plural = _("editions of the provisions")

    def __str__(self) -> str:
        return gettext("Edition %(number)d") % {"number": self.number}

    def is_in_force_by(self, day: date) -> bool:
        """Whether `day` is or follows its first: from then on it stays as it is."""
        return self.from_on <= day


class PostProvision(Scoped):
    """One right, duty or obligation. `is_draft`: a proposal, until the company says it so itself (shown as 草案)."""

    class Kind(TextChoices):
        RIGHT = "right", _("Right")
        DUTY = "duty", _("Duty")
        OBLIGATION = "obligation", _("Obligation")

    scope_is_structure = True

    edition = models.ForeignKey(ProvisionEdition, verbose_name=_("edition"), on_delete=models.CASCADE, related_name="provisions")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    number = models.PositiveSmallIntegerField(_("number"))
    text = models.CharField(_("text"), max_length=200)
    is_draft = models.BooleanField(_("draft"), default=False)

    objects = ProvisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("provision")
        verbose_name_plural = _("provisions")
        constraints = [models.UniqueConstraint(fields=["edition", "kind", "number"], name="postprovision_number_in_edition")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number} {self.text}"


class RightExercise(Scoped):
    """A right that was made use of: a hearing attended, a patrol made, a proposal filed. May stand as evidence of a duty."""

    class Kind(TextChoices):
        HEARING = "hearing", _("Hearing")
        PATROL = "patrol", _("Patrol inspection")
        PROPOSAL = "proposal", _("Proposal")

    scope_paths = ("coordinator__project__region", "coordinator__region")

    coordinator = models.ForeignKey(
        Coordinator, verbose_name=_("coordinator"), on_delete=models.PROTECT, related_name="right_exercises"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    on = models.DateField(_("on"))
    place = models.CharField(_("place"), max_length=60, blank=True)
    text = models.TextField(_("what it was about"), max_length=1000)
    outcome = models.TextField(_("what came of it"), max_length=1000, blank=True)
    duty = models.ForeignKey(
        PostProvision,
        verbose_name=_("evidence of the duty"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="right_exercises",
        limit_choices_to=Q(kind=PostProvision.Kind.DUTY),
    )
    photo = models.ForeignKey(
        Attachment, verbose_name=_("photo"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("by"), on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(_("recorded at"), default=timezone.now, editable=False)

    objects = RightExerciseQuerySet.as_manager()

    class Meta:
        verbose_name = _("exercise of a right")
        verbose_name_plural = _("exercises of rights")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.on}"
