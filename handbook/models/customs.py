"""Ethnic customs (民族习俗): what a festival asks of canteen and team boss. Counts of people, never names."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.scope import Scoped
from handbook.models.entries import HandbookEntry
from handbook.querysets import CatalogueQuerySet, OfEntryQuerySet


class EthnicFestival(Scoped):
    """A festival, or a rule of every day: of which peoples (codes of GB/T 3304), when, and what has to be minded."""

    scope_is_structure = True

    name = models.CharField(pgettext_lazy("festival", "name"), max_length=40, unique=True)
    ethnicities = models.JSONField(_("peoples (codes of GB/T 3304)"), default=list)
    when = models.CharField(_("when"), max_length=60, blank=True)
    advice = models.TextField(_("what has to be minded"), max_length=600)
    is_active = models.BooleanField(_("in use"), default=True)
    is_draft = models.BooleanField(_("draft"), default=False)

    objects = CatalogueQuerySet.as_manager()

    class Meta:
        verbose_name = _("ethnic festival")
        verbose_name_plural = _("ethnic festivals")

    def __str__(self) -> str:
        return self.name


class FestivalDay(models.Model):
    """The day on which a festival falls in a year; the calendars of several peoples move."""

    festival = models.ForeignKey(EthnicFestival, verbose_name=_("ethnic festival"), on_delete=models.CASCADE, related_name="days")
    on = models.DateField(_("on"))

    class Meta:
        verbose_name = _("day of a festival")
        verbose_name_plural = _("days of festivals")
        constraints = [models.UniqueConstraint(fields=["festival", "on"], name="festivalday_once")]

    def __str__(self) -> str:
        return f"{self.festival} {self.on}"


class EthnicCustomNote(Scoped):
    """A printed notice was handed to the team boss or the canteen."""

    class Receiver(models.TextChoices):
        TEAM_BOSS = "team_boss", _("Team boss")
        CANTEEN = "canteen", _("Canteen")
        BOTH = "both", _("Team boss and canteen")

    scope_paths = ("entry__team", "entry__project__region", "entry__region")

    entry = models.OneToOneField(
        HandbookEntry, verbose_name=_("entry"), primary_key=True, on_delete=models.CASCADE, related_name="customs"
    )
    festival = models.ForeignKey(
        EthnicFestival, verbose_name=_("ethnic festival"), on_delete=models.PROTECT, related_name="notes"
    )
    handed_to = models.CharField(_("handed to"), max_length=10, choices=Receiver.choices, default=Receiver.BOTH)
    received_by = models.CharField(_("received by"), max_length=40, blank=True)

    objects = OfEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("ethnic customs note")
        verbose_name_plural = _("ethnic customs notes")

    def __str__(self) -> str:
        return str(self.festival)
