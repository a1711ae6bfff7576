"""The parent's side: start the confined process, listen to it, put its refusals into words.

The process that serves people never opens the file itself. A child that crashes, hangs, runs out of memory or talks nonsense is a
refusal like any other.
"""

import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.utils.translation import gettext_lazy

from core.refusals import Refused
from imports.reading import limits
from imports.reading.cells import Cell, decode

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
        "The workbook has more than %(limit)d visible sheets. Send the roster in a workbook of its own."
    ),
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
    """A visible sheet: its filled rows by the row's number in Excel (in csv: the line where the record starts)."""

    name: str
    hidden_rows: frozenset[int]
    merges: tuple[tuple[int, int, int, int], ...]  # first row (from 1), first column (from 0), last row, last column
    rows: list[tuple[int, list[Cell]]] = field(default_factory=list)


@dataclass(slots=True)
class Workbook:
    sheets: list[Sheet] = field(default_factory=list)
    hidden_sheets: list[str] = field(default_factory=list)


def read(data: bytes, name: str) -> Workbook:
    """Read a file that somebody sent under `name`; raises UnreadableFile."""
    if len(data) > settings.IMPORT_MAX_BYTES:
        raise UnreadableFile("too_big", limit=settings.IMPORT_MAX_BYTES // limits.MEBIBYTE)
    book = Workbook()
    with _child(data, extension_of(name)) as child, suppress(*NONSENSE):
        for frame in _frames(child.stdout):
            if "end" in frame:
                return book
            _add(book, frame)
    raise UnreadableFile("crashed")


def extension_of(name: str) -> str:
    """Letters and digits after the last dot, in lower case; a name is only ever looked at, never used as one."""
    found = re.search(r"\.([0-9a-z]{1,8})[.\s]*$", name.lower())
    return found[1] if found else ""


@contextmanager
def _child(data: bytes, extension: str) -> Iterator["subprocess.Popen[bytes]"]:
    """A running child that is being fed `data`; gone, with everything it started, when the block is left."""
    command = [sys.executable, "-I", "-c", START, str(PROJECT), extension]
    pipe, nowhere = subprocess.PIPE, subprocess.DEVNULL
    process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=nowhere, env={}, start_new_session=True)  # noqa: S603
    alarm = threading.Timer(limits.WALL_SECONDS, _kill, [process])
    feeder = threading.Thread(target=_feed, args=[process, data], daemon=True)
    alarm.start()
    feeder.start()
    try:
        yield process
    finally:
        alarm.cancel()
        _kill(process)
        feeder.join()
        if process.stdout:
            process.stdout.close()
        process.wait()


def _feed(process: "subprocess.Popen[bytes]", data: bytes) -> None:
    with suppress(OSError):  # a child that refuses early has stopped listening
        if process.stdin:
            with process.stdin as pipe:
                pipe.write(data)


def _kill(process: "subprocess.Popen[bytes]") -> None:
    with suppress(ProcessLookupError, PermissionError):
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)


def _frames(answers: IO[bytes] | None) -> Iterator[dict[str, Any]]:
    heard = 0
    while answers and (line := answers.readline(limits.MAX_WIRE)):
        heard += len(line)
        if heard > limits.MAX_WIRE:
            return
        frame = decode(line)
        if "refused" in frame:
            raise UnreadableFile(frame["refused"], **frame["facts"])
        yield frame


def _add(book: Workbook, frame: dict[str, Any]) -> None:
    if "rows" in frame:
        book.sheets[-1].rows.extend((number, cells) for number, cells in frame["rows"])
    elif "sheet" in frame:
        merges = tuple(tuple(merge) for merge in frame["merges"])
        book.sheets.append(Sheet(frame["sheet"], frozenset(frame["hidden_rows"]), merges))
    else:
        book.hidden_sheets = frame["hidden_sheets"]


def _fill(code: str, facts: dict[str, Any]) -> str:
    return str(MESSAGES[code]) % facts
