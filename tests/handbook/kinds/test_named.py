"""Ticked by name: those on site that day, of that unit, while the entry is open; never more than were declared."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from core.refusals import Refused
from core.roles import Role
from handbook.kinds.named import NAMED
from handbook.models import EntryKind, HandbookEntry, TrainingAttendance
from labour_teams.models import Engagement
from tests.factories import CareItemFactory, EngagementFactory, LiaisonFactory, person_with
from tests.handbook.kinds.conftest import Site
from tests.handbook.kinds.writing import amended, form_of, fresh, posted, written

pytestmark = pytest.mark.django_db

FACTS: dict[str, dict[str, Any]] = {
    EntryKind.VISIT: {"way": "visit"},
    EntryKind.TRAINING: {"sort": "safety"},
    EntryKind.ACTIVITY: {"sort": "culture"},
    EntryKind.CARE: {},
}


def entry_of(kind: str, site: Site, **facts: Any) -> HandbookEntry:
    lines = [{"item": CareItemFactory().pk, "quantity": 9}]
    return written(kind, site.coordinator, posted(site.at, lines=lines, **(FACTS[kind] | facts)))


def test_these_kinds_name_people() -> None:
    assert set(NAMED) == set(FACTS)


@pytest.mark.parametrize("kind", FACTS)
def test_exactly_those_who_are_ticked(kind: str, site: Site) -> None:
    entry, named = entry_of(kind, site), NAMED[kind]
    assert named.chosen(entry) == set()
    everybody = Engagement.objects.filter(project=site.project)
    named.put(entry, everybody, fresh(site.coordinator))
    assert named.chosen(entry) == {one.pk for one in everybody}
    named.put(entry, everybody[:1], fresh(site.coordinator))
    assert named.chosen(entry) == {everybody[0].pk}
    named.put(entry, [], fresh(site.coordinator))
    assert named.chosen(entry) == set()


@pytest.mark.parametrize("kind", FACTS)
def test_declared_heads_below_named_people_are_refused_on_both_ways(kind: str, site: Site) -> None:
    entry, named = entry_of(kind, site, headcount=2), NAMED[kind]
    three = Engagement.objects.filter(team=site.teams[0])
    with pytest.raises(Refused) as refusal:
        named.put(entry, three, fresh(site.coordinator))
    assert set(refusal.value.fields) == {"headcount"}
    assert named.chosen(entry) == set()
    named.put(entry, three[:2], fresh(site.coordinator))
    data = posted(site.at, headcount=1, **FACTS[kind])
    if kind == EntryKind.CARE:
        line = entry.care.distributions.get()
        data = posted(site.at, lines=[{"item": line.item_id, "quantity": 9}], headcount=1)
    form = form_of(kind, site.coordinator, data, entry=entry)
    assert form.is_valid(), form.errors
    with pytest.raises(Refused):
        amended(entry, site.coordinator, data)
    assert HandbookEntry.objects.get().headcount == 2


@pytest.mark.parametrize("kind", FACTS)
def test_nobody_who_was_not_there(kind: str, site: Site) -> None:
    entry, named = entry_of(kind, site), NAMED[kind]
    gone = EngagementFactory(team=site.teams[0], left=True)
    elsewhere = EngagementFactory(team__project__region=site.project.region)
    for engagement in (gone, elsewhere):
        with pytest.raises(Refused):
            named.put(entry, [engagement], fresh(site.coordinator))
    assert named.chosen(entry) == set()


@pytest.mark.parametrize("kind", FACTS)
def test_only_its_author_while_the_book_is_open(kind: str, site: Site, time_machine: Any) -> None:
    entry, named = entry_of(kind, site), NAMED[kind]
    people = Engagement.objects.filter(team=site.teams[0])
    for role in (Role.PROJECT_COORDINATOR, Role.REGIONAL_COORDINATOR, Role.PARTY_ORGANISATION, Role.LIAISON):
        with pytest.raises(Refused):
            named.put(entry, people, person_with(role))
    time_machine.move_to(timezone.now() + timedelta(days=62))
    with pytest.raises(Refused):
        named.put(entry, people, fresh(site.coordinator))
    assert named.chosen(entry) == set()


def test_nobody_attended_what_is_planned(site: Site) -> None:
    later = (timezone.localdate() + timedelta(days=2)).isoformat()
    entry = entry_of(EntryKind.TRAINING, site, on=later, is_planned="on")
    with pytest.raises(Refused):
        NAMED[EntryKind.TRAINING].put(entry, Engagement.objects.filter(team=site.teams[0]), fresh(site.coordinator))


def test_who_stays_ticked_keeps_his_result(site: Site) -> None:
    entry, people = entry_of(EntryKind.TRAINING, site), Engagement.objects.filter(team=site.teams[0])
    NAMED[EntryKind.TRAINING].put(entry, people, fresh(site.coordinator))
    TrainingAttendance.objects.filter(engagement=people[0]).update(has_passed=True, score=92)
    NAMED[EntryKind.TRAINING].put(entry, people[:2], fresh(site.coordinator))
    assert sorted((row.engagement_id, row.score) for row in TrainingAttendance.objects.all() if row.score) == [(people[0].pk, 92)]
    assert TrainingAttendance.objects.count() == 2


def test_posts_and_workers_share_the_declared_number(site: Site) -> None:
    posts = [LiaisonFactory(team=team).person_id for team in site.teams]
    entry = entry_of(EntryKind.TRAINING, site, posts=posts, headcount=4)
    with pytest.raises(Refused):
        NAMED[EntryKind.TRAINING].put(entry, Engagement.objects.filter(team=site.teams[0]), fresh(site.coordinator))
    NAMED[EntryKind.TRAINING].put(entry, Engagement.objects.filter(team=site.teams[1]), fresh(site.coordinator))
    assert TrainingAttendance.objects.filter(person__isnull=False).count() == 2


def test_whom_somebody_talked_to_is_open_to_those_who_read_the_talk(site: Site) -> None:
    entry, visit = entry_of(EntryKind.VISIT, site), NAMED[EntryKind.VISIT]
    seen = {
        role: visit.is_open_to(entry, person_with(role, **unit))
        for role, unit in {
            Role.PARTY_ORGANISATION: {},
            Role.LABOUR_CENTRE: {},
            Role.AUDITOR: {},
            Role.PROJECT_COMMITTEE: {"project": site.project},
            Role.PROJECT_COORDINATOR: {"project": site.project},
        }.items()
    }
    assert {role for role, is_open in seen.items() if is_open} == {Role.PARTY_ORGANISATION}
    assert visit.is_open_to(entry, fresh(site.coordinator))
