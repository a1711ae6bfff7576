"""The sign-in sheet of a training, as the import pipeline knows it."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from feedback.cases.intake import Place as Where
from handbook import policies
from handbook.attendance_import.compare import AttendanceComparer
from handbook.attendance_import.sheet import ATTENDED, loaded_number
from handbook.attendance_import.trainings import is_open, label_of, open_trainings
from handbook.attendance_import.write import undo, writing
from handbook.models import EntryKind, TrainingAttendance
from imports.blocks import StagedRow
from imports.models import ImportJob, ImportTrace
from imports.registry import Party, Person, Place, Target
from imports.wording import PLAIN
from labour_teams.models import LabourTeam
from regions.models import Project

if TYPE_CHECKING:
    from accounts.models import User


def who_may(user: "User", project: Project) -> bool:
    """Whoever writes trainings there: he prints the sheet that is signed, and may bring it back."""
    return policies.can_write(user, EntryKind.TRAINING, Where(project.region, project))


def places(job: ImportJob) -> list[Place]:
    """The trainings whose attendance was written."""
    numbers = [record[0] for trace in ImportTrace.objects.filter(job=job) for record in trace.records]
    entry = "session__entry"
    rows = TrainingAttendance.objects.filter(pk__in=numbers).values(entry, f"{entry}__on", f"{entry}__title")
    found = rows.annotate(count=Count("pk")).order_by(f"{entry}__on", entry)
    return [
        Place(f"{row[f'{entry}__on']} {row[f'{entry}__title']}", reverse("entry", args=[row[entry]]), row["count"])
        for row in found
    ]


def names(project: Project) -> dict[str, list[str]]:
    today = timezone.localdate()
    teams = LabourTeam.objects.filter(project=project).on_site(today).order_by("name")
    return {
        "training": [label_of(entry) for entry in open_trainings(project, today) if is_open(entry, today)],
        "labour_team": list(teams.values_list("name", flat=True)),
    }


def people(project: Project, numbers: Sequence[int]) -> list[Person]:
    """Attendances as people, for what an undo left alone."""
    rows = TrainingAttendance.objects.filter(session__entry__project=project, pk__in=numbers, engagement__isnull=False)
    known = {row.pk: row for row in rows.select_related("engagement", "session__entry")}
    return [
        Person(row.pk, str(row), str(row.session.entry), reverse("entry", args=[row.session_id]))
        for row in (known[number] for number in numbers if number in known)
    ]


def nobody(project: Project, rows: Sequence[StagedRow]) -> dict[int, Party]:
    """No row is a possible duplicate: two of one name are told apart, or the row is wrong."""
    return {}


ATTENDANCE_TARGET = Target(
    key=ATTENDED.key,
    title=_("Import of a training's sign-in sheet"),
    sheet_title=_("Training sign-in sheet"),
    definition=ATTENDED,
    loaders={"id_number": loaded_number, "score": Decimal},
    shown=("name", "id_number", "labour_team", "score", "has_passed"),
    who_may=who_may,
    comparer=lambda project, as_of, choices: AttendanceComparer(project, as_of),
    writing=writing,
    undo=undo,
    places=places,
    decisions=lambda row: [],
    twins=nobody,
    people=people,
    names=names,
    upload_page="training-import",
    template_page="training-import-template",
    order=6,
    words=replace(
        PLAIN,
        written=_("Ticked by name"),
        says_the_same=_("Everybody in the sheet is ticked already."),
        said_the_same=_("Was ticked already"),
        compared=_("Compared with the roster of that day and with who is ticked already."),
        overtaken=_(
            "Somebody changed this training meanwhile. Nothing was written; the sheet was compared again: look, then write."
        ),
        undone_too_late=_("An import can be undone for seven days; they are over. Untick people on the training's own page."),
        undoing=_("Who was ticked by it is unticked; results become what they were before."),
        places=_("Who attended stands on the training's page:"),
    ),
    asked={"training": str},
)
