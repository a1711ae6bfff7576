"""Who could have taken part: those on site that day where the entry was made, by team, as far as the person sees them.

A list of a whole project would be too long for a phone: where the entry says no team, one team is ticked at a time.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Q, QuerySet

from handbook.kinds.named import NAMED
from handbook.models import EntryKind, HandbookEntry
from labour_teams.models import Engagement, LabourTeam

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True, slots=True)
class TeamTicks:
    """A team, how many are on its list, and how many of them are ticked."""

    team: LabourTeam
    people: int
    ticked: int


def people_of(entry: HandbookEntry, user: "User", ticked: Collection[int] = ()) -> QuerySet[Engagement]:
    """On site that day, and whoever is ticked already: of the entry's team (other crews of it came along), project or region."""
    place = {"team": entry.team_id, "project": entry.project_id, "project__region": entry.region_id}
    where = next(({path: pk} for path, pk in place.items() if pk), {"pk": None})
    there = Q(entered_on__lte=entry.on) & (Q(left_on=None) | Q(left_on__gte=entry.on))
    seen = Engagement.objects.visible_to(user).filter(**where)
    return seen.filter(there | Q(pk__in=ticked)).select_related("crew").order_by("crew__name", "name_pinyin", "pk")


def teams_of(people: QuerySet[Engagement], ticked: Collection[int]) -> Sequence[TeamTicks]:
    """The teams of these people, in the order of lists."""
    counts = people.order_by().values("team").annotate(people=Count("pk"), ticked=Count("pk", filter=Q(pk__in=ticked)))
    numbers = {row["team"]: (row["people"], row["ticked"]) for row in counts}
    teams = LabourTeam.objects.filter(pk__in=numbers).for_list()
    return [TeamTicks(team, *numbers[team.pk]) for team in teams]


def name_people(entry: HandbookEntry, keys: Collection[int], *, by: "User") -> None:
    """Exactly these took part. `keys` may hold people whom `by` does not see and somebody else ticked. Raises Refused."""
    NAMED[EntryKind(entry.kind)].put(entry, Engagement.objects.filter(pk__in=keys), by)
