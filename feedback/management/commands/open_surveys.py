"""The clock's door: open the month's survey on every project under construction. Safe to run every day."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from core.months import Month
from core.refusals import Refused
from feedback.survey.workflow import open_month


class Command(BaseCommand):
    help = "Open the survey rounds of a month; those already open stay as they are, and get the teams that have come since."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--month", type=Month.as_argument, default=None, help="such as 2026-11; otherwise the current month")

    def handle(self, *args: Any, **options: Any) -> None:
        month = options["month"] or Month.current()
        try:
            opened = open_month(month)
        except Refused as refusal:
            raise CommandError(refusal.message) from refusal
        self.stdout.write(_("%(month)s: %(count)s survey rounds opened.") % {"month": month, "count": len(opened)})
