"""The Chinese catalogue is complete, compiled and written in Chinese typography."""

import re

import polib
import pytest
from django.conf import settings

from tests.house.messages import Message, in_python, in_template, marked_messages

CATALOGUE = settings.BASE_DIR / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%[sd]|\{\w*\}")
HALF_WIDTH_BESIDE_CHINESE = re.compile(r"[\u4e00-\u9fff][,;:?!()]|[,;:?!()][\u4e00-\u9fff]")
EMPTY_PHRASES = re.compile(r"友情提示|温馨提示|成功|！|!")


@pytest.fixture(scope="module")
def catalogue() -> polib.POFile:
    assert CATALOGUE.is_file()
    return polib.pofile(str(CATALOGUE))


def described(entry: polib.POEntry) -> str:
    return f"{entry.msgctxt or ''}|{entry.msgid} -> {entry.msgstr}"


def test_every_marked_message_is_in_the_catalogue(catalogue: polib.POFile) -> None:
    known = {(entry.msgctxt or "", entry.msgid) for entry in catalogue if not entry.obsolete}
    missing = {f"{where}: {message}" for message, where in marked_messages().items() if message not in known}
    assert missing == set()


def test_every_entry_is_translated_and_none_is_fuzzy(catalogue: polib.POFile) -> None:
    assert [described(entry) for entry in catalogue if not entry.translated()] == []
    assert [described(entry) for entry in catalogue.fuzzy_entries()] == []


def test_placeholders_survive_translation(catalogue: polib.POFile) -> None:
    def placeholders(text: str) -> list[str]:
        return sorted(match.group() for match in PLACEHOLDER.finditer(text))

    changed = [described(entry) for entry in catalogue if placeholders(entry.msgid) != placeholders(entry.msgstr)]
    assert changed == []


def test_compiled_catalogue_is_current(catalogue: polib.POFile) -> None:
    def meanings(entries: polib.POFile | polib.MOFile) -> dict[Message, str]:
        return {(entry.msgctxt or "", entry.msgid): entry.msgstr for entry in entries if not entry.obsolete}

    assert meanings(polib.mofile(str(CATALOGUE.with_suffix(".mo")))) == meanings(catalogue)


def test_chinese_has_full_width_punctuation_and_no_empty_phrases(catalogue: polib.POFile) -> None:
    assert [described(entry) for entry in catalogue if HALF_WIDTH_BESIDE_CHINESE.search(entry.msgstr)] == []
    assert [described(entry) for entry in catalogue if EMPTY_PHRASES.search(entry.msgstr)] == []


def test_extraction_sees_what_django_translates() -> None:
    """The finder itself: aliases, contexts, joined lines, tags, filters and blocks."""
    module = (
        "from django.utils.translation import gettext_lazy as _, pgettext as p\n"
        "a = _('one' ' two')\nb = p('verb', 'return')\nc = translation.gettext('three')\nd = _(variable)\n"
    )
    assert set(in_python(module)) == {("", "one two"), ("verb", "return"), ("", "three")}
    template = (
        '{% translate "four" %}{{ x|default:_("five (5)") }}{% include "a.html" with title=_("six") %}'
        '{% blocktranslate trimmed with n=m context "noun" %}\n  {{ n }} of 100%\n{% endblocktranslate %}'
    )
    assert set(in_template(template)) == {("", "four"), ("", "five (5)"), ("", "six"), ("noun", "%(n)s of 100%%")}


def test_a_message_assembled_by_an_f_string_is_refused() -> None:
    with pytest.raises(AssertionError, match="f-string"):
        list(in_python("from django.utils.translation import gettext as _\n_(f'hello {name}')\n"))
