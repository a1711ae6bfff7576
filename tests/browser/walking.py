"""What the long walks through a matter have in common: the people of a small company, a window for each, what is pressed."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from core.roles import Role
from feedback.models import Case, CaseSight, Promise, Revisit
from tests.browser.conftest import Opener
from tests.browser.filled import what_migrations_fill
from tests.browser.test_case_page import press, send
from tests.world import Company, found_company

ANSWER, PROMISE, WHO = "热水器坏了，已经报修。", "换一台新热水器", "后勤组"
PROMISED_DAYS = 5
ANSWERED, SETTLED = ".lx-facts div:nth-child(1) > b", ".lx-facts div:nth-child(2) > b"


@dataclass
class Walk:
    """`at(role, address)` opens a page as the one person here who holds that post."""

    open_as: Opener
    company: Company
    people: dict[str, User] = field(default_factory=dict)

    def person(self, role: str) -> User:
        if role not in self.people:
            self.people[role] = self.company.person(role)
        return self.people[role]

    def at(self, role: str, address: str, size: str = "desk") -> Page:
        page = self.open_as(self.person(role), size)
        page.goto(address)
        return page

    @property
    def case(self) -> Case:
        """The only matter there is."""
        return Case.objects.get()

    def case_page(self, role: str, size: str = "desk") -> Page:
        return self.at(role, reverse("case", args=[self.case.number]), size)


def begin(open_as: Opener) -> Walk:
    what_migrations_fill()
    return Walk(open_as, found_company())


def the_region_sends_it_to_a_department(walk: Walk) -> None:
    """From the list to the matter, and on by its button; the first deadlines are written."""
    page = walk.at(Role.REGIONAL_COORDINATOR, reverse("cases"))
    page.get_by_role("link", name=walk.case.title).first.click()
    press(page, walk.case, "route")
    page.locator("[name=to]").select_option(f"department-{walk.company.department.pk}")
    page.locator("[name=reason]").fill("归安全质量部办")
    send(page)
    expect(page.get_by_role("main")).to_contain_text("待签收")
    case = walk.case
    assert case.status == "routed"
    assert case.sights.get(part=CaseSight.Part.LEAD).department == walk.company.department
    assert case.first_answer_due_at == case.answer_due_at is not None


def the_department_takes_it_on(walk: Walk) -> Page:
    page = walk.case_page(Role.DEPARTMENT_OFFICER)
    press(page, walk.case, "accept")
    expect(page.get_by_role("main")).to_contain_text("办理中")
    assert (walk.case.status, walk.case.handler) == ("accepted", walk.person(Role.DEPARTMENT_OFFICER))
    return page


def it_answers_with_a_promise(walk: Walk, page: Page) -> None:
    """What is not approved yet is no answer, and nobody was promised anything."""
    press(page, walk.case, "submit-reply")
    page.locator("[name=text]").fill(ANSWER)
    page.locator("[name=outcome][value=promised]").check()
    page.locator("[name=text_1]").fill(PROMISE)
    page.locator("[name=who_1]").fill(WHO)
    page.locator("[name=due_on_1]").fill(f"{timezone.localdate() + timedelta(days=PROMISED_DAYS)}")
    send(page)
    expect(page.get_by_role("main")).to_contain_text("待审核")
    case, promise = walk.case, Promise.objects.get()
    assert (case.status, case.replied_at, case.delivered_at) == ("under_review", None, None)
    assert (promise.text, promise.who, promise.kept_on) == (PROMISE, WHO, None)
    assert promise.due_on == timezone.localdate() + timedelta(days=PROMISED_DAYS)


def the_region_approves_it(walk: Walk) -> Page:
    page = walk.case_page(Role.REGIONAL_COORDINATOR, "phone")
    press(page, walk.case, "approve-reply")
    assert (walk.case.status, walk.case.reply) == ("answered", ANSWER)
    assert walk.case.replied_at is not None
    return page


def says_of_the_two_facts(page: Page, *, answered: bool, settled: bool) -> None:
    """回音 and 落实 as a case's page shows them."""
    for fact, word, is_reached in ((ANSWERED, "回音", answered), (SETTLED, "落实", settled)):
        expect(page.locator(fact)).to_contain_text(word)
        expect(page.locator(f"{fact}.lx-ok")).to_have_count(int(is_reached))


def revisit_of(walk: Walk) -> Revisit:
    return Revisit.objects.get(case=walk.case)
