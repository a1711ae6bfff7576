"""Writing a compared roster: rows go into two temporary tables, and a handful of statements moves them over, all or none.

An arrival becomes a worker (unless the company has one with that ID number) and an engagement; what its row leaves open is taken
from an earlier engagement in this project, where there is one. A change updates the engagement it was compared with, and only if
that is still what the preview saw.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from os import urandom
from threading import Lock
from typing import Any, NamedTuple

from django.db import connection

from core.encryption import encryptor, hasher
from core.names import reading_of
from core.personal import BankCard, IdNumber, Phone
from core.temporary import ADDRESS, DAY, MOMENT, NUMBER, TEXT, Packed, TemporaryTable, prepared
from imports.blocks import StagedRow
from imports.registry import Overtaken, Trail
from labour_teams.models import Engagement, LabourTeam, WorkCrew
from labour_teams.roster_import import statements
from labour_teams.roster_import.known import Units
from regions.models import Project

PARTICULARS = {
    "name": TEXT, "name_pinyin": TEXT, "name_initials": TEXT, "ethnicity_code": TEXT, "political_status_code": TEXT,
    "education_code": TEXT, "native_place": TEXT, "trade": TEXT, "phone": TEXT, "phone_hash": TEXT, "phone_tail": TEXT,
    "bank_card": TEXT, "bank_card_hash": TEXT, "remark": TEXT, "entered_on": DAY, "left_on": DAY,
}  # fmt: skip
ARRIVALS = {
    "number": NUMBER, "known": NUMBER, "carry": NUMBER, "seen": MOMENT, "follows": NUMBER, "public_id": ADDRESS,
    "id_number": TEXT, "id_number_hash": TEXT, "sex_code": TEXT, "born_on": DAY, "team": TEXT, "crew": TEXT, **PARTICULARS,
}  # fmt: skip
CHANGES = {"id": NUMBER, "seen": MOMENT, "team": TEXT, "crew": TEXT, **PARTICULARS}
NAME_COLUMNS = 3
CHUNK = 1_000
MANY = 1_000  # rows after which the planner is told
AT_ONCE = 5_000  # rows that are moved together


@contextmanager
def writing(project: Project, choices: Mapping[str, str], trail: Trail) -> Iterator["RosterWriter"]:
    with (
        prepared() as is_open,
        TemporaryTable("arrivals", ARRIVALS) as arrivals,
        TemporaryTable("changes", CHANGES, "id") as changes,
    ):
        writer = RosterWriter(project, choices, trail, arrivals, changes, moves_early=is_open)
        yield writer
    if writer.moved > MANY and not is_open and not connection.in_atomic_block:
        writer.count_anew(statements.COUNT_WORKERS)
        writer.count_anew(statements.COUNT_ENGAGEMENTS)


class Prepared(NamedTuple):
    arrivals: Packed
    changes: Packed


class RosterWriter:
    """`moves_early`: where the transaction is open already, rows are moved on while the next ones are made ready."""

    def __init__(
        self,
        project: Project,
        choices: Mapping[str, str],
        trail: Trail,
        arrivals: TemporaryTable,
        changes: TemporaryTable,
        *,
        moves_early: bool,
    ) -> None:
        self.project, self.choices, self.keep, self.arrivals, self.changes = project, dict(choices), trail.keep, arrivals, changes
        self.moves_early, self.moved = moves_early, 0
        self.waiting: list[Prepared] = []
        self.units, self.units_lock = Units.of(project), Lock()
        self.places: dict[tuple[str, str | None], tuple[str | None, str | None]] = {}
        self.made: dict[str, list[int]] = {"teams": [], "crews": []}
        # The stored form of a moment, and of an address: what a field would make of them for this engine.
        self.moment = connection.ops.adapt_datetimefield_value
        self.facts = {"at": self.moment(trail.at), "project": project.pk, "region": project.region_id}
        self.seal = encryptor()
        self.hash_id, self.hash_phone, self.hash_card = (hasher(each.kind) for each in (IdNumber, Phone, BankCard))
        if moves_early:
            self._run(statements.TAKE_TURNS)

    def prepare(self, rows: Sequence[StagedRow]) -> Prepared:
        addresses = _addresses(len(rows))
        arrivals, changes = [], []
        for row in rows:
            plan = row.plan or {}
            if "id" in plan:
                changes.append(self._change(row.values, plan))
            else:
                arrivals.append(self._arrival(row, plan, next(addresses)))
                if "on" in plan:
                    changes.append(self._ending(plan))
        return Prepared(self.arrivals.packed(arrivals), self.changes.packed(changes))

    def take(self, rows: Prepared) -> None:
        self.waiting.append(rows)
        if sum(each.arrivals.size + each.changes.size for each in self.waiting) >= AT_ONCE:
            self._fill()
            if self.moves_early:
                self._move()

    def leave(self, records: Sequence[int], on: date) -> None:
        """Leaving is a change like any other: the last day, and nothing else."""
        for start in range(0, len(records), CHUNK):
            wanted = Engagement.objects.filter(project=self.project, pk__in=records[start : start + CHUNK])
            leaving = wanted.filter(left_on=None, entered_on__lte=on).order_by("pk").values_list("pk", "updated_at")
            self.changes.fill(self.changes.packed([self._last_day(number, self.moment(seen), on) for number, seen in leaving]))

    def write(self) -> dict[str, Any]:
        self._fill()
        self._move()
        return self.made

    # Rows for the two tables

    def _arrival(self, row: StagedRow, plan: Mapping[str, Any], address: str) -> tuple[Any, ...]:
        values, identity = row.values, IdNumber(row.values["id_number"])
        carry, is_transfer = plan.get("carry"), "on" in plan
        born_on = identity.birth_date.isoformat()
        who = (address, self.seal(values["id_number"]), self.hash_id(values["id_number"]), identity.sex_code, born_on)
        entered_on = plan["on"] if is_transfer else values["entered_on"]
        particulars = self._particulars(values, entered_on=entered_on)
        if plan.get("keep_name"):
            particulars = (None,) * NAME_COLUMNS + particulars[NAME_COLUMNS:]
        follows = carry if is_transfer else None
        known = plan.get("known", 0)
        return (row.number, known, carry, self._seen(plan), follows, *who, *self._place(values), *particulars)

    def _change(self, values: Mapping[str, str], plan: Mapping[str, Any]) -> tuple[Any, ...]:
        """Only what the preview showed as changed; everything else stays NULL and is left alone."""
        columns = {*plan["set"]}
        kept = {name: text for name, text in values.items() if name in columns}
        team, crew = self._place(values)
        place = (team if "team" in columns else None, crew if "crew" in columns else None)
        return (plan["id"], self._seen(plan), *place, *self._particulars(kept, entered_on=kept.get("entered_on")))

    def _ending(self, plan: Mapping[str, Any]) -> tuple[Any, ...]:
        """The old engagement of a transfer ends the day before."""
        return self._last_day(plan["carry"], self._seen(plan), date.fromisoformat(plan["on"]) - timedelta(days=1))

    def _last_day(self, number: int, seen: Any, day: date) -> tuple[Any, ...]:
        return (number, seen, None, None, *[None] * (len(PARTICULARS) - 1), day.isoformat())

    def _seen(self, plan: Mapping[str, Any]) -> Any:
        return self.moment(datetime.fromisoformat(plan["seen"])) if "seen" in plan else None

    def _place(self, values: Mapping[str, str]) -> tuple[str | None, str | None]:
        """Team and crew by the names that the project has for them; new ones are made when the rows are moved."""
        named = values["labour_team"], values.get("work_crew")
        if named not in self.places:
            with self.units_lock:
                self.places[named] = self._named(*named)
        return self.places[named]

    def _named(self, team_name: str, crew_name: str | None) -> tuple[str | None, str | None]:
        team = self.units.team(team_name, self.choices)
        return (team.name if team else None), (self.units.crew(team, crew_name).name if team and crew_name else None)

    def _particulars(self, values: Mapping[str, str], *, entered_on: str | None) -> tuple[Any, ...]:
        get = values.get
        name, phone, card = get("name"), get("phone"), get("bank_card")
        named = (name, *reading_of(name)) if name else (None,) * NAME_COLUMNS
        return (
            *named, get("ethnicity_code"), get("political_status_code"), get("education_code"), get("native_place"), get("trade"),
            *((self.seal(phone), self.hash_phone(phone), phone[-4:]) if phone else (None, None, None)),
            *((self.seal(card), self.hash_card(card)) if card else (None, None)),
            get("remark"), entered_on, get("left_on"),
        )  # fmt: skip

    def _fill(self) -> None:
        self.arrivals.fill(*(each.arrivals for each in self.waiting))
        self.changes.fill(*(each.changes for each in self.waiting))
        self.waiting.clear()

    # In the transaction

    def _move(self) -> None:
        """From the two tables to where they belong. The planner is told what there is as soon as there is something of ours."""
        is_first = self.moves_early and not self.moved and self.arrivals.count > MANY
        with self.units_lock:
            self._create_units()
        are_new = self._run(statements.ADD_WORKERS).rowcount == self.arrivals.count
        if is_first:
            self.count_anew(statements.COUNT_WORKERS)
        if self._run(statements.OVERTAKEN_ARRIVALS, are_new=are_new).fetchone()[0]:
            raise Overtaken
        self._amend()
        self._run(statements.ENGAGE)
        if is_first:
            self.count_anew(statements.COUNT_ENGAGEMENTS)
        self.moved += self.arrivals.count + self.changes.count
        if self.moves_early:
            self._go_on()

    def _amend(self) -> None:
        for records in self._before():
            self.keep(records)
        if self._run(statements.CHANGE).rowcount != self.changes.count:
            raise Overtaken

    def count_anew(self, statement: Mapping[str, str]) -> None:
        self._run(statement[connection.vendor])

    def _go_on(self) -> None:
        """Ready for the next rows. Whether everything that these refer to exists is seen now, not all at the end."""
        self.arrivals.empty()
        self.changes.empty()
        for statement in statements.CHECK_REFERENCES:
            self._run(statement)

    def _create_units(self) -> None:
        teams = sorted(self.units.new_teams(), key=lambda team: team.name)
        LabourTeam.objects.bulk_create(teams)
        crews = sorted(self.units.new_crews(), key=lambda crew: (crew.team.name, crew.name))
        for crew in crews:
            crew.team = crew.team  # takes the number that the team has by now
        WorkCrew.objects.bulk_create(crews)
        self.units.settle()
        self.made["teams"] += [team.pk for team in teams]
        self.made["crews"] += [crew.pk for crew in crews]

    def _before(self) -> Iterator[list[Any]]:
        """What the engagements to change say now, as stored: numbers stay sealed."""
        last = 0
        while True:
            cursor = self._run(statements.BEFORE, after=last, size=CHUNK)
            columns = [column[0] for column in cursor.description][1:]
            rows = cursor.fetchall()
            if not rows:
                return
            yield [[row[0], dict(zip(columns, map(_plain, row[1:]), strict=True))] for row in rows]
            last = rows[-1][0]

    def _run(self, statement: str, **facts: Any) -> Any:
        cursor = connection.cursor()
        cursor.execute(statement, self.facts | facts)
        return cursor


def _addresses(number: int) -> Iterator[str]:
    """Random UUIDs (version 4), made together: one at a time they take as long as everything else about a row."""
    digits = urandom(16 * number).hex()
    return (f"{digits[at : at + 12]}4{digits[at + 13 : at + 16]}a{digits[at + 17 : at + 32]}" for at in range(0, 32 * number, 32))


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
