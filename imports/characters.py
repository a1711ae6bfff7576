"""Characters that are not what they look like: invisible ones, spaces of every width, look-alikes of Chinese characters.

Names are never NFKC-normalised as a whole (that would turn rare characters of people's names into others); numbers are.
"""

import re
import unicodedata

from django.utils.translation import gettext as _

from imports.sheets import Level, Note

# Category Cf, variation selectors and blank letters: they print nothing and make two equal names differ. Pinned by a test.
INVISIBLE = re.compile(
    "[\u00ad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e01ef]"
)
# What databases refuse or cut at: controls other than tab and line break, halves of pairs, non-characters.
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
BREAK = re.compile("[\t\r\n\u2028\u2029]")
RUN = re.compile("[ \u3000\t\r\n\u2028\u2029]+")  # not "blanks, break, blanks": that takes the square of a long run's time
SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
ODD = re.compile(f"{INVISIBLE.pattern}|[\t\r\n\u2028\u2029]|{SPACES.pattern}")

# Radicals that stand in for the character they look like (copied out of PDF files) and that NFKC leaves alone.
RADICALS = str.maketrans(
    "⺠⺫⻁⻄⻅⻆⻉⻋⻌⻑⻒⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⻲",
    "民目虎西见角贝车辶長镸长门青韦页风飞食马骨鬼鱼鸟卤麦黄黾齐齿龙龟",
)
LOOK_ALIKES = re.compile("[\u2e80-\u2fdf\uf900-\ufaff\U0002f800-\U0002fa1f]")
LONG_NUMBER = re.compile(r"\d(?:[ -]?\d){6,}[Xx]?")
DAY = re.compile(r"(?:19|20)\d\d-\d\d-\d\d(?: \d\d)?")  # no number of a person is written so
SHOWN_LENGTH = 30


def tidy(text: str) -> tuple[str, tuple[Note, ...]]:
    """Without invisible characters and outer blanks; line breaks and wide spaces become one plain space."""
    if not ODD.search(text):
        return text.strip(), ()
    visible = INVISIBLE.sub("", text)
    notes = (Note("invisible_removed", _("Invisible characters were removed."), Level.WARNING),) if visible != text else ()
    return SPACES.sub(" ", RUN.sub(lambda run: " " if BREAK.search(run[0]) else run[0], visible)).strip(), notes


def has_controls(text: str) -> bool:
    return CONTROL.search(text) is not None


def common_characters(text: str) -> str:
    """Radicals and compatibility ideographs become the common character; everything else stays byte for byte."""
    if not LOOK_ALIKES.search(text):
        return text
    return LOOK_ALIKES.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text).translate(RADICALS)


def folded(text: str) -> str:
    """For look-up in a list: half-width, upper case, no blanks at all."""
    return "".join(unicodedata.normalize("NFKC", text).upper().split())


def masked(text: str) -> str:
    """Somebody's text without any number that could be a person's, on one line."""
    one_line = " ".join(CONTROL.sub("", INVISIBLE.sub("", text)).split())
    return LONG_NUMBER.sub(_starred, one_line)


def _starred(found: re.Match[str]) -> str:
    number = found[0]
    return number if DAY.fullmatch(number) else f"{number[:3]}{'*' * (len(number) - 5)}{number[-2:]}"


def shown(text: str) -> str:
    """As it may be quoted in a message: masked and short."""
    quoted = masked(text)
    return quoted if len(quoted) <= SHOWN_LENGTH else f"{quoted[:SHOWN_LENGTH]}…"
