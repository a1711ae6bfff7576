"""关爱物资: goods to teams, several lines at once. Goods only: money has other ways, and a drink is no heat allowance.

Measures for Heatstroke Prevention, article 17: drinks and medicine must not stand in for the allowance, nor money for them.
"""

from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.refusals import Refused
from handbook.entries.forms import EMPTY
from handbook.kinds.base import LineForm, WithLines
from handbook.models import CareDistribution, CareEvent, CareItem, CareKind, EntryKind, HandbookEntry
from labour_teams.models import LabourTeam

MONEY = frozenset({"元", "角", "分", "万元", "块", "人民币", "yuan", "RMB"})
PER_TEAM, PER_PERSON = "team", "person"


class DistributionLine(LineForm):
    NEEDED = ("item", "quantity")

    item = forms.ModelChoiceField(label=gettext_lazy("Item"), queryset=CareItem.objects.none())
    team = forms.ModelChoiceField(label=gettext_lazy("Labour team"), queryset=LabourTeam.objects.none())
    quantity = forms.DecimalField(
        label=gettext_lazy("Quantity"),
        min_value=Decimal("0.01"),
        max_digits=10,
        decimal_places=2,
        error_messages={"min_value": gettext_lazy("More than nothing.")},
    )
    unit_price = forms.DecimalField(
        label=gettext_lazy("Price of one (yuan)"),
        min_value=Decimal(0),
        max_digits=10,
        decimal_places=2,
        error_messages={"min_value": gettext_lazy("A price is not below nothing.")},
    )
    people = forms.IntegerField(
        label=gettext_lazy("How many people"),
        min_value=1,
        max_value=100_000,
        error_messages={"min_value": gettext_lazy("More than nothing.")},
    )

    def __init__(self, *args: Any, items: QuerySet, teams: QuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].queryset = items  # type: ignore[attr-defined]
        self.fields["item"].label_from_instance = with_unit  # type: ignore[attr-defined]
        self.fields["team"].queryset = teams  # type: ignore[attr-defined]

    def clean_item(self) -> CareItem | None:
        item = self.cleaned_data["item"]
        if item and item.unit in MONEY:
            raise forms.ValidationError(_("Money is no goods: an allowance is paid with the wages, and stands there."))
        return item


