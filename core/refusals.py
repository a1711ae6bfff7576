"""The one exception for "no": a rule refused what somebody asked, and says why in their words."""

from collections.abc import Mapping


class Refused(Exception):
    """A rule of the house refused an act.

    `message` is shown to the person as it is (translated, says what to do next, names no other person's data).
    `fields` optionally ties messages to form fields, so that a form can show them beside the field.
    """

    def __init__(self, message: str, *, fields: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.fields = dict(fields or {})


class Stale(Refused):
    """Somebody else changed the row since this person opened it; nothing was written."""
