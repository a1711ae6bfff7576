"""Which column of the sheet is which field of the definition.

A header is normalised (half-width, no blanks, no stars, no bracketed notes) and read as: exactly an alias; or containing aliases
of one field only; or a weak alias. A header about other people (the family, the boss, the crew leader) is never the worker's own
name or number, and a planned date is no date. What is not clear is not used.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from imports.characters import INVISIBLE
from imports.sheets import SheetDefinition

OF_OTHERS = tuple("家属 紧急 班组 工班 负责人 联系人 配偶 公司 单位 项目 队伍 持卡人 代领 监护人 介绍人".split())
NOT_TAKEN = "不导入"  # written before a header, it keeps the column out
NOT_FACTS = ("预计", "计划", "拟", NOT_TAKEN)
BRACKETED = re.compile(r"[(\[【{<《][^()\[\]【】{}<>《》]*[)\]】}>》]")
DECORATION = re.compile(r"[\s*:,、。·_#]|^\d+[.、]")
MOST_READ = 250  # characters of a header, notes and all; one character may be folded into eighteen
LONGEST = 16  # characters of a header that is searched for aliases; longer ones are prose
SET_ASIDE = ""  # the field of headers that are known but not taken


class Strength(IntEnum):
    WEAK = 1
    CONTAINED = 2
    EXACT = 3
    REMEMBERED = 4


class Match(NamedTuple):
    field: str
    strength: Strength


@dataclass(frozen=True, slots=True)
class MappedColumn:
    """A column of the sheet: `field` is None where nothing of it is taken. `index` counts from 0."""

    index: int
    header: str
    field: str | None

    @property
    def letter(self) -> str:
        return column_letter(self.index)


def column_letter(index: int) -> str:
    """0 → "A", 26 → "AA"."""
    letters, rest = "", index + 1
    while rest:
        rest, digit = divmod(rest - 1, 26)
        letters = chr(65 + digit) + letters
    return letters


def normalised(header: str) -> str:
    folded = unicodedata.normalize("NFKC", INVISIBLE.sub("", header)).casefold()[:MOST_READ]
    bare = DECORATION.sub("", BRACKETED.sub("", BRACKETED.sub("", folded)))  # twice: brackets within brackets
    return bare or DECORATION.sub("", re.sub(r"[()\[\]【】]", "", folded))


class _Aliases(NamedTuple):
    strong: dict[str, str]
    weak: dict[str, str]
    by_start: dict[str, list[str]]  # the strong ones by their first two characters


@lru_cache(maxsize=16)
def _aliases(definition: SheetDefinition) -> _Aliases:
    strong = {normalised(alias): SET_ASIDE for alias in definition.set_aside}
    weak = {}
    for column in definition.columns:
        strong.update({normalised(alias): column.field for alias in (column.header, *column.aliases)})
        weak.update({normalised(alias): column.field for alias in column.weak_aliases})
    by_start: dict[str, list[str]] = {}
    for alias in strong:
        if len(alias) > 1:
            by_start.setdefault(alias[:2], []).append(alias)
    return _Aliases(strong, weak, by_start)


@lru_cache(maxsize=20_000)
def match(definition: SheetDefinition, header: str) -> Match | None:
    """What `header` names, or None where it names nothing, or nothing for certain."""
    name, aliases = normalised(header), _aliases(definition)
    found = None
    if name in aliases.strong:
        found = Match(aliases.strong[name], Strength.EXACT)
    elif name in aliases.weak:
        found = Match(aliases.weak[name], Strength.WEAK)
    elif len(name) <= LONGEST and (field := _contained(aliases, name)) is not None:
        found = Match(field, Strength.CONTAINED)
    return found if found and _is_own(definition, found.field, header) else None


def _contained(aliases: _Aliases, name: str) -> str | None:
    """The field whose aliases stand in `name`, if it is one only. An alias inside a longer one there says nothing."""
    starts = ((at, alias) for at in range(len(name)) for alias in aliases.by_start.get(name[at : at + 2], ()))
    inside = {alias for at, alias in starts if name.startswith(alias, at)}
    longest = [alias for alias in inside if not any(alias != other and alias in other for other in inside)]
    fields = {aliases.strong[alias] for alias in longest}
    return fields.pop() if len(fields) == 1 else None


def _is_own(definition: SheetDefinition, field: str, header: str) -> bool:
    """Asked of the whole header, for it is often the note in brackets that says whose number it is."""
    whole = "".join(header.split())
    if any(word in whole for word in NOT_FACTS):
        return False
    return field not in definition.person_fields or not any(word in whole for word in OF_OTHERS)


def match_parts(definition: SheetDefinition, parts: tuple[str, ...]) -> Match | None:
    """What a column is by its header in two rows, group above and name below: 紧急联系人 over 电话 is not the worker's 电话."""
    whole = "".join(parts)
    if len(parts) < 2:
        return match(definition, whole)
    lowest = match(definition, parts[-1])
    if lowest and lowest.strength is Strength.EXACT and _is_own(definition, lowest.field, whole):
        return lowest
    return match(definition, whole)


class ColumnMap(NamedTuple):
    columns: list[MappedColumn]
    duplicates: dict[str, list[MappedColumn]]  # field → the columns that claim it with equal right

    @property
    def fields(self) -> set[str]:
        return {column.field for column in self.columns if column.field}


NOTHING: Mapping[str, str] = MappingProxyType({})


def map_columns(
    definition: SheetDefinition,
    headers: Sequence[tuple[str, ...]],
    chosen: Mapping[str, str] = NOTHING,
    remembered: Mapping[str, str] = NOTHING,
) -> ColumnMap:
    """`headers` from the first column on, each in one or two parts (() where there is none). What a person decided wins: `chosen`
    (column letter → field, "" for none), then `remembered` (normalised header → field, from earlier files)."""
    taken = {field: index for index in range(len(headers)) if (field := chosen.get(column_letter(index)))}
    duplicates = {}
    open_headers = [() if column_letter(index) in chosen else parts for index, parts in enumerate(headers)]
    for field, claims in _claims(definition, open_headers, remembered).items():
        best = [index for strength, index in claims if strength == max(claims)[0]]
        if field not in taken and len(best) == 1:
            taken[field] = best[0]
        elif field not in taken:
            duplicates[field] = [MappedColumn(index, headers[index][-1], None) for index in best]
    by_index = {index: field for field, index in taken.items()}
    columns = [MappedColumn(index, parts[-1] if parts else "", by_index.get(index)) for index, parts in enumerate(headers)]
    return ColumnMap(columns, duplicates)


def _claims(
    definition: SheetDefinition, headers: Sequence[tuple[str, ...]], remembered: Mapping[str, str]
) -> dict[str, list[tuple[Strength, int]]]:
    claims: dict[str, list[tuple[Strength, int]]] = {}
    for index, parts in enumerate(headers):
        found = (_remembered(definition, parts, remembered) or match_parts(definition, parts)) if parts else None
        if found and found.field != SET_ASIDE:
            claims.setdefault(found.field, []).append((found.strength, index))
    return claims


def _remembered(definition: SheetDefinition, parts: tuple[str, ...], remembered: Mapping[str, str]) -> Match | None:
    """The same name may stand under another group this time: 电话 under 紧急联系人 is asked about again."""
    field = remembered.get(normalised(parts[-1])) if remembered else None
    if field is None:
        return None
    is_known = field == SET_ASIDE or any(column.field == field for column in definition.columns)
    if not is_known or not _is_own(definition, field, "".join(parts)):
        return None
    return Match(field, Strength.REMEMBERED)
