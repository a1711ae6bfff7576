"""Which header is which field, and which must never be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imports.mapping import OF_OTHERS, Strength, column_letter, map_columns, match, match_parts
from labour_teams.roster import ROSTER

ALIASES = [(alias, column.field) for column in ROSTER.columns for alias in (column.header, *column.aliases)]
DRESSINGS = st.sampled_from(
    ["{}", " {} ", "{}*", "*{}", "{}\n(必填)", "{}（18位）", "{}【必填】", "1.{}", "{}：", "\u200b{}\ufeff", "{}[如有]"]
)


@given(alias=st.sampled_from(ALIASES), dressing=DRESSINGS, spaced=st.booleans())
def test_an_alias_is_found_however_it_is_dressed(alias: tuple[str, str], dressing: str, spaced: bool) -> None:
    name, field = alias
    header = dressing.format("\u3000".join(name) if spaced else name)
    assert match(ROSTER, header) == (field, Strength.EXACT)


@given(
    word=st.sampled_from(OF_OTHERS), name=st.sampled_from(["姓名", "电话", "手机号", "联系方式", "身份证号", "银行卡号", "性别"])
)
def test_what_belongs_to_others_is_never_the_workers_own(word: str, name: str) -> None:
    for found in (match(ROSTER, word + name), match(ROSTER, f"{name}({word})"), match_parts(ROSTER, (word, name))):
        assert found is None or found.field not in ROSTER.person_fields


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("劳务队伍名称", "labour_team"),
        ("籍贯(省市)", "native_place"),
        ("工种(岗位)", "trade"),
        ("工人身份证号码", "id_number"),
        ("No.", "seq"),
        ("编号", "seq"),
        ("身份证地址", ""),
        ("家庭详细地址", ""),
        ("银行卡开户行", None),
        ("持卡人姓名", ""),
        ("代领人姓名", None),
        ("监护人电话", None),
        ("社保卡号", ""),
        ("身份证复印件", ""),
        ("劳务队长", ""),
        ("施工队伍", "labour_team"),
        ("退场登记", "left_on"),
        ("省份", "native_place"),
        ("进场", "entered_on"),
        ("退场", None),
        ("身份证号码及住址", None),
        ("进场时间退场时间", None),
        ("预计退场日期", None),
        ("血型", None),
        ("", None),
        ("请各单位于每月二十五日前将本表连同身份证号复印件报项目部", None),
    ],
)
def test_headers_seen_on_sites(header: str, field: str | None) -> None:
    found = match(ROSTER, header)
    assert (found.field if found else None) == field


def test_a_group_above_decides_whose_number_it_is() -> None:
    assert match_parts(ROSTER, ("证件及联系方式", "手机号")) == ("phone", Strength.EXACT)
    assert match_parts(ROSTER, ("进场", "日期")) == ("entered_on", Strength.EXACT)
    assert match_parts(ROSTER, ("紧急联系人", "电话")) == ("", Strength.EXACT)
    assert match_parts(ROSTER, ("班组长", "姓名")) is None


def fields(*headers: str, chosen: dict[str, str] | None = None) -> list[str | None]:
    return [
        column.field for column in map_columns(ROSTER, [(header,) if header else () for header in headers], chosen or {}).columns
    ]


def test_an_exact_header_goes_before_one_that_only_contains_it() -> None:
    assert fields("身份证有效期限", "身份证号", "备用手机号", "手机号") == [None, "id_number", None, "phone"]


def test_a_weak_alias_counts_where_nothing_stronger_stands() -> None:
    assert fields("编号", "姓名", "说明") == ["seq", "name", "remark"]
    assert fields("序号", "编号", "备注", "说明") == ["seq", None, "remark", None]


def test_two_columns_of_equal_right_are_both_left_for_the_person_to_decide() -> None:
    mapped = map_columns(ROSTER, [("姓名",), ("手机号",), ("联系电话",)])
    assert [column.letter for column in mapped.duplicates["phone"]] == ["B", "C"]
    assert mapped.fields == {"name"}


def test_what_a_person_chose_wins() -> None:
    assert fields("姓名", "手机号", "联系电话", chosen={"C": "phone"}) == ["name", None, "phone"]
    assert fields("姓名", "手机号", chosen={"B": ""}) == ["name", None]
    assert fields("姓名", "血型", chosen={"B": "remark"}) == ["name", "remark"]


@pytest.mark.parametrize(("index", "letter"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (16_383, "XFD")])
def test_columns_are_lettered_as_in_excel(index: int, letter: str) -> None:
    assert column_letter(index) == letter


def test_no_alias_stands_for_two_fields() -> None:
    names = [alias for alias, _field in ALIASES] + list(ROSTER.set_aside)
    assert len(names) == len(set(names))
