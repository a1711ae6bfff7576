"""From an uploaded sheet to rows: find the header, try every row, show what would happen, write all or nothing.

No file is kept: between preview and confirmation the upload travels in the form itself, sealed with the key of personal data and
good only for this person and this table. The reader that opens the file is named by a setting, because core knows no app.
"""

import base64
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from import_export.results import RowResult
from tablib import Dataset

from core.encryption import Undecryptable, decrypt, encrypt
from core.refusals import Refused
from core.scope import Person
from core.sheets import SheetResource

HEAD_ROWS = 10
SEAL_SECONDS = 1_800


@dataclass(frozen=True, slots=True)
class Upload:
    """What somebody sent: the file's name and bytes."""

    name: str
    data: bytes


@dataclass(slots=True)
class Table:
    """The rows under the header, keyed by field name, with their numbers in the sheet; and the columns that mean nothing here."""

    dataset: Dataset
    numbers: list[int]
    ignored: list[str]


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, where. `row` 0: the sheet as a whole."""

    row: int
    column: str
    message: str


@dataclass(frozen=True, slots=True)
class Line:
    """What happens to a row: `kind` new, update or skip; `cells` are (before, after)."""

    row: int
    kind: str
    cells: list[tuple[str, str]]


@dataclass(slots=True)
class Outcome:
    headings: list[str]
    ignored: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    instances: dict[str, list[models.Model]] = field(default_factory=dict)

    def count(self, kind: str) -> int:
        return sum(line.kind == kind for line in self.lines)


def run(resource: SheetResource, upload: Upload, *, dry_run: bool) -> Outcome:
    """Try (or write) every row. With one problem anywhere nothing is written. Raises Refused for a file that is no such table."""
    table = _table(resource, _rows(upload))
    result = resource.import_data(table.dataset, dry_run=dry_run, rollback_on_validation_errors=True)
    outcome = Outcome([resource.heading(name) for name in resource.names], table.ignored)
    outcome.problems = list(_problems(resource, result, table.numbers))
    for row, number in zip(result.rows, table.numbers, strict=False):
        if row.is_valid():
            outcome.lines.append(_line(resource, row, number))
        if row.instance is not None and row.import_type in (RowResult.IMPORT_TYPE_NEW, RowResult.IMPORT_TYPE_UPDATE):
            outcome.instances.setdefault(row.import_type, []).append(row.instance)
    return outcome


def _rows(upload: Upload) -> Sequence[tuple[int, list[Any]]]:
    """Numbered rows of the first sheet that has any."""
    book = import_string(settings.TABLE_READER)(upload.data, upload.name)
    return next((sheet.rows for sheet in book.sheets if sheet.rows), [])


def _table(resource: SheetResource, rows: Sequence[tuple[int, list[Any]]]) -> Table:
    names = resource.names_by_heading()
    needed = set(resource.needed)
    for place, (_number, cells) in enumerate(rows[:HEAD_ROWS], start=1):
        texts = [str(_plain(cell)).strip() for cell in cells]
        columns = [names.get(text, "") for text in texts]
        if doubled := {name for name in columns if name and columns.count(name) > 1}:
            raise Refused(_("The column “%(column)s” stands there twice.") % {"column": resource.heading(min(doubled))})
        if needed <= set(columns):
            ignored = [text for text, name in zip(texts, columns, strict=True) if text and not name]
            return _filled(columns, rows[place:], empty=sorted(resource.empty_keys - set(columns)), ignored=ignored)
    wanted = pgettext("between items of a list", ", ").join(resource.heading(name) for name in resource.needed)
    raise Refused(_("No header row was found. These columns are needed: %(columns)s.") % {"columns": wanted})


def _filled(columns: list[str], rows: Sequence[tuple[int, list[Any]]], *, empty: list[str], ignored: list[str]) -> Table:
    kept = [index for index, name in enumerate(columns) if name]
    dataset = Dataset(headers=[*(columns[index] for index in kept), *empty])
    numbers = []
    for number, cells in rows:
        values = [_plain(cells[index]) if index < len(cells) else "" for index in kept]
        if any(value != "" for value in values):
            dataset.append([*values, *("" for _name in empty)])
            numbers.append(number)
    if not numbers:
        raise Refused(_("There is no row under the header."))
    return Table(dataset, numbers, ignored)


def _plain(cell: Any) -> Any:
    """What a formula showed, what an error said; other cells are plain already."""
    return getattr(cell, "cached", getattr(cell, "text", cell))


def _problems(resource: SheetResource, result: Any, numbers: list[int]) -> Iterator[Problem]:
    for error in result.base_errors:
        yield Problem(0, "", _words(error.error))
    for place, row in enumerate(result.rows):
        for error in row.errors:
            yield Problem(numbers[place], "", _words(error.error))
    for row in result.invalid_rows:
        for name, messages in row.error_dict.items():
            column = "" if name == NON_FIELD_ERRORS else resource.heading(name)
            yield from (Problem(numbers[row.number - 1], column, message) for message in messages)


def _words(error: Exception) -> str:
    """The words of our own refusals; what a database or library says might carry values and helps nobody."""
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    return str(error) if type(error) is ValueError else _("This row cannot be written.")


def _line(resource: SheetResource, row: Any, number: int) -> Line:
    cells = []
    for name in resource.names:
        column = resource.fields[name]
        after = str(column.export(row.instance) or "")
        before = str(column.export(row.original) or "") if row.original is not None else after
        cells.append((before, after))
    return Line(number, row.import_type, cells)


def seal(upload: Upload, *, model: type[models.Model], user: Person) -> str:
    """The upload as text that only this site can open, for this person and table, for half an hour."""
    data = base64.b64encode(upload.data).decode()
    at = int(timezone.now().timestamp())
    return encrypt(json.dumps([model._meta.label_lower, user.pk, at, upload.name, data]))


def unseal(text: str, *, model: type[models.Model], user: Person) -> Upload:
    """Raises Refused for anything that was not sealed here, for them, just now."""
    try:
        label, person, at, name, data = json.loads(decrypt(text))
    except (Undecryptable, ValueError) as error:
        raise Refused(_("The preview has been lost. Upload the file once more.")) from error
    if (label, person) != (model._meta.label_lower, user.pk) or timezone.now().timestamp() - at > SEAL_SECONDS:
        raise Refused(_("The preview has been lost. Upload the file once more."))
    return Upload(name, base64.b64decode(data))
