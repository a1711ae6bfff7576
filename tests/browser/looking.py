"""What a machine can see of a page: what axe objects to, whether it is wider than its window, what its console says."""

from dataclasses import dataclass, field
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from tests.covering import EVERYTHING

# Success criteria of WCAG, levels A and AA; what is only good practice is looked at with TEST_EVERYTHING=1.
CRITERIA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", *(["best-practice"] if EVERYTHING else [])]
OBJECTIONS = """tags => axe.run({ runOnly: tags, resultTypes: ["violations"], preload: false, iframes: false }).then(
  ({ violations }) => violations.flatMap(rule => rule.nodes.map(
    node => `${rule.id}: ${node.target} ${node.html.slice(0, 120)}`)))"""
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
PARTS = """() => [...new Set([...document.querySelectorAll("body, body *")].flatMap(
  each => [...each.classList, each.type ? `${each.tagName} ${each.type}` : each.tagName]))]"""


def violations(page: Page) -> list[str]:
    """Rule and place of everything that axe objects to. It reads no style sheets and no frames of its own."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found: list[str] = page.evaluate(OBJECTIONS, CRITERIA)
    return found


def overflow(page: Page) -> int:
    """How many pixels the page is wider than its window."""
    pixels: int = page.evaluate(WIDER)
    return pixels


def parts(page: Page) -> set[str]:
    """What the page is made of: classes of our style sheets, elements, kinds of fields."""
    return set(page.evaluate(PARTS))


@dataclass
class Eyes:
    """Go from page to page in one window and see what is wrong with each; `said` is what the console said since the last one.

    That includes what the policy of content (CSP) kept out and what a script stumbled over.
    """

    page: Page
    said: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.add_init_script(AXE_SCRIPT)
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))

    def open(self, address: str) -> int:
        self.said.clear()
        answer = self.page.goto(address)
        assert answer is not None
        return answer.status

    def faults(self, *, console: bool = True) -> list[Any]:
        """Of a page that says no the console says so too: then `console` is False."""
        wider = overflow(self.page)
        return [*violations(self.page), *([f"{wider} px too wide"] if wider > 0 else []), *(self.said if console else [])]
