"""What somebody sends to the import wizard."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from imports.models import ImportJob
from imports.registry import Target
from imports.sheets import Column
from regions.models import Project

MEBIBYTE = 1024 * 1024
ACCEPTED = ".xlsx,.xls,.csv,.txt,.ods,.et"
PASTED_NAME = "粘贴的表格.csv"
CONSTANT_LENGTH = 100


class UploadForm(forms.Form):
    """One spreadsheet, or cells copied out of one: whatever is pasted is read like a file.

    What the target asks for beside it (a wage sheet's month, its team) holds for every row of a sheet that has no such column.
    """

    file = forms.FileField(
        label=gettext_lazy("Spreadsheet"),
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        required=False,
        allow_empty_file=True,  # the reader says what is wrong with an empty one, as with every other file
        max_length=255,
    )
    pasted = forms.CharField(
        label=gettext_lazy("Copied cells"),
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false", "autocomplete": "off"}),
        required=False,
        strip=False,
        help_text=gettext_lazy("Copy the header row along. In the sheet the ID numbers must be readable in full."),
    )

    def __init__(self, *args: Any, target: Target, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.target = target
        names = target.names(project) if target.asked else {}
        for name, begin in target.asked.items():
            self.fields[name] = _asked_field(target.definition.column(name), names.get(name, ()), begin())

    @property
    def asked(self) -> list[forms.BoundField]:
        return [self[name] for name in self.target.asked]

    def answers(self) -> dict[str, Any]:
        """For `workflow.receive`."""
        said = {name: text for name in self.target.asked if (text := self.cleaned_data[name].strip())}
        return {"constants": said} if said else {}

    def clean_file(self) -> UploadedFile | None:
        file: UploadedFile | None = self.cleaned_data["file"]
        _check_size(file.size or 0 if file else 0)
        return file

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        pasted = cleaned.get("pasted", "")
        if not cleaned.get("file") and pasted.strip():
            cleaned["file"] = SimpleUploadedFile(PASTED_NAME, pasted.encode("utf-8-sig", errors="replace"))
        if cleaned.get("file") is None and not self.errors:
            self.add_error("file", _("Choose a file first, or paste the cells."))
        return cleaned


def _asked_field(column: Column, names: Sequence[str], begin: str) -> forms.Field:
    """A choice where the project has names for it, else a line; said as a cell of that column would be."""

    def readable(text: str) -> None:
        cleaned = column.clean(text, timezone.localdate())
        if cleaned.is_wrong:
            raise forms.ValidationError([note.text for note in cleaned.notes])

    facts: dict[str, Any] = {"label": column.header, "required": False, "initial": begin, "validators": [readable]}
    facts["help_text"] = gettext_lazy("For sheets that have no such column.")
    if names:
        return forms.ChoiceField(choices=[("", "---------"), *((name, name) for name in names)], **facts)
    return forms.CharField(max_length=CONSTANT_LENGTH, **facts)


def _check_size(size: int) -> None:
    if size > settings.IMPORT_MAX_BYTES:
        limit = settings.IMPORT_MAX_BYTES // MEBIBYTE
        text = _("The file is too big: at most %(limit)d MB. Split it, or delete pictures and sheets that are not needed.")
        raise forms.ValidationError(text % {"limit": limit})


class DecisionForm(forms.Form):
    """A press on write, drop or undo: which version the person looked at."""

    version = forms.IntegerField(min_value=1, required=False, widget=forms.HiddenInput)

    def looked_at(self) -> int | None:
        """None where the press carries no version: then the state alone decides."""
        version: Any = self.cleaned_data.get("version") if self.is_valid() else None
        return version


class SheetForm(forms.Form):
    """Which sheet of the workbook."""

    def __init__(self, job: ImportJob, data: Any = None) -> None:
        super().__init__(data)
        likely = list(job.found.get("choices", []))
        names = likely + [name for name in job.found.get("sheets", []) if name not in likely]
        self.fields["sheet"] = forms.ChoiceField(
            label=pgettext("import", "Sheet"),
            choices=[(name, name) for name in names],
            initial=job.found.get("sheet", ""),
            widget=forms.RadioSelect,
        )

    def answers(self) -> dict[str, Any]:
        return {"sheet": self.cleaned_data["sheet"], "header_row": None, "mapping": {}}


class HeadForm(forms.Form):
    """Which row is the header."""

    def __init__(self, job: ImportJob, data: Any = None) -> None:
        super().__init__(data)
        self.sheet = job.found.get("sheet", "")
        self.fields["header_row"] = forms.TypedChoiceField(
            coerce=int, choices=[(number, number) for number, _texts in job.found.get("head", [])], widget=forms.RadioSelect
        )

    def answers(self) -> dict[str, Any]:
        return {"sheet": self.sheet, "header_row": self.cleaned_data["header_row"], "mapping": {}}


class ColumnsForm(forms.Form):
    """Which column is what; and what holds for every row where a required column is missing."""

    def __init__(self, job: ImportJob, target: Target, data: Any = None) -> None:
        super().__init__(data)
        self.job, self.target = job, target
        self.columns: list[list[Any]] = [
            [letter, header, samples, field or ""]
            for (letter, header, field), samples in zip(job.found.get("columns", []), job.found.get("samples", []), strict=False)
            if header or any(samples) or field
        ]
        self.wanted = [column for column in target.definition.columns if column.required]
        self._add_columns()
        self._add_constants()

    def _add_columns(self) -> None:
        choices = [("", _("Do not import")), *((column.field, column.header) for column in self.target.definition.columns)]
        for letter, header, _samples, field in self.columns:
            label = _("Column %(letter)s “%(header)s” is") % {"letter": letter, "header": header}
            select = forms.Select(attrs={"class": "form-select", "aria-label": label})
            self.fields[f"column-{letter}"] = forms.ChoiceField(
                choices=choices, required=False, initial=field, widget=select, label=label
            )

    def _add_constants(self) -> None:
        """For required columns that the sheet does not have. What differs from person to person has to stand in the sheet."""
        present = {field for *_rest, field in self.columns}
        given = self.job.answers.get("constants", {})
        for column in self.wanted:
            if column.field not in self.target.definition.person_fields and (column.field not in present or self.is_bound):
                self.fields[f"constant-{column.field}"] = forms.CharField(
                    label=column.header,
                    max_length=CONSTANT_LENGTH,
                    required=False,
                    initial=given.get(column.field, ""),
                    help_text=_(column.hint) if column.hint else "",
                    widget=forms.TextInput(attrs={"class": "form-control", "list": f"known-{column.field}"}),
                )

    def rows(self) -> list[tuple[str, str, list[str], forms.BoundField]]:
        return [
            (letter, header, [text for text in samples if text], self[f"column-{letter}"])
            for letter, header, samples, _field in self.columns
        ]

    def constants(self) -> list[tuple[str, forms.BoundField]]:
        names = [name for name in self.fields if name.startswith("constant-")]
        return [(name.removeprefix("constant-"), self[name]) for name in names]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        taken = [field for field in self._mapping(cleaned).values() if field]
        for field in sorted({field for field in taken if taken.count(field) > 1}):
            header = self.target.definition.column(field).header
            self.add_error(None, _("More than one column is “%s”: keep one of them.") % header)
        for column in self.wanted:
            if column.field not in taken:
                self._check_constant(column, cleaned.get(f"constant-{column.field}", ""))
        return cleaned

    def _check_constant(self, column: Column, text: str) -> None:
        """One value for all rows is read like a cell of each."""
        if not text:
            self.add_error(None, _("Say which column is “%s”.") % column.header)
            return
        notes = column.clean(text, timezone.localdate())
        if notes.is_wrong:
            self.add_error(f"constant-{column.field}", " ".join(note.text for note in notes.notes))

    def _mapping(self, cleaned: dict[str, Any]) -> dict[str, str]:
        return {letter: cleaned.get(f"column-{letter}", "") for letter, *_rest in self.columns}

    def _constants(self) -> Iterator[tuple[str, str]]:
        taken = set(self._mapping(self.cleaned_data).values())
        for name, text in self.cleaned_data.items():
            field = name.removeprefix("constant-")
            if name.startswith("constant-") and text and field not in taken:
                yield field, text

    def answers(self) -> dict[str, Any]:
        found = self.job.found
        place = {"sheet": found.get("sheet", ""), "header_row": found.get("header_row")}
        return {**place, "mapping": self._mapping(self.cleaned_data), "constants": dict(self._constants())}


class LeaversForm(forms.Form):
    """The last day of those who are ticked; the ticks themselves are read from the page, which shows a part of them."""

    on = forms.DateField(
        label=gettext_lazy("Last day on site"),
        widget=forms.DateInput(attrs={"type": "date", "class": "form-control"}, format="%Y-%m-%d"),
        error_messages={"required": gettext_lazy("Say which day was the last.")},
    )

    def clean_on(self) -> Any:
        on = self.cleaned_data["on"]
        if on > timezone.localdate():
            raise forms.ValidationError(_("The last day cannot lie in the future."))
        return on