class CareForm(WithLines):
    kind = EntryKind.CARE
    row = CareEvent
    OWN = ("kind", "fund", "is_for_all")
    ALWAYS_SHOWN = ("place", "on", "title", "sort", "is_for_all", "per", "headcount", "photos")
    line_form = DistributionLine
    lines_template = "handbook/kinds/lines_care.html"

    sort = forms.ChoiceField(
        label=gettext_lazy("Kind of care"),
        choices=[EMPTY, *CareKind.choices],
        required=False,
        help_text=gettext_lazy("Left empty: as the goods say."),
    )
    is_for_all = forms.BooleanField(
        label=gettext_lazy("For every team on site"),
        required=False,
        help_text=gettext_lazy("A line without a team then becomes one for each team. Who still got none is listed afterwards."),
    )
    per = forms.ChoiceField(
        label=gettext_lazy("The quantity is meant"),
        choices=[(PER_TEAM, gettext_lazy("For each team")), (PER_PERSON, gettext_lazy("For each person"))],
        initial=PER_TEAM,
        required=False,
        help_text=gettext_lazy("Only for lines that become one for each team."),
    )
    fund = forms.ChoiceField(label=gettext_lazy("Paid from"), choices=[EMPTY, *CareEvent.Fund.choices], required=False)

    def line_arguments(self) -> dict[str, Any]:
        """Goods in use and those given already; teams on site and those that have left since."""
        items, teams = CareItem.objects.visible_to(self.user), LabourTeam.objects.visible_to(self.user)
        offered_items, offered_teams = items.in_use(), teams.on_site(timezone.localdate())
        if self.entry:
            offered_items |= items.filter(distributions__event__entry=self.entry)
            offered_teams |= teams.filter(care_received__event__entry=self.entry)
        return {"items": offered_items.distinct().for_list(), "teams": offered_teams.distinct().for_list()}

    @classmethod
    def lines_of(cls, entry: HandbookEntry) -> list[dict[str, Any]]:
        event = cls.row_of(entry)
        names = ("item", "team", "quantity", "unit_price", "people")
        return list(event.distributions.order_by("pk").values(*names)) if event else []

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        place = cleaned.get("place")
        if cleaned.get("is_for_all") and place and (place.project is None or place.team is not None):
            self.add_error("place", _("“For every team” is meant for a project: choose the project itself."))
        if self.errors or place is None:
            return cleaned
        if not self.filled and not cleaned.get("is_planned"):
            self.add_error(None, _("Write at least one line: what was given out, and how much."))
        for line in self.filled:
            self._must_lie_within(line, place)
        if not self.errors:
            cleaned["distributions"] = self._distributions(place)
            self._must_stand_once(cleaned["distributions"])
        if self.filled and not cleaned.get("sort"):
            cleaned["sort"] = self.filled[0].cleaned_data["item"].kind
        if not cleaned.get("sort") and not self.errors:
            self.add_error("sort", _("Say what kind of care it is."))
        return cleaned

    def _must_lie_within(self, line: LineForm, place: Any) -> None:
        team = line.cleaned_data["team"]
        if team is None:
            return
        of_other_project = place.project is not None and team.project_id != place.project.pk
        of_other_region = place.region is not None and team.project.region_id != place.region.pk
        of_other_team = place.team is not None and team.pk != place.team.pk
        if of_other_project or of_other_region or of_other_team:
            line.add_error("team", _("This team is not where the goods were given out."))
            self.add_error(None, _("Look at the lines of the table: something is missing or wrong there."))

    def _distributions(self, place: Any) -> list[dict[str, Any]]:
        """What the lines say; where goods went to every team, a line without a team is one for each."""
        told: list[dict[str, Any]] = []
        for line in self.filled:
            facts = dict(line.cleaned_data)
            if facts["team"] is None and self.cleaned_data.get("is_for_all"):
                told += self._for_each_team(facts, place)
            else:
                told.append(facts | {"team": facts["team"] or place.team})
        return told

    def _for_each_team(self, facts: dict[str, Any], place: Any) -> list[dict[str, Any]]:
        """A team without anybody on site gets nothing by the head."""
        on, is_by_head = self.cleaned_data["on"], self.cleaned_data.get("per") == PER_PERSON
        lines = []
        for team in (
            LabourTeam.objects.visible_to(self.user).filter(project=place.project).on_site(on).with_headcount(on).for_list()
        ):
            quantity = facts["quantity"] * team.headcount if is_by_head else facts["quantity"]
            if quantity:
                lines.append(facts | {"team": team, "quantity": quantity, "people": facts["people"] or team.headcount or None})
        return lines

    def _must_stand_once(self, told: list[dict[str, Any]]) -> None:
        pairs = [(facts["item"], facts["team"]) for facts in told]
        for item, team in {pair for pair in pairs if pairs.count(pair) > 1}:
            words = _("“%(item)s” stands there twice for %(team)s: add the two up.")
            self.add_error(None, words % {"item": item, "team": team or _("the same unit")})

    def write_row(self, entry: HandbookEntry) -> Any:
        """Lines that stand there already are written over: people who were ticked and signed lists stay with them."""
        event = super().write_row(entry)
        known = {(row.item_id, row.team_id): row for row in event.distributions.all()}
        for facts in self.cleaned_data.get("distributions", ()):
            row = known.pop((facts["item"].pk, facts["team"] and facts["team"].pk), None) or CareDistribution(event=event)
            for name, value in facts.items():
                setattr(row, name, value)
            row.save()
            _room_on(row)
        for row in known.values():
            if row.receipt_id:
                raise Refused(_("There is a signed list for “%(item)s”: the line stays.") % {"item": row.item})
            if row.workers.exists():
                raise Refused(
                    _("People are ticked for “%(item)s”: untick them first, then take the line away.") % {"item": row.item}
                )
            row.delete()
        return event


def with_unit(item: CareItem) -> str:
    return _("%(item)s (%(unit)s)") % {"item": item, "unit": item.unit}


def _room_on(row: CareDistribution) -> None:
    named = row.workers.count()
    if row.people is not None and named > row.people:
        words = _("“%(item)s”: %(named)d people are ticked, and only %(people)d said.")
        raise Refused(words % {"item": row.item, "named": named, "people": row.people})


def teams_left_out(event: CareEvent) -> list[LabourTeam]:
    """Teams on site that day that got none, where every team was to get some."""
    entry = event.entry
    if not event.is_for_all or entry.project is None or entry.is_planned:
        return []
    served = event.distributions.filter(team__isnull=False).values("team")
    return list(entry.project.teams.on_site(entry.on).exclude(pk__in=served).order_by("name", "pk"))
