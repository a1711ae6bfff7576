"""Collects entries with what stands beside them, and writes them a table at a time."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from random import Random
from typing import Any

from django.db.models import Model
from django.utils import timezone

from accounts.models import User
from coordinators.models import Coordinator, Liaison
from core.models import Attachment
from handbook.models import (
    CampaignActivity,
    CareDistribution,
    CareEvent,
    EntryPhoto,
    EthnicCustomNote,
    GuidanceRecord,
    HandbookEntry,
    HazardRecord,
    HealthCheckBatch,
    LabourAct,
    MedicalService,
    MedicalSpending,
    MeetingRecord,
    TeamInspection,
    TrainingAttendance,
    TrainingSession,
    VisitRecord,
)
from labour_teams.models import Engagement, LabourTeam
from overview.demo.posts import People
from overview.demo.scenes import keep_scenes
from regions.models import Project, Region

SCENES = 10
EVENING = time(18, 20)
BATCH = 500
# What belongs to an entry is written after it, and the lines of that after both.
IN_ORDER: tuple[type[Model], ...] = (
    VisitRecord, TrainingSession, MeetingRecord, CampaignActivity, HazardRecord, CareEvent, HealthCheckBatch, MedicalService,
    EthnicCustomNote, TeamInspection, LabourAct, GuidanceRecord,
    TrainingAttendance, CareDistribution, MedicalSpending, EntryPhoto,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Where:
    """A region, a project or one of its teams."""

    region: Region | None = None
    project: Project | None = None
    team: LabourTeam | None = None


@dataclass(slots=True)
class Heap:
    people: People
    entries: list[HandbookEntry] = field(default_factory=list)
    rows: dict[type[Model], list[Any]] = field(default_factory=dict)
    chosen: list[tuple[Any, str, Iterable[Any]]] = field(default_factory=list)
    scenes: list[Attachment] = field(default_factory=list)
    _by_person: dict[int, list[Coordinator | Liaison]] = field(default_factory=dict)
    _by_unit: dict[tuple[str, int], list[Coordinator | Liaison]] = field(default_factory=dict)
    _stays: dict[int, list[tuple[date, date | None]]] = field(default_factory=dict)  # from when to when, by project

    def __post_init__(self) -> None:
        self.scenes = keep_scenes(SCENES)
        for post in self.people.posts:
            if isinstance(post, Coordinator | Liaison):
                self._by_person.setdefault(post.person.pk, []).append(post)
                self._by_unit.setdefault(_unit(post), []).append(post)
        for project, entered_on, left_on in Engagement.objects.values_list("project", "entered_on", "left_on"):
            self._stays.setdefault(project, []).append((entered_on, left_on))

    @property
    def today(self) -> date:
        return self.people.units.today

    def of_region(self, region: Region, day: date) -> User | None:
        """Whoever held the region that day."""
        return self._holder(("region", region.pk), day)

    def of_project(self, project: Project, day: date) -> User | None:
        return self._holder(("project", project.pk), day)

    def of_team(self, team: LabourTeam, day: date) -> User | None:
        return self._holder(("team", team.pk), day)

    def post_of_project(self, project: Project, day: date) -> Coordinator | None:
        posts = self._by_unit.get(("project", project.pk), [])
        return next((post for post in posts if isinstance(post, Coordinator) and post.is_held_on(day)), None)

    def headcount(self, project: Project, day: date) -> int:
        """How many were on site that day."""
        stays = self._stays.get(project.pk, [])
        return sum(entered_on <= day and (left_on is None or left_on >= day) for entered_on, left_on in stays)

    def _holder(self, unit: tuple[str, int], day: date) -> User | None:
        return next((post.person for post in self._by_unit.get(unit, []) if post.is_held_on(day)), None)

    def add(self, kind: str, on: date, by: User, where: Where, title: str, **fields: Any) -> HandbookEntry:
        """An entry, written in the evening of its day, in the post that its author held."""
        entry = HandbookEntry(
            kind=kind, on=on, author=by, region=where.region, project=where.project, team=where.team, title=title, **fields
        )
        entry.place_in_tree()
        entry.written_at = min(timezone.make_aware(datetime.combine(on, EVENING)), timezone.now())
        post = next((post for post in self._by_person.get(by.pk, []) if post.is_held_on(on)), None)
        if isinstance(post, Coordinator):
            entry.coordinator = post
        elif post is not None:
            entry.liaison = post
        self.entries.append(entry)
        return entry

    def beside(self, row: Any) -> Any:
        self.rows.setdefault(type(row), []).append(row)
        return row

    def choose(self, row: Any, name: str, chosen: Iterable[Any]) -> None:
        """`row.name` is a relation to many; written in the end."""
        self.chosen.append((row, name, chosen))

    def photograph(self, entry: HandbookEntry, dice: Random, number: int = 1) -> None:
        for scene in dice.sample(self.scenes, number):
            self.beside(EntryPhoto(entry=entry, photo=scene))

    def write(self) -> None:
        HandbookEntry.objects.bulk_create(self.entries, batch_size=BATCH)
        for model in IN_ORDER:
            model._default_manager.bulk_create(self.rows.get(model, []), batch_size=BATCH)
        through: dict[type[Model], list[Any]] = {}
        for row, name, chosen in self.chosen:
            relation = type(row)._meta.get_field(name)
            link: Any = relation.remote_field.through
            ends = relation.m2m_field_name(), relation.m2m_reverse_field_name()
            through.setdefault(link, []).extend(link(**{f"{ends[0]}_id": row.pk, f"{ends[1]}_id": each.pk}) for each in chosen)
        for link, links in through.items():
            link._default_manager.bulk_create(links, batch_size=BATCH)


def _unit(post: Coordinator | Liaison) -> tuple[str, int]:
    if isinstance(post, Liaison):
        return "team", post.team_id
    return ("project", post.project_id) if post.project_id else ("region", post.region_id)
