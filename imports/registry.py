"""What can be imported into a project. An app registers its targets (labour_teams: the roster; coordinators: liaisons).

A target says what its sheet looks like, who may import it, what writing the rows would change, how to write them and how to take
that back. Values travel as {field: value}, with the fields of its sheet definition. Everything runs chunk by chunk: neither side
ever holds the whole sheet.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from imports.blocks import StagedRow
from imports.models import ImportJob
from imports.sheets import Issue, SheetDefinition
from imports.wording import PLAIN, Words
from regions.models import Project

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from accounts.models import User


class Overtaken(Exception):
    """Between preview and writing somebody changed what the rows were compared with."""


class Candidate(NamedTuple):
    """A row to compare. One that was misread (`is_ok` false) is not judged, but the person in it is still in the sheet."""

    number: int
    values: Mapping[str, Any]
    is_ok: bool = True
    decision: str = ""


@dataclass(slots=True)
class Judged:
    """What writing a row would do. `changes`: field → (before, after) as texts, numbers masked.

    `plan` is the target's own, JSON-able, handed back to its writer with the row.
    """

    number: int
    outcome: str
    changes: dict[str, tuple[str, str]] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)
    plan: dict[str, Any] | None = None


class Creation(NamedTuple):
    """Something that does not exist yet and that writing creates beside the rows: a crew named in them."""

    label: str
    names: list[str]


class Choice(NamedTuple):
    value: str
    label: str


@dataclass(slots=True)
class Question:
    """Something about the whole sheet that only a person can answer: which team is meant by a name. `rows` ask it."""

    key: str
    text: str
    choices: list[Choice]
    rows: int = 0
    answer: str = ""


class Comparer(Protocol):
    """One pass over a sheet's rows, in any order, chunk by chunk; afterwards what concerns all of them."""

    def judge(self, rows: Sequence[Candidate]) -> list[Judged]:
        """One Judged for every row that is ok."""

    def creations(self) -> list[Creation]: ...

    def questions(self) -> list[Question]: ...

    def leavers(self) -> list[int]:
        """Records of the project that a sheet like this would name, and that no row did."""


class Trail(NamedTuple):
    """What writing leaves for an undo: everything is stamped `at`; `keep` takes [[record, {column: stored value before}], …]."""

    at: datetime
    keep: Callable[[list[Any]], None]
    by: "User"  # who writes


class Writer(Protocol):
    """Writes rows in a few statements, as far as the engine allows while others go on working. All may raise Overtaken."""

    def prepare(self, rows: Sequence[StagedRow]) -> Any:
        """Whatever `take` needs of some rows; without touching the database, in another thread."""

    def take(self, rows: Any) -> None: ...

    def leave(self, records: Sequence[int], on: date) -> None: ...

    def write(self) -> dict[str, Any]:
        """In the caller's transaction, when all rows were taken; what is given back is kept with the job as "made"."""


class Undone(NamedTuple):
    """How many records are as before; whom somebody changed since (kept); who cannot be taken back, and why."""

    undone: int
    kept: list[int]
    stuck: list[tuple[int, str]]


class Party(NamedTuple):
    """One side of a possible duplicate: a title, an address where it can be seen, and its values by field, masked."""

    title: str
    url: str
    values: Mapping[str, str]


class Place(NamedTuple):
    """Where the written rows can be seen."""

    label: str
    url: str
    number: int  # of rows


class Person(NamedTuple):
    """A record to tick or to look at: a suspected leaver, one that the undo left alone."""

    number: int
    name: str
    note: str
    url: str


@dataclass(frozen=True, slots=True)
class Target:
    key: str
    title: "_StrPromise"
    sheet_title: "_StrPromise"  # of the sheet that is handed out, empty or marked
    definition: SheetDefinition
    # How a field's staged text becomes its value again; fields that are not named stay texts.
    loaders: Mapping[str, Callable[[str], Any]]
    # The fields that every row of the preview shows; others appear where they change.
    shown: tuple[str, ...]
    who_may: Callable[["User", Project], bool]
    # (project, as of, answers to questions) → Comparer
    comparer: Callable[[Project, date, Mapping[str, str]], Comparer]
    # (project, answers, trail) → a Writer for the length of the block, under the project's lock
    writing: Callable[[Project, Mapping[str, str], Trail], AbstractContextManager[Writer]]
    # (job, traces, at): takes back what was written at job.written_at, in the caller's transaction
    undo: Callable[[ImportJob, Iterable[list[Any]], datetime], Undone]
    places: Callable[[ImportJob], list[Place]]
    # What a person can decide about a possible duplicate, and whom each is to be compared with, by row number.
    decisions: Callable[[StagedRow], list[Choice]]
    twins: Callable[[Project, Sequence[StagedRow]], Mapping[int, Party]]
    # Records by number, as people: in the given order, those that still exist in the project.
    people: Callable[[Project, Sequence[int]], list[Person]]
    # Names that the project has already, by field: to choose from where somebody would have to type one.
    names: Callable[[Project], Mapping[str, list[str]]]
    # Names in imports/urls.py: where a file is uploaded, where the empty sheet is had. Their argument is the project's code.
    upload_page: str
    template_page: str
    order: int  # among the ways in; apps are made ready in an order of their own
    words: Words = PLAIN
    # Fields for which many sheets have no column: asked with the upload, they hold for every row. Field → what it begins with.
    asked: Mapping[str, Callable[[], str]] = field(default_factory=dict)


_targets: dict[str, Target] = {}


def register(target: Target) -> Target:
    """Called by the app of the target when it is ready."""
    _targets[target.key] = target
    return target


def target_for(key: str) -> Target:
    """Raises KeyError for a target that no app registered."""
    return _targets[key]


def targets() -> list[Target]:
    """As people are offered them, the one that is used most first."""
    return sorted(_targets.values(), key=lambda target: target.order)
