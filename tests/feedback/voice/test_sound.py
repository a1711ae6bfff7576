"""What a recording still says when it has been cleaned: nothing but the voice (AN-07)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.refusals import Refused
from feedback.voice.sound import MOST_BYTES, Voice, cleaned_voice
from tests.feedback.voice.conftest import file
from tests.feedback.voice.recordings import AT_3800_000_000, CANARY, GPS, KINDS, PLACE, box, m4a, mp3

TRACES = (CANARY.encode(), PLACE.encode(), GPS.encode(), AT_3800_000_000, b"ID3", b"APETAG", b"xyz", b"ICRD")
TYPES = {"m4a": "audio/mp4", "mp3": "audio/mpeg", "aac": "audio/aac", "amr": "audio/amr", "wav": "audio/wav"}


def cleaned(content: bytes) -> Voice:
    return cleaned_voice(file(content))


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_left_beside_the_voice(kind: str) -> None:
    dirty = KINDS[kind](3)
    assert [trace for trace in TRACES if trace in dirty], "the recording has nothing to remove"
    voice = cleaned(dirty)
    assert [trace for trace in TRACES if trace in voice.content] == []
    assert (voice.content_type, voice.seconds) == (TYPES[kind], 3)


@pytest.mark.parametrize("kind", KINDS)
def test_cleaning_twice_changes_nothing(kind: str) -> None:
    once = cleaned(KINDS[kind](3)).content
    assert cleaned(once).content == once


def test_the_sound_of_an_mp4_stays_where_its_table_says() -> None:
    dirty = m4a(3)
    clean = cleaned(dirty).content
    assert len(clean) == len(dirty)
    at = dirty.index(b"mdat") + 4
    assert clean[at : at + 400] == dirty[at : at + 400]
    rubbish = len(f"{CANARY} between")
    assert clean[at + 400 : at + 400 + rubbish] == bytes(rubbish)
    assert clean[at + 400 + rubbish : at + 1200 + rubbish] == dirty[at + 400 + rubbish : at + 1200 + rubbish]


def test_the_frames_of_an_mp3_are_its_sound() -> None:
    assert cleaned(mp3(3)).content == mp3(3, tags=False)


@pytest.mark.parametrize("kind", KINDS)
def test_a_minute_is_the_most(kind: str) -> None:
    assert cleaned(KINDS[kind](60)).seconds == 60
    with pytest.raises(Refused, match="60"):
        cleaned(KINDS[kind](65))


@pytest.mark.parametrize("kind", KINDS)
def test_silence_is_nothing(kind: str) -> None:
    with pytest.raises(Refused):
        cleaned(KINDS[kind](0))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"x" * 4000,
        m4a(3, handler=b"vide"),
        m4a(3, kind=b"alac"),
        m4a(3, extra_track=box(b"trak", box(b"tkhd", bytes(84)))),
        m4a(3)[:200],
        b"OggS" + bytes(400),
        b"\x1aE\xdf\xa3" + bytes(400),
        b"RIFF\0\0\0\0WAVE",
        b"#!AMR_something\n",
        b"%PDF-1.4",
    ],
)
def test_what_cannot_be_cleaned_is_refused_with_words(content: bytes) -> None:
    with pytest.raises(Refused) as refused:
        cleaned(content)
    assert refused.value.message


def test_three_megabytes_are_the_most() -> None:
    with pytest.raises(Refused):
        cleaned(mp3(1) + bytes(MOST_BYTES))


@given(st.sampled_from(sorted(KINDS)), st.data())
def test_a_damaged_recording_is_cleaned_or_refused_and_never_more(kind: str, data: st.DataObject) -> None:
    content = bytearray(KINDS[kind](1))
    for _hit in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(content)))
    try:
        voice = cleaned(bytes(content[:cut]))
    except Refused:
        return
    assert len(voice.content) <= len(content)
