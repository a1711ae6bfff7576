"""AC-01, AC-02, AC-06, AC-07, PD-01 and "a GET only reads", for every address, role, place and method."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

import config.urls
from core.roles import Role
from tests.covering import EVERYTHING
from tests.factories import ImportBlockFactory, UserFactory, staged_row
from tests.house.chinese import english_in
from tests.house.crawl import METHODS, Answer, Site, Spot, Visitor, client_for
from tests.house.crawling import steady
from tests.house.noninterference import CONFINED, fill_the_other_region
from tests.house.pages import job_args
from tests.house.turns import NOT_FOUND
from tests.house.url_matrix import ADMIN_PAGES, PAGES

# The admin site's tables are shown alike to all who may open it, with or without ways to change them.
WHO_READS_ALL_TABLES = {Role.LABOUR_CENTRE, Role.AUDITOR, Role.SYSTEM_ADMINISTRATOR}


def names(resolver: URLResolver) -> Iterator[str]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            yield str(entry.name)
        elif entry.namespace != "admin":
            yield from names(entry)


def test_every_address_is_declared() -> None:
    assert set(names(get_resolver())) == set(PAGES)


def test_few_addresses_are_public_and_they_are_named() -> None:
    public = {name for name, page in PAGES.items() if page.is_public}
    boards, workers = {"public-board", "public-board-photo"}, {"voice", "voice-reply", "wage-slip", "wage-answer"}
    assert public == {"sign-in", "theme", "set_language", "healthz", *boards, *workers}


@pytest.mark.matrix
@pytest.mark.parametrize("role", list(Role))
def test_matrix(site: Site, role: Role) -> None:
    visitor = Visitor(site, role)
    seen = visitor.look_around()
    english = english_on(visitor, seen)
    if role in CONFINED:
        fill_the_other_region(site.company)
    felt = dict(visitor.look_again(seen)) if role in CONFINED else {}
    pressed = visitor.press_everything()
    assert visitor.wrong == []
    assert visitor.told_apart(seen) == []
    assert visitor.told_apart({spot: answer for spot, answer in pressed.items() if spot not in seen}) == []
    assert english == {}
    assert felt == {}


def english_on(visitor: Visitor, seen: dict[Spot, Answer]) -> dict[str, list[str]]:
    """Address → English words, on every page of one's own and in the admin site."""
    known, found = visitor.known, {}
    texts = {answer.address: answer.text for spot, answer in seen.items() if spot.where == "own" and answer.is_html}
    if visitor.role in WHO_READS_ALL_TABLES:
        texts |= {name: page_at(visitor, reverse(name)) for name in ADMIN_PAGES}
    texts["a row that can be written"] = import_with_a_new_row(visitor)
    texts["an address that there is not"] = page_at(visitor, "/nothing/")
    for address, text in texts.items():
        if english := english_in(text, known):
            found[address] = sorted(english)
    return found


def page_at(visitor: Visitor, address: str) -> str:
    """What is read there; nothing where the page of what is not there is stood in for."""
    response = visitor.client.get(address)
    return response.content.decode() if response.headers["Content-Type"].startswith("text/html") else ""


def import_with_a_new_row(visitor: Visitor) -> str:
    """The page of the import, whose only row is refused, as it looks with a row to write."""
    block = ImportBlockFactory(job_id=job_args(visitor.site.company, "own")[0], round=1, staged=[staged_row(3)])
    page = page_at(visitor, reverse("import-job", args=[block.job_id]))
    block.delete()
    return page


def test_the_check_for_english_finds_english() -> None:
    page = '<h1>项目 Projects</h1><svg aria-label="Settled"></svg><script>const x</script><code>rc-nw</code><a>月报.xlsx</a>'
    assert english_in(page, set()) == {"Projects", "Settled"}


@pytest.mark.matrix
@pytest.mark.parametrize("role", [Role.PARTY_PERSONNEL, Role.REGIONAL_COORDINATOR, Role.PROJECT_CLERK, Role.LIAISON])
def test_the_page_of_what_is_not_there_is_one(site: Site, role: Role, monkeypatch: pytest.MonkeyPatch) -> None:
    """… for what is foreign, for what was never there, and for an address that there is not: the words, the bar, every byte."""
    monkeypatch.delattr(config.urls, "handler404", raising=False)
    visitor = Visitor(site, role)
    names = ["project", "worker", "case", "import-job", "report", "survey-round", "nomination", "team-wall", "handbook-write"]
    spots = [Spot(name, where) for name in names for where in ("own", "foreign", "none")]
    answers = {spot: visitor.ask(spot, "GET", site.addresses[spot]) for spot in spots}
    absent = {spot: answer for spot, answer in answers.items() if answer.status == NOT_FOUND}
    assert {spot.where for spot in absent} >= {"none"}
    assert visitor.told_apart(absent) == []
    plain = Answer(Spot("", ""), "GET", "/nothing/", NOT_FOUND, steady(visitor.client.get("/nothing/").content), True)
    assert {unmarked(answer) for answer in absent.values()} == {unmarked(plain)}


def unmarked(answer: Answer) -> bytes:
    """Without the address, and without the mark of where one is in the bar."""
    return answer.without_address[1].replace(b' aria-current="page"', b"")


@pytest.mark.matrix
@pytest.mark.parametrize("method", METHODS)
def test_strangers_see_public_addresses_and_sign_in(site: Site, method: str) -> None:
    """Nobody asks which unit it is before it is known who asks."""
    wrong = []
    for spot, address in site.addresses.items():
        if spot.where == "own" or (spot.where == "none" and EVERYTHING):
            response = Client().generic(method, address)
            sent_to_sign_in = response.status_code == 302 and response.headers["Location"].startswith("/sign-in/")
            if not PAGES[spot.name].is_public and not sent_to_sign_in:
                wrong.append((*spot, response.status_code))
    assert wrong == []


@pytest.mark.matrix
def test_somebody_without_a_post_reaches_no_unit(site: Site) -> None:
    client = client_for(UserFactory())
    for spot, address in site.addresses.items():
        if spot.where == "own" and PAGES[spot.name].has_unit and "GET" in PAGES[spot.name].methods:
            assert client.get(address).status_code == 404, spot.name
