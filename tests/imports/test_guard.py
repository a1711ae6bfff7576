"""What is not opened at all, and what is said about it."""

import struct
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from imports.reading import limits
from imports.reading.faults import Unreadable
from imports.reading.guard import inspect
from imports.reading.reader import MESSAGES, UnreadableFile, extension_of, read
from tests.imports.workbooks import Markup, person, roster, sheet_xml, xlsx, zipped

ROSTERS = Path(__file__).parents[1] / "data" / "rosters"
GOOD = xlsx({"花名册": roster(person())})
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def verdict(data: bytes, name: str = "花名册.xlsx") -> str:
    """The guard's own word, without starting a process."""
    with pytest.raises(Unreadable) as refused:
        inspect(data, extension_of(name))
    assert refused.value.code in MESSAGES
    return refused.value.code


def refusal(data: bytes, name: str = "花名册.xlsx") -> str:
    with pytest.raises(UnreadableFile) as refused:
        read(data, name)
    assert refused.value.message
    return refused.value.code


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "a.xlsx", "empty_file"),
        (b"\xef\xbb\xbf \r\n\t\n", "a.csv", "empty_file"),
        (b"%PDF-1.7 ...", "a.xlsx", "format"),
        (b"%PDF-1.7 ...", "a.csv", "format"),
        (b"\x1f\x8b\x08 gzip", "a.csv", "format"),
        ("姓名,身份证号\n".encode(), "a.xlsx", "format"),
        (b"<html><table></table></html>", "a.xls", "web_page"),
        (b'\xef\xbb\xbf<?xml version="1.0"?><Workbook/>', "a.xls", "web_page"),
        (OLE + b"\0" * 600 + "WordDocument".encode("utf-16-le"), "a.xls", "format"),
        (OLE + b"\0" * 600 + "Workbook".encode("utf-16-le") + "_VBA_PROJECT_CUR".encode("utf-16-le"), "a.xls", "macro"),
        (OLE + b"\0" * 600 + "Workbook".encode("utf-16-le"), "a.xlsx", "old_format"),
        (b"PK\x03\x04 and then nothing", "a.xlsx", "corrupt"),
        (zipped({"word/document.xml": "<w/>", "[Content_Types].xml": "<Types/>"}), "a.xlsx", "format"),
        (zipped({"xl/workbook.bin": b"\0", "[Content_Types].xml": "<Types/>"}), "a.xlsx", "format"),
        (zipped({"notes.txt": "x"}), "a.zip", "format"),
        (GOOD[: len(GOOD) // 2], "a.xlsx", "corrupt"),
    ],
)
def test_what_is_no_readable_workbook_is_refused_by_its_bytes(data: bytes, name: str, code: str) -> None:
    assert verdict(data, name) == code


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"xl/vbaProject.bin": b"inert"}, "macro"),
        ({"xl/macrosheets/sheet1.xml": "<x/>"}, "macro"),
        (
            {"[Content_Types].xml": '<Types><Override ContentType="application/vnd.ms-excel.sheet.macroEnabled"/></Types>'},
            "macro",
        ),
        ({"../outside.xml": "<x/>"}, "part_names"),
        ({"/etc/outside.xml": "<x/>"}, "part_names"),
        ({"xl\\..\\..\\outside.xml": "<x/>"}, "part_names"),
        ({"C:/outside.xml": "<x/>"}, "part_names"),
        ({"XL/Workbook.xml": "<x/>"}, "part_names"),
        ({"xl/sharedStrings.xml": '<!DOCTYPE x [<!ENTITY a "b">]><sst/>'}, "declarations"),
        ({"xl/sharedStrings.xml": "<sst/>" + " " * limits.MEBIBYTE + "<!DOCTYPE x>"}, "declarations"),
        ({"xl/sharedStrings.xml": "<!DOCTYPE x><sst/>".encode("utf-16")}, "declarations"),
        ({"xl/sharedStrings.xml": "<!DOCTYPE x><sst/>".encode("utf-16-le")}, "declarations"),
        ({"xl/styles.xml": "0" * (9 * limits.MEBIBYTE)}, "bomb"),
        ({f"xl/media/{number}.xml": "" for number in range(600)}, "too_many_parts"),
    ],
)
def test_an_archive_that_is_not_an_honest_workbook_is_refused(parts: dict[str, str | bytes], code: str) -> None:
    assert verdict(xlsx({"花名册": roster(person())}, parts=parts)) == code


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (OLE + b"\0" * 600 + "Workbook".encode("utf-16-le"), "a.xls"),
        (xlsx({"花名册": roster(person())}, parts={"xl/workbook.xml": "<workbook"}), "a.xlsx"),
        (xlsx({"花名册": roster(person())}, parts={"xl/_rels/workbook.xml.rels": "<Relationships/>"}), "a.xlsx"),
    ],
)
def test_what_passes_the_guard_and_cannot_be_read_is_damaged(data: bytes, name: str) -> None:
    assert refusal(data, name) == "corrupt"


