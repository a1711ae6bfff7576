"""`manage.py watch_wages`, every morning: wages that should have been paid become arrears with an urgent case. Safe to repeat."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from wages import arrears


class Command(BaseCommand):
    help = "Write down wages that were not paid by their day, and open an urgent case for each."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only say what would be done; nothing is written")

    def handle(self, *args: Any, **options: Any) -> None:
        late = arrears.found(timezone.localdate())
        for each in late:
            if options["dry_run"]:
                self.stdout.write(f"{each.team} {each.month} {each.source} {each.amount or ''}")
            else:
                arrears.write_down(each)
        self.stdout.write(_("Wages not paid in time: %(count)d.") % {"count": len(late)})
