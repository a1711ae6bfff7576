"""Visits and talks (走访谈心). What was said: for author, regional coordinator and Party organisation department."""

from django.db import models
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.fields import EncryptedTextField
from core.scope import Scoped
from handbook.models.entries import HandbookEntry
from handbook.querysets import CatalogueQuerySet, VisitQuerySet
from labour_teams.models import Engagement


class VisitTopic(Scoped):
    """What people talk about (wages, food and lodging, work, family …)."""

    scope_is_structure = True

    key = models.SlugField(_("key"), max_length=20, unique=True)
    name = models.CharField(pgettext_lazy("topic", "name"), max_length=20, unique=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    is_active = models.BooleanField(_("in use"), default=True)

    objects = CatalogueQuerySet.as_manager()

    class Meta:
        verbose_name = _("topic of visits")
        verbose_name_plural = _("topics of visits")

    def __str__(self) -> str:
        return self.name


class VisitRecord(Scoped):
    """A visit, a talk, a forum at the camp, a call. The entry says that it took place; here stands what was heard.

    Read by whoever wrote it, the region's coordinator and the Party organisation department (VisitQuerySet); for everybody else
    there is no such row. The words are encrypted.
    """

    class Way(TextChoices):
        VISIT = "visit", pgettext_lazy("way of a visit", "Visit")
        TALK = "talk", pgettext_lazy("way of a visit", "Talk")
        FORUM = "forum", pgettext_lazy("way of a visit", "Forum")
        PHONE = "phone", pgettext_lazy("way of a visit", "Phone call")

    class Mood(TextChoices):
        STEADY = "steady", pgettext_lazy("mood", "Steady")
        WAVERING = "wavering", pgettext_lazy("mood", "Somewhat uneasy")
        ATTENTION = "attention", pgettext_lazy("mood", "Needs attention")

    class Shared(TextChoices):
        """同吃、同住、同劳动 (SYSTEM row 136)."""

        MEAL = "meal", _("Ate together")
        NIGHT = "night", _("Lived together")
        WORK = "work", _("Worked together")

    is_confidential = True
    scope_paths = ("entry__project__region", "entry__region")

    entry = models.OneToOneField(
        HandbookEntry, verbose_name=_("entry"), primary_key=True, on_delete=models.CASCADE, related_name="visit"
    )
    way = models.CharField(_("way"), max_length=8, choices=Way.choices, default=Way.VISIT)
    topics = models.ManyToManyField(VisitTopic, verbose_name=_("topics"), blank=True, related_name="visits")
    mood = models.CharField(_("mood"), max_length=10, choices=Mood.choices, blank=True)
    shared = models.CharField(_("shared with them"), max_length=8, choices=Shared.choices, blank=True)
    words = EncryptedTextField(_("what was said"), default="", blank=True)
    workers = models.ManyToManyField(Engagement, verbose_name=_("with whom"), blank=True, related_name="visits")
    follow_up_on = models.DateField(_("look after it again on"), null=True, blank=True)
    followed_up_on = models.DateField(_("looked after again on"), null=True, blank=True, editable=False)
    followed_up_words = EncryptedTextField(_("how it stands now"), default="", blank=True, editable=False)

    objects = VisitQuerySet.as_manager()

    class Meta:
        verbose_name = _("visit record")
        verbose_name_plural = _("visit records")

    def __str__(self) -> str:
        return str(self.get_way_display())
