"""Recordings in an MPEG-4 container (M4A, 3GP, MP4): ISO 14496-12.

Nothing is moved, so that the table of where the sound lies stays right: a box that is not on the list becomes a `free` one full
of zeros, times become zero, and bytes of the sound box to which the table does not point become zero as well.
"""

from collections.abc import Iterator
from struct import unpack_from
from typing import NamedTuple

from feedback.voice.sound.notes import NotClean, Note

# What a player needs, and what may stand inside what.
INSIDE: dict[bytes, frozenset[bytes]] = {
    b"": frozenset({b"ftyp", b"moov", b"mdat"}),
    b"moov": frozenset({b"mvhd", b"trak"}),
    b"trak": frozenset({b"tkhd", b"mdia", b"edts"}),
    b"edts": frozenset({b"elst"}),
    b"mdia": frozenset({b"mdhd", b"hdlr", b"minf"}),
    b"minf": frozenset({b"smhd", b"dinf", b"stbl"}),
    b"dinf": frozenset({b"dref"}),
    b"stbl": frozenset({b"stsd", b"stts", b"stsc", b"stsz", b"stco", b"co64", b"sgpd", b"sbgp"}),
}
TIMED = (b"mvhd", b"tkhd", b"mdhd")  # version and flags, then when it was made and changed
SOUND = b"soun"
TYPES = {b"mp4a": "audio/mp4", b"samr": "audio/3gpp", b"sawb": "audio/3gpp"}
DREF_ALONE = 28  # bytes of the box that says: the sound is in this file
HEAD = 8


class Box(NamedTuple):
    """A box that may stay: its name, where its content begins and ends."""

    name: bytes
    begin: int
    end: int


def cleaned(data: bytes) -> Note:
    """Raises NotClean where there is a picture track, more than one track, or nothing that sounds."""
    whole = bytearray(data)
    kept = list(_kept(whole, 0, len(whole), b""))
    names = [box.name for box in kept]
    if names.count(b"trak") != 1 or names.count(b"mdhd") != 1 or names.count(b"hdlr") != 1 or names.count(b"stsd") != 1:
        raise NotClean
    one = {box.name: box for box in kept}
    for box in kept:
        if box.name in TIMED:
            _forget_times(whole, box)
    _only_sound(whole, one[b"hdlr"], one.get(b"dref"))
    _forget_between(whole, kept, one)
    kind = bytes(whole[one[b"stsd"].begin + 12 : one[b"stsd"].begin + 16])
    if kind not in TYPES:
        raise NotClean
    return Note(bytes(whole), TYPES[kind], max(_length(whole, one[name]) for name in (b"mvhd", b"mdhd")))


def _kept(whole: bytearray, at: int, end: int, inside: bytes) -> Iterator[Box]:
    """Walks the boxes between two places, empties those that are not on the list, and gives the others."""
    while at < end:
        if end - at < HEAD:
            raise NotClean
        size, name, head = unpack_from(">I", whole, at)[0], bytes(whole[at + 4 : at + 8]), HEAD
        if size == 1 and end - at >= 16:
            size, head = unpack_from(">Q", whole, at + 8)[0], 16
        elif size == 0 and not inside:
            size = end - at
        if size < head or at + size > end:
            raise NotClean
        if name in INSIDE[inside]:
            box = Box(name, at + head, at + size)
            yield box
            if name in INSIDE:
                yield from _kept(whole, box.begin, box.end, name)
        else:
            whole[at + 4 : at + 8] = b"free"
            whole[at + head : at + size] = bytes(size - head)
        at += size


def _forget_times(whole: bytearray, box: Box) -> None:
    size = 16 if whole[box.begin] == 1 else 8
    whole[box.begin + 4 : box.begin + 4 + size] = bytes(size)


def _length(whole: bytearray, box: Box) -> float:
    """Seconds, by the box of the film or of the track."""
    scale, units = (
        unpack_from(">IQ", whole, box.begin + 20) if whole[box.begin] == 1 else unpack_from(">II", whole, box.begin + 12)
    )
    if not scale:
        raise NotClean
    return float(units / scale)


def _only_sound(whole: bytearray, handler: Box, source: Box | None) -> None:
    """A track of sound, in this file; the handler's name says which program wrote it."""
    if bytes(whole[handler.begin + 8 : handler.begin + 12]) != SOUND:
        raise NotClean
    if source is None or source.end - source.begin > DREF_ALONE - HEAD:
        raise NotClean
    whole[handler.begin + 12 : handler.end] = bytes(handler.end - handler.begin - 12)


def _forget_between(whole: bytearray, kept: list[Box], one: dict[bytes, Box]) -> None:
    """Whatever lies in a sound box beside the pieces that the track plays."""
    pieces = sorted(_pieces(whole, one))
    for box in kept:
        if box.name != b"mdat":
            continue
        at = box.begin
        for begin, end in [*((begin, end) for begin, end in pieces if box.begin <= begin < box.end), (box.end, box.end)]:
            if begin > at:
                whole[at:begin] = bytes(begin - at)
            at = max(at, min(end, box.end))


def _pieces(whole: bytearray, one: dict[bytes, Box]) -> list[tuple[int, int]]:
    """Where the chunks lie: stco or co64 say where each begins, stsc how many samples it has, stsz how big each is."""
    if not {b"stsc", b"stsz"} <= one.keys() or not {b"stco", b"co64"} & one.keys():
        raise NotClean
    wide = b"co64" in one
    begins = _row(whole, one[b"co64" if wide else b"stco"], "Q" if wide else "I")
    sizes_at = one[b"stsz"].begin
    same, count = unpack_from(">II", whole, sizes_at + 4)
    if not same and count > (one[b"stsz"].end - sizes_at - 12) // 4:
        raise NotClean
    sizes = [] if same else list(unpack_from(f">{count}I", whole, sizes_at + 12))
    in_chunk = _samples_of_chunks(whole, one[b"stsc"], len(begins))
    pieces, done = [], 0
    for begin, samples in zip(begins, in_chunk, strict=True):
        length = same * samples if same else sum(sizes[done : done + samples])
        pieces.append((begin, begin + length))
        done += samples
    if done < count:
        raise NotClean
    return pieces


def _samples_of_chunks(whole: bytearray, box: Box, chunks: int) -> list[int]:
    rows = _row(whole, box, "III")
    triples = [rows[place : place + 3] for place in range(0, len(rows), 3)]
    samples: list[int] = []
    for number, (first, count, _description) in enumerate(triples):
        until = triples[number + 1][0] if number + 1 < len(triples) else chunks + 1
        if not len(samples) + 1 == first <= until <= chunks + 1:
            raise NotClean
        samples += [count] * (until - first)
    if len(samples) != chunks:
        raise NotClean
    return samples


def _row(whole: bytearray, box: Box, form: str) -> list[int]:
    """The table of a box: version and flags, how many rows, the rows."""
    [count] = unpack_from(">I", whole, box.begin + 4)
    width = {"I": 4, "Q": 8, "III": 12}[form]
    if count > (box.end - box.begin - 8) // width:
        raise NotClean
    return list(unpack_from(">" + form * count, whole, box.begin + 8))
