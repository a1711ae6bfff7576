"""What the forms of the kinds share: a row beside the entry, lines of a table, posts to tick."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, ClassVar

from django import forms
from django.db import models
from django.db.models import Q
from django.forms import BaseFormSet, formset_factory
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from coordinators.models import Coordinator, Liaison
from core.months import Month
from handbook.entries.forms import EntryForm, has_id_number
from handbook.kinds.people import TICKED, posts_named, room_for_the_named
from handbook.models import HandbookEntry

MOST_LINES, MOST_KEPT = 8, 400  # asked for at once; kept of an event that went to every team of a large project
BOOK_OPEN = timedelta(days=40)  # posts that ended while the month's book was open can still be named


class DateInput(forms.DateInput):
    """The telephone's own calendar."""

    def __init__(self) -> None:
        super().__init__(attrs={"type": "date"}, format="%Y-%m-%d")


class MonthInputField(forms.CharField):
    """A month as the browser sends it ("2026-05"); a Month, or None."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.TextInput(attrs={"type": "month", "placeholder": "2026-05"}), max_length=7, **kwargs)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            return Month.parse(text)
        except ValueError as error:
            raise forms.ValidationError(_("Write the month like 2026-05.")) from error


def asked(name: str) -> str:
    """How a form calls a field of the row."""
    return "sort" if name == "kind" else name


class KindForm(EntryForm):
    """A kind whose own fields are named like those of the row beside the entry.

    `row`: the model; `OWN`: names of its fields written as they are (its `kind` is asked as `sort`: the form has a kind of its
    own); `NOT_ASKED`: shared fields that this kind has no use for.
    `lines_template`: what draws the table of lines under the fields, for kinds that have one.
    """

    row: ClassVar[type[models.Model] | None] = None
    OWN: ClassVar[Sequence[str]] = ()
    NOT_ASKED: ClassVar[Sequence[str]] = ()
    lines_template: ClassVar[str] = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.kind not in TICKED:
            self.fields["headcount"].help_text = ""

    @classmethod
    def row_of(cls, entry: HandbookEntry) -> Any:
        """The row beside the entry, or None where this kind has none, or it is missing."""
        relation: Any = cls.row and cls.row._meta.get_field("entry")
        return getattr(entry, relation.remote_field.related_name, None) if relation else None

    @classmethod
    def initial_of(cls, entry: HandbookEntry | None) -> dict[str, Any]:
        initial = super().initial_of(entry)
        row = cls.row_of(entry) if entry else None
        if row is None:
            return initial
        return initial | {asked(name): row._meta.get_field(name).value_from_object(row) for name in cls.OWN}

    @property
    def folded(self) -> list[forms.BoundField]:
        return [field for field in super().folded if field.name not in self.NOT_ASKED]

    def write_detail(self, entry: HandbookEntry) -> None:
        if self.row is not None:
            self.write_row(entry)
        room_for_the_named(entry)

    def write_row(self, entry: HandbookEntry) -> Any:
        """The row with the fields of `OWN`; those of many go in afterwards."""
        assert self.row is not None  # noqa: S101 - asked above
        own = {self.row._meta.get_field(name): self.cleaned_data[asked(name)] for name in self.OWN}
        plain = {field.name: value for field, value in own.items() if not field.many_to_many}
        row, _created = self.row._default_manager.update_or_create(entry=entry, defaults=plain)
        for field, value in own.items():
            if field.many_to_many:
                getattr(row, field.name).set(value)
        return row

    def require_project(self, cleaned: dict[str, Any], words: str) -> None:
        if (place := cleaned.get("place")) and place.project is None:
            self.add_error("place", words)


class LineForm(forms.Form):
    """A line of a table; one in which nothing stands is no line. `NEEDED`: what a line has to say."""

    NEEDED: ClassVar[Sequence[str]] = ()
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = False
            field.widget.attrs["aria-label"] = str(field.label)

    @property
    def is_empty(self) -> bool:
        return not self.errors and all(value in (None, "") for value in self.cleaned_data.values())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if any(value not in (None, "") for value in cleaned.values()):
            for name in self.NEEDED:
                if cleaned.get(name) in (None, "") and name not in self.errors:
                    self.add_error(name, _("Say this too, or leave the whole line empty."))
        for name, value in cleaned.items():
            if isinstance(value, str) and has_id_number(value):
                self.add_error(name, _("There is an ID number in this text. Please take it out; the name is enough."))
        return cleaned


class WithLines(KindForm):
    """A kind with a table of lines: eight on the page, as many as there are when it is amended."""

    line_form: ClassVar[type[LineForm]]
    lines: BaseFormSet

    def __init__(self, data: Any = None, files: Any = None, **kwargs: Any) -> None:
        super().__init__(data, files, **kwargs)
        # What is sent says all there is: a line that is sent as it stood would count as empty beside its initial values.
        typed = [] if self.is_bound else self.initial.get("lines", [])
        more = max(1, MOST_LINES - len(typed))
        table = formset_factory(self.line_form, extra=more, max_num=MOST_KEPT, absolute_max=MOST_KEPT)
        self.lines = table(self.data if self.is_bound else None, prefix="lines", initial=typed, form_kwargs=self.line_arguments())

    @classmethod
    def initial_of(cls, entry: HandbookEntry | None) -> dict[str, Any]:
        initial = super().initial_of(entry)
        return initial | {"lines": cls.lines_of(entry)} if entry else initial

    @classmethod
    def lines_of(cls, entry: HandbookEntry) -> list[dict[str, Any]]:
        """What stands in the table already."""
        raise NotImplementedError

    def line_arguments(self) -> dict[str, Any]:
        """What each line has to know."""
        return {}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.lines.is_valid():
            self.add_error(None, _("Look at the lines of the table: something is missing or wrong there."))
        self.filled = [line for line in self.lines.forms if not line.is_empty] if self.lines.is_valid() else []
        return cleaned


class PostsField(forms.TypedMultipleChoiceField):
    """Coordinators and liaisons by name, ticked; gives keys of people."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(coerce=int, required=False, **kwargs)


def posts_in_reach(user: Any, day: date) -> list[Coordinator | Liaison]:
    """Coordinators, then liaisons, held on `day` or while the book of its month was open."""
    since = Q(to_on=None) | Q(to_on__gte=day - BOOK_OPEN)
    coordinators = Coordinator.objects.visible_to(user).filter(since, from_on__lte=day).for_list()
    return [*coordinators, *Liaison.objects.visible_to(user).filter(since, from_on__lte=day).for_list()]


def posts_to_tick(user: Any, kept: Sequence[int] = ()) -> list[tuple[int, str]]:
    """Person's key and post; `kept` are people ticked before, who stay whatever became of their posts."""
    offered = {post.person_id: str(post) for post in posts_in_reach(user, timezone.localdate())}
    gone = [key for key in kept if key not in offered]
    return [*offered.items(), *User.objects.filter(pk__in=gone).values_list("pk", "name")]


class WithPosts(KindForm):
    """A kind at which holders of posts are named: ticked in `posts`, once it has taken place."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = sorted(posts_named(self.entry)) if self.entry else []
        self.initial["posts"] = kept
        self.fields["posts"].choices = posts_to_tick(self.user, kept)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("posts") and cleaned.get("is_planned"):
            self.add_error("posts", _("It is planned: nobody was there yet."))
        return cleaned
