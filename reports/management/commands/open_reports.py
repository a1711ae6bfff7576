"""The clock's door: open what the regions owe for a month, and shut the corrections whose time is over. Safe to run every day."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from core.months import Month
from core.refusals import Refused
from reports.correction import shut_what_is_over
from reports.workflow import open_month


class Command(BaseCommand):
    help = "Open the monthly reports that all regions owe for a month; those already open stay as they are."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--month", type=Month.as_argument, default=None, help="such as 2026-11; otherwise the current month")

    def handle(self, *args: Any, **options: Any) -> None:
        month = options["month"] or Month.current()
        try:
            opened = open_month(month)
        except Refused as refusal:
            raise CommandError(refusal.message) from refusal
        self.stdout.write(_("%(month)s: %(count)s reports opened.") % {"month": month, "count": len(opened)})
        for report in shut_what_is_over():
            self.stdout.write(_("%(report)s: the correction was not submitted in time and has ended.") % {"report": report})
