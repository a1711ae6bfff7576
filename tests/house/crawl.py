"""One person walks through the whole site. An answer serves every check: asking is what takes time.

What is asked in the short form and by whom stands in turns.py.
"""

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.messages import get_messages
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.views.defaults import page_not_found

from accounts.middleware import SEEN, STARTED
from accounts.models import User
from coordinators.models import NoticeBoard
from core.roles import Role
from feedback.models import Case, SurveyResponse
from regions.models import Project, Region
from tests.house.crawling import full_numbers, steady
from tests.house.pages import HERE
from tests.house.turns import NOT_FOUND, expected, places_of, questions
from tests.house.url_matrix import PAGES
from tests.world import Company, found_company

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
WRITES = re.compile(r"^\s*(INSERT|UPDATE|DELETE|REPLACE|CREATE|DROP|ALTER)\b", re.IGNORECASE)
# A GET may refresh the session that carries it.
MAY_BE_WRITTEN = re.compile(r"django_session")


def client_for(person: Any) -> Client:
    """Signed in, with the session that signing in leaves: written once, where Django's `force_login` writes it four times."""
    session = SessionStore()
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(person.pk), person.get_session_auth_hash()
    session[BACKEND_SESSION_KEY] = "accounts.backends.PostsBackend"
    session[STARTED] = session[SEEN] = timezone.now().isoformat()
    session.create()
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key or ""
    return client


class Spot(NamedTuple):
    """An address by its name, at one's own unit, a sibling's, a foreign one's or nobody's."""

    name: str
    where: str


@dataclass(frozen=True)
class Site:
    """A company with a row behind every address. They are all there before the first look."""

    company: Company
    addresses: dict[Spot, str]
    known: frozenset[str]  # codes and user names, which are no English

    def again(self, spot: Spot) -> str:
        """The address anew: what was there may have gone its way since."""
        return reverse(spot.name, args=PAGES[spot.name].args(self.company, spot.where))


def built_site() -> Site:
    company = found_company()
    spots = [Spot(name, where) for name, page in PAGES.items() for where in places_of(page)]
    addresses = {spot: reverse(spot.name, args=PAGES[spot.name].args(company, spot.where)) for spot in spots}
    codes = [model.objects.values_list("code", flat=True) for model in (Project, Region, NoticeBoard)]
    return Site(company, addresses, frozenset({company.department.code}.union(*codes)))


