"""Chinese names in pinyin, for order and search: the same on every database engine."""

import re
from functools import cache, lru_cache

from pypinyin import Style, lazy_pinyin
from pypinyin.constants import PHRASES_DICT

# Surnames whose reading differs from the character's usual one; the library reads the usual one.
SURNAMES = {
    "单": "shan", "曾": "zeng", "仇": "qiu", "朴": "piao", "解": "xie", "查": "zha", "区": "ou", "盖": "ge", "翟": "zhai",
    "任": "ren", "华": "hua", "纪": "ji", "宁": "ning", "柏": "bai", "卜": "bu", "种": "chong", "重": "chong", "缪": "miao",
    "乜": "nie", "冼": "xian", "谌": "chen", "员": "yun", "洗": "xian", "秘": "bi", "折": "she", "召": "shao", "繁": "po",
    "黑": "he", "尉": "yu", "乐": "yue", "车": "che", "石": "shi", "沈": "shen", "燕": "yan", "应": "ying", "晁": "chao",
    "隗": "wei", "褚": "chu", "尹": "yin", "钭": "tou",
}  # fmt: skip
COMPOUND_SURNAMES = {"尉迟": ["yu", "chi"], "长孙": ["zhang", "sun"], "万俟": ["mo", "qi"], "澹台": ["tan", "tai"]}
HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")
HAN_ONLY = re.compile(f"{HAN.pattern}*")
# Written as escapes: editors and version control fold some of these into one another.
MIDDLE_DOTS = re.compile("[\u00b7\u2022\u2027\u30fb\uff65\u22c5\u2219\u0387\uff0e\u002e\u2024]")


def _syllables(name: str) -> list[str]:
    for surname, reading in COMPOUND_SURNAMES.items():
        if name.startswith(surname):
            return [*reading, *_read(name[len(surname) :])]
    if name[:1] in SURNAMES:
        return [SURNAMES[name[0]], *_read(name[1:])]
    return [*_read(name[:1]), *_read(name[1:])] if HAN.match(name) else list(_read(name))


def _read(part: str) -> tuple[str, ...]:
    """One or two characters that are no word of their own are read one by one, which is what the library would do, at length."""
    if len(part) <= 2 and HAN_ONLY.fullmatch(part) and part not in PHRASES_DICT:
        return tuple(map(_character, part))
    return _phrase(part)


@cache
def _character(character: str) -> str:
    return lazy_pinyin(character, style=Style.NORMAL)[0]


@lru_cache(maxsize=10_000)
def _phrase(part: str) -> tuple[str, ...]:
    return tuple(lazy_pinyin(part, style=Style.NORMAL))


def pinyin_of(name: str) -> str:
    """「单雅琴」 → "shan ya qin"; letters stay, lower case."""
    return reading_of(name)[0]


def initials_of(name: str) -> str:
    """「单雅琴」 → "syq"."""
    return reading_of(name)[1]


def reading_of(name: str) -> tuple[str, str]:
    """Pinyin and initials at once, for whoever reads thousands of names."""
    syllables = _syllables(name)
    return " ".join(syllables).lower(), "".join(each[0] for each in syllables if each[:1].isalnum()).lower()


def unify_dots(name: str) -> str:
    """Every look-alike of the middle dot in minority names becomes U+00B7, also in what somebody searches for."""
    return MIDDLE_DOTS.sub("·", name)
