"""What is this file, and is it safe to open? Judged by its bytes; the name only settles what the person believes it to be.

Pure standard library, runs inside the child process before any reader touches the file. Whatever is compressed in it is inflated
here, once; the sheets are looked through on the way (markup.py, opendocument.py).
"""

import re
import stat
import struct
import zipfile
import zlib
from dataclasses import dataclass, field
from enum import StrEnum
from io import BytesIO

from imports.reading import limits
from imports.reading.faults import Unreadable
from imports.reading.markup import SheetScan, chunks_of
from imports.reading.opendocument import CONTENT, DocumentScan

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED, VBA = "EncryptedPackage".encode("utf-16-le"), "_VBA_PROJECT".encode("utf-16-le")
OLD_WORKBOOKS = ("Workbook".encode("utf-16-le"), "Book".encode("utf-16-le"))
NOT_TABLES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"%PDF", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"{\\rtf")
MARKUP = re.compile(rb"\s*<[!?a-zA-Z]")
TEXT_EXTENSIONS = {"csv", "txt", "tsv", ""}
OLD_EXTENSIONS = {"xls", "et"}
ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
SHEET_PART = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
MACRO_PARTS = re.compile(r"(^|/)(vbaproject\.bin|macrosheets/|activex/)|^basic/|^scripts/", re.IGNORECASE)
DECLARATION = b"<!DOCTYPE"  # the only door to entities
READ_PARTS = re.compile(r"((xl|_rels)/.*|\[content_types\]|content|styles|settings|META-INF/manifest)\.(xml|rels)", re.IGNORECASE)
UTF16 = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<", b"\x00\x00")  # in which a declaration would not be recognised
ENCODING = re.compile(rb"(?:\xef\xbb\xbf)?\s*<\?xml[^>]*?\bencoding\s*=\s*[\"']([^\"']*)")
OUR_ENCODINGS = (b"utf-8", b"utf8", b"us-ascii", b"ascii")
END_OF_DIRECTORY = struct.Struct("<4s4H2LH")


class Kind(StrEnum):
    XLSX = "xlsx"
    ODS = "ods"
    XLS = "xls"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Container:
    """What a file is, and what was seen of its sheets while it was checked, by the name of their part."""

    kind: Kind
    sheets: dict[str, SheetScan] = field(default_factory=dict)
    document: DocumentScan = field(default_factory=DocumentScan)


def inspect(data: bytes, extension: str) -> Container:
    """Check that the file may be opened; raises Unreadable."""
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise Unreadable("empty_file")
    if data.startswith(OLE):
        return _old(data, extension)
    if data.startswith(b"PK"):
        return _archive(data)
    if data.startswith(NOT_TABLES):
        raise Unreadable("format")
    if MARKUP.match(data.removeprefix(b"\xef\xbb\xbf")):
        raise Unreadable("web_page")
    if extension not in TEXT_EXTENSIONS:
        raise Unreadable("format")
    return Container(Kind.TEXT)


def _old(data: bytes, extension: str) -> Container:
    """An OLE container: an encrypted workbook, or one of Excel 97-2003 (which only an honest name lets in)."""
    if ENCRYPTED in data:
        raise Unreadable("encrypted")
    if not any(name in data for name in OLD_WORKBOOKS):
        raise Unreadable("format")
    if VBA in data:
        raise Unreadable("macro")
    if extension not in OLD_EXTENSIONS:
        raise Unreadable("old_format")
    return Container(Kind.XLS)


def _archive(data: bytes) -> Container:
    _check_directory(data)
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
            _check_names(parts)
            container = Container(_kind_by_parts(archive))
            _check_sizes(parts)
            _inflate(archive, container)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, struct.error) as error:
        raise Unreadable("corrupt") from error
    return container


def _check_directory(data: bytes) -> None:
    """Before zipfile builds an object for each of what may be a million entries."""
    at = data.rfind(b"PK\x05\x06", -(END_OF_DIRECTORY.size + 0xFFFF))
    if at < 0 or len(data) - at < END_OF_DIRECTORY.size:
        raise Unreadable("corrupt")
    _, _, _, _, entries, directory_bytes, _, _ = END_OF_DIRECTORY.unpack_from(data, at)
    if entries > limits.MAX_PARTS or directory_bytes > limits.MAX_DIRECTORY:
        raise Unreadable("too_many_parts", limit=limits.MAX_PARTS)


def _check_names(parts: list[zipfile.ZipInfo]) -> None:
    seen = set()
    for part in parts:
        name = part.orig_filename.replace("\\", "/")
        if name.startswith("/") or ":" in name or "\x00" in name or ".." in name.split("/") or name.lower() in seen:
            raise Unreadable("part_names")
        if stat.S_ISLNK(part.external_attr >> 16):
            raise Unreadable("part_names")
        seen.add(name.lower())
        if part.flag_bits & 1:
            raise Unreadable("encrypted")
        if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Unreadable("corrupt")


def _kind_by_parts(archive: zipfile.ZipFile) -> Kind:
    names = {name.lower(): name for name in archive.namelist()}
    if any(MACRO_PARTS.search(name) for name in names):
        raise Unreadable("macro")
    if "xl/workbook.xml" in names and "[content_types].xml" in names:
        if b"macroenabled" in _small_part(archive, names["[content_types].xml"]).lower():
            raise Unreadable("macro")
        return Kind.XLSX
    if "meta-inf/manifest.xml" in names and b"encryption-data" in _small_part(archive, names["meta-inf/manifest.xml"]):
        raise Unreadable("encrypted")
    if "mimetype" in names and _small_part(archive, names["mimetype"]).startswith(ODS_TYPE) and "content.xml" in names:
        return Kind.ODS
    raise Unreadable("format")


def _small_part(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as part:
        return part.read(limits.MEBIBYTE)


def _check_sizes(parts: list[zipfile.ZipInfo]) -> None:
    """What the archive claims of itself; a claim that is already too much need not be inflated."""
    if sum(part.file_size for part in parts) > limits.MAX_INFLATED:
        raise Unreadable("bomb")
    if any(part.file_size > limits.RATIO_FROM and part.file_size > limits.MAX_RATIO * part.compress_size for part in parts):
        raise Unreadable("bomb")


def _inflate(archive: zipfile.ZipFile, container: Container) -> None:
    """Every part once, in chunks: their real sizes, their checksums, no declarations; and what is to be seen of sheets."""
    inflated = 0
    for name in archive.namelist():
        scan = _scan(container, name)
        tail = b""
        for number, chunk in enumerate(chunks_of(archive, name)):
            inflated += len(chunk)
            if inflated > limits.MAX_INFLATED:
                raise Unreadable("bomb")
            if number == 0 and READ_PARTS.fullmatch(name) and _is_foreign(chunk):
                raise Unreadable("declarations")
            if DECLARATION in tail + chunk and not name.lower().startswith("xl/media/"):
                raise Unreadable("declarations")
            tail = chunk[-len(DECLARATION) :]
            if scan:
                scan.feed(chunk)


def _scan(container: Container, name: str) -> SheetScan | DocumentScan | None:
    if container.kind is Kind.XLSX and SHEET_PART.fullmatch(name):
        return container.sheets.setdefault(name, SheetScan())
    return container.document if container.kind is Kind.ODS and name == CONTENT else None


def _is_foreign(beginning: bytes) -> bool:
    """In an encoding in which markup could hide from the guard; all programs write UTF-8."""
    declared = ENCODING.match(beginning[:400])
    return beginning.startswith(UTF16) or (declared is not None and declared[1].lower() not in OUR_ENCODINGS)
