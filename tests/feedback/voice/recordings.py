"""Recordings and photos as phones make them, with everything that a phone writes beside the voice and the picture."""

import io
from struct import pack

from PIL import Image
from PIL.PngImagePlugin import PngInfo

PLACE = "+28.1127+112.9834/"  # as recorders write it
GPS = "canary-gps-112.9834"
CANARY = "canary-recorder"
AT_3800_000_000 = pack(">II", 3_800_000_000, 3_800_000_001)  # seconds since 1904


def box(name: bytes, *parts: bytes) -> bytes:
    content = b"".join(parts)
    return pack(">I", 8 + len(content)) + name + content


def m4a(seconds: int = 3, *, handler: bytes = b"soun", kind: bytes = b"mp4a", extra_track: bytes = b"") -> bytes:
    """An M4A with the time, the program, the place and the title where recorders put them."""
    samples = [bytes([number % 251 + 1]) * 40 for number in range(seconds * 10)]
    rubbish = f"{CANARY} between".encode()
    before = box(b"ftyp", b"M4A \0\0\0\0M4A isom") + box(b"uuid", bytes(16), GPS.encode())
    sound = box(b"mdat", b"".join(samples[:10]), rubbish, b"".join(samples[10:]))
    first = len(before) + 8
    stbl = box(
        b"stbl",
        box(b"stsd", pack(">II", 0, 1), pack(">I", 36), kind, bytes(28)),
        box(b"stts", pack(">IIII", 0, 1, len(samples), 100)),
        box(b"stsc", pack(">II", 0, 2), pack(">III", 1, 10, 1), pack(">III", 2, max(len(samples) - 10, 0), 1)),
        box(b"stsz", pack(">III", 0, 40, len(samples))),
        box(b"stco", pack(">IIII", 0, 2, first, first + 400 + len(rubbish))),
    )
    trak = box(
        b"trak",
        box(b"tkhd", pack(">I", 7), AT_3800_000_000, bytes(72)),
        box(
            b"mdia",
            box(b"mdhd", pack(">I", 0), AT_3800_000_000, pack(">II", 1000, seconds * 1000), bytes(4)),
            box(b"hdlr", bytes(8), handler, bytes(12), f"{CANARY} handler\0".encode()),
            box(
                b"minf", box(b"smhd", bytes(8)), box(b"dinf", box(b"dref", pack(">II", 0, 1), box(b"url ", pack(">I", 1)))), stbl
            ),
        ),
        box(b"udta", box(b"\xa9xyz", PLACE.encode())),
    )
    moov = box(
        b"moov",
        box(b"mvhd", pack(">I", 0), AT_3800_000_000, pack(">II", 1000, seconds * 1000), bytes(80)),
        trak,
        extra_track,
        box(b"udta", box(b"\xa9xyz", PLACE.encode()), box(b"meta", bytes(4), box(b"ilst", CANARY.encode()))),
        box(b"meta", bytes(4), f"com.example.version {CANARY}".encode()),
    )
    return before + sound + moov


def mp3(seconds: float = 3, *, tags: bool = True) -> bytes:
    """MPEG-1 layer III, 64 kbit/s, 44,100 Hz: 208 bytes and 26 ms a frame; ID3 in front, ID3v1 and APE behind."""
    frame = b"\xff\xfb\x50\xc0" + bytes(204)
    frames = frame * round(seconds * 44_100 / 1152)
    if not tags:
        return frames
    said = f"{CANARY} {PLACE}".encode().ljust(256, b"\0")
    before = b"ID3\x04\0\0" + bytes([0, 0, len(said) >> 7, len(said) & 127]) + said
    return before + frames + b"APETAGEX" + said + b"TAG" + said[:125]


def adts(seconds: float = 3) -> bytes:
    """AAC at 16,000 Hz, 64 ms a frame."""
    size = 7 + 57
    frame = bytes([0xFF, 0xF1, 0x60, 0x40 | size >> 11, size >> 3 & 255, (size & 7) << 5 | 31, 0xFC]) + bytes(57)
    said = CANARY.encode()
    return b"ID3\x04\0\0\0\0\0" + bytes([len(said)]) + said + frame * round(seconds * 16_000 / 1024) + said


def amr(seconds: float = 3) -> bytes:
    return b"#!AMR\n" + (bytes([7 << 3 | 4]) + bytes(31)) * round(seconds * 50) + b"\xff" + CANARY.encode()


def wav(seconds: float = 3) -> bytes:
    form = pack("<HHIIHH", 1, 1, 8000, 16_000, 2, 16)
    samples = bytes(round(seconds * 16_000))
    chunks = [(b"fmt ", form), (b"LIST", b"INFOICRD" + CANARY.encode().ljust(32, b"\0")), (b"data", samples)]
    content = b"".join(name + pack("<I", len(part)) + part for name, part in chunks)
    return b"RIFF" + pack("<I", 4 + len(content)) + b"WAVE" + content


KINDS = {"m4a": m4a, "mp3": mp3, "aac": adts, "amr": amr, "wav": wav}


def jpeg() -> bytes:
    """A photo with place, device and a thumbnail's worth of notes."""
    picture = Image.new("RGB", (640, 480), "green")
    notes = picture.getexif()
    notes[0x010F], notes[0x9286] = CANARY, GPS
    gps = notes.get_ifd(0x8825)
    gps[1], gps[2] = "N", (28.0, 6.0, 45.77)
    gps[29] = GPS
    written = io.BytesIO()
    picture.save(written, "JPEG", exif=notes, comment=GPS.encode())
    return written.getvalue()


def png() -> bytes:
    notes = PngInfo()
    notes.add_text("Comment", GPS)
    written = io.BytesIO()
    Image.new("RGB", (64, 48), "blue").save(written, "PNG", pnginfo=notes)
    return written.getvalue()
