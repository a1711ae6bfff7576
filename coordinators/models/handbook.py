"""The rule texts of the work-record handbook (《写实手册》): numbered editions of a region, three levels by three kinds."""

from django.conf import settings
from django.db import models
from django.db.models import TextChoices
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from coordinators.handbook.querysets import HandbookQuerySet, HandbookSectionQuerySet
from core.scope import Scoped
from regions.models import Region


class HandbookEdition(Scoped):
    """An edition for a region. In force from a day until a later one is; published once, then its texts stay as they are."""

    scope_paths = ("region",)

    region = models.ForeignKey(Region, verbose_name=_("region"), on_delete=models.PROTECT, related_name="handbook_editions")
    number = models.PositiveSmallIntegerField(_("edition"))
    from_on = models.DateField(_("in force from"))
    published_at = models.DateTimeField(_("published at"), null=True, blank=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = HandbookQuerySet.as_manager()

    class Meta:
        verbose_name = _("handbook edition")
        verbose_name_plural = _("handbook editions")
        constraints = [models.UniqueConstraint(fields=["region", "number"], name="handbookedition_number_in_region")]

    def __str__(self) -> str:
        return gettext("%(region)s, edition %(number)d") % {"region": self.region, "number": self.number}


class HandbookSection(Scoped):
    """One of the nine texts of an edition."""

    class Level(TextChoices):
        REGION = "region", _("Regional coordinators")
        PROJECT = "project", _("Project coordinators")
        LIAISON = "liaison", _("Liaisons")

    class Kind(TextChoices):
        RULES = "rules", _("Work rules")
        DUTIES = "duties", _("Post duties")
        ASSESSMENT = "assessment", _("Assessment rules")

    scope_paths = ("edition__region",)

    edition = models.ForeignKey(HandbookEdition, verbose_name=_("edition"), on_delete=models.CASCADE, related_name="sections")
    level = models.CharField(_("level"), max_length=10, choices=Level.choices)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    text = models.TextField(_("text"), max_length=20_000, blank=True)
    is_draft = models.BooleanField(_("draft"), default=False)

    objects = HandbookSectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("handbook section")
        verbose_name_plural = _("handbook sections")
        constraints = [models.UniqueConstraint(fields=["edition", "level", "kind"], name="handbooksection_once_in_edition")]

    def __str__(self) -> str:
        return f"{self.get_level_display()} {self.get_kind_display()}"