def not_there(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Stands in for the page that says that something is not there: what it could be told from another such page by.

    It says nothing of why (test_the_page_of_what_is_not_there_is_one); most answers are this page, and making it takes longer
    than the rest of such an answer.
    """
    if request.resolver_match is None:
        return page_not_found(request, exception)
    said = [str(message) for message in get_messages(request)]
    return HttpResponseNotFound(repr((request.resolver_match.view_name, said)), content_type="text/plain")


class Written:
    """Wraps the execution of statements and keeps those that write."""

    def __init__(self) -> None:
        self.statements: list[str] = []

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if WRITES.match(sql) and not MAY_BE_WRITTEN.search(sql):
            self.statements.append(sql[:80])
        return execute(sql, params, many, context)


@dataclass(frozen=True)
class Answer:
    spot: Spot
    method: str
    address: str
    status: int
    body: bytes  # without what differs from one request to the next
    is_html: bool

    @property
    def without_address(self) -> tuple[int, bytes]:
        return self.status, self.body.replace(self.address.encode(), b"ADDRESS")

    @property
    def text(self) -> str:
        return self.body.decode(errors="replace")


class Visitor:
    """Somebody who holds `role`, and what was wrong with the answers that he got."""

    def __init__(self, site: Site, role: str) -> None:
        self.site, self.role, self.person = site, role, site.company.person(role)
        self.client = client_for(self.person)
        self.wrong: list[tuple[Any, ...]] = []

    def ask(self, spot: Spot, method: str, address: str) -> Answer:
        """The answer. Its code is right, a look writes nothing, and nobody ever sees a full number."""
        with connection.execute_wrapper(written := Written()):
            response = self._response(method, address)
        if response.status_code not in expected(spot.name, PAGES[spot.name], self.role, spot.where, method):
            self.wrong.append((*spot, method, response.status_code))
        is_html = response.headers.get("Content-Type", "").startswith("text/html")
        answer = Answer(spot, method, address, response.status_code, steady(response.content), is_html)
        if method == "GET":
            self.wrong += [(*spot, sql) for sql in written.statements]
            self.wrong += [(*spot, number) for number in _numbers_shown(response)]
        return answer

    def _response(self, method: str, address: str) -> Any:
        """Whatever an earlier answer wanted to be said on the next page is forgotten: no answer depends on the one before it."""
        self.client.cookies.pop("messages", None)
        return self.client.generic(method, address)

    def look_around(self, places: Collection[str] = (*HERE, "none")) -> dict[Spot, Answer]:
        """Every page at these places that is his to look at."""
        spots = [spot for spot in self.site.addresses if spot.where in places and self._asks(spot, "GET")]
        return {spot: self.ask(spot, "GET", self.site.addresses[spot]) for spot in spots}

    def _asks(self, spot: Spot, method: str) -> bool:
        return (spot.where, method) in questions(self.role, spot.name)

    def look_again(self, before: dict[Spot, Answer]) -> Iterator[tuple[str, str]]:
        """What differs now from what was seen of one's own and of the sibling project.

        Of pages that are not there, which say nothing but their address, one is looked at for all.
        """
        here = {spot: answer for spot, answer in before.items() if spot.where in ("own", "sibling")}
        absent = {answer.without_address: spot for spot, answer in here.items() if answer.status == NOT_FOUND}
        for spot, answer in here.items():
            if absent.get(answer.without_address, spot) == spot:
                now = steady(self._response("GET", answer.address).content)
                if unlike := difference(answer.body, now):
                    yield answer.address, unlike

    def press_everything(self) -> dict[Spot, Answer]:
        """Every other method that an address takes and that is his to try; and those that it refuses.

        An address refuses a method before it asks who is there (`require_http_methods`), a reader's before that: so by whoever
        acts most, least, and only looks.
        """
        posted = {}
        for spot in self.site.addresses:
            methods = PAGES[spot.name].methods
            if self._asks(spot, "POST"):
                posted[spot] = self._press(spot, "POST")
            if spot.where == "own" and self.role in (Role.LABOUR_CENTRE, Role.LIAISON, Role.AUDITOR):
                for method in METHODS:
                    if method not in methods:
                        self._press(spot, method)
        return posted

    def _press(self, spot: Spot, method: str) -> Answer:
        answer = self.ask(spot, method, self.site.again(spot))
        if spot.name in ("sign-out", "set_language"):
            self.client = client_for(self.person)
        return answer

    def told_apart(self, answers: dict[Spot, Answer]) -> list[str]:
        """Names of the addresses where a row out of reach is told from one that does not exist."""
        pairs = [(answer, answers.get(Spot(spot.name, "none"))) for spot, answer in answers.items() if self._is_strange(spot)]
        return [strange.spot.name for strange, none in pairs if none and strange.without_address != none.without_address]

    def _is_strange(self, spot: Spot) -> bool:
        page = PAGES[spot.name]
        return page.has_unit and spot.where != "none" and not page.reach(self.role, spot.where)

    @property
    def known(self) -> set[str]:
        names = User.objects.values_list("username", flat=True)
        numbers = Case.objects.values_list("number", flat=True)
        tails = (number.rpartition("-")[2] for number in numbers)  # what stands on a slip
        return {*self.site.known, *names, *numbers, *tails, *SurveyResponse.objects.values_list("code", flat=True)}


def _numbers_shown(response: Any) -> list[str]:
    """Full numbers on a page or in a table; what a picture's bytes happen to look like is nobody's number."""
    is_picture = response.headers.get("Content-Type", "").startswith("image/")
    return [] if is_picture else full_numbers(response.content.decode(errors="replace"))


def difference(before: bytes, after: bytes) -> str:
    """The first lines that are not the same."""
    if before == after:
        return ""
    texts = (body.decode(errors="backslashreplace") for body in (before, after))  # photos are no text
    pairs = zip_longest(*(text.splitlines() for text in texts))
    return next((f"{old} → {new}" for old, new in pairs if old != new), "")
