"""Names in pinyin: as the library reads them, surnames as they are read in names, and fast."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypinyin import Style, lazy_pinyin

from core.names import initials_of, pinyin_of, reading_of

# Given names are made of a few thousand characters; some pairs of them are words with a reading of their own.
CHARACTERS = st.sampled_from("伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀兰霞平刚桂英华建国文朝阳长乐重行银音曾和大小中正央𠮷䶮")


@settings(deadline=None)  # the first reading of a character takes a while
@given(given_name=st.text(CHARACTERS, min_size=1, max_size=3))
def test_a_given_name_is_read_as_the_library_reads_it(given_name: str) -> None:
    assert pinyin_of(f"张{given_name}") == " ".join(["zhang", *lazy_pinyin(given_name, style=Style.NORMAL)]).lower()


@pytest.mark.parametrize(
    ("name", "pinyin", "initials"),
    [
        ("单雅琴", "shan ya qin", "syq"),
        ("尉迟恭", "yu chi gong", "ycg"),
        ("单", "shan", "s"),
        ("张朝阳", "zhang zhao yang", "zzy"),
        ("阿卜杜拉·买买提", "a bo du la · mai mai ti", "abdlmmt"),
        ("Li Wei", "li wei", "l"),
        ("", "", ""),
    ],
)
def test_surnames_and_names_of_other_kinds(name: str, pinyin: str, initials: str) -> None:
    assert reading_of(name) == (pinyin, initials)
    assert initials_of(name) == initials
