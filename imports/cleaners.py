"""One cleaner for each kind of cell. A cleaner never guesses: what it cannot read for certain is an error that says what to do.

Each function here makes a cleaner, `(cell, as_of) -> Cleaned`. Empty cells never reach a cleaner.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import TypeVar

from django.utils.translation import gettext as _

from core.names import unify_dots
from core.personal import BankCard, IdNumber, Malformed, Personal, Phone
from imports.characters import common_characters, folded, has_controls, shown, tidy
from imports.days import NotADay, day_of
from imports.reading.cells import Cell, CellError, Formula
from imports.sheets import Cleaned, Cleaner, Level, Note

P = TypeVar("P", bound=Personal)

EMPTY_MARKS = frozenset(("/", "//", "\\", "-", "--", "—", "——", "无", "暂无"))
MAX_TEXT = 1_000
MAX_NAME = 100
MAX_WORD = 100  # characters of a number or a code, blanks and all
LONGEST_USUAL_NAME = 3
MAX_EXACT = 10**15  # Excel keeps 15 digits of a number; the rest is already lost
# As it should be, and nearly always is: nothing to fold, nothing to say.
LONGEST_NUMBER = 19
ENDS_IN_X = re.compile("[0-9]{17}X")
PLAIN_NAME = re.compile("[\u4e00-\u9fa5]{2,3}")
PLAIN_TEXT = re.compile("[0-9A-Za-z\u4e00-\u9fa5]+")
SCIENTIFIC = re.compile(r"\d(\.\d+)?E\+?\d+", re.IGNORECASE)
FLOAT_TAIL = re.compile(r"(\d{1,15})\.0+")
BRACKETED = re.compile(r"[(\[【].*?[)\]】]$")
INNER_BLANKS = re.compile(r"\s+")
LATIN = re.compile("[A-Za-z]")
# What people write behind a name: where the person is, or what for.
STANDINGS = "退场 离场 已退 已离 已退场 已离场 离职 已离职 请假 调走 组长 班长 队长 工长 工班长 班组长 带班 负责人 党员".split()
NOTED_NAME = re.compile(f"([^(（]+)[(（]({'|'.join(STANDINGS)})[)）]")
ADULT = 18
EARLIEST = date(1980, 1, 1)
AHEAD = timedelta(days=90)


class Refusal(Exception):
    """Ends a cleaner early; carries what there is to say."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(code)
        self.note = Note(code, text)


def _too_long(limit: int) -> Refusal:
    return Refusal("too_long", _("Too long: at most %d characters.") % limit)


NOTHING = Cleaned(None)


def cleaner(clean: Callable[[Cell, date], Cleaned]) -> Cleaner:
    """A cleaner whose early ends are answers."""

    def guarded(cell: Cell, as_of: date) -> Cleaned:
        try:
            return clean(cell, as_of)
        except Refusal as refusal:
            return Cleaned(None, (refusal.note,))
        except Malformed as error:
            return Cleaned(None, (Note(error.code, error.message),))

    return guarded


def text(max_length: int, *, marks_mean_empty: bool = True) -> Cleaner:
    """Free text, kept as it is, formula-like or not."""

    def clean(cell: Cell, as_of: date) -> Cleaned:
        written, notes = tidied(resolved(cell))
        if len(written) > max_length:
            raise _too_long(max_length)
        kept = common_characters(written)
        if not kept or (marks_mean_empty and kept in EMPTY_MARKS):
            return Cleaned(None, notes)
        return Cleaned(kept, notes)

    return cleaner(clean)


def unread(cell: Cell, as_of: date) -> Cleaned:
    """For a column that is known but says nothing: a running number."""
    return NOTHING


def code_list(spellings: Mapping[str, str], *, blanks: frozenset[str] = EMPTY_MARKS) -> Cleaner:
    """The code for what is written, by a table of spellings; a note in brackets after it is dropped."""

    def clean(cell: Cell, as_of: date) -> Cleaned:
        written, notes = tidied(resolved(cell))
        if len(written) > MAX_WORD:
            raise _too_long(MAX_WORD)
        key = folded(written)
        code = spellings.get(key) or spellings.get(BRACKETED.sub("", key))
        if code is None and key not in blanks and key:
            raise Refusal("unknown_value", _("“%s” is not one of the words of this column.") % shown(written))
        return Cleaned(code, notes)

    return cleaner(clean)


