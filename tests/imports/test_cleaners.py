"""Cleaners: what each kind of cell becomes, and what no cell can make them do."""

import re
import sys
import time
import unicodedata
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.personal import BankCard, IdNumber, Personal, Phone
from imports import cleaners
from imports.characters import CONTROL, INVISIBLE, common_characters, masked, shown, tidy
from imports.mapping import match
from imports.reading.cells import Cell, CellError, Formula
from imports.sheets import Cleaned, Cleaner, Level
from labour_teams import codes
from labour_teams.roster import COLUMNS, ROSTER
from tests.factories.numbers import bank_card, id_number, phone
from tests.imports.workbooks import AS_OF, wide

QUICK = settings(deadline=None, max_examples=40)
NAME, ID, PHONE, CARD = (ROSTER.column(field).clean for field in ("name", "id_number", "phone", "bank_card"))
TEXT = cleaners.text(50)
BLANKS = st.sampled_from(["", " ", "\u3000", "\xa0", "\u200b", "\ufeff", "\u202d", "\t"])
CELLS = st.one_of(
    st.text(min_size=1),
    st.text("0123456789Xx-. '=+E/年月日" + wide("12="), min_size=1),
    st.floats(),
    st.integers(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.just(CellError("")),
    st.builds(Formula, st.one_of(st.just(""), st.text(), st.floats(), st.dates())),
)


def of(clean: Cleaner, cell: Cell) -> Cleaned:
    return clean(cell, AS_OF)


def codes_of(cleaned: Cleaned) -> list[str]:
    return [note.code for note in cleaned.notes]


@pytest.mark.parametrize("column", COLUMNS, ids=lambda column: column.field)
@QUICK
@given(cell=CELLS)
def test_no_cell_breaks_a_cleaner_and_nothing_wrong_has_a_value(column: Any, cell: Cell) -> None:
    cleaned = of(column.clean, cell)
    assert not (cleaned.is_wrong and cleaned.value is not None)
    assert all(note.text and note.code for note in cleaned.notes)
    if cleaned.value is not None:
        assert isinstance(column.show(cleaned.value), str)


@pytest.mark.parametrize("column", COLUMNS, ids=lambda column: column.field)
@QUICK
@given(digits=st.text("0123456789", min_size=12, max_size=19))
def test_no_message_repeats_a_number(column: Any, digits: str) -> None:
    said = " ".join(note.text for note in of(column.clean, digits).notes)
    assert digits not in said
    assert re.search(r"\d{9}", said) is None


# Whoever reads what was read reads the same: what a cleaner gives, shown or as it is, it takes for itself again.


@pytest.mark.parametrize("column", COLUMNS, ids=lambda column: column.field)
@QUICK
@given(cell=CELLS)
def test_what_was_read_reads_the_same_again(column: Any, cell: Cell) -> None:
    value = of(column.clean, cell).value
    if value is not None:
        again = value.in_the_clear() if isinstance(value, Personal) else value if isinstance(value, date) else column.show(value)
        assert of(column.clean, again).value == value


@pytest.mark.parametrize("column", [ROSTER.column(name) for name in ("id_number", "bank_card")], ids=lambda column: column.field)
@QUICK
@given(number=st.one_of(st.integers(10**15, 10**19), st.floats(1e15, 1e300), st.floats(max_value=-0.5)))
def test_a_number_that_a_spreadsheet_has_cut_off_is_never_taken(column: Any, number: float) -> None:
    assert codes_of(of(column.clean, number)) in (["precision_lost"], ["cell_kind"])
    assert of(column.clean, repr(float(number))).value is None


@QUICK
@given(st.text("0123456789", min_size=1, max_size=30), st.text(" -‐—\u200b\u3000'", max_size=3))
def test_a_number_is_taken_digit_by_digit_or_not_at_all(digits: str, between: str) -> None:
    """Nothing is completed, shortened, or made to fit."""
    for clean in (ID, PHONE, CARD):
        value = of(clean, between.join((digits[:3], digits[3:]))).value
        if value is not None and len(digits) != 15:
            assert value.in_the_clear() in (digits, digits.removeprefix("86"), digits.removeprefix("0086"))


@QUICK
@given(day=st.dates(date(1980, 1, 1), AS_OF))
@pytest.mark.parametrize(
    "form", ["%Y-%m", "%Y-%m-", "%Y.%m", "%Y年%m月", "%Y", "%m-%d", "%m月%d日", "%y.%m.%d", "%d/%m/%Y", "%Y-%m-%d-"]
)
def test_half_a_day_is_none(form: str, day: date) -> None:
    assert of(ROSTER.column("entered_on").clean, day.strftime(form)).value is None


# Characters


def test_every_character_that_prints_nothing_is_known_as_such() -> None:
    unseen = [chr(code) for code in range(sys.maxunicode + 1) if unicodedata.category(chr(code)) == "Cf"]
    assert [hex(ord(character)) for character in unseen if not INVISIBLE.search(character)] == []


@QUICK
@given(st.text())
def test_tidied_text_stays_as_it_is_when_tidied_again(text: str) -> None:
    tidied, notes = tidy(text)
    assert tidy(tidied) == (tidied, ())
    assert INVISIBLE.search(tidied) is None
    assert bool(notes) == bool(INVISIBLE.search(text))


@pytest.mark.parametrize(
    ("written", "common"),
    [
        ("⾦山", "金山"),
        ("⻢龙", "马龙"),
        ("⻩海", "黄海"),
        ("\uf9e4志", "理志"),
        ("𠮷䶮㛃𰻝", "𠮷䶮㛃𰻝"),
        (wide("AB1"), wide("AB1")),
        ("王﨑", "王﨑"),
    ],
)
def test_radicals_become_characters_and_rare_characters_stay(written: str, common: str) -> None:
    assert common_characters(written) == common


@QUICK
@given(st.text("0123456789 -Xx的", min_size=1))
def test_what_is_shown_of_a_text_carries_no_long_number(text: str) -> None:
    for quoted in (shown(text), masked(text)):
        assert re.search(r"\d(?:[ -]?\d){6}", quoted) is None


# Names


@pytest.mark.parametrize(
    ("written", "name"),
    [
        (" 张　三 ", "张三"),
        ("阿卜杜拉 • 买买提", "阿卜杜拉·买买提"),
        ("阿卜杜拉.买买提", "阿卜杜拉·买买提"),
        ("⻢建国", "马建国"),
        ("བསོད་ནམས", "བསོད་ནམས"),
        ("John  Smith", "John Smith"),
        ("欧阳〇", "欧阳〇"),
        ("王\n五", "王五"),
    ],
)
def test_a_name_loses_blanks_and_look_alikes_only(written: str, name: str) -> None:
    assert of(NAME, written).value == name


@pytest.mark.parametrize(
    "written",
    [
        "张三(长期)",
        "张三 退场",
        "王五已离场",
        "张三1",
        "张三、李四",
        "张·",
        "·张",
        "张三?",
        "张三😀",
        "\ue863强",
        "\ufffd强",
        "<b>张</b>",
        "=张三",
    ],
)
def test_a_name_with_anything_else_in_it_is_refused(written: str) -> None:
    assert codes_of(of(NAME, written)) == ["name_chars"]


@pytest.mark.parametrize("written", ["张三(退场)", "张三（组长）", " 张 三 (已离场) ", "张三 （退场）"])
def test_where_somebody_is_stands_behind_the_name_and_is_no_part_of_it(written: str) -> None:
    cleaned = of(NAME, written)
    assert (cleaned.value, codes_of(cleaned), cleaned.is_wrong) == ("张三", ["name_note"], False)


@QUICK
@given(st.text("张王李·𠮷阿卜买提 \u200b\u3000", min_size=1, max_size=40))
def test_a_cleaned_name_is_clean(written: str) -> None:
    value = of(NAME, written).value
    if value is not None:
        assert of(NAME, value).value == value
        assert INVISIBLE.search(value) is None


# Numbers


@QUICK
@given(n=st.integers(400, 20_000), before=BLANKS, between=BLANKS, after=BLANKS, is_wide=st.booleans())
def test_an_id_number_is_the_same_however_it_is_dressed(n: int, before: str, between: str, after: str, is_wide: bool) -> None:
    plain = id_number(n)
    dressed = wide(plain) if is_wide else plain
    cleaned = of(ID, f"{before}'{dressed[:6]}{between}{dressed[6:14]}-{dressed[14:]}{after}")
    assert cleaned.value == IdNumber.parse(plain)


@QUICK
@given(n=st.integers(0, 10_000), place=st.integers(0, 17), shift=st.integers(1, 9))
def test_one_mistyped_digit_of_an_id_number_is_never_accepted(n: int, place: int, shift: int) -> None:
    digits = id_number(n)
    wrong = str((int(digits[place].replace("X", "0")) + shift) % 10)
    if wrong != digits[place]:
        assert of(ID, digits[:place] + wrong + digits[place + 1 :]).is_wrong


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (float(430000198001019972), "precision_lost"),
        (1e999, "precision_lost"),
        ("4.30001E+17", "scientific"),
        (wide("4.3E+17"), "scientific"),
        (Formula("430000198001019972"), "formula"),
        (Formula(""), "formula"),
        (CellError(""), "cell_kind"),
        (True, "cell_kind"),
        (date(2024, 3, 1), "cell_kind"),
        (12345.0, "id_length"),
        ("43000019800101997" + wide("Y"), "id_chars"),
        ("000101198501019972", "id_area"),
        ("610113201503019970", "id_check"),
        ("61011320150301997X", "under_age"),
        ("x" * 2000, "too_long"),
        ("430000\x0019800101", "control_char"),
    ],
)
def test_an_id_number_that_is_lost_or_wrong_says_why(cell: Cell, code: str) -> None:
    assert codes_of(of(ID, cell)) == [code]


