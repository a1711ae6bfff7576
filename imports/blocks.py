"""The rows of an import, kept in encrypted blocks: written once while the sheet is read, then paged, looked up and changed.

A row on its way in, in the preview and on its way out is a StagedRow. In a block it is a plain list, because a hundred thousand
of them are packed and unpacked.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, NamedTuple

from django.db.models import BinaryField, ExpressionWrapper, F, QuerySet

from imports.models import ImportBlock, ImportJob, Outcome

BLOCK = 500
WARNED = "warned"


@dataclass(slots=True)
class StagedRow:
    """`cells` as the sheet had them; `values` by field, as texts, empty ones left out; `issues` packed (imports/staging.py).

    `changes`: field → [before, after], masked. `plan` is the target's own; `decision` is what a person decided about the row.
    """

    number: int
    cells: list[Any]
    values: dict[str, str]
    outcome: str
    issues: list[list[Any]] = field(default_factory=list)
    changes: dict[str, list[str]] = field(default_factory=dict)
    plan: dict[str, Any] | None = None
    decision: str = ""

    @property
    def is_warned(self) -> bool:
        return any(issue[0] == "warning" for issue in self.issues)

    def packed(self) -> list[Any]:
        return [
            self.number, self.cells, self.values, self.outcome, self.issues, self.changes, self.plan, self.decision,
        ]  # fmt: skip


class RowPage(NamedTuple):
    """Rows of one kind; the numbers from which to go on, None where there is nothing more."""

    rows: list[StagedRow]
    next: int | None
    previous: int | None


def counted(rows: Iterable[StagedRow]) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for row in rows:
        counts[row.outcome] += 1
        if row.issues and row.is_warned:
            counts[WARNED] += 1
    return dict(counts)


def add(job: ImportJob, rows: Sequence[StagedRow]) -> dict[str, int]:
    """Keep the next rows of the sheet; gives how many of which kind they are."""
    counts = counted(rows)
    ImportBlock.objects.create(
        job=job,
        round=job.round,
        first=rows[0].number,
        last=rows[-1].number,
        counts=counts,
        rows=[row.packed() for row in rows],
    )
    return counts


def each(job: ImportJob) -> Iterator[list[StagedRow]]:
    """All rows, a block at a time: one query for each, so that never more than one is in memory."""
    return map(opened, sealed(job))


def sealed(job: ImportJob, outcomes: Collection[str] = Outcome.values) -> Iterator[bytes]:
    """The blocks that hold such rows, as they are stored: for whoever opens them in another thread."""
    as_stored = ExpressionWrapper(F("rows"), BinaryField())
    wanted = [number for number, counts in _of(job).values_list("pk", "counts") if not counts.keys().isdisjoint(outcomes)]
    for number in wanted:
        yield from ImportBlock.objects.filter(pk=number).annotate(as_stored=as_stored).values_list("as_stored", flat=True)


def opened(content: bytes) -> list[StagedRow]:
    """The rows of a sealed block."""
    rows: Any = ImportBlock._meta.get_field("rows")
    return [StagedRow(*packed) for packed in rows.from_db_value(content, None, None)]


def find(job: ImportJob, number: int) -> StagedRow | None:
    """The row with this number in the sheet."""
    block = _of(job).filter(first__lte=number, last__gte=number).first()
    return next((row for row in _rows(block) if row.number == number), None) if block else None


def change(job: ImportJob, numbers: set[int] | None, alter: Callable[[list[StagedRow]], None]) -> None:
    """Let `alter` change rows in place: those of the blocks that hold one of `numbers`, or all of them (None)."""
    for block in _blocks(job):
        if numbers is None or any(block.first <= number <= block.last for number in numbers):
            rows = _rows(block)
            alter(rows)
            block.rows, block.counts = [row.packed() for row in rows], counted(rows)
            block.save(update_fields=["rows", "counts"])


def total_counts(job: ImportJob) -> dict[str, int]:
    counts: Counter[str] = Counter(dict.fromkeys([*Outcome.values, WARNED], 0))
    for entry in _of(job).values_list("counts", flat=True):
        counts.update(entry)
    return dict(counts)


def page(job: ImportJob, kind: str, *, after: int = 0, before: int | None = None, size: int = 50) -> RowPage:
    """`size` rows of one outcome ("" for all, "warned" for those with a warning), after or before a row number."""
    backwards = before is not None
    found = list(islice(_walk(job, kind, after=after, before=before), size + 1))
    is_longer, rows = len(found) > size, found[:size]
    if backwards:
        rows.reverse()
    if not rows:
        return RowPage([], None, None)
    goes_on = is_longer or backwards
    came_from = is_longer if backwards else after > 0
    return RowPage(rows, rows[-1].number if goes_on else None, rows[0].number if came_from else None)


def _of(job: ImportJob) -> QuerySet[ImportBlock]:
    """The blocks of the job's present round, from top to bottom."""
    return ImportBlock.objects.filter(job=job, round=job.round).order_by("first")


def _blocks(job: ImportJob) -> Iterator[ImportBlock]:
    last = 0
    while block := _of(job).filter(first__gt=last).first():
        yield block
        last = block.first


def _walk(job: ImportJob, kind: str, *, after: int, before: int | None) -> Iterator[StagedRow]:
    """Rows of a kind in order, or backwards from `before`; blocks without any are passed over unopened."""
    blocks = _of(job)
    blocks = blocks.filter(last__gt=after) if before is None else blocks.filter(first__lt=before).reverse()
    for number, counts in blocks.values_list("pk", "counts"):
        if kind and not counts.get(kind):
            continue
        rows = _rows(ImportBlock.objects.get(pk=number))
        for row in rows if before is None else reversed(rows):
            if _is_of(row, kind) and (row.number > after if before is None else row.number < before):
                yield row


def _is_of(row: StagedRow, kind: str) -> bool:
    if kind == WARNED:
        return row.is_warned
    return not kind or row.outcome == kind


def _rows(block: ImportBlock) -> list[StagedRow]:
    return [StagedRow(*packed) for packed in block.rows]