def person_name() -> Cleaner:
    """A person's name: letters of any script and middle dots. Han names lose inner blanks; dots become U+00B7."""

    def clean(cell: Cell, as_of: date) -> Cleaned:
        if isinstance(cell, str) and PLAIN_NAME.fullmatch(cell):
            return Cleaned(cell)
        written, notes = _without_standing(*tidied(typed(cell)))
        if len(written) > 2 * MAX_NAME:
            raise _too_long(MAX_NAME)
        name = "·".join(part.strip() for part in unify_dots(common_characters(written)).split("·"))
        name = INNER_BLANKS.sub(" " if LATIN.search(name) else "", name)
        if len(name) > MAX_NAME:
            raise _too_long(MAX_NAME)
        if not _is_name(name) or (len(name) > LONGEST_USUAL_NAME and name.endswith(tuple(STANDINGS))):
            raise Refusal("name_chars", _("Holds characters that names do not have. Write the name only, one person a row."))
        if len(name) == 1:
            notes += (Note("name_short", _("Has only one character, please check."), Level.WARNING),)
        return Cleaned(name or None, notes)

    return cleaner(clean)


def _without_standing(written: str, notes: tuple[Note, ...]) -> tuple[str, tuple[Note, ...]]:
    """张三(退场) is 张三; that somebody has left is for the person who imports to say. Without brackets it is no name."""
    found = NOTED_NAME.fullmatch(written)
    if found is None:
        return written, notes
    text = _("The note “%s” behind the name is not imported. If the person has left, fill in the last day.") % found[2]
    return found[1].strip(), (*notes, Note("name_note", text, Level.WARNING))


def _is_name(name: str) -> bool:
    """No list of ranges: it would refuse rare characters, and Tibetan, Uyghur and Yi names."""
    beside = "· -'’" if LATIN.search(name) else "·\u3007\u0f0b"  # zero as a character, and what parts Tibetan syllables
    is_bare = not name.startswith("·") and not name.endswith("·")
    return is_bare and all(character in beside or unicodedata.category(character)[0] in "LM" for character in name)


def id_number(*, youngest: int, oldest: int) -> Cleaner:
    """An ID number; under `youngest` years on the day of the file is refused, over `oldest` is said."""

    def clean(cell: Cell, as_of: date) -> Cleaned:
        number, notes = _personal(IdNumber, cell)
        if number is None:
            return Cleaned(None, notes)
        age = number.age_on(as_of)
        if ADULT <= age <= oldest and number.is_usual:
            return Cleaned(number, notes)
        if not number.has_possible_area:
            raise Refusal("id_area", _("The area code (first 6 digits) does not exist."))
        if age < youngest:
            raise Refusal("under_age", _("Not yet %d years old: may not be employed.") % youngest)
        return Cleaned(number, (*notes, *_doubts(number, age, oldest)))

    return cleaner(clean)


def _doubts(number: IdNumber, age: int, oldest: int) -> list[Note]:
    found = []
    if number.upgraded:
        found.append(("id15_upgraded", _("The old 15-digit number was turned into 18 digits, please check the card.")))
    if not number.has_known_province:
        found.append(("id_province", _("The first two digits are no known province, please check.")))
    if number.ends_in_zeros:
        found.append(("id_zeros", _("Ends in 000, like numbers that a spreadsheet has cut off, please check the card.")))
    if age > oldest:
        found.append(("over_60", _("Over %d years old, please check that the work is suitable.") % oldest))
    if age < ADULT:
        found.append(("minor", _("Not yet 18 years old: the rules for young workers apply.")))
    return [Note(code, reason, Level.WARNING) for code, reason in found]


def phone() -> Cleaner:
    return cleaner(lambda cell, as_of: Cleaned(*_personal(Phone, cell)))