def test_a_person_is_old_enough_from_the_birthday_on() -> None:
    born = "43000020100201999"
    number = born + IdNumber.check_character(born)
    assert [codes_of(ID(number, day)) for day in (date(2026, 1, 31), date(2026, 2, 1))] == [["under_age"], ["minor"]]


def test_what_is_doubtful_about_an_id_number_is_said_and_accepted() -> None:
    cleaned = of(ID, 610113840113997.0)
    assert (codes_of(cleaned), cleaned.value) == (["id15_upgraded"], IdNumber.parse("610113198401139976"))
    digits = next(
        f"430000{year}0101{seq}"
        for year in range(1970, 1999)
        for seq in range(1, 999)
        if ends_in_zeros(f"430000{year}0101{seq:03d}")
    )
    assert codes_of(of(ID, digits + "0")) == ["id_zeros"]


def ends_in_zeros(digits: str) -> bool:
    return digits.endswith("00") and IdNumber.check_character(digits) == "0"


@pytest.mark.parametrize(
    "written", ["15400000001", " +86 154-0000-0001", "8615400000001", "0086 15400000001", wide("15400000001"), "15400000001.0"]
)
def test_a_phone_is_the_same_however_it_is_dressed(written: str) -> None:
    assert of(PHONE, written).value == Phone.parse("15400000001")


