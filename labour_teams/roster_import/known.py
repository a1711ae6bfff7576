"""What a project's roster knows about the people of a sheet: a fixed number of queries for each chunk of rows.

Deliberately not asked through anybody's reach: the answer depends on the project alone, so that two people see the same preview,
and what other projects know stays out of it (docs/adr/0009). Numbers stay sealed; their keyed hashes are compared.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple

from labour_teams.models import Engagement, LabourTeam, WorkCrew, Worker
from regions.models import Project


@lru_cache(maxsize=4_096)
def folded(name: str) -> str:
    """Two spellings of one name meet here: width, spaces and case do not count."""
    return "".join(unicodedata.normalize("NFKC", name).split()).casefold()


class Stint(NamedTuple):
    """An engagement as the comparison needs it."""

    pk: int
    worker_id: int
    team_id: int
    crew_id: int | None
    name: str
    ethnicity_code: str
    political_status_code: str
    education_code: str
    native_place: str
    trade: str
    remark: str
    phone_hash: str | None
    bank_card_hash: str | None
    entered_on: date
    left_on: date | None
    follows_id: int | None
    updated_at: datetime


@dataclass(slots=True)
class Units:
    """Teams and crews of a project by folded name. Names that are only in the sheet join them as they come."""

    project: Project
    teams: dict[str, LabourTeam] = field(default_factory=dict)
    crews: dict[tuple[int | str, str], WorkCrew] = field(default_factory=dict)
    team_names: dict[int, str] = field(default_factory=dict)
    crew_names: dict[int, str] = field(default_factory=dict)

    @classmethod
    def of(cls, project: Project) -> "Units":
        units = cls(project)
        for team in LabourTeam.objects.filter(project=project).order_by("pk"):
            units.teams.setdefault(folded(team.name), team)
            units.team_names[team.pk] = team.name
        for crew in WorkCrew.objects.filter(team__project=project).select_related("team").order_by("pk"):
            units.crews.setdefault((crew.team_id, folded(crew.name)), crew)
            units.crew_names[crew.pk] = crew.name
        return units

    def team(self, name: str, choices: dict[str, str]) -> LabourTeam | None:
        """The team of that name; the one that a person named for it; a new one where a person said so; or None."""
        key = folded(name)
        if key not in self.teams and (answer := choices.get(question_key(name))):
            chosen = self._new_team(name) if answer == NEW_TEAM else self._by_number(answer)
            if chosen:
                self.teams[key] = chosen
        return self.teams.get(key)

    def _new_team(self, name: str) -> LabourTeam:
        return LabourTeam(project=self.project, name=name)

    def _by_number(self, number: str) -> LabourTeam | None:
        return next((team for team in self.teams.values() if str(team.pk) == number), None)

    def crew(self, team: LabourTeam, name: str) -> WorkCrew:
        """Found by any spelling of its name; an unknown crew begins to exist with the spelling that comes first."""
        key = (team.pk or folded(team.name), folded(name))
        if key not in self.crews:
            self.crews[key] = WorkCrew(team=team, name=name)
        return self.crews[key]

    def new_teams(self) -> list[LabourTeam]:
        return [team for team in self.teams.values() if team.pk is None]

    def new_crews(self) -> list[WorkCrew]:
        return [crew for crew in self.crews.values() if crew.pk is None]

    def settle(self) -> None:
        """After new units were saved: the crews of a team that has its number by now are found by that."""
        self.crews = {(crew.team.pk, name): crew for (_team, name), crew in self.crews.items()}


NEW_TEAM = "new"
NOBODY = 0


def question_key(name: str) -> str:
    return f"team:{folded(name)}"


def stints(project: Project, hashes: Iterable[str]) -> dict[str, list[Stint]]:
    """The engagements in the project of whoever has one of these ID numbers, the latest last, by the number's hash."""
    found: dict[str, list[Stint]] = {}
    workers = dict(Worker.objects.filter(id_number_hash__in=list(hashes)).values_list("pk", "id_number_hash"))
    # Asked even where nobody is known: an answer that comes sooner would tell strangers from people of other projects.
    rows = Engagement.objects.filter(project=project, worker__in=[*workers, NOBODY]).order_by("entered_on", "pk")
    for row in rows.values_list(*Stint._fields):
        stint = Stint(*row)
        found.setdefault(workers[stint.worker_id], []).append(stint)
    return found


def holders(project: Project, phone_hashes: Iterable[str]) -> dict[tuple[str, str], int]:
    """(phone hash, folded name) → an engagement of the project: the other side of a possible duplicate."""
    rows = Engagement.objects.filter(project=project, phone_hash__in=list(phone_hashes)).order_by("pk")
    found = rows.values_list("phone_hash", "name", "pk")
    return {(phone, folded(name)): number for phone, name, number in found if phone}
