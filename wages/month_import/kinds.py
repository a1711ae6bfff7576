"""What the imports of a month's sheets have in common: a sheet a team and month, a line a man; how a row says a line."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from core.months import Month
from core.personal import Personal
from imports.registry import Trail
from imports.sheets import SheetDefinition
from imports.staging import packed
from labour_teams.models import LabourTeam
from regions.models import Project

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Line = Any  # a WageLine, an AttendanceLine or a PaymentLine
Sheet = Any  # a WageSheet, an AttendanceSheet or a PaymentList


@dataclass(frozen=True, slots=True)
class Kind:
    """One of the three. `get` and `put` translate between a line's columns and the fields of the sheet."""

    definition: SheetDefinition
    sheet: type[Any]
    line: type[Any]
    fields: tuple[str, ...]  # of the definition, that a line keeps
    loaders: Mapping[str, Callable[[str], Any]]
    # (project, team, month, trail) → a new sheet, saved
    begin: Callable[[Project, LabourTeam, Month, Trail], Sheet]
    # after lines were written: sums, findings
    finish: Callable[[Sheet], None]
    # why lines of a sheet that is there may not be changed any more; "" if they may
    closed: "Callable[[Sheet], _StrPromise | str]"
    columns: Mapping[str, str] = field(default_factory=dict)  # field → column of the line, where it is called otherwise

    def get(self, line: Line, name: str) -> Any:
        """What the line says, as a row of the sheet would; None for nothing."""
        value = getattr(line, self.columns.get(name, name))
        return None if value == "" else value

    def put(self, line: Line, name: str, value: Any) -> None:
        """Write what a row says; None for nothing."""
        column = self.columns.get(name, name)
        described = self.line._meta.get_field(column)
        setattr(line, column, described.get_default() if value is None else value)

    def number_in(self, values: Mapping[str, Any]) -> str | None:
        """By which a row of somebody who is not on the roster meets its line: the hash of his ID number."""
        number = values.get("id_number")
        return number.hashed if number else None

    def number_of(self, line: Line) -> str | None:
        """The same of a line; None where such lines have no number."""
        return getattr(line, "id_number_hash", None)

    def loaded(self, name: str, text: str) -> Any:
        return self.loaders.get(name, str)(text)

    def said_of(self, line: Line) -> dict[str, Any]:
        """A line in the sheet's words."""
        return {name: self.get(line, name) for name in self.fields}

    def state_of(self, line: Line) -> list[Any]:
        """By which it is noticed that somebody changed a line meanwhile; numbers of persons as their hashes."""
        said = self.said_of(line).values()
        return [line.engagement_id, *(value.hashed if isinstance(value, Personal) else str(value) for value in said)]

    def kept(self, line: Line) -> dict[str, Any]:
        """Everything of a line, as texts, for the undo; kept encrypted with the import."""
        said = packed(self.said_of(line))
        return {"sheet": line.sheet_id, "number": line.number, "engagement": line.engagement_id, "said": said}

    def put_back(self, line: Line, was: Mapping[str, Any]) -> None:
        """A line as `kept` had it."""
        line.sheet_id, line.number, line.engagement_id = was["sheet"], was["number"], was["engagement"]
        for name in self.fields:
            text = was["said"].get(name)
            self.put(line, name, None if text is None else self.loaded(name, text))
