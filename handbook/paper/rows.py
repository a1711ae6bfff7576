"""What stands on the sheets that are signed: people who sign, goods by team, the counts of a notice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q

from feedback.cases.intake import Place
from handbook.entries.roster import people_of
from handbook.gate.called import MOST, in_order
from handbook.kinds.customs import number_said, roster_counts
from handbook.kinds.people import workers_named
from handbook.models import CareDistribution, EthnicFestival, HandbookEntry
from labour_teams.codes import ETHNICITIES
from labour_teams.models import Engagement, LabourTeam
from regions.models import Project

if TYPE_CHECKING:
    from accounts.models import User

A_PAGE = 24  # rows of the sign-in sheet on A4
TO_RECEIVE = 20  # empty rows where nobody said how many: they and the signatures below them fit one page
FEWEST_BLANK = 3  # rows left for whoever comes besides


@dataclass(frozen=True, slots=True)
class Received:
    """What one team got, and who signs for it; `blank` rows where nobody is known by name."""

    team: LabourTeam | None
    goods: Sequence[CareDistribution]
    people: Sequence[Engagement]
    blank: range


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice to one receiver: of how many people of which peoples it speaks."""

    receiver: str
    is_canteen: bool
    unit: str
    counts: Sequence[tuple[str, str]]


def blank_rows(taken: int) -> range:
    """Row numbers that are left empty, so that the last page is full and has a few in any case."""
    pages = -(-(taken + FEWEST_BLANK) // A_PAGE)
    return range(taken + 1, pages * A_PAGE + 1)


def signing(entry: HandbookEntry, user: "User") -> list[Engagement]:
    """Who signs at a training: those ticked by name, else everybody on site there that day, as far as the reader sees them."""
    if named := workers_named(entry):
        return in_order(Engagement.objects.visible_to(user).filter(pk__in=named))
    if not (entry.team_id or entry.project_id):
        return []  # of a whole region nobody prints a roster
    return in_order(people_of(entry, user).order_by())


def received(entry: HandbookEntry, user: "User") -> list[Received]:
    """By team, each with its goods. Those ticked sign; else the team's roster of that day; else rows for as many as were said."""
    rows = CareDistribution.objects.visible_to(user).filter(event__entry=entry).select_related("item", "team")
    goods: dict[LabourTeam | None, list[CareDistribution]] = {}
    for row in rows.order_by("team__name", "team", "item__order", "pk"):
        goods.setdefault(row.team, []).append(row)
    named = workers_named(entry)
    people = _receivers(entry, user, [team for team in goods if team], named)
    elsewhere = [each for each in people if each.pk in named and each.team not in goods]
    sheets = []
    for team, lines in goods.items():
        roster = [each for each in people if team and each.team_id == team.pk]
        ticked = [each for each in roster if each.pk in named] if team else elsewhere
        sheets.append(_sheet(team, lines, ticked or roster))
    return sheets


def notices(
    project: Project, team: LabourTeam | None, festival: EthnicFestival, day: date, words: tuple[str, str]
) -> list[Notice]:
    """One for the boss, of his team if one was chosen; one for the canteen, of the project. `words` address the two."""
    boss, canteen = words
    of_team = _counts(Place(project.region, project, team), festival, day)
    of_project = _counts(Place(project.region, project), festival, day) if team else of_team
    unit = f"{project}·{team}" if team else str(project)
    return [Notice(boss, False, unit, of_team), Notice(canteen, True, str(project), of_project)]


def _counts(place: Place, festival: EthnicFestival, day: date) -> list[tuple[str, str]]:
    codes = [code for code in festival.ethnicities if code in ETHNICITIES]
    return [(people, number) for people, number in roster_counts(place, day, codes) if number != number_said(0)]


def _receivers(entry: HandbookEntry, user: "User", teams: Sequence[LabourTeam], named: set[int]) -> list[Engagement]:
    """Everybody who may stand on one of the sheets, in one query."""
    there = Q(entered_on__lte=entry.on) & (Q(left_on=None) | Q(left_on__gte=entry.on))
    return in_order(Engagement.objects.visible_to(user).filter(Q(pk__in=named) | (there & Q(team__in=teams))))


def _sheet(team: LabourTeam | None, goods: Sequence[CareDistribution], people: Sequence[Engagement]) -> Received:
    said = max((row.people or 0 for row in goods), default=0) or TO_RECEIVE
    return Received(team, goods, people, range(0) if people else range(1, min(said, MOST) + 1))
