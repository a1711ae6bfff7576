"""`manage.py sweep_cases`, every hour: what the calendar does to open cases. Safe to repeat, and to run twice at once."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from feedback.cases import ladder


class Command(BaseCommand):
    help = "Write missed deadlines of cases, resume those that waited long enough, remind, copy and list (in office hours)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only say what would be done; nothing is written")

    def handle(self, *args: Any, **options: Any) -> None:
        plan = ladder.planned(timezone.now())
        if options["dry_run"]:
            for line in ladder.in_lines(plan):
                self.stdout.write(line)
        else:
            ladder.carry_out(plan)
        words = _("Deadlines missed: %(missed)d, promises late: %(late)d, cases going on: %(resumed)d, notices: %(notices)d.")
        self.stdout.write(words % counts(plan))


def counts(plan: ladder.Plan) -> dict[str, int]:
    found = {"missed": plan.breaches, "late": plan.broken, "resumed": plan.resumed, "notices": plan.notices}
    return {name: len(rows) for name, rows in found.items()}
