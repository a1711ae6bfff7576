"""`manage.py seed_demo`: the demonstration organisation."""

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from coordinators.models import Coordinator, Liaison
from core.refusals import Refused
from labour_teams.models import Engagement, LabourTeam, WorkCrew, Worker
from overview.demo.accounts import DEMO_ACCOUNTS
from overview.demo.seed import seed
from regions.models import Project, Region
from reports.models import MonthlyReport

MAX_SCALE = 100


def scale(text: str) -> float:
    """A factor; argparse turns the ValueError into its own message."""
    factor = float(text)
    if not 0 < factor <= MAX_SCALE:
        raise argparse.ArgumentTypeError(_("between 0 and %(most)s") % {"most": MAX_SCALE})
    return factor


class Command(BaseCommand):
    help = "Make the demonstration organisation (invented people). Repeating it changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--scale", type=scale, default=1.0, help="factor on the 5,000 workers, e.g. 0.1 or 20")

    def handle(self, *args: Any, **options: Any) -> None:
        today = timezone.localdate()
        try:
            done = seed(scale=options["scale"], today=today)
        except Refused as refusal:
            raise CommandError(refusal.message) from refusal
        if done.made:
            self.stdout.write(_("The demo organisation has been made; everything in it is invented."))
        else:
            self.stdout.write(_("The demo organisation is there already; nothing was changed."))
        if done.passwords_changed:
            self.stdout.write(_("Demo passwords changed: %(count)s") % {"count": done.passwords_changed})
        for label, number in self._counts(today):
            self.stdout.write(f"  {label}  {number}")

    def _counts(self, today: Any) -> list[tuple[str, int]]:
        return [
            (_("Regions"), Region.objects.count()),
            (_("Projects"), Project.objects.count()),
            (_("Labour teams on site"), LabourTeam.objects.on_site(today).count()),
            (_("Work crews"), WorkCrew.objects.count()),
            (_("Coordinators"), Coordinator.objects.held_on(today).count()),
            (_("Liaisons"), Liaison.objects.held_on(today).count()),
            (_("Workers"), Worker.objects.count()),
            (_("Workers on site"), Engagement.objects.current(today).count()),
            (_("Monthly reports"), MonthlyReport.objects.count()),
            (_("Sign-ins"), len(DEMO_ACCOUNTS)),
        ]
