"""What people type into a report: a figure, number or text a line, each with its reason where one is needed."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.personal import IdNumber, Malformed
from reports.compare import words
from reports.content import Content, Entry, SectionContent
from reports.models import ReportValue
from reports.workflow import Remark, Written

TEXT_LENGTH = 10_000
REASON_LENGTH = 300
MINE, THEIRS = "mine", "theirs"
LONG_NUMBER = re.compile(r"(?<![0-9])[0-9]{17}[0-9Xx](?![0-9])")


def refuse_id_numbers(text: str) -> None:
    """A report speaks of groups and matters; a number that names one person has no place in it."""
    for found in LONG_NUMBER.findall(text):
        try:
            IdNumber.parse(found)
        except Malformed:
            continue
        raise ValidationError(_("There is an ID number in this text. Please take it out; the name is enough."))


class NumberField(forms.DecimalField):
    """A number as people type it: full-width digits and thousands separators are fine."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> Decimal | None:
        if isinstance(value, str):
            value = unicodedata.normalize("NFKC", value).replace(",", "").strip()
        return super().to_python(value)


class WordsField(forms.CharField):
    """Text as it will be stored: one kind of line end, no ID number."""

    default_validators = [refuse_id_numbers]

    def to_python(self, value: Any) -> str:
        return super().to_python(value).replace("\r\n", "\n")


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the form: `main` is the number or the text; the others are None in a text line."""

    entry: Entry
    main: BoundField
    uncounted: BoundField | None = None
    reason: BoundField | None = None
    was: BoundField | None = None

    @property
    def fields(self) -> list[BoundField]:
        return [field for field in (self.main, self.uncounted, self.reason, self.was) if field is not None]

    @property
    def errors(self) -> list[str]:
        return [error for field in self.fields for error in field.errors]

    @property
    def is_touched(self) -> bool:
        """Whether what was typed says anything beside the number that the page came with."""
        if self.was is None or self.uncounted is None:
            return bool(self.main.value())
        return bool(self.uncounted.value()) or _text_of(self.main) not in ("", _text_of(self.was))

    @property
    def theirs(self) -> str:
        """What is stored, in words; "" for a line that nobody has touched."""
        return words(self.entry.record) if self.entry.value.state != ReportValue.State.BLANK or self.entry.value.text else ""

    @property
    def asks_why(self) -> bool:
        """Whether the reason is in sight: one is there, or one is due."""
        if self.reason is None or self.uncounted is None or self.was is None:
            return False
        typed, counted = _text_of(self.main), _text_of(self.was)
        return bool(self.reason.value() or self.uncounted.value() or (typed and counted and typed != counted))


def _text_of(field: BoundField) -> str:
    value = field.value()
    return "" if value is None else str(value)


def name_of(key: str) -> str:
    """The field of a line. The hyphen keeps a line called "errors" from hiding the form's own errors in a template."""
    return f"line-{key}"


