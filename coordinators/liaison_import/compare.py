"""What a list of liaisons would change in a project, row by row.

    nobody of that mobile is a liaison here          new; said, where the crew has another liaison too
    liaison here, same team and crew                 update or same
    liaison here, another team or crew               transfer: the old post ends the day before the new one
    the mobile is another liaison's                  error: one of the two is mistyped

People of other projects are not looked for: whoever is unknown here is new. The plan of a row: {"team", "crew"} for an arrival,
with {"ends", "seen"} for a transfer; {"id", "seen", "set"} for a change; None where nothing changes.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from coordinators.liaison_import.known import posts_by_phone, seen
from coordinators.liaison_import.sheet import LIAISONS, NO, YES
from coordinators.models import Liaison
from imports.models import Outcome
from imports.registry import Candidate, Creation, Judged, Question
from imports.sheets import Issue, Level
from labour_teams.models import LabourTeam, WorkCrew
from labour_teams.roster_import.known import Units, folded
from regions.models import Project


class LiaisonComparer:
    def __init__(self, project: Project, as_of: date, choices: Mapping[str, str]) -> None:
        self.units = Units.of(project)
        self.posts = posts_by_phone(project, as_of)
        self.holders: dict[tuple[int, int | None], list[Liaison]] = {}
        for post in self.posts.values():
            self.holders.setdefault((post.team_id, post.crew_id), []).append(post)
        self.present: set[int] = set()
        self.teams: set[int] = set()

    def judge(self, rows: Sequence[Candidate]) -> list[Judged]:
        for row in rows:
            self._note(row)
        return [self._judged(row) for row in rows if row.is_ok]

    def creations(self) -> list[Creation]:
        return []

    def questions(self) -> list[Question]:
        return []

    def leavers(self) -> list[int]:
        """Liaisons of the sheet's teams who stand in no row."""
        posts = sorted(self.posts.values(), key=lambda post: (post.person.name_pinyin, post.pk))
        return [post.pk for post in posts if post.team_id in self.teams and post.pk not in self.present]

    def _note(self, row: Candidate) -> None:
        phone, team = row.values.get("phone"), self._team(row.values)
        if phone is not None and (post := self.posts.get(phone.hashed)):
            self.present.add(post.pk)
        if team:
            self.teams.add(team.pk)

    def _judged(self, row: Candidate) -> Judged:
        values, team = row.values, self._team(row.values)
        if team is None:
            text = _("This project has no labour team of that name. Write it as on the project's page, or add the team first.")
            return _wrong(row, "unknown_team", text, "labour_team")
        crew = self._crew(team, values)
        if values["work_crew"] and crew is None:
            text = _("This team has no work crew of that name. Write it as on the team's page, or add the crew first.")
            return _wrong(row, "unknown_crew", text, "work_crew")
        post = self.posts.get(values["phone"].hashed)
        if post is None:
            return self._new(row, team, crew)
        if folded(post.person.name) != folded(values["name"]):
            return _wrong(
                row, "phone_of_another", _("This is the mobile of %s, who is a liaison here.") % post.person.name, "phone"
            )
        if (post.team_id, post.crew_id) == (team.pk, crew.pk if crew else None):
            return _amended(row, post)
        return self._moved(row, post, team, crew)

    def _team(self, values: Mapping[str, Any]) -> LabourTeam | None:
        return self.units.teams.get(folded(values["labour_team"])) if values.get("labour_team") else None

    def _crew(self, team: LabourTeam, values: Mapping[str, Any]) -> WorkCrew | None:
        name = values["work_crew"]
        return self.units.crews.get((team.pk, folded(name))) if name else None

    def _new(self, row: Candidate, team: LabourTeam, crew: WorkCrew | None) -> Judged:
        issues = []
        if others := self.holders.get((team.pk, crew.pk if crew else None)):
            text = _("%s is a liaison here too. If this one takes over, end that post.") % "、".join(_names(others))
            issues.append(_said(row, "second_liaison", text, "name", Level.WARNING))
        return Judged(row.number, Outcome.NEW, issues=issues, plan={"team": team.pk, "crew": crew.pk if crew else None})

    def _moved(self, row: Candidate, post: Liaison, team: LabourTeam, crew: WorkCrew | None) -> Judged:
        if row.values["from_on"] <= post.from_on:
            text = _("He has served %(unit)s since %(day)s; the new post must begin after that.")
            return _wrong(row, "moved_too_early", text % {"unit": post.crew or post.team, "day": post.from_on}, "from_on")
        changes = {
            name: (str(before), str(after))
            for name, before, after in (
                ("labour_team", post.team, team),
                ("work_crew", post.crew or "", crew or ""),
                ("from_on", post.from_on, row.values["from_on"]),
            )
            if before != after
        }
        plan = {"team": team.pk, "crew": crew.pk if crew else None, "ends": post.pk, "seen": seen(post)}
        return Judged(row.number, Outcome.TRANSFER, changes, [], plan)


def _amended(row: Candidate, post: Liaison) -> Judged:
    """Only what the sheet says; the first day of a post that is there stays."""
    said = {"document_no": row.values["document_no"]}
    if row.values["is_crew_leader"]:
        said["is_crew_leader"] = row.values["is_crew_leader"]
    had = {"document_no": post.document_no, "is_crew_leader": YES if post.is_crew_leader else NO}
    changed = {name: value for name, value in said.items() if value != had[name]}
    issues = []
    if row.values["from_on"] != post.from_on:
        text = _("The post began on %s; that stays. To begin another one, end this one first.") % post.from_on
        issues.append(_said(row, "began_otherwise", text, "from_on", Level.WARNING))
    if not changed:
        return Judged(row.number, Outcome.SAME, issues=issues)
    show = {name: LIAISONS.column(name).show for name in changed}
    changes = {name: (show[name](had[name]) if had[name] else "", show[name](value)) for name, value in changed.items()}
    return Judged(row.number, Outcome.UPDATE, changes, issues, {"id": post.pk, "seen": seen(post), "set": changed})


def _wrong(row: Candidate, code: str, text: str, column: str) -> Judged:
    return Judged(row.number, Outcome.ERROR, issues=[_said(row, code, text, column, Level.ERROR)])


def _said(row: Candidate, code: str, text: str, column: str, level: Level) -> Issue:
    return Issue(level, code, text, row.number, LIAISONS.column(column).header)


def _names(posts: Sequence[Liaison]) -> list[str]:
    return [post.person.name for post in posts]
