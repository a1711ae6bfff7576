"""The process that reads a hostile file. Started by reader.py with the file on standard input; answers in frames (cells.py):

    {"hidden_sheets": [name, ...]}
    {"sheet": name, "hidden_rows": [...], "merges": [...]}      for each visible sheet, followed by its
    {"rows": [[number, [cell, ...]], ...]}                      as often as needed
    {"end": true}                                               or, at any point, {"refused": code, "facts": {...}}

No Django, no settings, no secrets in its environment. Whatever else happens to it (killed, out of memory, aborted by the reader)
is the absence of the last frame.
"""

import codecs
import sys
from collections.abc import Iterator
from typing import Any

from imports.reading import tables, text
from imports.reading.cells import encode
from imports.reading.confine import confine
from imports.reading.faults import Unreadable
from imports.reading.guard import Kind, kind_of

CODECS = ("gb18030", "utf-8-sig", "utf-16", "cp437")  # loaded before the door closes; the last names the parts of an archive


def frames(data: bytes, extension: str) -> Iterator[dict[str, Any]]:
    try:
        kind = kind_of(data, extension)
        yield from text.frames(data) if kind is Kind.TEXT else tables.frames(data, kind)
        yield {"end": True}
    except Unreadable as refusal:
        yield {"refused": refusal.code, "facts": refusal.facts}


def main() -> None:
    for name in CODECS:
        codecs.lookup(name)
    confine()
    data = sys.stdin.buffer.read()
    for frame in frames(data, sys.argv[-1]):
        sys.stdout.buffer.write(encode(frame))
    sys.stdout.buffer.flush()
