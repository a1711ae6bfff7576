"""A handover (换人不断线): what one person leaves to the next when a post changes hands."""

from typing import ClassVar, cast

from django.conf import settings
from django.db import models
from django.db.models import Q, TextChoices
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from coordinators.models import Coordinator, Liaison
from core.fields import EncryptedJSONField
from core.models import MoveEvent
from core.scope import Scoped
from inbox.querysets import HandoverQuerySet
from regions.models import Project, Region

OUTGOING, INCOMING = "handover", "takeovers"


class Handover(Scoped):
    """The package of one post that has ended or has its last day set. It hangs on the post, so its reach is the post's unit."""

    class Status(TextChoices):
        OPEN = "open", pgettext_lazy("handover", "Being prepared")
        HANDED_OVER = "handed_over", pgettext_lazy("handover", "Handed over")
        ACCEPTED = "accepted", pgettext_lazy("handover", "Accepted")

    # What no table knows and only the person who leaves can write down; keys of `notes`.
    NOTES: ClassVar = {
        "tone": _("Tone of each team"),
        "promises": _("Promises given by word of mouth"),
        "care": _("People to look after"),
    }

    scope_paths = ("coordinator__project__region", "coordinator__region", "liaison__crew", "liaison__team__project__region")

    coordinator = models.OneToOneField(
        Coordinator,
        verbose_name=_("coordinator's post"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name=OUTGOING,
    )
    liaison = models.OneToOneField(
        Liaison, verbose_name=_("liaison's post"), null=True, blank=True, on_delete=models.PROTECT, related_name=OUTGOING
    )
    # Who is expected to take over; acceptance writes who did.
    next_coordinator = models.ForeignKey(
        Coordinator,
        verbose_name=_("next coordinator's post"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name=INCOMING,
    )
    next_liaison = models.ForeignKey(
        Liaison, verbose_name=_("next liaison's post"), null=True, blank=True, on_delete=models.PROTECT, related_name=INCOMING
    )
    status = models.CharField(_("status"), max_length=12, choices=Status.choices, default=Status.OPEN, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)
    # Names people in need: encrypted like everything that is said in confidence.
    notes = EncryptedJSONField(_("notes"), default=dict)
    # The package as it stood when it was accepted: it can be read when everything in it has long changed.
    content = EncryptedJSONField(_("content"), null=True)
    begun_at = models.DateTimeField(_("begun at"), default=timezone.now, editable=False)
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("begun by"), on_delete=models.PROTECT, related_name="+", editable=False
    )
    handed_over_at = models.DateTimeField(_("handed over at"), null=True, editable=False)
    handed_over_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("handed over by"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    accepted_at = models.DateTimeField(_("accepted at"), null=True, editable=False)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("accepted by"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )

    objects = HandoverQuerySet.as_manager()

    class Meta:
        verbose_name = _("handover")
        verbose_name_plural = _("handovers")
        constraints = [
            models.CheckConstraint(
                name="handover_of_one_post",
                condition=Q(coordinator__isnull=False, liaison=None, next_liaison=None)
                | Q(coordinator=None, liaison__isnull=False, next_coordinator=None),
            ),
            models.CheckConstraint(
                name="handover_handed_over_has_its_stamps",
                condition=Q(status="open", handed_over_at=None, handed_over_by=None)
                | ~Q(status="open") & Q(handed_over_at__isnull=False, handed_over_by__isnull=False),
            ),
            models.CheckConstraint(
                name="handover_accepted_has_its_stamps",
                condition=~Q(status="accepted") & Q(accepted_at=None, accepted_by=None, content=None)
                | Q(status="accepted", accepted_at__isnull=False, accepted_by__isnull=False, content__isnull=False)
                & (Q(next_coordinator__isnull=False) | Q(next_liaison__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return gettext("Handover of %(post)s") % {"post": self.post}

    @property
    def post(self) -> Coordinator | Liaison:
        """Exactly one (handover_of_one_post)."""
        return cast("Coordinator | Liaison", self.coordinator or self.liaison)

    @property
    def next_post(self) -> Coordinator | Liaison | None:
        return self.next_coordinator or self.next_liaison

    @property
    def project(self) -> Project | None:
        """None for a region's own post."""
        return self.liaison.team.project if self.liaison else cast("Coordinator", self.coordinator).project

    @property
    def region(self) -> Region | None:
        return self.project.region if self.project else cast("Coordinator", self.coordinator).region


class HandoverEvent(MoveEvent):
    handover = models.ForeignKey(Handover, verbose_name=_("handover"), on_delete=models.CASCADE, related_name="events")

    class Meta(MoveEvent.Meta):
        abstract = False
        verbose_name = _("handover event")
        verbose_name_plural = _("handover events")
