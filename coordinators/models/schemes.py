"""Named sets of numbered items (五同六送, 三工建设, 六大员), ticked by the month; the register of Party members."""

from django.conf import settings
from django.db import models
from django.db.models import Q, TextChoices
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from coordinators.querysets import PartyMemberQuerySet
from coordinators.schemes.querysets import SchemeCheckQuerySet, SchemeItemQuerySet, SchemeQuerySet
from core.fields import MonthField
from core.scope import Scoped
from labour_teams.models import Engagement, LabourTeam
from regions.models import Project


class Scheme(Scoped):
    """A named set of items. `is_draft`: a proposal, until the company says it so itself (shown as 草案)."""

    class Use(TextChoices):
        PROJECT = "project", _("Ticked each month for a project")
        TEAM = "team", _("Ticked each month for a labour team")
        MEMBER = "member", _("Ticked once for each Party member")
        TAG = "tag", _("Tags of records")

    scope_is_structure = True

    key = models.SlugField(_("key"), max_length=30, unique=True)
    name = models.CharField(pgettext_lazy("scheme", "name"), max_length=60, unique=True)
    use = models.CharField(_("use"), max_length=10, choices=Use.choices)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    source = models.CharField(_("source"), max_length=100, blank=True)
    is_draft = models.BooleanField(_("draft"), default=False)

    objects = SchemeQuerySet.as_manager()

    class Meta:
        verbose_name = _("scheme")
        verbose_name_plural = _("schemes")

    def __str__(self) -> str:
        return self.name


class SchemeItem(Scoped):
    scope_is_structure = True

    scheme = models.ForeignKey(Scheme, verbose_name=_("scheme"), on_delete=models.PROTECT, related_name="items")
    number = models.PositiveSmallIntegerField(_("number"))
    text = models.CharField(_("text"), max_length=100)
    is_draft = models.BooleanField(_("draft"), default=False)
    is_active = models.BooleanField(_("in use"), default=True)

    objects = SchemeItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("item of a scheme")
        verbose_name_plural = _("items of schemes")
        constraints = [models.UniqueConstraint(fields=["scheme", "number"], name="schemeitem_number_in_scheme")]

    def __str__(self) -> str:
        return self.text


class SchemeCheck(Scoped):
    """An item that holds for a project, or for one of its teams, in a month. No row: not ticked."""

    scope_paths = ("project__region",)

    item = models.ForeignKey(SchemeItem, verbose_name=_("item of a scheme"), on_delete=models.PROTECT, related_name="checks")
    project = models.ForeignKey(Project, verbose_name=_("project"), on_delete=models.PROTECT, related_name="scheme_checks")
    team = models.ForeignKey(
        LabourTeam, verbose_name=_("labour team"), null=True, blank=True, on_delete=models.PROTECT, related_name="scheme_checks"
    )
    month = MonthField(_("month"))
    note = models.CharField(_("note"), max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("by"), on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("at"), default=timezone.now, editable=False)

    objects = SchemeCheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("tick of a scheme")
        verbose_name_plural = _("ticks of schemes")
        constraints = [
            models.UniqueConstraint(
                fields=["item", "project", "month"], condition=Q(team=None), name="schemecheck_once_a_project_and_month"
            ),
            models.UniqueConstraint(
                fields=["item", "team", "month"], condition=Q(team__isnull=False), name="schemecheck_once_a_team_and_month"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project} {self.month} {self.item}"


class PartyMemberLink(Scoped):
    """A Party member among the workers, on the register of his project. Read by few (see PartyMemberQuerySet)."""

    scope_paths = ("project__region",)
    is_confidential = True

    engagement = models.OneToOneField(
        Engagement, verbose_name=_("worker"), on_delete=models.PROTECT, related_name="party_member_link"
    )
    project = models.ForeignKey(Project, verbose_name=_("project"), on_delete=models.PROTECT, related_name="party_members")
    branch = models.CharField(_("Party branch"), max_length=60, blank=True)
    area = models.CharField(_("area of responsibility"), max_length=100, blank=True)
    registered_on = models.DateField(_("registered on"))
    registered_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("by"), on_delete=models.PROTECT, related_name="+")

    objects = PartyMemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("Party member among workers")
        verbose_name_plural = _("Party members among workers")

    def __str__(self) -> str:
        """Without the name: what stands in the way of a deletion, and traces, are read by more people than the register."""
        return gettext("Party member no. %(number)d") % {"number": self.pk}


class PartyMemberTick(models.Model):
    """One of the six inclusions (六纳入) that holds for a member."""

    member = models.ForeignKey(PartyMemberLink, verbose_name=_("member"), on_delete=models.CASCADE, related_name="ticks")
    item = models.ForeignKey(SchemeItem, verbose_name=_("item of a scheme"), on_delete=models.PROTECT, related_name="+")
    on = models.DateField(_("on"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("by"), on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("tick of a Party member")
        verbose_name_plural = _("ticks of Party members")
        constraints = [models.UniqueConstraint(fields=["member", "item"], name="partymembertick_once_an_item")]

    def __str__(self) -> str:
        return str(self.item)