def bank_card() -> Cleaner:
    return cleaner(lambda cell, as_of: Cleaned(*_personal(BankCard, cell)))


def day(*, empty_words: frozenset[str] = frozenset(), term: timedelta = timedelta()) -> Cleaner:
    """A day; `empty_words` are ways to say that there is none yet. One that ends something may lie a `term` ahead."""

    def clean(cell: Cell, as_of: date) -> Cleaned:
        value = resolved(cell)
        written, notes = tidied(value) if isinstance(value, str) else (value, ())
        if isinstance(written, str) and (not written or written in EMPTY_MARKS or written in empty_words):
            return Cleaned(None, notes)
        try:
            found = day_of(written)
        except NotADay as error:
            raise Refusal(error.code, error.reason) from error
        if not EARLIEST <= found <= as_of + max(AHEAD, term):
            raise Refusal("date_range", _("The date %s cannot be right, please check the year.") % found.isoformat())
        if found > as_of + term:
            notes += (Note("date_future", _("The date is in the future, please check."), Level.WARNING),)
        return Cleaned(found, notes)

    return cleaner(clean)


def _personal(kind: type[P], cell: Cell) -> tuple[P | None, tuple[Note, ...]]:
    if type(cell) is str and len(cell) <= LONGEST_NUMBER and ((cell.isdigit() and cell.isascii()) or ENDS_IN_X.fullmatch(cell)):
        return kind.parse(cell), ()
    written, notes = tidied(typed(cell))
    if not written or written in EMPTY_MARKS:
        return None, notes
    if len(written) > MAX_WORD:
        raise _too_long(MAX_WORD)
    plain = unicodedata.normalize("NFKC", written).strip("'’‘` ")
    if SCIENTIFIC.fullmatch(plain):
        raise Refusal(
            "scientific", _("In scientific notation, the digits are lost. Set the column to text and type the number again.")
        )
    whole = FLOAT_TAIL.fullmatch(plain)
    return kind.parse(whole[1] if whole else written), notes


def typed(cell: Cell) -> str:
    """The text of a cell that must have been typed: a formula here shows somebody else's name or number after the next sort."""
    match cell:
        case str():
            return cell
        case Formula():
            raise Refusal("formula", _("A formula. Copy it and paste it as a value."))
        case bool() | date() | CellError():
            raise Refusal("cell_kind", _("Something else than text. Set the cell to text and type it again."))
        case _ if cell < 0:
            raise Refusal("cell_kind", _("Something else than text. Set the cell to text and type it again."))
        case _ if abs(cell) >= MAX_EXACT:
            raise Refusal(
                "precision_lost", _("Stored as a number, its last digits are lost. Set the column to text and type it again.")
            )
    return _plain_number(cell)


def resolved(cell: Cell) -> str | float | bool | date | datetime:
    """The value of a cell that may be computed."""
    if isinstance(cell, Formula):
        if cell.cached == "":
            raise Refusal("formula", _("A formula without a saved result. Copy it and paste it as a value."))
        return cell.cached
    if isinstance(cell, CellError):
        raise Refusal("cell_error", _("The spreadsheet shows an error here. Type the value."))
    return cell


def tidied(value: str | float | bool | date | datetime) -> tuple[str, tuple[Note, ...]]:
    written = written_out(value)
    if len(written) > MAX_TEXT:  # before any pattern looks at it
        raise _too_long(MAX_TEXT)
    if PLAIN_TEXT.fullmatch(written):
        return written, ()
    if has_controls(written):
        raise Refusal("control_char", _("Holds control characters, which cannot be stored. Type it again."))
    return tidy(written)


def written_out(cell: Cell) -> str:
    """A cell as text: what the person saw, nearly."""
    match cell:
        case str():
            return cell
        case Formula():
            return written_out(cell.cached)
        case CellError():
            return cell.text
        case bool():
            return "是" if cell else "否"
        case int() | float():
            return _plain_number(cell)
    return cell.isoformat(" ") if isinstance(cell, datetime) else cell.isoformat()


def _plain_number(number: float) -> str:
    return str(int(number)) if number == number and abs(number) < MAX_EXACT and number == int(number) else repr(number)
