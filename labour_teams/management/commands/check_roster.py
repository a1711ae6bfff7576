"""`manage.py check_roster FILE …`: what importing a roster would say, without a database, for the person who holds the file.

The one place that prints full numbers: they come from the file in that person's hands. Messages are masked here as everywhere.
"""

import argparse
import json
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from core.personal import Personal
from imports.checking import CheckedSheet, check
from imports.sheets import CheckedRow, Issue, Level
from labour_teams.roster import ROSTER

# The columns that every roster of the company shares, in the order of its template.
FIELDS = (
    "name",
    "sex_code",
    "ethnicity_code",
    "id_number",
    "phone",
    "trade",
    "labour_team",
    "work_crew",
    "entered_on",
    "left_on",
    "political_status_code",
    "native_place",
    "bank_card",
    "remark",
)


class Command(BaseCommand):
    help = "Check roster files and say what is wrong with them; nothing is stored."
    requires_system_checks = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE", type=Path)
        parser.add_argument("--name", help="the name under which the file was sent, where it is another than FILE's")
        parser.add_argument("--as-of", type=date.fromisoformat, help="the day as of which to judge (default: today)")
        parser.add_argument("--json", action="store_true", help="one JSON object a file, a line each")

    def handle(self, *args: Any, **options: Any) -> None:
        as_of = options["as_of"] or timezone.localdate()
        missing: list[str] = []
        with translation.override("zh-hans"):
            for path in options["files"]:
                checked = _checked(path, options["name"] or path.name, as_of, missing)
                self.stdout.write(self._as_json(checked) if options["json"] else _as_text(path, checked))
        if missing:
            raise CommandError("; ".join(missing))

    def _as_json(self, checked: CheckedSheet) -> str:
        answer = {
            "ok": checked.ok,
            "rows": [_row(row) for row in checked.rows] if checked.ok else [],
            "errors": [_issue(issue) for issue in checked.errors],
            "warnings": [_issue(issue) for issue in checked.warnings],
        }
        writes_unicode = (getattr(self.stdout, "encoding", None) or "utf-8").lower().startswith("utf")
        return json.dumps(answer, ensure_ascii=not writes_unicode)


def _checked(path: Path, name: str, as_of: date, missing: list[str]) -> CheckedSheet:
    """A file that cannot be opened has its line among the others, and its reason among the `missing`."""
    try:
        with path.open("rb") as file:
            return check(file.read(settings.IMPORT_MAX_BYTES + 1), name, ROSTER, as_of)
    except OSError as error:
        missing.append(f"{path}: {error.strerror}")
        return CheckedSheet(file_issues=[Issue(Level.ERROR, "no_file", _("The file cannot be opened."))])


def _as_text(path: Path, checked: CheckedSheet) -> str:
    return "\n".join([f"{path}: {len(checked.rows)}", *(f"  {issue.level}: {issue.message}" for issue in checked.issues)])


def _row(row: CheckedRow) -> dict[str, Any]:
    return {"row": row.number, **{ROSTER.column(field).header: _plain(field, row.values[field]) for field in FIELDS}}


def _plain(field: str, value: Any) -> str:
    if value is None:
        return ""
    return value.in_the_clear() if isinstance(value, Personal) else ROSTER.column(field).show(value)


def _issue(issue: Issue) -> dict[str, Any]:
    return {"row": issue.row, "column": issue.column, "code": issue.code, "message": issue.message}
