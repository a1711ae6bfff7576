"""A reader who reads Chinese meets no English: not in the words of a page, and not in what is read aloud."""

import re
from html.parser import HTMLParser

WORD = re.compile(r"[A-Za-z]{3,}")
# File endings, programs and units that are written so in Chinese too, and the language switch, which names the other language.
ALLOWED = {"xlsx", "xls", "ods", "csv", "JPG", "PNG", "PDF", "Excel", "WPS", "English", "Lianxin", "demo"}
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
    found = [(text, set(WORD.findall(text)) - ALLOWED) for text in words.texts]
    return {word for text, english in found if english and not any(value in text for value in known) for word in english}
