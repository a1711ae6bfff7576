"""The parent's side: start the confined process, listen to it, put its refusals into words.

The process that serves people never opens the file itself. A child that crashes, hangs, runs out of memory or talks nonsense is a
refusal like any other. It reads ahead while its rows are worked on here, so a refusal may come after many good rows.
"""

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from django.conf import settings
from django.utils.translation import gettext_lazy

from core.refusals import Refused
from imports.reading import limits
from imports.reading.cells import Row, decoded, unpacked
from imports.reading.heads import Merge

# What comes of frames that are none: the child is as little to be trusted as the file it reads.
NONSENSE = (ValueError, LookupError, TypeError, AttributeError)
PROJECT = Path(__file__).resolve().parents[2]
# -I: neither the environment nor the working directory can make it import something else.
START = "import sys; sys.path.append(sys.argv[1]); from imports.reading.child import main; main()"

MESSAGES = {
    "empty_file": gettext_lazy("The file is empty. Save the workbook again and upload it once more."),
    "too_big": gettext_lazy(
        "The file is too big: at most %(limit)d MB. Split it, or delete pictures and sheets that are not needed."
    ),
    "format": gettext_lazy("No spreadsheet in a format that can be read. Open it in Excel or WPS and save it as .xlsx."),
    "web_page": gettext_lazy("Not a workbook but a web page, as many systems export it. Open it and save it as .xlsx."),
    "old_format": gettext_lazy("Inside, this is the old .xls format, whatever its name says. Open it and save it as .xlsx."),
    "encrypted": gettext_lazy("The workbook is encrypted with a password. Remove the password, save, and upload it again."),
    "macro": gettext_lazy("The workbook contains macros, which are not accepted. Save it as .xlsx without macros."),
    "corrupt": gettext_lazy("The file is damaged or incomplete. Open it, save it again as .xlsx, and upload it again."),
    "bomb": gettext_lazy("The file is abnormal, its content is far too large when unpacked. It was not opened."),
    "too_many_parts": gettext_lazy("The file is abnormal, it has too many parts (more than %(limit)d). It was not opened."),
    "part_names": gettext_lazy("The file is abnormal or damaged, the names of its parts are not allowed. It was not opened."),
    "declarations": gettext_lazy("The file is abnormal, it holds unsafe declarations. Open it and save it again as .xlsx."),
    "too_many_rows": gettext_lazy(
        "There is content in row %(row)d, beyond the %(limit)d rows of one file. Clear it, or split the file."
    ),
    "too_many_columns": gettext_lazy("There is content beyond column %(limit)d. Clear what lies beside the table."),
    "too_many_sheets": gettext_lazy(
        "The workbook has more than %(limit)d visible sheets. Send the list in a workbook of its own."
    ),
    "too_much": gettext_lazy("The workbook holds too many tables. Send the list in a workbook of its own."),
    "encoding": gettext_lazy("The encoding of this text file is not known. Save it as .xlsx, or as csv in UTF-8."),
    "csv_structure": gettext_lazy("From row %(row)d on a quotation mark is not closed, or a field is too long. Mend it there."),
    "crashed": gettext_lazy("The file cannot be read, it is damaged or too large. Save it again as .xlsx, or split it."),
}


