"""Teams that have fallen silent (「该去看看的队伍」): few complaints are no good news where nobody fills in a form any more.

Two signs, in teams with many people on site today, from the rounds whose day of collection has passed:
no form came back for two months; or the share that came back is at most half of what the same team gave back before.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from core.months import Month
from feedback.models import SurveyTeam
from labour_teams.models import LabourTeam

if TYPE_CHECKING:
    from accounts.models import User

MANY_PEOPLE = 15
SILENT_MONTHS = 2
COMPARED_MONTHS = 3  # the team's own past
LEAST_COMPARED = 2  # of them with forms handed out
LOOKED_BACK = 12


@dataclass(frozen=True, slots=True)
class Past:
    """A team in one round that is past: forms handed out (0 where nobody counted) and come back."""

    month: Month
    issued: int
    back: int

    @property
    def share(self) -> float | None:
        return self.back / self.issued if self.issued else None


@dataclass(frozen=True, slots=True)
class Sign:
    """`since`: the first month without a form, or the month of the fall. `rate` and `before` in per cent, None when silent."""

    since: Month
    months: int
    issued: int
    rate: int | None = None
    before: int | None = None

    @property
    def is_fall(self) -> bool:
        return self.rate is not None


@dataclass(frozen=True, slots=True)
class Silence:
    team: LabourTeam
    people: int
    sign: Sign


def silent_teams(user: "User", today: date) -> list[Silence]:
    """Within reach, the longest silent first."""
    teams: Any = LabourTeam.objects.with_records_for(user).on_site(today).with_headcount(today)
    large = {team.pk: team for team in teams.filter(headcount__gte=MANY_PEOPLE).select_related("project__region")}
    past = _past(user, large, today)
    found = [Silence(large[key], large[key].headcount, sign) for key, rows in past.items() if (sign := sign_of(rows))]
    return sorted(found, key=lambda each: (each.sign.is_fall, -each.sign.months, -each.people, each.team.pk))


def sign_of(rows: Sequence[Past]) -> Sign | None:
    """`rows`: newest first, at least one; a month without a round breaks the chain of silent months."""
    silent = _silent_run(rows)
    if len(silent) >= SILENT_MONTHS:
        return Sign(silent[-1].month, len(silent), sum(row.issued for row in silent))
    latest, before = rows[0], [row.share for row in rows[1 : COMPARED_MONTHS + 1] if row.share is not None]
    if latest.share is None or len(before) < LEAST_COMPARED:
        return None
    usual = sum(before) / len(before)
    if not usual or latest.share > usual / 2:
        return None
    return Sign(latest.month, 1, latest.issued, round(100 * latest.share), round(100 * usual))


def _silent_run(rows: Iterable[Past]) -> list[Past]:
    run: list[Past] = []
    for row in rows:
        follows = not run or row.month.plus(1) == run[-1].month
        if row.back or not follows:
            break
        run.append(row)
    return run


def _past(user: "User", teams: Iterable[int], today: date) -> dict[int, list[Past]]:
    """Team → its rounds of the last twelve months whose day of collection has passed, newest first."""
    since = Month.of(today).plus(-LOOKED_BACK)
    of_teams = SurveyTeam.objects.visible_to(user).filter(team__in=list(teams), round__due_on__lt=today)
    rows: Any = of_teams.filter(round__month__gte=since).with_sheets().order_by("-round__month", "pk")
    past: dict[int, list[Past]] = defaultdict(list)
    for team, month, issued, back in rows.values_list("team", "round__month", "issued", "back"):
        past[team].append(Past(month, issued or 0, back))
    return past
