"""A voice note without anything beside the voice: no place, no time, no device, no title.

What a file may hold is a list: frames of sound, and of an MPEG-4 container the boxes that a player needs. Everything else is left
out or emptied, known or not: recorders write where a note was made into places that programs for removing "tags" do not look at.
A kind of file that cannot be cleaned so is refused with words that say what to do.
"""

import struct
from collections.abc import Callable
from typing import NamedTuple

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from core.refusals import Refused
from feedback.voice.sound import boxes, frames
from feedback.voice.sound.notes import NotClean, Note

MOST_BYTES = 3 * 1024 * 1024
MOST_SECONDS, LEAST_SECONDS = 60, 0.5
GRACE = 2  # a recorder that is stopped at sixty seconds writes a little more


class Voice(NamedTuple):
    """A voice note that may be kept."""

    content: bytes
    content_type: str
    seconds: int


Cleaner = Callable[[bytes], Note]
# By what the file begins with; an MP3 may begin with anything before its first frame.
CLEANERS: tuple[tuple[Callable[[bytes], bool], Cleaner], ...] = (
    (lambda data: data[4:8] == b"ftyp", boxes.cleaned),
    (lambda data: data.startswith(b"#!AMR"), frames.amr),
    (lambda data: data[:4] == b"RIFF" and data[8:12] == b"WAVE", frames.wav),
    (frames.is_adts, frames.adts),
    (frames.is_mp3, frames.mp3),
)


def cleaned_voice(upload: UploadedFile) -> Voice:
    """The voice of an uploaded note: at most 3 MB and a minute. Raises Refused."""
    if (upload.size or 0) > MOST_BYTES:
        raise Refused(_("The recording is too big. Record at most 60 seconds, or write it down."))
    note = _cleaned(upload.read())
    if note.seconds < LEAST_SECONDS:
        raise Refused(_("There is nothing to hear in this recording. Record it once more, or write it down."))
    if note.seconds > MOST_SECONDS + GRACE:
        raise Refused(_("The recording is longer than 60 seconds. Record a shorter one, or write it down."))
    return Voice(note.content, note.content_type, min(max(round(note.seconds), 1), MOST_SECONDS))


def _cleaned(data: bytes) -> Note:
    for is_this, cleaner in CLEANERS:
        if is_this(data):
            try:
                return cleaner(data)
            except (NotClean, struct.error, IndexError, ValueError) as error:
                raise Refused(_unclean()) from error
    raise Refused(_unclean())


def _unclean() -> str:
    return _("This recording cannot be freed of what the phone wrote into it. Save it as MP3 or M4A, or write it down.")
