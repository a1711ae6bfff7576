"""The short form that every kind of entry shares: where, when, what, how many. A kind adds its own fields (handbook/kinds)."""

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from coordinators.models import SchemeItem
from core.personal import IdNumber, Malformed
from feedback.cases.intake import Place, places_offered
from handbook import policies
from handbook.models import CareDimension, EntryKind, EntryTemplate, HandbookEntry
from handbook.recording import Draft

if TYPE_CHECKING:
    from accounts.models import User

EMPTY = ("", "---------")
COMPANY = "company"
RECENT_PLACES, LOOKED_THROUGH = 3, 30  # places offered first, of so many entries of one's own
LONG_NUMBER = re.compile(r"(?<![0-9])[0-9]{17}[0-9Xx](?![0-9])")


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """Several photos at once; what is no photo is refused when it is kept (core.attachments)."""

    widget = ManyFiles(attrs={"accept": "image/*", "multiple": True, "class": "form-control"})

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        files = data if isinstance(data, list | tuple) else [data]
        return [super(PhotosField, self).clean(file, initial) for file in files if file]


class EntryForm(forms.Form):
    """Fields of every kind. Subclasses say `kind`, add fields, name those that are always shown, and write their own rows."""

    kind: ClassVar[EntryKind]
    ALWAYS_SHOWN: ClassVar[Sequence[str]] = ("place", "on", "title", "headcount", "summary", "photos")
    # What an entry written like another one does not take over: its day, its people, and what was heard and seen there.
    ANEW: ClassVar[Sequence[str]] = (
        "key", "on", "headcount", "is_planned", "words", "mood", "decided", "follow_up_on", "posts"
    )  # fmt: skip

    key = forms.UUIDField(widget=forms.HiddenInput(attrs={"autocomplete": "off"}))
    place = forms.ChoiceField(label=pgettext_lazy("entry", "Where"))
    on = forms.DateField(label=gettext_lazy("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    title = forms.CharField(
        label=gettext_lazy("What it was"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    headcount = forms.IntegerField(
        label=gettext_lazy("How many people"),
        required=False,
        min_value=0,
        max_value=100_000,
        help_text=gettext_lazy("A number that you give. People by name are ticked afterwards, and counted apart."),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    summary = forms.CharField(
        label=gettext_lazy("What happened"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    photos = PhotosField(label=gettext_lazy("Photos"), required=False)
    spot = forms.CharField(label=gettext_lazy("Place"), max_length=60, required=False)
    role_played: forms.ModelChoiceField = forms.ModelChoiceField(
        label=gettext_lazy("Role played (one of the six)"), queryset=None, required=False
    )
    dimension = forms.ChoiceField(
        label=gettext_lazy("Dimension of care"), choices=[EMPTY, *CareDimension.choices], required=False
    )
    is_planned = forms.BooleanField(label=gettext_lazy("Planned, not held yet"), required=False)

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        user: "User",
        entry: HandbookEntry | None = None,
        like: HandbookEntry | None = None,
    ) -> None:
        """`entry` is amended; `like` is one whose fields a new entry begins with."""
        super().__init__(data, files, initial=self.initial_like(like) if like else self.initial_of(entry))
        self.user, self.entry = user, entry
        offered = self._places()
        self.places = dict(each for group in offered.values() for each in group)
        self.recent = self._recent()
        self.fields["place"].choices = [EMPTY, *_grouped(offered, self.recent)]  # type: ignore[attr-defined]
        self.fields["title"].widget.attrs["list"] = "entry-titles"
        self.fields["role_played"].queryset = _roles(user)  # type: ignore[attr-defined]
        if len(self.places) == 1:
            self.initial.setdefault("place", next(iter(self.places)))

    @classmethod
    def initial_like(cls, entry: HandbookEntry) -> dict[str, Any]:
        """Where, what and how as in `entry`; when, who and what was said are of the new one."""
        taken = {name: value for name, value in cls.initial_of(entry).items() if name not in cls.ANEW}
        return cls.initial_of(None) | taken

    @classmethod
    def initial_of(cls, entry: HandbookEntry | None) -> dict[str, Any]:
        """What the form begins with: an entry that is amended, or today."""
        if entry is None:
            return {"key": uuid4(), "on": timezone.localdate()}
        names = ("key", "on", "title", "headcount", "summary", "dimension", "is_planned")
        shared = {name: getattr(entry, name) for name in names}
        return shared | {"spot": entry.place, "role_played": entry.role_played_id, "place": key_of(policies.place_of(entry))}

    def begin_at(self, place: str) -> None:
        """Begin at a place (`key_of`), if this kind may be written there."""
        if place in self.places:
            self.initial["place"] = place

    def begin_with(self, asked: Mapping[str, str]) -> None:
        """What else another page knows already (`asked`: an address's query); kinds take what is theirs."""

    @property
    def titles(self) -> list[str]:
        """Ready-made titles of this kind, offered while typing."""
        rows = EntryTemplate.objects.visible_to(self.user).filter(kind=self.kind, is_active=True)
        return list(rows.order_by("order", "title").values_list("title", flat=True))

    @property
    def shown(self) -> list[forms.BoundField]:
        return [self[name] for name in self.ALWAYS_SHOWN]

    @property
    def folded(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name not in self.ALWAYS_SHOWN and name != "key"]

    @property
    def is_unfolded(self) -> bool:
        """Open where something in there is wrong or was filled in."""
        return any(field.errors or field.data or (self.entry and field.value()) for field in self.folded)

    def clean(self) -> dict[str, Any]:
        """The handbook speaks of what was done; a number that names one person has no place in it."""
        cleaned = super().clean() or {}
        for name, value in list(cleaned.items()):
            if isinstance(value, str) and has_id_number(value):
                self.add_error(name, _("There is an ID number in this text. Please take it out; the name is enough."))
        return cleaned

    def clean_place(self) -> Place:
        key = self.cleaned_data["place"]
        if key not in self.places:
            raise forms.ValidationError(_("Say where."))
        return self.places[key]

    def draft(self) -> Draft:
        """What `recording.write` and `recording.amend` take."""
        shared = {name: self.cleaned_data[name] for name in EntryForm.base_fields}
        return Draft(kind=self.kind, detail=self.write_detail, **shared)

    def write_detail(self, entry: HandbookEntry) -> None:
        """What only this kind has; kinds without such rows write nothing."""

    def _places(self) -> Mapping[str, list[tuple[str, Place]]]:
        """Places in reach where this kind may be written."""
        offered = places_offered(self.user, timezone.localdate())
        if policies.can_write(self.user, self.kind, Place()):
            offered = {"": [(COMPANY, Place()), *offered.get("", [])], **{k: v for k, v in offered.items() if k}}
        may = {
            heading: [row for row in rows if policies.can_write(self.user, self.kind, row[1])]
            for heading, rows in offered.items()
        }
        known = {key for rows in may.values() for key, _place in rows}
        if self.entry and (key := key_of(place := policies.place_of(self.entry))) not in known:
            may[""] = [(key, place), *may.get("", [])]  # a team that has left since
        return {heading: rows for heading, rows in may.items() if rows}

    def _recent(self) -> list[tuple[str, str]]:
        """Where one wrote last, as key and name: what is written next is mostly written there."""
        if len(self.places) == 1:
            return []
        own = HandbookEntry.objects.visible_to(self.user).filter(author=self.user.pk)
        rows = own.order_by("-pk").values_list("crew", "team", "project", "region")[:LOOKED_THROUGH]
        keys = dict.fromkeys(_key(units) for units in rows)
        return [(key, _named(self.places[key])) for key in keys if key in self.places][:RECENT_PLACES]


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why it is withdrawn"),
        max_length=200,
        help_text=gettext_lazy("It is read with the entry, by whoever sees the entry."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


def has_id_number(text: str) -> bool:
    for found in LONG_NUMBER.findall(text):
        try:
            IdNumber.parse(found)
        except Malformed:
            continue
        return True
    return False


def key_of(place: Place) -> str:
    """How `places_offered` calls a place."""
    units = (place.crew, place.team, place.project, place.region)
    return _key([unit.pk if unit else None for unit in units])


def _key(units: Sequence[int | None]) -> str:
    """`units`: keys of crew, team, project and region; the nearest one names the place."""
    named = zip(("crew", "team", "project", "region"), units, strict=True)
    return next((f"{name}-{pk}" for name, pk in named if pk), COMPANY)


def _named(place: Place) -> str:
    return str(place) or _("The whole company")


def _grouped(offered: Mapping[str, list[tuple[str, Place]]], recent: list[tuple[str, str]]) -> list[Any]:
    """Those of late first; a place stands in the list once."""
    first = dict(recent)
    groups: list[Any] = [(_("Recently"), recent)] if recent else []
    for heading, rows in offered.items():
        choices = [(key, _named(place)) for key, place in rows if key not in first]
        groups += [(heading, choices)] if heading and choices else choices
    return groups


def _roles(user: "User") -> Any:
    return SchemeItem.objects.visible_to(user).filter(scheme__key="six-roles", is_active=True).order_by("number")
