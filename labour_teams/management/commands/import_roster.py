"""`manage.py import_roster FILE --project CODE --by USER`: the import wizard without the browser, same code, same rights."""

import argparse
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from accounts.models import User
from core.refusals import Refused
from imports import workflow
from imports.models import ImportJob
from imports.speaking import as_json, job_as_dict
from labour_teams.roster import ROSTER
from regions.models import Project

S = ImportJob.Status


class Command(BaseCommand):
    help = "Import a roster into a project: all rows or none, or the correct rows first."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--project", required=True, metavar="CODE")
        parser.add_argument("--by", required=True, metavar="USER", help="user name of the person who imports; his posts decide")
        parser.add_argument("--mode", choices=ImportJob.Mode.values, default=ImportJob.Mode.ALL)
        parser.add_argument("--name", help="the name under which the file was sent, where it is another than FILE's")
        parser.add_argument("--sheet", default="", help="the sheet to read, where the workbook holds more than one roster")
        parser.add_argument("--json", action="store_true", help="one JSON object instead of words")

    def handle(self, *, file: Path, project: str, by: str, **options: Any) -> None:
        with translation.override("zh-hans"):
            person = User.objects.filter(username=by).first()
            place = Project.objects.visible_to(person).filter(code=project).first() if person else None
            if person is None or place is None:
                raise CommandError(f"no user {by!r}, or no project {project!r} within his reach")
            answer = _imported(place, person, options["name"] or file.name, _content(file), options)
            self.stdout.write(as_json(self.stdout, answer) if options["json"] else _as_text(answer))


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}") from error


def _imported(project: Project, person: User, name: str, data: bytes, options: dict[str, Any]) -> dict[str, Any]:
    answers = {"sheet": options["sheet"]} if options["sheet"] else {}
    try:
        job = workflow.receive(project, ROSTER.key, name=name, data=data, by=person, answers=answers)
    except Refused as refusal:
        return {"ok": False, "job": None, "rest": None, "counts": {}, "errors": [_error(refusal)], "warnings": []}
    return _written(workflow.read(job, by=person) if job.status == S.READING else job, person, options["mode"])


def _written(job: ImportJob, person: User, mode: str) -> dict[str, Any]:
    """What cannot be written stays as a preview that the person finds in the browser."""
    try:
        if job.status == S.PREVIEWED:
            job = workflow.write(job, by=person, mode=mode)
    except Refused as refusal:
        job.refresh_from_db()
        answer = job_as_dict(job)
        answer["errors"] = answer["errors"] or [_error(refusal)]
        return answer
    return job_as_dict(job)


def _error(refusal: Refused) -> dict[str, Any]:
    return {"row": None, "column": None, "code": "refused", "message": refusal.message}


def _as_text(answer: dict[str, Any]) -> str:
    words = [f"{name}: {number}" for name, number in answer["counts"].items() if number]
    lines = [entry["message"] for entry in (*answer["errors"], *answer["warnings"])]
    return "\n".join([f"{'written' if answer['ok'] else 'nothing written'}; rows: {', '.join(words) or 'none'}", *lines])