def test_a_picture_may_say_what_it_likes() -> None:
    drawing = '<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://example.invalid/svg11.dtd"><svg/>'
    assert len(read(xlsx({"花名册": roster(person())}, parts={"xl/media/image1.svg": drawing}), "a.xlsx").sheets) == 1


def test_an_encrypted_member_is_refused() -> None:
    data = bytearray(GOOD)
    at = data.find(b"PK\x01\x02")
    struct.pack_into("<H", data, at + 8, struct.unpack_from("<H", data, at + 8)[0] | 1)
    assert verdict(bytes(data)) == "encrypted"


def test_a_link_in_an_archive_is_refused() -> None:
    buffer = BytesIO(GOOD)
    with zipfile.ZipFile(buffer, "a") as archive:
        link = zipfile.ZipInfo("xl/link.xml")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/hostname")
    assert verdict(buffer.getvalue()) == "part_names"


def test_a_member_that_lies_about_its_size_is_refused() -> None:
    data = bytearray(xlsx({"花名册": roster(person())}, parts={"xl/styles.xml": "0" * (9 * limits.MEBIBYTE)}))
    for signature, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        at = data.find(b"xl/styles.xml", data.find(signature))
        while at >= 0 and data[at - (46 if offset == 24 else 30) :][:4] != signature:
            at = data.find(b"xl/styles.xml", at + 1)
        struct.pack_into("<I", data, at - (46 if offset == 24 else 30) + offset, 1_000)
    assert verdict(bytes(data)) == "corrupt"


def test_a_file_over_the_limit_is_refused_unread(settings: object) -> None:
    settings.IMPORT_MAX_BYTES = len(GOOD) - 1  # type: ignore[attr-defined]
    assert refusal(GOOD) == "too_big"


@pytest.mark.parametrize(
    ("reference", "code"),
    [
        ("XFD1048576", "too_many_rows"),
        ("A120001", "too_many_rows"),
        ("A2000000000", "too_many_rows"),
        ("XFD3", "too_many_columns"),
    ],
)
def test_one_stray_cell_far_away_is_refused_with_where_it_stands(reference: str, code: str) -> None:
    number = reference.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    stray = f'<row r="{number}"><c r="{reference}"><v>1</v></c></row></sheetData>'
    sheet = sheet_xml(roster(person())).replace("</sheetData>", stray)
    assert refusal(xlsx({"花名册": []}, parts={"xl/worksheets/sheet1.xml": sheet})) == code


def test_styled_blank_cells_far_away_do_no_harm() -> None:
    blank = '<row r="1048576" s="1"><c r="XFD1048576" s="1"/></row></sheetData>'
    sheet = sheet_xml(roster(person())).replace("</sheetData>", blank)
    book = read(xlsx({"花名册": []}, parts={"xl/worksheets/sheet1.xml": sheet}), "a.xlsx")
    assert [number for number, _cells in book.sheets[0].rows] == [1, 2]


def test_a_wide_cell_that_hides_behind_a_low_row_number_kills_only_the_child() -> None:
    rows = "".join(
        f'<row r="{number}"><c r="{letters}{number}"><v>1</v></c></row>' for letters, number in (("A", 1), ("XFD", 119_999))
    )
    sheet = sheet_xml([]).replace("<sheetData>", f"<sheetData>{rows}")
    assert refusal(xlsx({"花名册": []}, parts={"xl/worksheets/sheet1.xml": sheet})) == "crashed"


def test_rows_are_counted_while_they_are_read() -> None:
    rows = "<row><c><v>1</v></c></row>" * (limits.MAX_ROWS + 1)
    noise = "".join(f"<!-- {number:x} -->" for number in range(40_000))  # so that it does not deflate like a bomb
    sheet = sheet_xml([]).replace("<sheetData>", f"<sheetData>{rows}").replace("</sheetData>", f"</sheetData>{noise}")
    assert refusal(xlsx({"花名册": []}, parts={"xl/worksheets/sheet1.xml": sheet})) == "too_many_rows"


def test_too_many_visible_sheets_are_refused() -> None:
    assert refusal(xlsx({f"表{number}": [] for number in range(limits.MAX_SHEETS + 1)})) == "too_many_sheets"


@pytest.mark.parametrize(
    ("name", "extension"),
    [
        ("花名册.XLSX", "xlsx"),
        ("花名册.xlsx.", "xlsx"),
        (" 花名册.csv ", "csv"),
        ("花名册.xlsx\x00.php", "php"),
        (".xlsx", "xlsx"),
        ("花名册", ""),
        ("../../etc/passwd", ""),
        ("a.这不是扩展名", ""),
    ],
)
def test_of_a_name_only_the_extension_is_read(name: str, extension: str) -> None:
    assert extension_of(name) == extension


def test_a_formula_is_no_markup_trick() -> None:
    cells = [Markup("|<f>1+1</f>"), Markup("|<f>1+1</f><v>2</v>"), Markup('t="e"|<v>#REF!</v>')]
    assert len(read(xlsx({"表": [cells]}), "a.xlsx").sheets[0].rows) == 1


# Archives as other programs pack them, and as nobody should


