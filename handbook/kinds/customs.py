"""民族习俗: a printed notice was handed over. People are counts from the roster, never names, and small groups not even exact."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feedback.cases.intake import Place
from handbook.kinds.base import KindForm
from handbook.models import EntryKind, EthnicCustomNote, EthnicFestival
from labour_teams.codes import ETHNICITIES
from labour_teams.models import Engagement

MOST_DIGITS = 9
SMALLEST_SAID = 5  # fewer people than that are somebody whom everybody knows


class CustomsForm(KindForm):
    kind = EntryKind.CUSTOMS
    row = EthnicCustomNote
    OWN = ("festival", "handed_to", "received_by")
    ALWAYS_SHOWN = ("place", "on", "title", "festival", "handed_to", "received_by", "photos")
    NOT_ASKED = ("headcount",)

    festival = forms.ModelChoiceField(label=gettext_lazy("Festival or rule"), queryset=EthnicFestival.objects.none())
    handed_to = forms.ChoiceField(
        label=gettext_lazy("Handed to"),
        choices=EthnicCustomNote.Receiver.choices,
        initial=EthnicCustomNote.Receiver.BOTH,
    )
    received_by = forms.CharField(label=gettext_lazy("Received by"), max_length=40, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["summary"].help_text = gettext_lazy("Without names of workers.")
        offered = EthnicFestival.objects.visible_to(self.user)
        shown = offered.in_use() | offered.filter(notes__entry=self.entry) if self.entry else offered.in_use()
        self.fields["festival"].queryset = shown.distinct().for_list()  # type: ignore[attr-defined]

    def begin_with(self, asked: Mapping[str, str]) -> None:
        """The festival whose notice was printed."""
        key = asked.get("festival", "")
        offered: Any = self.fields["festival"]
        festival = offered.queryset.filter(pk=int(key)).first() if key.isdecimal() and len(key) <= MOST_DIGITS else None
        if festival:
            self.initial.update(festival=festival.pk, title=_("Notice of ethnic customs: %(festival)s") % {"festival": festival})

    def clean_headcount(self) -> None:
        """The roster says how many, and no closer than it may."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self.require_project(cleaned, _("Say on which project, or to which team."))
        return cleaned


def roster_counts(place: Place, day: date, codes: Sequence[str]) -> list[tuple[str, str]]:
    """People of each of these peoples (codes of GB/T 3304) on site at `place`: name and number in words.

    Nobody is said, and so are five and more; in between it is "fewer than five".
    """
    workers = Engagement.objects.current(day).filter(project=place.project, ethnicity_code__in=codes)
    if place.team:
        workers = workers.filter(team=place.team)
    counts = dict(workers.values_list("ethnicity_code").annotate(Count("worker", distinct=True)))
    return [(ETHNICITIES.get(code, code), number_said(counts.get(code, 0))) for code in codes]


def number_said(number: int) -> str:
    if 0 < number < SMALLEST_SAID:
        return _("fewer than 5 people")
    return _("%(number)d people") % {"number": number}
