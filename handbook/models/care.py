"""Care goods (送清凉, 送温暖, 节日慰问): what was given to whom, in goods and in money, which are two columns."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q, TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.models import Attachment
from core.scope import Scoped
from handbook.models.entries import HandbookEntry
from handbook.querysets import CatalogueQuerySet, OfEntryQuerySet, OfEventQuerySet
from labour_teams.models import Engagement, LabourTeam


class CareKind(TextChoices):
    COOLNESS = "coolness", _("Coolness in summer")
    WARMTH = "warmth", _("Warmth in winter")
    FESTIVAL = "festival", _("Festival")
    LIVING = "living", _("Daily needs")
    LITERATURE = "literature", _("Reading matter")


class CareItem(Scoped):
    """Something that is given out, with its unit."""

    scope_is_structure = True

    name = models.CharField(pgettext_lazy("goods", "name"), max_length=40, unique=True)
    kind = models.CharField(_("kind"), max_length=12, choices=CareKind.choices)
    unit = models.CharField(_("unit"), max_length=10)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    is_active = models.BooleanField(_("in use"), default=True)

    objects = CatalogueQuerySet.as_manager()

    class Meta:
        verbose_name = _("care item")
        verbose_name_plural = _("care items")

    def __str__(self) -> str:
        return self.name


class CareEvent(Scoped):
    """Goods were given out, on one occasion. `is_for_all`: every team on site was to get some, and who did not is listed."""

    class Fund(TextChoices):
        UNION = "union", _("Trade union")
        ADMINISTRATION = "administration", _("Administration")
        PARTY = "party", _("Party dues")

    scope_paths = ("entry__team", "entry__project__region", "entry__region")

    entry = models.OneToOneField(
        HandbookEntry, verbose_name=_("entry"), primary_key=True, on_delete=models.CASCADE, related_name="care"
    )
    kind = models.CharField(_("kind"), max_length=12, choices=CareKind.choices)
    fund = models.CharField(_("paid from"), max_length=16, choices=Fund.choices, blank=True)
    is_for_all = models.BooleanField(_("for every team on site"), default=False)

    objects = OfEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("care event")
        verbose_name_plural = _("care events")

    def __str__(self) -> str:
        return str(self.get_kind_display())


class CareDistribution(Scoped):
    """So much of one item for one team (or for the whole project): quantity, price of one, people, and who signed for it."""

    scope_paths = ("event__entry__team", "event__entry__project__region", "event__entry__region")

    event = models.ForeignKey(CareEvent, verbose_name=_("care event"), on_delete=models.CASCADE, related_name="distributions")
    item = models.ForeignKey(CareItem, verbose_name=_("item"), on_delete=models.PROTECT, related_name="distributions")
    team = models.ForeignKey(
        LabourTeam, verbose_name=_("labour team"), null=True, blank=True, on_delete=models.PROTECT, related_name="care_received"
    )
    quantity = models.DecimalField(_("quantity"), max_digits=10, decimal_places=2, validators=[MinValueValidator(0)])
    unit_price = models.DecimalField(
        _("price of one (yuan)"), max_digits=10, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    people = models.PositiveIntegerField(_("people"), null=True, blank=True)
    workers = models.ManyToManyField(Engagement, verbose_name=_("who received it"), blank=True, related_name="care_received")
    receipt = models.ForeignKey(
        Attachment, verbose_name=_("signed list"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # quantity × price, kept so that sums are made by the database.
    cost = models.GeneratedField(
        verbose_name=_("cost (yuan)"),
        expression=F("quantity") * F("unit_price"),
        output_field=models.DecimalField(max_digits=20, decimal_places=4, null=True),
        db_persist=True,
    )

    objects = OfEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("distribution")
        verbose_name_plural = _("distributions")
        constraints = [models.CheckConstraint(name="caredistribution_some", condition=Q(quantity__gt=0))]

    def __str__(self) -> str:
        return f"{self.item} {self.quantity}"
