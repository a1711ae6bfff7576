"""Files that were sound once: cut off, bits turned over, pieces lost, doubled and put in. Each gets rows or a refusal."""

import time
import zipfile
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from imports.checking import CheckedSheet, check
from imports.reading import limits
from labour_teams.roster import ROSTER
from tests.covering import EVERYTHING
from tests.imports.documents import ods, typed
from tests.imports.old_workbooks import Computed, xls
from tests.imports.workbooks import AS_OF, Markup, csv_text, person, roster, xlsx, zipped

pytestmark = pytest.mark.sqlite_only
FEW = settings(deadline=None, max_examples=50 if EVERYTHING else 5, suppress_health_check=[HealthCheck.too_slow])

PEOPLE = roster(person(1), person(2))
COMPUTED = roster(person(1), person(2, 序号=Markup("|<f>1+1</f><v>2</v>"), 进场日期=45717.0))
BOOKS = {
    "xlsx": xlsx({"花名册": COMPUTED, "底": [["x"]]}, states={"底": "hidden"}, merges=["A1:B1"]),
    "ods": ods({"花名册": roster(person(1), person(2, 备注=typed("float", "1", "1", 'table:formula="of:=1"')))}),
    "xls": xls({"花名册": roster(person(1), person(2, 备注=Computed("x")))}),
    "csv": csv_text(PEOPLE).encode("gb18030"),
}
TOKENS = (
    b"<", b">", b'"', b"&", b"\0", b"-1", b"99999999999", b"A1048577", b"<v>", b"</row>", b"<row>", b"]]>", b"<!--", b"\xff\xfe",
    b"&#0;", b"1e999", b"NaN", b't="s"', b't="e"', b'r="XFD9"', b"<f>", b"\xed\xa0\x80", b"PK\5\6", b"\r", b"\x1a",
)  # fmt: skip
KINDS = st.sampled_from(["flip", "cut", "drop", "double", "put"])
HURTS = st.lists(st.tuples(KINDS, st.floats(0, 1), st.integers(1, 200), st.sampled_from(TOKENS)), min_size=1, max_size=6)


def hurt(data: bytes, hurts: list[tuple[str, float, int, bytes]]) -> bytes:
    for kind, where, length, token in hurts:
        at = int(where * len(data))
        match kind:
            case "flip":
                data = data[:at] + bytes(byte ^ (1 << length % 8) for byte in data[at : at + 1]) + data[at + 1 :]
            case "cut" if length > 150:
                data = data[:at]
            case "drop":
                data = data[:at] + data[at + length :]
            case "double":
                data = data[: at + length] + data[at:]
            case "put":
                data = data[:at] + token + data[at:]
    return data


def inside(data: bytes, part: float, hurts: list[tuple[str, float, int, bytes]]) -> bytes:
    """An archive that is sound around a part that is not."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        members: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    name = sorted(members)[int(part * (len(members) - 1))]
    return zipped(members | {name: hurt(bytes(members[name]), hurts)})  # type: ignore[arg-type]


def assert_answered(data: bytes, name: str) -> CheckedSheet:
    """Rows or refusals with words for them, and soon; a child that died has taken nobody along."""
    started = time.monotonic()
    sheet = check(data, name, ROSTER, AS_OF)
    assert time.monotonic() - started < limits.WAIT_SECONDS / 4
    assert sheet.ok or sheet.errors
    assert all(issue.message and issue.code for issue in sheet.issues)
    assert not sheet.ok or sheet.rows
    return sheet


@pytest.mark.parametrize("extension", BOOKS)
def test_the_files_that_are_hurt_are_sound(extension: str) -> None:
    sheet = assert_answered(BOOKS[extension], f"花名册.{extension}")
    assert (sheet.ok, [row.number for row in sheet.rows]) == (True, [2, 3])


@pytest.mark.parametrize("extension", BOOKS)
@FEW
@given(hurts=HURTS)
def test_a_file_that_was_hurt_is_answered(extension: str, hurts: list[tuple[str, float, int, bytes]]) -> None:
    assert_answered(hurt(BOOKS[extension], hurts), f"花名册.{extension}")


@pytest.mark.parametrize("extension", ["xlsx", "ods"])
@FEW
@given(part=st.floats(0, 1), hurts=HURTS)
def test_an_archive_with_a_part_that_was_hurt_is_answered(
    extension: str, part: float, hurts: list[tuple[str, float, int, bytes]]
) -> None:
    assert_answered(inside(BOOKS[extension], part, hurts), f"花名册.{extension}")


@FEW
@given(data=st.binary(max_size=300), start=st.sampled_from([b"", b"PK\3\4", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xfe"]))
@pytest.mark.parametrize("extension", ["xlsx", "xls", "csv"])
def test_bytes_that_never_were_a_file_are_answered(extension: str, data: bytes, start: bytes) -> None:
    assert not assert_answered(start + data, f"花名册.{extension}").ok
