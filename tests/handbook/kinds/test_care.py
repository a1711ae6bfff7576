"""Goods in lines: to teams or to every team, never money; who got none is listed; who is ticked stays with his line."""

from decimal import Decimal
from typing import Any

import pytest

from core.refusals import Refused
from handbook import recording
from handbook.kinds.details import detail_for
from handbook.kinds.named import NAMED
from handbook.models import CareDistribution, EntryKind
from labour_teams.models import Engagement
from tests.factories import CareItemFactory, LabourTeamFactory, ProjectFactory
from tests.handbook.kinds.conftest import Site
from tests.handbook.kinds.writing import amended, form_of, fresh, posted, written, wrong

pytestmark = pytest.mark.django_db

CARE = NAMED[EntryKind.CARE]


def given(entry: Any) -> set[tuple[Any, ...]]:
    return {(row.item_id, row.team and row.team.name, row.quantity, row.people) for row in entry.care.distributions.all()}


def test_lines_of_several_goods_and_teams(site: Site) -> None:
    tea, soap = CareItemFactory(kind="coolness"), CareItemFactory(kind="living")
    lines = [
        {"item": tea.pk, "team": site.teams[0].pk, "quantity": "20", "unit_price": "3.50", "people": "3"},
        {},
        {"item": soap.pk, "team": site.teams[1].pk, "quantity": "2.5"},
    ]
    entry = written("care", site.coordinator, posted(site.at, lines=lines, fund="union"))
    assert given(entry) == {(tea.pk, "一队", Decimal("20.00"), 3), (soap.pk, "二队", Decimal("2.50"), None)}
    assert (entry.care.kind, entry.care.fund, entry.care.is_for_all) == ("coolness", "union", False)
    assert detail_for(entry, fresh(site.coordinator)).total == Decimal("70.0000")
    assert detail_for(entry, fresh(site.coordinator)).left_out == []


def test_a_line_without_a_team_is_of_the_team_that_was_chosen(site: Site) -> None:
    item = CareItemFactory()
    entry = written("care", site.coordinator, posted(site.at_team, lines=[{"item": item.pk, "quantity": 5}]))
    assert given(entry) == {(item.pk, "一队", Decimal("5.00"), None)}


@pytest.mark.parametrize(
    "line",
    [{"quantity": "0"}, {"quantity": "-4"}, {"unit_price": "-0.01"}, {"people": "-1"}, {"quantity": ""}, {"quantity": "十"}],
)
def test_quantities_and_prices_are_more_than_nothing(line: dict[str, str], site: Site) -> None:
    whole = {"item": CareItemFactory().pk, "quantity": "3"} | line
    assert wrong("care", site.coordinator, posted(site.at, lines=[whole])) == {"__all__"}


def test_something_was_given_out(site: Site) -> None:
    assert wrong("care", site.coordinator, posted(site.at, lines=[], sort="living")) == {"__all__"}


@pytest.mark.parametrize("unit", ["元", "万元"])
def test_money_is_no_goods(unit: str, site: Site) -> None:
    money = CareItemFactory(name="高温补贴", unit=unit)
    form = form_of("care", site.coordinator, posted(site.at, lines=[{"item": money.pk, "quantity": "300"}]))
    assert not form.is_valid()
    assert set(form.lines.forms[0].errors) == {"item"}


def test_teams_are_those_of_the_place(site: Site) -> None:
    item, sibling = CareItemFactory(), LabourTeamFactory(project=ProjectFactory(region=site.project.region))
    foreign = LabourTeamFactory()
    for team, place in ((sibling, site.at), (foreign, site.at), (site.teams[1], site.at_team)):
        line = {"item": item.pk, "team": team.pk, "quantity": 1}
        form = form_of("care", site.coordinator, posted(place, lines=[line]))
        assert not form.is_valid()
        assert set(form.lines.forms[0].errors) == {"team"}


def test_the_same_goods_twice_for_one_team_are_added_up_first(site: Site) -> None:
    item = CareItemFactory()
    lines = [{"item": item.pk, "team": site.teams[0].pk, "quantity": number} for number in (1, 2)]
    assert wrong("care", site.coordinator, posted(site.at, lines=lines)) == {"__all__"}