def repacked(*members: tuple[str, str | bytes], method: int = zipfile.ZIP_DEFLATED, comment: bytes = b"") -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in members:
            archive.writestr(name, content)
        archive.comment = comment
    return buffer.getvalue()


def members() -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(GOOD)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


class Stream(BytesIO):
    """What a program writes to that cannot go back: sizes follow behind the content."""

    def seekable(self) -> bool:
        return False

    def tell(self) -> int:
        raise OSError


def streamed(zip64: bool) -> bytes:
    buffer = Stream()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members().items():
            with archive.open(name, "w", force_zip64=zip64) as part:
                part.write(content)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        streamed(zip64=False),
        streamed(zip64=True),
        repacked(*members().items(), method=zipfile.ZIP_STORED),
        repacked(*members().items(), comment=b"x" * 65_535),
        repacked(("xl/", b""), ("xl/worksheets/", b""), *members().items()),
        repacked(
            *members().items(), ("xl/embeddings/Book1.xlsx", GOOD), ("xl/printerSettings/printerSettings1.bin", b"\xff\xfe\0")
        ),
        repacked(*members().items(), ("customXml/item1.xml", '<?xml version="1.0" encoding="utf-16"?><x/>'.encode("utf-16"))),
        repacked(*members().items(), ("xl/中文.xml", "<x/>")),
        GOOD + b"\0" * 10,
    ],
)
@pytest.mark.usefixtures("in_this_process")
def test_an_honest_archive_is_read_however_it_was_packed(data: bytes) -> None:
    assert inspect(data, "xlsx").kind == "xlsx"
    assert [number for number, _cells in read(data, "a.xlsx").sheets[0].rows] == [1, 2]


def end_of_directory(**changes: int) -> bytes:
    """A good workbook whose end of the directory says something else."""
    at = GOOD.rfind(b"PK\5\6")
    names = ("signature", "disk", "start", "entries_here", "entries", "size", "offset", "comment")
    values = dict(zip(names, struct.unpack_from("<4s4H2LH", GOOD, at), strict=True)) | changes
    return GOOD[:at] + struct.pack("<4s4H2LH", *values.values())


def overlapping(count: int) -> bytes:
    """Many names for one piece of compressed content."""
    content = b"<a/>" * 400_000
    one = repacked(("k", content))
    at, end = GOOD.find(b"PK\1\2"), GOOD.rfind(b"PK\5\6")
    start, body = one.find(b"PK\1\2"), GOOD[:at]
    entry = bytearray(one[start : start + 47])
    struct.pack_into("<I", entry, 42, len(body))
    entries = b"".join(entry[:46] + bytes([65 + number % 26]) for number in range(count))
    directory = GOOD[at:end] + entries
    found = struct.unpack_from("<H", GOOD, end + 10)[0] + count
    return body + one[:start] + directory + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, found, found, len(directory), at + start, 0)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (repacked(*members().items(), method=zipfile.ZIP_BZIP2), "corrupt"),
        (repacked(*members().items(), method=zipfile.ZIP_LZMA), "corrupt"),
        (repacked(*members().items(), comment=b"PK\5\6" * 9), "corrupt"),
        (GOOD + b"A" * 100_000, "corrupt"),
        (repacked(("xl/workbook.bin", b"\x83\1\0"), ("[Content_Types].xml", "<Types/>")), "format"),
        (repacked(("Index/Document.iwa", b"x"), ("Metadata/Properties.plist", b"x")), "format"),
        (repacked(("花名册.xlsx", GOOD)), "format"),
        (repacked(*((name.replace("/", "\\"), content) for name, content in members().items())), "format"),
        (lambda: repacked(*members().items(), ("xl/drawings/drawing1.xml", b"<a/>" * 5_000_000)), "bomb"),
        (lambda: repacked(*members().items(), *((f"xl/media/{number}.png", b"0" * 8_000_000) for number in range(40))), "bomb"),
        (lambda: repacked(*members().items(), ("xl/styles.xml", b'<xf numFmtId="0"/>' * 1_000_000)), "bomb"),
        (lambda: overlapping(20), "corrupt"),
        (end_of_directory(entries=1, entries_here=1), "corrupt"),
        (end_of_directory(entries=0, entries_here=0), "corrupt"),
        (end_of_directory(entries=65_535), "too_many_parts"),
        (end_of_directory(size=2**32 - 1), "too_many_parts"),
        (end_of_directory(offset=0), "corrupt"),
        (end_of_directory(offset=2**32 - 1), "corrupt"),
        (end_of_directory(comment=100), "corrupt"),
        (GOOD.replace(b"xl/worksheets/sheet1.xml", b"xl/worksheets/sheet9.xml", 1), "corrupt"),
        (b"PK\5\6" + b"\0" * 18, "format"),
        (b"PK", "corrupt"),
    ],
)
@pytest.mark.usefixtures("in_this_process")
def test_an_archive_that_is_packed_to_deceive_is_refused(data: bytes | Callable[[], bytes], code: str) -> None:
    """What is large is packed by its own test, not by every process that collects them."""
    assert refusal(data() if callable(data) else data) == code
