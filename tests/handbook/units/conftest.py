"""A small company to keep units in."""

from tests.shared_world import world_once
from tests.world import found_company

founded, company = world_once(found_company)