@pytest.mark.parametrize(("per", "quantities"), [("team", ("10.00", "10.00")), ("person", ("30.00", "10.00"))])
def test_for_every_team_a_line_becomes_one_for_each(per: str, quantities: tuple[str, str], site: Site) -> None:
    item = CareItemFactory()
    LabourTeamFactory(project=site.project, name="走了的队", left=True)
    data = posted(site.at, lines=[{"item": item.pk, "quantity": 10}], is_for_all="on", per=per)
    entry = written("care", site.coordinator, data)
    first, second = map(Decimal, quantities)
    assert given(entry) == {(item.pk, "一队", first, 3), (item.pk, "二队", second, 1)}
    assert detail_for(entry, fresh(site.coordinator)).left_out == []


def test_teams_that_got_none_are_listed_where_all_were_meant(site: Site) -> None:
    item, empty = CareItemFactory(), LabourTeamFactory(project=site.project, name="三队")
    by_head = posted(site.at, lines=[{"item": item.pk, "quantity": 1}], is_for_all="on", per="person")
    assert detail_for(written("care", site.coordinator, by_head), fresh(site.coordinator)).left_out == [empty]
    one = posted(site.at, lines=[{"item": item.pk, "team": site.teams[0].pk, "quantity": 1}], is_for_all="on")
    left_out = detail_for(written("care", site.coordinator, one), fresh(site.coordinator)).left_out
    assert set(left_out) == {empty, site.teams[1]}


def test_every_team_is_every_team_of_a_project(site: Site) -> None:
    lines = [{"item": CareItemFactory().pk, "quantity": 1}]
    for place in (site.at_team, f"region-{site.project.region_id}"):
        assert wrong("care", site.coordinator, posted(place, lines=lines, is_for_all="on")) == {"place"}


def test_whoever_is_ticked_stays_with_his_line(site: Site) -> None:
    item, other = CareItemFactory(), CareItemFactory()
    lines = [{"item": item.pk, "team": site.teams[0].pk, "quantity": 3}]
    data = posted(site.at, lines=lines)
    entry = written("care", site.coordinator, data)
    workers = Engagement.objects.filter(team=site.teams[0])
    CARE.put(entry, workers, fresh(site.coordinator))
    entry = amended(entry, site.coordinator, data | {"lines-0-quantity": 6, "lines-1-item": other.pk, "lines-1-quantity": 1})
    line = CareDistribution.objects.get(item=item)
    assert (line.quantity, set(line.workers.all())) == (Decimal("6.00"), set(workers))
    gone = form_of("care", site.coordinator, data | {"lines-0-item": other.pk}, entry=entry)
    assert gone.is_valid()
    with pytest.raises(Refused):
        recording.amend(entry, gone.draft(), by=fresh(site.coordinator), version=entry.version)
    assert CareDistribution.objects.filter(item=item).exists()
    fewer = form_of("care", site.coordinator, data | {"lines-0-people": 2}, entry=entry)
    assert fewer.is_valid()
    with pytest.raises(Refused):
        recording.amend(entry, fewer.draft(), by=fresh(site.coordinator), version=entry.version)


def test_each_is_ticked_with_what_his_team_got(site: Site) -> None:
    item, book = CareItemFactory(), CareItemFactory()
    lines = [{"item": one.pk, "team": site.teams[0].pk, "quantity": 3} for one in (item, book)]
    entry = written("care", site.coordinator, posted(site.at, lines=lines))
    first, second = Engagement.objects.filter(team=site.teams[0])[:1], Engagement.objects.filter(team=site.teams[1])
    CARE.put(entry, first, fresh(site.coordinator))
    assert CARE.chosen(entry) == {first[0].pk}
    assert {row.item: list(row.workers.all()) for row in entry.care.distributions.all()} == {item: [*first], book: [*first]}
    with pytest.raises(Refused):
        CARE.put(entry, second, fresh(site.coordinator))
    assert CARE.chosen(entry) == {first[0].pk}
