"""`manage.py purge_wages [--dry-run]`: three years after completion and settlement, lines, attendance, slips and questions go."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from wages import retention


class Command(BaseCommand):
    help = "Delete the wage rows of people on projects whose retention is over; sheets keep their sums."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only say what would go")

    def handle(self, *args: Any, **options: Any) -> None:
        for project in retention.due_for_purge(timezone.localdate()):
            counts = retention.to_purge(project) if options["dry_run"] else retention.purge(project)
            numbers = ", ".join(f"{name} {number}" for name, number in counts.items())
            self.stdout.write(f"{project.code} (kept until {retention.retention_until(project)}): {numbers}")