def test_a_phone_that_excel_took_for_a_number_is_whole() -> None:
    assert of(PHONE, 15400000001.0).value == Phone.parse(phone(0)[:3] + "00000001")


@pytest.mark.parametrize("written", ["1540000000", "029-88880000", "15400000001、15400000002", "25400000001", "154000000012"])
def test_what_is_no_single_mobile_number_is_refused(written: str) -> None:
    assert codes_of(of(PHONE, written)) == ["phone"]


def test_a_card_is_checked_and_never_taken_from_a_long_number() -> None:
    card = bank_card(7)
    assert of(CARD, f"{card[:4]} {card[4:]}").value == BankCard.parse(card)
    assert codes_of(of(CARD, card[:-1] + str((int(card[-1]) + 1) % 10))) == ["card"]
    assert codes_of(of(CARD, float(card))) == ["precision_lost"]


@pytest.mark.parametrize("clean", [PHONE, CARD, TEXT, cleaners.code_list(codes.ETHNICITY_SPELLINGS), cleaners.day()])
@pytest.mark.parametrize("mark", ["/", " — ", "无", "\u200b"])
def test_marks_for_nothing_mean_nothing(clean: Cleaner, mark: str) -> None:
    cleaned = of(clean, mark)
    assert (cleaned.value, cleaned.is_wrong) == (None, False)


