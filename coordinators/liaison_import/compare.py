"""Liaisons serve a team or a crew of it; whoever stands under another one has moved there."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coordinators.liaison_import.sheet import LIAISONS
from coordinators.models import Liaison
from coordinators.post_import.compare import PostComparer, Unit, wrong
from coordinators.post_import.kinds import Kind, Words
from imports.models import Outcome
from imports.registry import Candidate, Judged
from imports.sheets import Issue
from labour_teams.models import LabourTeam, WorkCrew
from labour_teams.roster_import.known import Units, folded
from regions.models import Project


def _unit(project: Project, plan: Mapping[str, Any]) -> dict[str, Any]:
    return {"team_id": plan["team"], "crew_id": plan["crew"]}


def _unit_words(post: Any) -> str:
    return f"{post.team}·{post.crew}" if post.crew else str(post.team)


LIAISON_KIND = Kind(
    sheet=LIAISONS,
    model=Liaison,
    project_path="team__project",
    page="liaison",
    joins=("team", "crew"),
    said=("is_crew_leader", "to_on", "is_acting", "document_no"),
    fixed=("team_id", "crew_id"),
    unit=_unit,
    unit_words=_unit_words,
    words=Words(
        known=gettext_lazy("This is the mobile of %s, who is a liaison here."),
        beside=gettext_lazy("%s is a liaison here too. If this one takes over, end that post."),
        left=gettext_lazy("Not on the list of liaisons any more."),
    ),
)


class LiaisonComparer(PostComparer):
    kind = LIAISON_KIND

    def __init__(self, project: Project, as_of: date, choices: Mapping[str, str]) -> None:
        super().__init__(project, as_of, choices)
        self.units = Units.of(project)
        self.teams: set[int] = set()

    def unit_of(self, post: Any) -> Unit:
        return {"team": post.team_id, "crew": post.crew_id}

    def note(self, row: Candidate) -> None:
        super().note(row)
        if team := self._team(row.values):
            self.teams.add(team.pk)

    def covers(self, post: Any) -> bool:
        """A sheet speaks of the teams that it names."""
        return post.team_id in self.teams

    def meant(self, row: Candidate) -> tuple[Unit, Issue | None]:
        team = self._team(row.values)
        if team is None:
            text = _("This project has no labour team of that name. Write it as on the project's page, or add the team first.")
            return {}, self.said(row, "unknown_team", text, "labour_team")
        crew = self._crew(team, row.values)
        if row.values["work_crew"] and crew is None:
            text = _("This team has no work crew of that name. Write it as on the team's page, or add the crew first.")
            return {}, self.said(row, "unknown_crew", text, "work_crew")
        return {"team": team.pk, "crew": crew.pk if crew else None}, None

    def moved(self, row: Candidate, post: Any, unit: Unit) -> Judged:
        if row.values["from_on"] <= post.from_on:
            text = _("He has served %(unit)s since %(day)s; the new post must begin after that.")
            words = text % {"unit": post.crew or post.team, "day": post.from_on}
            return wrong(row, self.said(row, "moved_too_early", words, "from_on"))
        before = {"labour_team": post.team, "work_crew": post.crew or "", "from_on": post.from_on}
        team = self._team(row.values)
        crew = self._crew(team, row.values) if team else None
        after = {"labour_team": team, "work_crew": crew or "", "from_on": row.values["from_on"]}
        changes = {name: (str(before[name]), str(after[name])) for name in before if before[name] != after[name]}
        plan = {**unit, "ends": post.pk, "seen": self.kind.seen(post)}
        return Judged(row.number, Outcome.TRANSFER, changes, [], plan)

    def _team(self, values: Mapping[str, Any]) -> LabourTeam | None:
        return self.units.teams.get(folded(values["labour_team"])) if values.get("labour_team") else None

    def _crew(self, team: LabourTeam, values: Mapping[str, Any]) -> WorkCrew | None:
        name = values["work_crew"]
        return self.units.crews.get((team.pk, folded(name))) if name else None
