"""Recordings that are a row of frames of sound: MP3, AAC, AMR; and WAV. What lies round the frames stays behind."""

from collections.abc import Callable
from struct import pack, unpack_from
from typing import NamedTuple

from feedback.voice.sound.notes import NotClean, Note

# ISO 11172-3, 13818-3: kbit/s by the four bits of a header, layer III; samples a second by version.
KILOBITS = {
    True: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    False: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
MPEG_RATES = {3: (44_100, 48_000, 32_000), 2: (22_050, 24_000, 16_000), 0: (11_025, 12_000, 8_000)}
# ISO 14496-3
AAC_RATES = (96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000, 7_350)
# RFC 4867: bytes of a frame behind its first one, by type. 15 is silence.
AMR_NARROW, AMR_WIDE = b"#!AMR\n", b"#!AMR-WB\n"
AMR_SIZES = {
    AMR_NARROW: {0: 12, 1: 13, 2: 15, 3: 17, 4: 19, 5: 20, 6: 26, 7: 31, 8: 5, 15: 0},
    AMR_WIDE: {0: 17, 1: 23, 2: 32, 3: 36, 4: 40, 5: 46, 6: 50, 7: 58, 8: 60, 9: 5, 14: 0, 15: 0},
}
AMR_SECONDS = 0.02
LEAST_FRAMES = 4  # in a row: fewer may be chance
LONGEST_LEAD = 4096  # bytes of rubbish before the first frame
ID3_HEAD, ID3_FOOTER = 10, 0x10
WAV_KINDS = (1, 3, 6, 7)  # PCM, float, A-law, µ-law


class Frame(NamedTuple):
    """One frame: its bytes and how long it sounds."""

    size: int
    seconds: float


Header = Callable[[bytes, int], Frame | None]


def mp3(data: bytes) -> Note:
    """Raises NotClean."""
    sound, seconds = _frames(data, _first(data, _mpeg), _mpeg)
    return Note(sound, "audio/mpeg", seconds)


def adts(data: bytes) -> Note:
    """Raises NotClean."""
    sound, seconds = _frames(data, _first(data, _aac), _aac)
    return Note(sound, "audio/aac", seconds)


def is_mp3(data: bytes) -> bool:
    return _first(data, _mpeg) >= 0


def is_adts(data: bytes) -> bool:
    return _first(data, _aac) >= 0


def amr(data: bytes) -> Note:
    """Raises NotClean."""
    kind = next((kind for kind in AMR_SIZES if data.startswith(kind)), None)
    if kind is None:
        raise NotClean
    sizes, at, count = AMR_SIZES[kind], len(kind), 0
    while at < len(data) and (data[at] >> 3 & 15) in sizes and at + sizes[data[at] >> 3 & 15] < len(data):
        at += 1 + sizes[data[at] >> 3 & 15]
        count += 1
    return Note(data[:at], "audio/amr" if kind == AMR_NARROW else "audio/amr-wb", count * AMR_SECONDS)


def wav(data: bytes) -> Note:
    """Format and samples in a new file. Raises NotClean."""
    parts: dict[bytes, bytes] = {}
    at = 12
    while at + 8 <= len(data):
        name, size = data[at : at + 4], unpack_from("<I", data, at + 4)[0]
        parts.setdefault(name, data[at + 8 : at + 8 + size])
        at += 8 + size + size % 2
    form, samples = parts.get(b"fmt ", b"")[:16], parts.get(b"data", b"")
    if len(form) < 16:
        raise NotClean
    kind, _channels, _rate, a_second, block = unpack_from("<HHIIH", form)
    if kind not in WAV_KINDS or not a_second or not block:
        raise NotClean
    samples = samples[: len(samples) // block * block]
    chunks = b"fmt " + pack("<I", 16) + form + b"data" + pack("<I", len(samples)) + samples
    return Note(b"RIFF" + pack("<I", 4 + len(chunks)) + b"WAVE" + chunks, "audio/wav", len(samples) / a_second)


def _frames(data: bytes, at: int, header: Header) -> tuple[bytes, float]:
    """The frames from `at` as long as one follows the other."""
    begin, seconds = at, 0.0
    while (frame := header(data, at)) and at + frame.size <= len(data):
        at += frame.size
        seconds += frame.seconds
    if begin < 0:
        raise NotClean
    return data[begin:at], seconds


def _first(data: bytes, header: Header) -> int:
    """Where a row of frames begins, behind ID3 tags; -1 where there is none."""
    at = 0
    while data[at : at + 3] == b"ID3" and len(data) >= at + ID3_HEAD:
        size = sum((data[at + 6 + place] & 127) << 7 * (3 - place) for place in range(4))
        at += ID3_HEAD + size + (ID3_HEAD if data[at + 5] & ID3_FOOTER else 0)
    for begin in range(at, min(at + LONGEST_LEAD, len(data))):
        if data[begin] == 255 and _are_frames(data, begin, header):
            return begin
    return -1


def _are_frames(data: bytes, at: int, header: Header) -> bool:
    for _number in range(LEAST_FRAMES):
        frame = header(data, at)
        if frame is None:
            return False
        at += frame.size
    return at <= len(data)


def _mpeg(data: bytes, at: int) -> Frame | None:
    """A frame of layer III."""
    if at + 4 > len(data) or data[at] != 255 or data[at + 1] >> 5 != 7 or data[at + 1] >> 1 & 3 != 1:
        return None
    version, bits, rate = data[at + 1] >> 3 & 3, data[at + 2] >> 4, data[at + 2] >> 2 & 3
    if version not in MPEG_RATES or bits in (0, 15) or rate == 3:
        return None
    is_first, samples_a_second = version == 3, MPEG_RATES[version][rate]
    samples = 1152 if is_first else 576
    size = samples // 8 * KILOBITS[is_first][bits] * 1000 // samples_a_second + (data[at + 2] >> 1 & 1)
    return Frame(size, samples / samples_a_second)


def _aac(data: bytes, at: int) -> Frame | None:
    """A frame in an audio data transport stream."""
    if at + 7 > len(data) or data[at] != 255 or data[at + 1] & 0xF6 != 0xF0:
        return None
    rate, size = data[at + 2] >> 2 & 15, (data[at + 3] & 3) << 11 | data[at + 4] << 3 | data[at + 5] >> 5
    if rate >= len(AAC_RATES) or size < 7:
        return None
    return Frame(size, 1024 * ((data[at + 6] & 3) + 1) / AAC_RATES[rate])