class UnreadableFile(Refused):
    """The file as a whole is refused. `code` is for programs, `message` for the person who sent it."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(_fill(code, facts))
        self.code = code


@dataclass(slots=True)
class Sheet:
    """A visible sheet. `rows` are the first filled ones with their texts cut; after `read`, all of them as they are."""

    name: str
    place: int
    rows: list[Row]
    has_more: bool
    height: int  # the number of the last row, nearly
    merges: tuple[Merge, ...]
    hidden_rows: set[int] = field(default_factory=set)


class Block(NamedTuple):
    """The next rows of a sheet, and which of them are hidden."""

    rows: list[Row]
    hidden: set[int]


class Child(Protocol):
    """The other end of the talk."""

    def listen(self) -> bytes: ...

    def choose(self, place: int) -> None: ...


class Workbook:
    """A file whose sheets are known by their first rows. Everything that it says may turn out to be UnreadableFile."""

    def __init__(self, child: Child) -> None:
        self._child = child
        self._heard = 0
        self.is_1904 = False  # bare numbers count days from 1904
        self.sheets: list[Sheet] = []
        self.hidden_sheets: list[str] = []
        with _understood():
            while "choose" not in (frame := self._next()):
                self._add(frame)

    def blocks(self, sheet: Sheet) -> Iterator[Block]:
        """All rows of a sheet, some hundred at a time. One sheet after the other, each to its end."""
        self._child.choose(sheet.place)
        with _understood():
            while "choose" not in (frame := self._next()):
                yield Block(unpacked(frame), set(frame["hidden"]))

    def _add(self, frame: dict[str, Any]) -> None:
        if "sheet" in frame:
            merges = tuple((int(top), int(left), int(bottom), int(right)) for top, left, bottom, right in frame["merges"])
            facts = str(frame["sheet"]), len(self.sheets), unpacked(frame), bool(frame["more"]), int(frame["height"])
            self.sheets.append(Sheet(*facts, merges))
        else:
            self.hidden_sheets, self.is_1904 = list(map(str, frame["hidden_sheets"])), bool(frame["is_1904"])

    def _next(self) -> dict[str, Any]:
        line = self._child.listen()
        self._heard += len(line)
        if not line or self._heard > limits.MAX_WIRE:
            raise UnreadableFile("crashed")
        frame = decoded(line)
        if "refused" in frame:
            raise UnreadableFile(frame["refused"], **frame["facts"])
        return frame


@contextmanager
def _understood() -> Iterator[None]:
    """What cannot be understood of an answer is as good as none."""
    try:
        yield
    except NONSENSE as error:
        raise UnreadableFile("crashed") from error


@contextmanager
def opened(data: bytes, name: str) -> Iterator[Workbook]:
    """Have a file read that somebody sent under `name`; raises UnreadableFile. Leaving the block ends the child."""
    if len(data) > settings.IMPORT_MAX_BYTES:
        raise UnreadableFile("too_big", limit=settings.IMPORT_MAX_BYTES // limits.MEBIBYTE)
    with started(data, extension_of(name)) as child:
        yield Workbook(child)


def read(data: bytes, name: str) -> Workbook:
    """All sheets with all their rows, for small tables; raises UnreadableFile."""
    with opened(data, name) as book:
        for sheet in book.sheets:
            blocks = list(book.blocks(sheet))
            sheet.rows = [row for block in blocks for row in block.rows]
            sheet.hidden_rows = set().union(*(block.hidden for block in blocks))
        return book


def extension_of(name: str) -> str:
    """Letters and digits after the last dot, in lower case; a name is only ever looked at, never used as one."""
    found = re.search(r"\.([0-9a-z]{1,8})[.\s]*$", name.lower())
    return found[1] if found else ""


class Process:
    """A running child. It is waited for only so long; what is done between its answers is not its fault."""

    def __init__(self, process: "subprocess.Popen[bytes]", data: bytes) -> None:
        self._process = process
        self._patience = float(limits.WAIT_SECONDS)
        self.feeder = threading.Thread(target=self._feed, args=[data], daemon=True)
        self.feeder.start()

    def listen(self) -> bytes:
        """Its next line; nothing when it is gone, has taken too long, or does not end its line."""
        began = time.monotonic()
        alarm = threading.Timer(self._patience, self.kill)
        alarm.start()
        try:
            line = self._process.stdout.readline(limits.MAX_ANSWER) if self._process.stdout else b""
        finally:
            alarm.cancel()
            self._patience -= time.monotonic() - began
        return line if line.endswith(b"\n") else b""

    def choose(self, place: int) -> None:
        self.feeder.join()
        self._write(b"%d\n" % place)

    def kill(self) -> None:
        with suppress(ProcessLookupError, PermissionError):
            if sys.platform == "win32":
                self._process.kill()
            else:
                os.killpg(self._process.pid, signal.SIGKILL)

    def _feed(self, data: bytes) -> None:
        self._write(data)

    def _write(self, content: bytes) -> None:
        with suppress(OSError):  # a child that refuses early has stopped listening
            if self._process.stdin:
                self._process.stdin.write(content)
                self._process.stdin.flush()


@contextmanager
def started(data: bytes, extension: str) -> Iterator[Child]:
    """A confined child that is being fed `data`; gone, with everything it started, when the block is left."""
    command = [sys.executable, "-I", "-c", START, str(PROJECT), extension, str(len(data))]
    pipe, nowhere = subprocess.PIPE, subprocess.DEVNULL
    process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=nowhere, env={}, start_new_session=True)  # noqa: S603
    child = Process(process, data)
    try:
        yield child
    finally:
        child.kill()
        child.feeder.join()
        for stream in (process.stdin, process.stdout):
            with suppress(OSError):
                if stream:
                    stream.close()
        process.wait()


def _fill(code: str, facts: dict[str, Any]) -> str:
    return str(MESSAGES[code]) % facts
