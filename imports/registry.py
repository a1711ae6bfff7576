"""What can be imported into a project. An app registers its targets (labour_teams: the roster); this app knows none of them.

A target says what its sheet looks like, who may import it, what writing the rows would change, and how to write them. Values
travel as {field: value}, with the fields of its sheet definition.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from imports.models import ImportJob, ImportRow
from imports.sheets import Issue, SheetDefinition
from regions.models import Project

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from accounts.models import User

Outcome = ImportRow.Outcome


class StagedRow(NamedTuple):
    """A row that was read without errors; `number` is the row's number in the spreadsheet."""

    number: int
    values: Mapping[str, Any]


@dataclass(slots=True)
class Judged:
    """What writing a row would do. `changes`: field → (before, after) as texts, numbers masked; `plan` is the target's own."""

    number: int
    outcome: str
    changes: dict[str, tuple[str, str]] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)
    plan: Any = None
    target_id: int | None = None  # what the row became, once written


class Creation(NamedTuple):
    """Something that does not exist yet and that writing creates beside the rows: a crew named in them."""

    label: str
    names: list[str]


@dataclass(slots=True)
class Comparison:
    rows: list[Judged]
    creations: list[Creation] = field(default_factory=list)


class Place(NamedTuple):
    """Where the written rows can be seen."""

    label: str
    url: str
    number: int  # of rows


@dataclass(frozen=True, slots=True)
class Target:
    key: str
    title: "_StrPromise"
    definition: SheetDefinition
    # How a field's staged text becomes its value again; fields that are not named stay texts.
    loaders: Mapping[str, Callable[[str], Any]]
    # The fields that every row of the preview shows; others appear where they change.
    shown: tuple[str, ...]
    who_may: Callable[["User", Project], bool]
    compare: Callable[[Project, Sequence[StagedRow], date], Comparison]
    # Writes a comparison made in the same transaction, sets each row's target_id, and returns small facts for the audit trail.
    write: Callable[[Project, Comparison], dict[str, Any]]
    places: Callable[[ImportJob], list[Place]]


_targets: dict[str, Target] = {}


def register(target: Target) -> Target:
    """Called by the app of the target when it is ready."""
    _targets[target.key] = target
    return target


def target_for(key: str) -> Target:
    """Raises KeyError for a target that no app registered."""
    return _targets[key]


def targets() -> list[Target]:
    return list(_targets.values())