class ReportForm(forms.Form):
    """The whole report. Fields are named for the line: line-talks, line-talks-uncounted, line-talks-reason, line-talks-was."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, content: Content) -> None:
        super().__init__(data, auto_id="%s")
        self.content = content
        for entry in content.entries:
            fields = _text_field(entry) if entry.is_text else _number_fields(entry)
            for field in fields.values():
                field.disabled = entry.is_fixed
            self.fields.update(fields)

    @property
    def sections(self) -> Iterator[tuple[SectionContent, list[Row]]]:
        return ((section, [self.row(entry) for entry in section.entries]) for section in self.content.sections)

    @property
    def rows(self) -> list[Row]:
        return [self.row(entry) for entry in self.content.entries]

    def row(self, entry: Entry) -> Row:
        name = name_of(entry.line.key)
        if entry.is_text:
            return Row(entry, self[name])
        return Row(entry, self[name], self[f"{name}-uncounted"], self[f"{name}-reason"], self[f"{name}-was"])

    @property
    def problems(self) -> dict[str, list[Row]]:
        """What stands in the way → the lines in which it does: the same words are said once."""
        grouped: dict[str, list[Row]] = {}
        for row in self.rows:
            for error in row.errors:
                grouped.setdefault(error, []).append(row)
        return grouped

    def written(self) -> dict[int, Written]:
        """Line id → what was typed, for the lines that were sent, are sound, and were not given up for somebody else's text."""
        self.full_clean()
        return {row.entry.line.pk: self._written(row.entry) for row in self.rows if self._is_mine(row) and not row.errors}

    def differences(self) -> list[Row]:
        """The lines in which what was typed is not what is stored."""
        typed = self.written()
        return [
            row for row in self.rows if self._is_mine(row) and (row.errors or not typed[row.entry.line.pk].is_in(row.entry.value))
        ]

    def saved_values(self) -> dict[str, str]:
        """Field name → value as stored, which the browser compares with what it kept."""
        values = ((name, self.get_initial_for_field(field, name)) for name, field in self.fields.items())
        return {name: {True: "on", False: ""}[value] if isinstance(value, bool) else str(value) for name, value in values}

    def blame(self, messages: Mapping[str, str]) -> None:
        """Show the rule's messages (line key → words) beside their fields."""
        for key, message in messages.items():
            if not self.has_error(name_of(key)):
                self.add_error(name_of(key), message)

    def _is_mine(self, row: Row) -> bool:
        if row.entry.is_fixed:
            return False
        return row.main.html_name in self.data and self.data.get(f"keep-{row.entry.line.key}", MINE) != THEIRS

    def _written(self, entry: Entry) -> Written:
        name, cleaned = name_of(entry.line.key), self.cleaned_data
        if entry.is_text:
            return Written(text=cleaned[name])
        number, reason = cleaned[name], cleaned[f"{name}-reason"]
        if cleaned[f"{name}-uncounted"]:
            return Written(ReportValue.State.NOT_COUNTED, reason=reason)
        # The number that the page came with, or none: nobody touched it, and it goes on following the records.
        if number is None or number == cleaned[f"{name}-was"]:
            return Written(reason=reason)
        return Written(ReportValue.State.NUMBER, number=number, reason=reason)


def shown(number: int | Decimal | None) -> int | Decimal | str:
    return "" if number is None else number


def _text_field(entry: Entry) -> dict[str, forms.Field]:
    area = forms.Textarea(attrs={"rows": 4, "class": "form-control"})
    field = WordsField(
        label=entry.line.label,
        required=False,
        max_length=TEXT_LENGTH,
        widget=area,
        initial=entry.value.text,
        help_text=entry.line.hint,
    )
    return {name_of(entry.line.key): field}


def _number_fields(entry: Entry) -> dict[str, forms.Field]:
    name = name_of(entry.line.key)
    css = "form-control is-back" if entry.remarks else "form-control"
    control = forms.TextInput(attrs={"class": css, "inputmode": "decimal", "autocomplete": "off"})
    number: dict[str, Any] = {"required": False, "min_value": 0, "max_digits": 14, "decimal_places": 2}
    return {
        name: NumberField(
            label=entry.line.label, help_text=entry.line.hint, widget=control, initial=lambda: shown(entry.number), **number
        ),
        f"{name}-uncounted": forms.BooleanField(
            label=gettext_lazy("Not counted"),
            required=False,
            initial=entry.is_not_counted,
            widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
        ),
        f"{name}-reason": WordsField(
            label=gettext_lazy("Why"),
            required=False,
            max_length=REASON_LENGTH,
            initial=entry.value.reason,
            widget=forms.TextInput(attrs={"class": "form-control"}),
        ),
        f"{name}-was": NumberField(widget=forms.HiddenInput, initial=lambda: shown(entry.live), **number),
    }


class ReturnForm(forms.Form):
    """Remarks of a department: one on the whole, and one under every line."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, content: Content) -> None:
        super().__init__(data, prefix="remark", auto_id="%s")
        self.content = content
        self.fields["whole"] = _remark_field(gettext_lazy("On the report as a whole"))
        for entry in content.entries:
            self.fields[f"on-{entry.line.key}"] = _remark_field(entry.line.label)

    @property
    def sections(self) -> Iterator[tuple[SectionContent, list[tuple[Entry, BoundField]]]]:
        return (
            (section, [(entry, self[f"on-{entry.line.key}"]) for entry in section.entries]) for section in self.content.sections
        )

    def remarks(self) -> list[Remark]:
        """What was said, in the order of the report; only sound ones."""
        said = [Remark(None, self.cleaned_data.get("whole", ""))]
        said += [Remark(entry.line, self.cleaned_data.get(f"on-{entry.line.key}", "")) for entry in self.content.entries]
        return [remark for remark in said if remark.text]


def _remark_field(label: Any) -> WordsField:
    area = forms.Textarea(attrs={"rows": 2, "class": "form-control"})
    return WordsField(label=label, required=False, max_length=TEXT_LENGTH, widget=area)
