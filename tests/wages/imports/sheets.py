"""Wage and attendance sheets as a test needs them: rows by field, as a csv with the preferred headers."""

import csv
import io
from typing import Any

from imports import workflow
from imports.models import ImportJob
from imports.sheets import SheetDefinition
from labour_teams.models import LabourTeam

MAY = "2026-05"


def as_csv(definition: SheetDefinition, *rows: dict[str, Any]) -> bytes:
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow([definition.column(name).header for name in rows[0]])
    writer.writerows(values.values() for values in rows)
    return stream.getvalue().encode("utf-8-sig")


def received(team: LabourTeam, by: Any, data: bytes, key: str = "wages", **constants: str) -> ImportJob:
    """A job as it stands after reading; month and team said with the upload."""
    said = {"month": MAY, "labour_team": team.name, **constants}
    job = workflow.receive(team.project, key, name="五月工资表.csv", data=data, by=by, answers={"constants": said})
    return workflow.read(job, by=by)


def imported(team: LabourTeam, by: Any, data: bytes, key: str = "wages", **constants: str) -> ImportJob:
    return workflow.write(received(team, by, data, key, **constants), by=by)
