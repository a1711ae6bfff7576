"""What differs between two submissions of a report, in words."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from reports.content import Content, Record
from reports.models import ReportValue


@dataclass(frozen=True, slots=True)
class Change:
    label: str
    before: str
    after: str


def changes_between(content: Content, before: dict[str, Record], after: dict[str, Record]) -> list[Change]:
    """The lines that say something else in `after` than in `before`, in the order of the report."""
    if not before or not after:
        return []
    pairs = ((entry.line.label, words(before.get(entry.line.key)), words(after.get(entry.line.key))) for entry in content.entries)
    return [Change(label, old, new) for label, old, new in pairs if old != new]


def words(record: Record | None) -> str:
    """A line in words: its text, or its number with the reason, or 未统计 with the reason."""
    if record is None:
        return ""
    if record["text"]:
        return record["text"]
    said = _("Not counted") if record["state"] == ReportValue.State.NOT_COUNTED else record["number"]
    return _("%(said)s (%(reason)s)") % {"said": said, "reason": record["reason"]} if record["reason"] else said
