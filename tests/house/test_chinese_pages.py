"""A reader who reads Chinese meets no English: not in the words of a page, and not in what is read aloud."""

import re
from html.parser import HTMLParser

import pytest
from django.urls import reverse

from accounts.models import User
from coordinators.models import NoticeBoard
from core.roles import Role
from regions.models import Project, Region
from tests.factories import ImportBlockFactory
from tests.house.test_url_matrix import client_for
from tests.house.url_matrix import ADMIN_PAGES, PAGES, job_args
from tests.world import found_company

pytestmark = [pytest.mark.matrix, pytest.mark.django_db]

WORD = re.compile(r"[A-Za-z]{3,}")
# File endings, programs and units that are written so in Chinese too, and the language switch, which names the other language.
ALLOWED = {"xlsx", "xls", "ods", "csv", "Excel", "WPS", "English", "Lianxin", "demo"}
SPOKEN = ("alt", "aria-label", "title", "placeholder")
SILENT = ("script", "style", "code")


class Words(HTMLParser):
    """Collects what a reader sees or hears."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in SILENT
        self.texts += [value or "" for name, value in attrs if name in SPOKEN]

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in SILENT

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.texts.append(data)


def english_in(html: str, known: set[str]) -> set[str]:
    """English words on a page that are no data of the company (codes, user names, file names)."""
    words = Words()
    words.feed(html)
    found = {word for text in words.texts if not any(value in text for value in known) for word in WORD.findall(text)}
    return found - ALLOWED


def test_the_check_itself_finds_english() -> None:
    page = '<h1>项目 Projects</h1><svg aria-label="Settled"></svg><script>const x</script><code>rc-nw</code><a>月报.xlsx</a>'
    assert english_in(page, set()) == {"Projects", "Settled"}


@pytest.mark.parametrize(
    "role",
    [Role.LABOUR_CENTRE, Role.AUDITOR, Role.REGIONAL_COORDINATOR, Role.PROJECT_CLERK, Role.LIAISON, Role.SYSTEM_ADMINISTRATOR],
)
def test_pages_are_chinese(role: Role) -> None:
    company = found_company()
    ImportBlockFactory(job_id=job_args(company, "own")[0], round=1)
    person = company.person(role)
    client = client_for(person)
    addresses = [reverse(name, args=page.args(company, "own")) for name, page in PAGES.items() if "GET" in page.methods]
    addresses += [reverse(name) for name in ADMIN_PAGES] if person.is_staff else []
    known = set(User.objects.values_list("username", flat=True)) | set(Project.objects.values_list("code", flat=True))
    known |= set(Region.objects.values_list("code", flat=True)) | {company.department.code}
    known |= set(NoticeBoard.objects.values_list("code", flat=True))
    english = {}
    for address in addresses:
        response = client.get(address)
        if response.headers["Content-Type"].startswith("text/html") and (found := english_in(response.content.decode(), known)):
            english[address] = sorted(found)
    assert english == {}
