"""Draws the monthly sample of closed cases that somebody outside the line revisits. Running it again draws nothing more."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from core.months import Month
from feedback.revisits.workflow import draw


class Command(BaseCommand):
    help = "Draw the monthly sample of closed cases to be revisited (last month, unless --month says otherwise)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--month", type=Month.as_argument, default=None, help="2026-05")

    def handle(self, *args: Any, **options: Any) -> None:
        wanted = options["month"] or Month.current().plus(-1)
        new = draw(wanted)
        words = _("%(month)s: %(count)d cases drawn to be revisited.") % {"month": wanted, "count": len(new)}
        self.stdout.write(words)
