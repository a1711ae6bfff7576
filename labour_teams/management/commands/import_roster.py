"""`manage.py import_roster FILE --project CODE --by USER`: the import wizard without the browser, same code, same rights."""

import argparse
import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from accounts.models import User
from core.refusals import Refused
from imports import workflow
from imports.advice import issues_of
from imports.models import ImportJob
from imports.sheets import Issue, Level
from labour_teams.roster import ROSTER
from regions.models import Project


class Command(BaseCommand):
    help = "Import a roster into a project: all rows or none."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--project", required=True, metavar="CODE")
        parser.add_argument("--by", required=True, metavar="USER", help="user name of the person who imports; his posts decide")
        parser.add_argument("--name", help="the name under which the file was sent, where it is another than FILE's")
        parser.add_argument("--sheet", default="", help="the sheet to read, where the workbook holds more than one roster")
        parser.add_argument("--json", action="store_true", help="one JSON object instead of words")

    def handle(self, *, file: Path, project: str, by: str, **options: Any) -> None:
        with translation.override("zh-hans"):
            person = User.objects.filter(username=by).first()
            place = Project.objects.visible_to(person).filter(code=project).first() if person else None
            if person is None or place is None:
                raise CommandError(f"no user {by!r}, or no project {project!r} within his reach")
            answer = _imported(place, person, options["name"] or file.name, _content(file), options["sheet"])
            self.stdout.write(self._as_json(answer) if options["json"] else _as_text(answer))

    def _as_json(self, answer: dict[str, Any]) -> str:
        writes_unicode = (getattr(self.stdout, "encoding", None) or "utf-8").lower().startswith("utf")
        return json.dumps(answer, ensure_ascii=not writes_unicode)


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}") from error


def _imported(project: Project, person: User, name: str, data: bytes, sheet: str) -> dict[str, Any]:
    """Preview and write in one go. What has errors stays as a preview that the person finds in the browser."""
    try:
        job = workflow.receive(project, ROSTER.key, name=name, data=data, by=person, sheet=sheet)
        if job.status == ImportJob.Status.PREVIEWED and not job.counts["error"]:
            job = workflow.write(job, by=person)
    except Refused as refusal:
        error = {"row": None, "column": None, "code": "refused", "message": refusal.message}
        return {"ok": False, "job": None, "counts": {}, "errors": [error], "warnings": []}
    return _answer(job)


def _answer(job: ImportJob) -> dict[str, Any]:
    found = {Level.ERROR: [], Level.WARNING: []}
    for problem in job.problems:
        found[Level(problem["level"])].append({"row": None, **{key: problem[key] for key in ("column", "code", "message")}})
    for issue in issues_of(job.rows.for_list().values_list("issues", flat=True)):
        found[issue.level].append(_as_dict(issue))
    is_written = job.status == ImportJob.Status.WRITTEN
    return {"ok": is_written, "job": job.pk, "counts": job.counts, "errors": found[Level.ERROR], "warnings": found[Level.WARNING]}


def _as_dict(issue: Issue) -> dict[str, Any]:
    return {"row": issue.row, "column": issue.column, "code": issue.code, "message": issue.message}


def _as_text(answer: dict[str, Any]) -> str:
    words = [f"{name}: {number}" for name, number in answer["counts"].items() if number]
    lines = [entry["message"] for entry in (*answer["errors"], *answer["warnings"])]
    return "\n".join([f"{'written' if answer['ok'] else 'nothing written'}; rows: {', '.join(words) or 'none'}", *lines])
