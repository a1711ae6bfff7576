"""Who asks what of the site in the short form (docs/adr/0024): what cannot be answered in another way is asked by somebody.

Posts that the table gives the same answers at an address, and that stand at the same level of the company, take turns: each of
them walks through its share of the addresses. Whoever has no turn still tries the nearest door that must be closed to him.
"""

from functools import cache
from itertools import product
from zlib import crc32

from accounts.middleware import READERS_MAY_POST
from core.roles import COMPANY_WIDE, READERS, Role
from tests.covering import EVERYTHING
from tests.house.pages import HERE, PROJECT_ROLES, Page
from tests.house.url_matrix import PAGES

NOT_FOUND = 404
# Posts that belong to no unit on site: of two units made alike neither is theirs. A region's post belongs to no project of it.
WITHOUT_UNIT = frozenset({*COMPANY_WIDE, Role.SYSTEM_ADMINISTRATOR, Role.DEPARTMENT_OFFICER})
WITHOUT_PROJECT = WITHOUT_UNIT | {Role.REGIONAL_COORDINATOR}


def places_of(page: Page) -> tuple[str, ...]:
    return (*HERE, "none") if page.has_unit else ("own",)


def places_for(role: str, page: Page) -> tuple[str, ...]:
    """Where somebody asks. A place that is to his posts what another is, is left out."""
    if EVERYTHING or not page.has_unit:
        return places_of(page)
    own, sibling, foreign = (page.reach(role, where) for where in HERE)
    left_out = set()
    if role in WITHOUT_PROJECT and sibling == own:
        left_out.add("sibling")
    if role in WITHOUT_UNIT and foreign == own:
        left_out.add("foreign")
    if role not in WITHOUT_PROJECT and not sibling and not foreign:  # whoever reached another region would reach his own
        left_out.add("foreign")
    return tuple(where for where in places_of(page) if where not in left_out)


def expected(name: str, page: Page, role: str, where: str, method: str) -> set[int]:
    """The codes that are right; one code but for looks and empty POSTs in reach."""
    if role in READERS and method not in ("GET", "HEAD") and name not in READERS_MAY_POST:
        return {403}
    if (method if method != "HEAD" else "GET") not in page.methods:
        return set(page.otherwise)
    if role not in page.roles or (page.has_unit and (where == "none" or not page.reach(role, where))):
        return {404}
    return set(page.ok)


@cache
def questions(role: str, name: str) -> frozenset[tuple[str, str]]:
    """(Place, method) that somebody in `role` asks of an address: GET and POST where it takes them."""
    page = PAGES[name]
    asked = frozenset(product(places_for(role, page), page.methods))
    if EVERYTHING:
        return asked
    closed = _nearest_refusals(role, name, asked)
    if role != _whose_turn(role, name):
        return frozenset(closed[:1])
    seldom = {(where, method) for where, method in asked if method == "POST" and where != "own"}
    return asked - (seldom if "GET" in page.methods or role in READERS else set()) | frozenset(closed)


def _whose_turn(role: str, name: str) -> str:
    alike = [other for other in Role if _kind(other, name) == _kind(role, name)]
    return alike[crc32(name.encode()) % len(alike)]


@cache
def _kind(role: str, name: str) -> tuple[object, ...]:
    """What makes two posts ask the same of an address."""
    page = PAGES[name]
    asked = product(places_of(page), sorted(page.methods))
    answers = [frozenset(expected(name, page, role, where, method)) for where, method in asked]
    return _level(role), places_for(role, page), *answers


def _level(role: str) -> str:
    if role in COMPANY_WIDE or role == Role.SYSTEM_ADMINISTRATOR:
        return "company"
    return "project" if role in PROJECT_ROLES else role


def _nearest_refusals(role: str, name: str, asked: frozenset[tuple[str, str]]) -> list[tuple[str, str]]:
    """Of each method the first place, from one's own outwards, where the address must look like nothing at all."""
    closed = [spot for spot in asked if spot[0] in HERE and expected(name, PAGES[name], role, *spot) == {NOT_FOUND}]
    nearest = {method: where for where, method in sorted(closed, key=lambda spot: HERE.index(spot[0]), reverse=True)}
    return [(where, method) for method, where in sorted(nearest.items())]
