"""What the sheets of all posts have in common: who it is, from when to when, acting or not, by which document."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from core.personal import Phone
from imports import cleaners
from imports.sheets import CheckedRow, Column, Finding, Note, RowsJudge
from labour_teams.roster import PHONE_NAMES

YES, NO = "yes", "no"
ANSWERS = {YES: gettext_lazy("yes"), NO: gettext_lazy("no")}
SPELLINGS = {"是": YES, "√": YES, "yes": YES, "true": YES, "1": YES, "否": NO, "不是": NO, "no": NO, "false": NO, "0": NO}
LONGEST_TERM = timedelta(days=3_660)  # how far ahead a last day may lie

LAST_HINT = gettext_noop("The last day in the post; empty if no end is foreseen.")
ACTING_HINT = gettext_noop("Whether somebody only stands in for whoever holds the post.")

# A person's staged values again (imports.registry.Target.loaders).
LOADERS: Mapping[str, Callable[[str], Any]] = {"phone": Phone, "from_on": date.fromisoformat, "to_on": date.fromisoformat}


def answer(field: str, header: str, aliases: tuple[str, ...], hint: str = "") -> Column:
    """A column of yes or no; its own headers may stand in the cells too (班组长 under 是否班组长)."""
    clean = cleaners.code_list(SPELLINGS | dict.fromkeys(aliases, YES))
    options = {"options": ("是", "否"), "example": "否"}
    return Column(field, header, clean, aliases, show=lambda code: str(ANSWERS[code]), hint=hint, **options)  # type: ignore[arg-type]


def running_number() -> Column:
    return Column("seq", "序号", cleaners.unread, ("No", "顺序号"), weak_aliases=("编号",), example="1")


def name(*aliases: str) -> Column:
    return Column("name", "姓名", cleaners.person_name(), (*aliases, "名字"), required=True, example="王小梅")


def phone(hint: str) -> Column:
    aliases = tuple(PHONE_NAMES.split())
    return Column("phone", "手机号", cleaners.phone(), aliases, required=True, length=(11, 11), hint=hint, example="15400000998")


def first_day(hint: str) -> Column:
    aliases = ("任职日期", "选聘日期", "起始日期", "开始日期")
    return Column("from_on", "聘任日期", cleaners.day(), aliases, required=True, is_day=True, hint=hint, example="2026-03-01")


def last_day() -> Column:
    aliases = ("任期至", "截止日期", "结束日期", "离任日期")
    clean = cleaners.day(term=LONGEST_TERM)
    return Column("to_on", "聘期至", clean, aliases, is_day=True, hint=LAST_HINT, example="2027-02-28")


def acting() -> Column:
    return answer("is_acting", "是否代理", ("代理",), ACTING_HINT)


def document(hint: str) -> Column:
    aliases = ("文号", "任职文号", "选聘文号")
    return Column("document_no", "聘任文号", cleaners.text(60), aliases, required=True, hint=hint, example="示例党工委2026年1号")


def ends_after_it_begins(values: dict[str, Any], as_of: date) -> Iterator[tuple[str, Note]]:
    if values["to_on"] and values["from_on"] and values["to_on"] < values["from_on"]:
        yield "to_on", Note("ends_before_start", _("The last day is before the first."))


def one_row_a_phone() -> RowsJudge:
    """Who is in post stands in one row; whoever serves two units has two posts, which are given one by one."""
    rows_by_phone: dict[str, int] = {}

    def judge(rows: list[CheckedRow]) -> Iterator[Finding]:
        for row in rows:
            if (phone := row.values["phone"]) is None:
                continue
            first = rows_by_phone.setdefault(phone.hashed, row.number)
            if first != row.number:
                text = _("The same mobile as in row %d; everybody has one row.") % first
                yield Finding(row, "phone", Note("duplicate_phone", text))

    return judge
