"""What the cleaners of the different kinds of recordings give."""

from typing import NamedTuple


class NotClean(Exception):
    """The recording is damaged, or has something in it of which nobody knows what it says."""


class Note(NamedTuple):
    """Sound and nothing else."""

    content: bytes
    content_type: str
    seconds: float
