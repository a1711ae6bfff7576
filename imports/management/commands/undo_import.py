"""`manage.py undo_import JOB --by USER`: takes a written import back, with the rights and within the days of the page."""

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from accounts.models import User
from core.refusals import Refused
from imports import workflow
from imports.models import ImportJob
from imports.speaking import as_json


class Command(BaseCommand):
    help = "Undo an import: what nobody changed since is as before, the rest is listed."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("job", type=int, metavar="JOB")
        parser.add_argument("--by", required=True, metavar="USER", help="user name of the person who undoes it; his posts decide")
        parser.add_argument("--json", action="store_true", help="one JSON object instead of words")

    def handle(self, *, job: int, by: str, **options: Any) -> None:
        with translation.override("zh-hans"):
            person = User.objects.filter(username=by).first()
            found = ImportJob.objects.visible_to(person).filter(pk=job).first() if person else None
            if person is None or found is None:
                raise CommandError(f"no user {by!r}, or no import {job} within his reach")
            answer = _undone(found, person)
            self.stdout.write(as_json(self.stdout, answer) if options["json"] else _as_text(answer))


def _undone(job: ImportJob, person: User) -> dict[str, Any]:
    try:
        undone = workflow.undo(job, by=person).undoing
    except Refused as refusal:
        return {"ok": False, "job": job.pk, "message": refusal.message}
    return {"ok": True, "job": job.pk, **undone}


def _as_text(answer: dict[str, Any]) -> str:
    if not answer["ok"]:
        return answer["message"]
    piles = (("undone", answer["undone"]), ("kept", len(answer["kept"])), ("stuck", len(answer["stuck"])))
    return ", ".join(f"{name}: {number}" for name, number in piles)