# Codes and text


@pytest.mark.parametrize(
    ("field", "written", "code"),
    [
        ("sex_code", "男 ", "1"),
        ("sex_code", "f", "2"),
        ("sex_code", wide("2"), "2"),
        ("sex_code", 1.0, "1"),
        ("ethnicity_code", "汉", "01"),
        ("ethnicity_code", "汉族(1)", "01"),
        ("ethnicity_code", "维族", "05"),
        ("ethnicity_code", "乌兹别克族", "43"),
        ("ethnicity_code", "穿青人", "97"),
        ("political_status_code", "中共党员（预备）", "02"),
        ("political_status_code", "中共党员（2019年转正）", "01"),
        ("political_status_code", "否", None),
        ("education_code", "大学专科", "05"),
    ],
)
def test_the_ways_to_write_a_code_lead_to_it(field: str, written: Cell, code: str | None) -> None:
    assert of(ROSTER.column(field).clean, written) == Cleaned(code)


@pytest.mark.parametrize(
    ("field", "written"), [("sex_code", "0"), ("sex_code", "未知"), ("ethnicity_code", "火星族"), ("education_code", "大学")]
)
def test_a_word_that_is_not_clear_is_no_code(field: str, written: str) -> None:
    assert codes_of(of(ROSTER.column(field).clean, written)) == ["unknown_value"]


@pytest.mark.parametrize(
    "table", [codes.ETHNICITY_SPELLINGS, codes.POLITICAL_STATUS_SPELLINGS, codes.EDUCATION_SPELLINGS, codes.SEX_SPELLINGS]
)
def test_every_spelling_is_found_as_it_is_folded(table: dict[str, str]) -> None:
    clean = cleaners.code_list(table, blanks=frozenset())
    assert {spelling: of(clean, spelling).value for spelling in table} == table


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("=1+1", "=1+1"),
        ("\t=1+1", "=1+1"),
        ("两\r\n行", "两 行"),
        ("a\u3000b\xa0c", "a b c"),
        ("⾦山队", "金山队"),
        (3.0, "3"),
        (2.5, "2.5"),
        (True, "是"),
        (date(2024, 3, 1), "2024-03-01"),
        (datetime(2024, 3, 1, 8), "2024-03-01 08:00:00"),
        (Formula("甲队"), "甲队"),
    ],
)
def test_text_is_kept_as_it_is_on_one_line(cell: Cell, value: str) -> None:
    assert of(TEXT, cell) == Cleaned(value)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("长" * 51, "too_long"),
        ("a\x07b", "control_char"),
        ("a\x00b", "control_char"),
        (Formula(""), "formula"),
        (CellError(""), "cell_error"),
    ],
)
def test_text_that_cannot_be_kept_is_refused(cell: Cell, code: str) -> None:
    assert codes_of(of(TEXT, cell)) == [code]


@QUICK
@given(st.text(min_size=1, max_size=60))
def test_kept_text_can_be_stored(text: str) -> None:
    value = of(TEXT, text).value
    if value is not None:
        assert CONTROL.search(value) is None
        assert of(TEXT, value).value == value


def test_warnings_are_no_errors() -> None:
    assert [note.level for note in of(TEXT, "甲\u200b队").notes] == [Level.WARNING]


# A cell may be long and mean; a hundred thousand of them must still be read


MEAN = (
    " " * 997 + "x\t1",
    "(" * 999,
    "1 " * 499,
    " ·" * 400 + " " * 199,
    "T" + " " * 990 + "x",
    "\u3000" * 998 + "x",
    "⼀" * 999,
    "ﷺ" * 999,
)


@pytest.mark.parametrize("text", MEAN, ids=range(len(MEAN)))
def test_no_text_takes_longer_than_its_length_allows(text: str) -> None:
    cleaners_of_all = [column.clean for column in COLUMNS]
    started = time.process_time()
    for turn in range(20):
        for clean in cleaners_of_all:
            of(clean, f"{turn}{text}"[:1000])
            match(ROSTER, f"{turn}{text}"[:200])
    assert time.process_time() - started < 20 * len(cleaners_of_all) * 0.0015
