"""Two texts of one entry: what stands there now, and what somebody typed meanwhile."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.forms import BoundField

from handbook.entries.forms import EntryForm


@dataclass(frozen=True, slots=True)
class Difference:
    """A field of the form, in words: what the entry says now."""

    label: str
    stands: str


def differences(typed: EntryForm, stored: EntryForm) -> Sequence[Difference]:
    """Fields in which the two say something else; photos are only ever added."""
    names = [name for name in typed.fields if name not in ("key", "photos")]
    return [
        Difference(str(stored[name].label), in_words(stored[name])) for name in names if plain(typed[name]) != plain(stored[name])
    ]


def plain(field: BoundField) -> list[str]:
    """What a field holds, in the form in which it is sent."""
    value = field.field.prepare_value(field.value())
    values = value if isinstance(value, list | tuple) else [value]
    return [str(each) for each in values if each not in (None, "", False)]


def in_words(field: BoundField) -> str:
    """What a field holds as somebody reads it: names of choices, not their keys."""
    held = plain(field)
    options = getattr(field.field, "choices", None)
    if options is None:
        return "，".join(held)
    flat = {str(key): str(label) for key, label in _flat(options)}
    return "，".join(flat.get(key, key) for key in held)


def _flat(options: object) -> list[tuple[object, object]]:
    found: list[tuple[object, object]] = []
    for key, label in options:  # type: ignore[attr-defined]
        found += list(label) if isinstance(label, list | tuple) else [(key, label)]
    return found
