"""What writing a roster would change: each row beside what the project's roster knows about its person.

    not engaged in this project (unknown, or known elsewhere)    new
    engaged here, same team                                      update or same; an exit date ends the engagement
    engaged here, other team                                     transfer: the old engagement ends the day before the new one
    left this project, entry after the exit                      new; empty cells are filled from the earlier engagement here
    left this project, nothing newer in the row                  update or same; a warning where the exit date is missing
    same ID number, other name; same name and phone, other ID    possible duplicate, until a person has judged it

An empty cell and a missing column never wipe anything: a roster says what is, not what is not.

The plan of a row, kept with it until it is written: {"known": engagements here at the time, "carry": the one whose particulars
go on, "seen": its last change, "on": the day of a transfer, "keep_name"} for an arrival (None for somebody wholly new), {"id",
"seen", "set": columns} for a change, {"id"} where nothing changes, {"twin": engagement, "kind"} for a possible duplicate.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from django.utils.translation import gettext as _

from imports.registry import Candidate, Choice, Creation, Judged, Question
from labour_teams.models import Engagement
from labour_teams.roster_import.case import Case, Surroundings
from labour_teams.roster_import.known import NEW_TEAM, Units, holders, question_key, stints
from labour_teams.roster_import.showing import unseal
from regions.models import Project

FEW = 5_000  # people and names that one statement may leave out


class RosterComparer:
    """As of a day: a transfer without a date of its own happens then."""

    def __init__(self, project: Project, as_of: date, choices: Mapping[str, str]) -> None:
        self.project, self.as_of, self.choices = project, as_of, dict(choices)
        self.units = Units.of(project)
        self.is_peopled = Engagement.objects.filter(project=project).exists()
        self.present: set[int] = set()  # people of the project who are in the sheet, by worker
        self.named: set[str] = set()  # names of rows whose ID number could not be read
        self.team_rows: Counter[str] = Counter()

    def judge(self, rows: Sequence[Candidate]) -> list[Judged]:
        for row in rows:
            self._note(row)
        around = self._surroundings([row for row in rows if row.values.get("id_number") is not None])
        judged = [Case(row, around).judged() for row in rows if row.is_ok]
        unseal(judged)
        return judged

    def _note(self, row: Candidate) -> None:
        if team := row.values.get("labour_team"):
            self.team_rows[team] += 1
        if (name := row.values.get("name")) and row.values.get("id_number") is None:
            self.named.add(name)

    def _surroundings(self, rows: Sequence[Candidate]) -> Surroundings:
        if not self.is_peopled:  # a project's first roster: there is nobody to compare with
            return Surroundings(self.units, self.choices, {}, {}, self.as_of)
        here = stints(self.project, (row.values["id_number"].hashed for row in rows))
        self.present.update(found[0].worker_id for found in here.values())
        strangers = [row for row in rows if row.values["id_number"].hashed not in here and row.values.get("phone")]
        phones = holders(self.project, (row.values["phone"].hashed for row in strangers)) if strangers else {}
        return Surroundings(self.units, self.choices, here, phones, self.as_of)

    def creations(self) -> list[Creation]:
        teams = [team.name for team in self.units.new_teams()]
        crews = [f"{crew.team.name}·{crew.name}" for crew in self.units.new_crews()]
        found = [Creation(_("New labour teams"), teams), Creation(_("New work crews"), crews)]
        return [creation for creation in found if creation.names]

    def questions(self) -> list[Question]:
        """Which team is meant by a name that the project does not have. Answered ones stay, so that the answer can be changed."""
        known = sorted((team for team in self.units.teams.values() if team.pk), key=lambda team: team.name)
        teams = {team.pk: Choice(str(team.pk), team.name) for team in known}
        asked = []
        for name, rows in self.team_rows.items():
            answer = self.choices.get(question_key(name), "")
            if answer or self.units.team(name, self.choices) is None:
                new = Choice(NEW_TEAM, _("A new team: add “%s” to this project") % name)
                text = _("The sheet says “%s”; this project has no such labour team. Which one is it?") % name
                asked.append(Question(question_key(name), text, [*teams.values(), new], rows, answer))
        return asked

    def leavers(self) -> list[int]:
        """Engaged in one of the sheet's teams today, and in no row; not who might stand in a row that could not be read.

        In the order in which they came to the roster, which is about that of the workbooks they came in.
        """
        if not self.is_peopled:
            return []
        teams = [team.pk for name in self.team_rows if (team := self.units.team(name, self.choices)) and team.pk]
        current = Engagement.objects.filter(project=self.project, team__in=teams).current(self.as_of).order_by("pk")
        if len(self.present) + len(self.named) <= FEW:  # then the database need not send everybody
            away = current.exclude(worker__in=self.present).exclude(name__in=self.named)
            return list(away.values_list("pk", flat=True))
        rows = current.values_list("pk", "worker_id", "name")
        return [number for number, worker, name in rows.iterator() if worker not in self.present and name not in self.named]
