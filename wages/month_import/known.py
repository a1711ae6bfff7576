"""What the project knows about the people of a wage sheet: its teams, who was on site in the month, the sheets that are there."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from core.months import Month
from labour_teams.models import Engagement, LabourTeam
from labour_teams.roster_import.known import folded
from regions.models import Project


@dataclass(slots=True)
class People:
    """Engagements of a project that touch a month, found by ID number, else by name within the team (and crew)."""

    by_number: dict[str, Engagement] = field(default_factory=dict)
    by_name: dict[tuple[int, str], list[Engagement]] = field(default_factory=lambda: defaultdict(list))

    def find(self, team: LabourTeam, values: Mapping[str, Any]) -> Engagement | None:
        """Whom a row means; None where nobody is known, or two are alike."""
        if (number := values.get("id_number")) is not None:
            return self.by_number.get(number.hashed)
        alike = self._alike(team, values)
        crew, card = values.get("work_crew"), values.get("card_tail")
        if crew and len(alike) > 1:
            alike = [each for each in alike if each.crew and folded(each.crew.name) == folded(crew)]
        if card and len(alike) > 1:
            alike = [each for each in alike if each.bank_card and each.bank_card.tail == card]
        return alike[0] if len(alike) == 1 else None

    def are_alike(self, team: LabourTeam, values: Mapping[str, Any]) -> bool:
        """Whether a row without an ID number could mean two people."""
        return values.get("id_number") is None and len(self._alike(team, values)) > 1

    def _alike(self, team: LabourTeam, values: Mapping[str, Any]) -> list[Engagement]:
        """Of that name in the team; where the row has the end of an ID number, those whose number ends so."""
        alike = self.by_name.get((team.pk, folded(values["name"])), [])
        end = values.get("id_tail")
        return [each for each in alike if each.worker.id_number.tail == end] if end else alike


def people_of(project: Project, month: Month) -> People:
    """Everybody whose engagement has a day in the month; the latest where somebody has several."""
    touching = Q(left_on=None) | Q(left_on__gte=month.first)
    rows = Engagement.objects.filter(touching, project=project, entered_on__lte=month.last)
    found = People()
    for engagement in rows.select_related("worker", "team", "crew").order_by("entered_on", "pk"):
        found.by_number[engagement.worker.id_number_hash or ""] = engagement
        found.by_name[engagement.team_id, folded(engagement.name)].append(engagement)
    return found


def teams_of(project: Project) -> dict[str, LabourTeam]:
    """Folded name → team, those that have left too: the last wages come after them."""
    return {folded(team.name): team for team in LabourTeam.objects.filter(project=project).order_by("pk")}
