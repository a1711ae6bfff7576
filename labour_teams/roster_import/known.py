"""What is known about the people of a sheet: a fixed number of queries for each two thousand rows.

Deliberately not asked through anybody's reach: the answer depends on the project alone, so that two people see the same preview,
and what other projects know stays out of it (docs/adr/0009, 0011).
"""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from labour_teams.models import Engagement, LabourTeam, WorkCrew, Worker
from regions.models import Project

CHUNK = 2_000


def chunks(items: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (items[start : start + CHUNK] for start in range(0, len(items), CHUNK))


def folded(name: str) -> str:
    """Two spellings of one name meet here: width, spaces and case do not count."""
    return "".join(unicodedata.normalize("NFKC", name).split()).casefold()


@dataclass(slots=True)
class Known:
    project: Project
    teams: dict[str, LabourTeam]  # of this project, by folded name
    crews: dict[tuple[int, str], WorkCrew]  # by team and folded name; crews to be created join them without a number
    workers: dict[str, Worker] = field(default_factory=dict)  # of the company, by keyed hash
    stints: dict[int, list[Engagement]] = field(default_factory=dict)  # in this project, by worker, the latest last

    def team(self, name: str) -> LabourTeam | None:
        return self.teams.get(folded(name))

    def crew(self, team: LabourTeam, name: str) -> WorkCrew:
        """The crew of that name, or a new one that is not saved yet."""
        return self.crews.setdefault((team.pk, folded(name)), WorkCrew(team=team, name=name))

    def new_crews(self) -> list[WorkCrew]:
        return sorted((crew for crew in self.crews.values() if not crew.pk), key=lambda crew: (crew.team_id, crew.name))


def gather(project: Project, hashes: Iterable[str]) -> Known:
    teams = {team.pk: team for team in LabourTeam.objects.filter(project=project).order_by("-pk")}
    crews = {crew.pk: crew for crew in WorkCrew.objects.filter(team__in=list(teams)).order_by("-pk")}
    for crew in crews.values():
        crew.team = teams[crew.team_id]
    known = Known(
        project,
        teams={folded(team.name): team for team in teams.values()},
        crews={(crew.team_id, folded(crew.name)): crew for crew in crews.values()},
    )
    for chunk in chunks(sorted(set(hashes))):
        for engagement in _add_people(known, chunk):
            # Where one is missing, it arrived between two of these queries and is loaded when it is asked for.
            engagement.team = teams.get(engagement.team_id) or engagement.team
            engagement.crew = crews.get(engagement.crew_id or 0) or engagement.crew
    return known


def _add_people(known: Known, hashes: Sequence[str]) -> list[Engagement]:
    """Their engagements in this project. Two queries, whoever is known or not; numbers stay sealed, their hashes do."""
    workers = {worker.pk: worker for worker in Worker.objects.filter(id_number_hash__in=hashes).defer("id_number")}
    known.workers |= {worker.id_number_hash: worker for worker in workers.values()}
    engaged = Engagement.objects.filter(project=known.project, worker__id_number_hash__in=hashes)
    here = list(engaged.order_by("entered_on", "pk"))
    for engagement in here:
        engagement.worker = workers[engagement.worker_id]
        known.stints.setdefault(engagement.worker_id, []).append(engagement)
    return here
