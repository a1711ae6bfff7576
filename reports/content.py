"""What stands in a report: every line with what was written, what the records say, and what earlier months said.

While the report is open, `live` is the count of now; once it is sent, it is the snapshot taken at submission. A figure that
nobody touched stands for `live`; a changed one needs a reason. Blank is not zero: a number, 0, or 未统计 with a reason.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache, cached_property, partial

from django.db.models import Prefetch
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.months import Month
from core.scope import Level, Person
from reports.authors import author_of
from reports.models import MonthlyReport, ReportLine, ReportRemark, ReportSection, ReportValue

State = ReportValue.State
Number = tuple[int | Decimal | None, bool]  # a number, and whether it is 未统计
Record = dict[str, str]  # a line as a submission keeps it: state, number, text, reason, snapshot


@dataclass(frozen=True, slots=True)
class Past:
    """The same figure of an earlier month; `value` None where there is none."""

    label: str
    value: int | Decimal | None = None
    is_not_counted: bool = False


@dataclass(frozen=True)
class Entry:
    """One line with everything that is said about it. Counting waits until somebody looks: a save need not count."""

    line: ReportLine
    value: ReportValue
    count: Callable[[], int | Decimal | None]
    past: tuple[Past, ...] = ()
    remarks: tuple[ReportRemark, ...] = ()
    is_fixed: bool = False  # outside the reach of a correction
    recount: Callable[[], int | Decimal | None] | None = None  # of a figure that was sent: what the records say today

    @cached_property
    def live(self) -> int | Decimal | None:
        return self.count()

    @cached_property
    def moved_to(self) -> int | Decimal | None:
        """What the records say today, where that is not what they said at submission; the report itself stays."""
        today = self.recount() if self.recount else None
        return today if today != self.live else None

    @property
    def is_text(self) -> bool:
        return self.line.kind == ReportLine.Kind.TEXT

    @property
    def is_not_counted(self) -> bool:
        return self.value.state == State.NOT_COUNTED

    @property
    def number(self) -> int | Decimal | None:
        """The number that counts: the one written, or what the records say where nobody wrote one."""
        if self.value.state == State.NUMBER:
            return plain(self.value.number)
        return None if self.is_not_counted else self.live

    @property
    def is_changed(self) -> bool:
        """Whether somebody wrote another number than the records have."""
        return self.value.state == State.NUMBER and self.live is not None and self.value.number != self.live

    @property
    def is_filled(self) -> bool:
        return bool(self.value.text.strip()) if self.is_text else self.is_not_counted or self.number is not None

    @property
    def missing(self) -> str:
        """Why the report cannot go out like this, in words for the field; "" when it can."""
        if self.is_not_counted:
            return "" if self.value.reason.strip() else _("Say why this was not counted.")
        if self.is_changed and not self.value.reason.strip():
            return _("The records say %(number)s. Say why the report has another number.") % {"number": self.live}
        if self.is_filled or not self.line.is_required:
            return ""
        if self.is_text:
            return _("This is still to be written.")
        return _("Write a number, 0 if there was none, or tick “not counted”.")

    @property
    def record(self) -> Record:
        value = self.value
        number = self.number if value.state == State.NUMBER else self.live if value.state == State.BLANK else None
        return {
            "state": value.state,
            "number": "" if number is None else str(number),
            "text": value.text,
            "reason": value.reason,
            "snapshot": "" if self.live is None else str(self.live),
        }


@dataclass(frozen=True, slots=True)
class SectionContent:
    """A section with its entries, and how far it is."""

    section: ReportSection
    entries: tuple[Entry, ...]

    @property
    def to_do(self) -> int:
        return sum(bool(entry.missing) for entry in self.entries)

    @property
    def returned(self) -> int:
        """Lines with a remark that waits for an answer."""
        return sum(bool(entry.remarks) for entry in self.entries)


@dataclass(frozen=True, slots=True)
class Content:
    sections: tuple[SectionContent, ...]
    remarks: tuple[ReportRemark, ...] = field(default=())  # open ones on the report as a whole

    @property
    def entries(self) -> Iterator[Entry]:
        return (entry for section in self.sections for entry in section.entries)

    @property
    def numbers(self) -> int:
        return sum(not entry.is_text for entry in self.entries)

    @property
    def numbers_filled(self) -> int:
        return sum(entry.is_filled for entry in self.entries if not entry.is_text)

    @property
    def sections_done(self) -> int:
        return sum(not section.to_do for section in self.sections)

    @property
    def missing(self) -> dict[str, str]:
        """Line key → what is missing there."""
        return {entry.line.key: entry.missing for entry in self.entries if entry.missing}

    @property
    def records(self) -> dict[str, Record]:
        return {entry.line.key: entry.record for entry in self.entries}


def content_of(report: MonthlyReport, submitted: dict[str, Record] | None = None) -> Content:
    """The whole content; with `submitted`, as it was at that submission, whatever has been written since."""
    sections = report.template.sections.order_by("order").prefetch_related(
        Prefetch("lines", queryset=ReportLine.objects.order_by("order"))
    )
    values = _values(report) if submitted is None else {key: _value_of(record) for key, record in submitted.items()}
    remarks = _open_remarks(report)
    months = _past_months(report)
    known = _past_numbers(report, months)
    author = cache(partial(author_of, report))
    named = _lines_to_correct(report)

    def entry(line: ReportLine) -> Entry:
        value = values.get(line.key) or ReportValue(report=report, line=line)
        is_fixed = bool(named) and line.pk not in named
        now, then = partial(_count, report, line, author), partial(plain, value.snapshot)
        past, said = _past(line, months, known), tuple(remarks.get(line.pk, ()))
        if report.is_open and submitted is None and not is_fixed:
            return Entry(line, value, now, past, said)
        return Entry(line, value, then, past, said, is_fixed, now if value.snapshot is not None else None)

    contents = (SectionContent(section, tuple(map(entry, section.lines.all()))) for section in sections)
    return Content(tuple(contents), tuple(remarks.get(None, ())))


def _lines_to_correct(report: MonthlyReport) -> set[int]:
    """The lines that a correction names; none outside a correction, and in one of the whole report."""
    return set(report.reopened_lines.values_list("pk", flat=True)) if report.reopened_until else set()


def plain(number: Decimal | None) -> int | Decimal | None:
    """27 for 27.00: columns have two places, people write whole numbers."""
    if number is None:
        return None
    return int(number) if number == number.to_integral_value() else number


def _count(report: MonthlyReport, line: ReportLine, author: Callable[[], Person | None]) -> int | Decimal | None:
    """What the records of the region say for the month now; cases are counted as the report's author may know of them."""
    figure = line.figure
    reader = author() if figure and figure.for_reader else None
    if figure is None or (figure.for_reader and reader is None):
        return None
    return figure.count_of(Level.REGION, report.region_id, report.month, reader)


