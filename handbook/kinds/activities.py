"""宣传活动: something that took place, in a campaign or by itself, with the number of workers on site that day beside it."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from handbook.kinds.base import KindForm
from handbook.models import Campaign, CampaignActivity, EntryKind, HandbookEntry
from labour_teams.models import Engagement


class ActivityForm(KindForm):
    kind = EntryKind.ACTIVITY
    row = CampaignActivity
    OWN = ("kind", "campaign")
    ALWAYS_SHOWN = ("place", "on", "title", "campaign", "sort", "headcount", "summary", "photos")

    campaign = forms.ModelChoiceField(label=gettext_lazy("Campaign"), queryset=Campaign.objects.none(), required=False)
    sort = forms.ChoiceField(label=gettext_lazy("Kind of activity"), choices=Campaign.Kind.choices, initial=Campaign.Kind.CULTURE)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["campaign"].queryset = Campaign.objects.visible_to(self.user).filter(is_active=True).for_list()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        campaign, place, on = (cleaned.get(name) for name in ("campaign", "place", "on"))
        if campaign and place:
            self._must_run_here(campaign, place)
        if campaign and on:
            self._must_run_then(campaign, on)
        return cleaned

    def _must_run_here(self, campaign: Campaign, place: Any) -> None:
        elsewhere = campaign.project_id and (place.project is None or place.project.pk != campaign.project_id)
        if elsewhere or (campaign.region_id and (place.region is None or place.region.pk != campaign.region_id)):
            self.add_error("campaign", _("This campaign does not run there: choose another one, or none."))

    def _must_run_then(self, campaign: Campaign, on: Any) -> None:
        if (campaign.starts_on and on < campaign.starts_on) or (campaign.ends_on and on > campaign.ends_on):
            self.add_error("campaign", _("This campaign did not run on that day: choose another one, or none."))

    def write_row(self, entry: HandbookEntry) -> Any:
        activity = super().write_row(entry)
        if entry.is_planned:
            activity.on_site = None
        elif activity.on_site is None or self._has_moved(entry):
            activity.on_site = on_site(entry)
        activity.save(update_fields=["on_site"])
        return activity

    def _has_moved(self, entry: HandbookEntry) -> bool:
        """Whether it is now said to have been on another day or in another place: only then is it counted anew."""
        told = ("on", "region_id", "project_id", "team_id", "crew_id")
        return self.entry is None or any(getattr(self.entry, name) != getattr(entry, name) for name in told)


def on_site(entry: HandbookEntry) -> int:
    """Workers on site on the day of the entry, at the nearest unit that it names."""
    workers = Engagement.objects.current(entry.on)
    for name in ("crew", "team", "project"):
        if unit := getattr(entry, name):
            return workers.filter(**{name: unit}).count()
    return workers.filter(project__region=entry.region).count() if entry.region else workers.count()
