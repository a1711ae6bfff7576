"""Makes the demonstration organisation, once: the whole of it or nothing."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core.refusals import Refused
from overview.demo.accounts import ACCOUNTS
from overview.demo.cases import write_cases
from overview.demo.handbook import write_handbook
from overview.demo.handbook_units import write_handbook_units
from overview.demo.handovers import write_handovers
from overview.demo.hotline import write_hotline
from overview.demo.imports import write_imports
from overview.demo.nominations import write_nominations
from overview.demo.paper import write_paper
from overview.demo.portraits import write_portraits
from overview.demo.posts import write_people
from overview.demo.provisions import write_rules_and_records
from overview.demo.reports import write_reports
from overview.demo.revisits import write_revisits
from overview.demo.roster import write_roster
from overview.demo.survey import write_surveys
from overview.demo.tasks import write_tasks
from overview.demo.units import write_teams, write_units
from overview.demo.wages import write_wages
from overview.demo.wall import write_walls
from regions.models import Region

WORKERS = 5_000


@dataclass(frozen=True, slots=True)
class Seeded:
    """What was done; `made` is false when the organisation was there already."""

    made: bool
    passwords_changed: int = 0


def seed(*, scale: float, today: date) -> Seeded:
    """Make the organisation with 5,000 × `scale` workers. One that is there already is left alone, but for the demo passwords."""
    if not settings.DEMO:
        raise Refused(_("The demo organisation belongs to a demonstration: set DEMO=1, and never on real data."))
    with transaction.atomic():
        if User.objects.filter(username=ACCOUNTS[0].username, is_demo=True).exists():
            return Seeded(made=False, passwords_changed=_renew_passwords())
        if Region.objects.exists():
            raise Refused(_("This database has regions of its own: the demo organisation needs an empty one."))
        with _uncollected():
            _write(max(round(WORKERS * scale), 1), today)
    return Seeded(made=True)


def _write(workers: int, today: date) -> None:
    units = write_units(today)
    plans = write_teams(units)
    roster = write_roster(units, plans, workers)
    people = write_people(units, plans, roster.numbers, settings.DEMO_PASSWORD)
    write_portraits(people, today)
    write_reports(people)
    write_imports(people)
    write_handovers(people)
    write_nominations(people)
    write_paper(people)
    write_rules_and_records(people)
    write_surveys(people)
    write_cases(people)
    write_hotline(people)
    write_walls(people)
    write_revisits(people)
    write_handbook(people)
    write_handbook_units(people)
    write_tasks(people)
    write_wages(people)


@contextmanager
def _uncollected() -> Iterator[None]:
    """All that is made is kept to the end: the collector would look through it again and again and find nothing to throw away."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _renew_passwords() -> int:
    """Bring the demo sign-ins to the password of the settings; they share few hashes, so few slow checks are made."""
    signing_in = User.objects.filter(username__in=[account.username for account in ACCOUNTS], is_demo=True)
    hashes = signing_in.values_list("password", flat=True).distinct()
    stale = [encoded for encoded in hashes if not check_password(settings.DEMO_PASSWORD, encoded)]
    return signing_in.filter(password__in=stale).update(password=make_password(settings.DEMO_PASSWORD)) if stale else 0