def _values(report: MonthlyReport) -> dict[str, ReportValue]:
    """Line key → what is written now."""
    return {value.line.key: value for value in report.values.select_related("line")}


def _value_of(record: Record) -> ReportValue:
    is_number = record["state"] == State.NUMBER
    return ReportValue(
        state=record["state"],
        number=Decimal(record["number"]) if is_number else None,
        text=record["text"],
        reason=record["reason"],
        snapshot=Decimal(record["snapshot"]) if record["snapshot"] else None,
    )


def _open_remarks(report: MonthlyReport) -> dict[int | None, list[ReportRemark]]:
    grouped: dict[int | None, list[ReportRemark]] = {}
    for remark in report.remarks.filter(answered_at=None).select_related("by").order_by("at", "pk"):
        grouped.setdefault(remark.line_id, []).append(remark)
    return grouped


def _past_months(report: MonthlyReport) -> list[tuple[Month, str]]:
    """The last three months and the same month last year, with the words over them."""
    recent = [report.month.plus(-3), report.month.plus(-2), report.month.plus(-1)]
    last_year = report.month.plus(-12)
    words_last_year = _("%(month)s last year") % {"month": _month_name(last_year)}
    return [*((month, _month_name(month)) for month in recent), (last_year, words_last_year)]


def _month_name(month: Month) -> str:
    return formats.date_format(month.first, pgettext("date format: a month without its year", "M"))


def _past_numbers(report: MonthlyReport, months: list[tuple[Month, str]]) -> dict[tuple[str, Month], Number]:
    """What the region's earlier reports say, and whether 未统计. One that is being rewritten says nothing yet."""
    settled = [status for status in MonthlyReport.SENT if status not in MonthlyReport.WRITABLE]
    values = ReportValue.objects.filter(
        report__region=report.region_id, report__status__in=settled, report__month__in=[month for month, _label in months]
    ).exclude(line__kind=ReportLine.Kind.TEXT)
    columns = values.values_list("line__key", "report__month", "state", "number", "snapshot")
    return {(key, month): _past_number(*rest) for key, month, *rest in columns}


def _past_number(state: str, number: Decimal | None, snapshot: Decimal | None) -> Number:
    if state == State.NOT_COUNTED:
        return None, True
    return plain(number if state == State.NUMBER else snapshot), False


def _past(line: ReportLine, months: list[tuple[Month, str]], known: dict[tuple[str, Month], Number]) -> tuple[Past, ...]:
    if line.kind == ReportLine.Kind.TEXT:
        return ()
    return tuple(Past(label, *known.get((line.key, month), (None, False))) for month, label in months)
