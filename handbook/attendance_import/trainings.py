"""The trainings to which a sign-in sheet can be read in: held, standing, in a month that is still open.

A sheet names one by its label.
"""

import re
from datetime import date

from core.months import Month
from handbook import policies
from handbook.models import EntryKind, HandbookEntry
from handbook.querysets import EntryQuerySet
from regions.models import Project

NUMBER = re.compile(r"#([0-9]{1,9})$")


def label_of(entry: HandbookEntry) -> str:
    """「2026-05-20 进场岗前培训 #17」: for people to choose by; the number at its end says which one is meant."""
    return f"{entry.on} {entry.title} #{entry.pk}"


def is_open(entry: HandbookEntry, today: date) -> bool:
    """Whether names can still be put to it, or taken from it again."""
    return entry.is_standing and not entry.is_planned and policies.is_open(entry.on, today)


def open_trainings(project: Project, today: date) -> EntryQuerySet:
    """The latest first; those of the project's teams too. Not asked through anybody's reach: the preview is the project's."""
    since = Month.of(today).plus(-1).first
    held = HandbookEntry.objects.filter(project=project, kind=EntryKind.TRAINING).held().filter(on__gte=since, on__lte=today)
    return held.filter(training__isnull=False).select_related("team").order_by("-on", "-pk")


def meant(project: Project, label: str, today: date) -> HandbookEntry | None:
    """The training that a label names, if its attendance can still be written."""
    found = NUMBER.search(label)
    entry = open_trainings(project, today).filter(pk=int(found[1])).first() if found else None
    return entry if entry and is_open(entry, today) else None
