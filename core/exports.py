"""The one door through which tables leave as .xlsx or .csv: in reach, safe in a spreadsheet, audited.

Nothing else in the project writes CSV for download, and only core.workbooks makes workbooks (import contracts hold it). For an
export the caller hands a queryset that came from `visible_to(user)`; every cell is text or a typed number or date, never a
formula; personal data prints masked by its type. Full numbers leave only towards the person who sent them (`hand_back`).
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any
from urllib.parse import quote

from django.db.models import Model, QuerySet
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from core.audit import AuditKind, record
from core.scope import Person
from core.workbooks import Book, Look, SheetColumn, Styled

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Spreadsheets read these as the start of a formula, full-width ones too.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
CHUNK = 2_000
MAX_WIDTH = 40


@dataclass(frozen=True, slots=True)
class ExportColumn:
    """Heading, and how a row's value is found."""

    heading: str
    value: Callable[[Any], Any]
    width: int = 14


def export(
    *, by: Person, rows: QuerySet, columns: Iterable[ExportColumn], title: str, form: str = "xlsx", reason: str = ""
) -> HttpResponse:
    """The rows as a download. `form` is "xlsx" or "csv"; `reason` and the number of rows go into the audit trail."""
    columns = tuple(columns)
    written = _xlsx(rows, columns, title, by) if form == "xlsx" else _csv(rows, columns)
    content, count = written
    record(AuditKind.EXPORT, by=by, what=rows.model._meta.label_lower, title=title, rows=count, form=form, reason=reason)
    return attachment(content, f"{title}.{form}", XLSX if form == "xlsx" else "text/csv; charset=utf-8")


def workbook(*, by: Person, rows: QuerySet, columns: Iterable[ExportColumn], title: str) -> tuple[bytes, int]:
    """A table as bytes with the number of its rows, for whoever packs several; the pack leaves by `hand_out`."""
    return _xlsx(rows, tuple(columns), title, by)


def hand_out(*, by: Person, file: IO[bytes], name: str, what: str, subject: Model, **facts: Any) -> FileResponse:
    """A pack made in a temporary file, streamed and then closed. `facts` are small numbers for the trail."""
    record(AuditKind.EXPORT, by=by, subject=subject, what=what, **facts)
    file.seek(0)
    response = FileResponse(file, content_type="application/zip")
    _as_file(response, name)
    return response


def hand_back(*, by: Person, content: bytes, name: str, what: str, rows: int, subject: Model | None = None) -> HttpResponse:
    """A workbook with full numbers, back to the person whose file they came in: no audit row, no file.

    `what` and `rows` say what it holds, for the trail; `subject` is what it belongs to, an import for instance. The file's name
    stays out of the trail: people write numbers into names.
    """
    facts = {"form": "xlsx", "handed_back": True, "full_numbers": True}
    record(AuditKind.EXPORT, by=by, subject=subject, what=what, rows=rows, **facts)
    return attachment(content, name, XLSX)


def blank(*, content: bytes, name: str) -> HttpResponse:
    """A workbook to be filled in: nobody's data, so nothing for the trail."""
    return attachment(content, name, XLSX)


def attachment(content: bytes, name: str, content_type: str) -> HttpResponse:
    """A file to keep: never shown inside the site, named in RFC 6266 form."""
    response = HttpResponse(content, content_type=content_type)
    _as_file(response, name)
    return response


def defused(text: str) -> str:
    """Text that no spreadsheet takes for a formula when it comes from CSV."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def _as_file(response: HttpResponseBase, name: str) -> None:
    response["Content-Disposition"] = f"attachment; filename=\"export\"; filename*=UTF-8''{quote(name)}"
    response["X-Content-Type-Options"] = "nosniff"


def _cell(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | float | Decimal | date):
        return timezone.make_naive(value) if isinstance(value, datetime) and timezone.is_aware(value) else value
    return str(value)


def _each(rows: QuerySet, columns: tuple[ExportColumn, ...]) -> Iterator[list[Any]]:
    for row in rows.iterator(chunk_size=CHUNK):
        yield [_cell(column.value(row)) for column in columns]


def _xlsx(rows: QuerySet, columns: tuple[ExportColumn, ...], title: str, by: Person) -> tuple[bytes, int]:
    book = Book()
    sheet = book.sheet(title, [SheetColumn(min(column.width, MAX_WIDTH)) for column in columns], frozen="A4")
    made = _("Made by %(name)s, %(at)s") % {"name": by, "at": f"{timezone.localtime():%Y-%m-%d %H:%M}"}
    sheet.append([Styled(title, Look.TITLE)])
    sheet.append([Styled(made, Look.NOTE)])
    sheet.append([Styled(column.heading, Look.HEADING) for column in columns])
    count = 0
    for values in _each(rows, columns):
        sheet.append(values)
        count += 1
    return book.content(), count


def _csv(rows: QuerySet, columns: tuple[ExportColumn, ...]) -> tuple[bytes, int]:
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow([defused(column.heading) for column in columns])
    count = 0
    for values in _each(rows, columns):
        writer.writerow([defused(value) if isinstance(value, str) else value for value in values])
        count += 1
    return ("\ufeff" + stream.getvalue()).encode(), count
