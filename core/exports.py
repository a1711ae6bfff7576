"""The one door through which tables leave as .xlsx or .csv: in reach, safe in a spreadsheet, audited.

Nothing else in the project writes workbooks or CSV for download (an import contract holds it). The caller hands a queryset that
came from `visible_to(user)`; every cell is text or a typed number or date, never a formula; personal data prints masked by its
type.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from core.audit import AuditKind, record
from core.scope import Person

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


def attachment(content: bytes, name: str, content_type: str) -> HttpResponse:
    """A file to keep: never shown inside the site, named in RFC 6266 form."""
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f"attachment; filename=\"export\"; filename*=UTF-8''{quote(name)}"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def defused(text: str) -> str:
    """Text that no spreadsheet takes for a formula when it comes from CSV."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def _cell(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | float | Decimal | date):
        return timezone.make_naive(value) if isinstance(value, datetime) and timezone.is_aware(value) else value
    return str(value)


def _each(rows: QuerySet, columns: tuple[ExportColumn, ...]) -> Iterator[list[Any]]:
    for row in rows.iterator(chunk_size=CHUNK):
        yield [_cell(column.value(row)) for column in columns]


def _xlsx(rows: QuerySet, columns: tuple[ExportColumn, ...], title: str, by: Person) -> tuple[bytes, int]:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    sheet.freeze_panes = "A4"
    for index, column in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(index)].width = min(column.width, MAX_WIDTH)
    sheet.append([_text_cell(sheet, title, Font(bold=True, size=16))])
    made = _("Made by %(name)s, %(at)s") % {"name": by, "at": f"{timezone.localtime():%Y-%m-%d %H:%M}"}
    sheet.append([_text_cell(sheet, made, Font(color="666666"))])
    sheet.append([_text_cell(sheet, column.heading, Font(bold=True)) for column in columns])
    count = 0
    for values in _each(rows, columns):
        sheet.append([_text_cell(sheet, value) if isinstance(value, str) else value for value in values])
        count += 1
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue(), count


def _text_cell(sheet: Any, text: str, font: Font | None = None) -> WriteOnlyCell:
    """A cell typed as text whatever it begins with: "=1+1" stays four characters, an ID number keeps its digits."""
    cell = WriteOnlyCell(sheet, value=text)
    cell.data_type = "s"
    cell.number_format = "@"
    cell.alignment = Alignment(vertical="center")
    if font:
        cell.font = font
    return cell


def _csv(rows: QuerySet, columns: tuple[ExportColumn, ...]) -> tuple[bytes, int]:
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow([defused(column.heading) for column in columns])
    count = 0
    for values in _each(rows, columns):
        writer.writerow([defused(value) if isinstance(value, str) else value for value in values])
        count += 1
    return ("\ufeff" + stream.getvalue()).encode(), count
