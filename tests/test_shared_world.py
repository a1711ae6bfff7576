"""The world of a module is as it was built for each of its tests."""

from typing import NamedTuple

import pytest
from django.db import connection

from accounts.models import User
from core.roles import Role
from regions.models import Region
from tests.factories import RegionFactory, person_with
from tests.shared_world import world_once


class World(NamedTuple):
    region: Region
    person: User


def build() -> World:
    """Somebody whose posts were looked at."""
    region = RegionFactory(name="西北片区")
    person = person_with(Role.REGIONAL_COORDINATOR, region=region)
    assert person.posts_today
    return World(region, person)


founded, world = world_once(build)


@pytest.mark.django_db
@pytest.mark.parametrize("turn", [1, 2])
def test_what_one_test_does_the_next_does_not_find(world: World, turn: int) -> None:
    assert (world.region.name, Region.objects.get().name) == ("西北片区", "西北片区")
    assert "posts_today" not in vars(world.person)
    assert world.person.posts_today[0].region == world.region
    world.region.name = f"{turn}"
    world.region.save()
    RegionFactory()


@pytest.mark.django_db(transaction=True)
def test_with_transactions_of_its_own_there_is_no_other_transaction(world: World) -> None:
    assert not connection.in_atomic_block
    assert Region.objects.get() == world.region
