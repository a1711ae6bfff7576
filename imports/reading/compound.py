"""The container of .xls and .et files: a small file system of 512-byte sectors, chained by a table (MS-CFB)."""

import struct
from array import array
from collections.abc import Iterator

from imports.reading.faults import Unreadable

LAST_SECTOR = 0xFFFFFFFA  # what is above marks ends and gaps
ENTRY = 128
STREAM, ROOT = 2, 5


class Compound:
    """Raises Unreadable, or struct.error and IndexError where it is cut off."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        (shift,) = struct.unpack_from("<H", data, 0x1E)
        (self._directory,) = struct.unpack_from("<I", data, 0x30)
        self._cutoff, first_small, _number, next_table, _tables = struct.unpack_from("<5I", data, 0x38)
        if shift not in (9, 12):
            raise Unreadable("corrupt")
        self._size = 1 << shift
        self._table = array("I", b"".join(map(self._sector, self._table_sectors(next_table))))
        self._small_table = array("I", self._chained(first_small))

    def stream(self, *names: str) -> bytes:
        """The first stream that has one of the names."""
        entries = [entry for entry in self._entries() if entry[1] == ROOT or entry[0] in names]
        root = next(entry for entry in entries if entry[1] == ROOT)
        found = next((entry for name in names for entry in entries if entry[:2] == (name, STREAM)), None)
        if found is None:
            raise Unreadable("corrupt")
        _name, _kind, start, size = found
        if size >= self._cutoff:
            return self._chained(start)[:size]
        smalls = self._chained(root[2])
        return b"".join(smalls[at * 64 : at * 64 + 64] for at in self._chain(start, self._small_table))[:size]

    def _entries(self) -> Iterator[tuple[str, int, int, int]]:
        """(name, kind, first sector, bytes)"""
        directory = self._chained(self._directory)
        for at in range(0, len(directory), ENTRY):
            length, kind = struct.unpack_from("<HB", directory, at + 64)
            start, size = struct.unpack_from("<II", directory, at + 116)
            yield directory[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace"), kind, start, size

    def _table_sectors(self, further: int) -> Iterator[int]:
        """109 places in the header, the rest in sectors of their own, each of which names the next."""
        listed = list(struct.unpack_from("<109I", self._data, 0x4C))
        for _turn in range(len(self._data) // self._size + 1):
            yield from (sector for sector in listed if sector <= LAST_SECTOR)
            if further > LAST_SECTOR:
                return
            *listed, further = struct.unpack(f"<{self._size // 4}I", self._sector(further))
        raise Unreadable("corrupt")

    def _sector(self, number: int) -> bytes:
        sector = self._data[(number + 1) * self._size : (number + 2) * self._size]
        return sector.ljust(self._size, b"\xff")

    def _chain(self, start: int, table: "array[int]") -> Iterator[int]:
        for _turn in range(len(table) + 1):
            if start > LAST_SECTOR:
                return
            yield start
            start = table[start]
        raise Unreadable("corrupt")  # it runs in a circle

    def _chained(self, start: int) -> bytes:
        return b"".join(map(self._sector, self._chain(start, self._table)))
