"""The attendance sheet: names down the side, the days of the month along the top, a mark in each field.

It hardly ever has an ID number: people are found by name within their team and crew.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from core.months import Month
from imports import cleaners
from imports.sheets import Column, Level, Note, SheetDefinition
from labour_teams.roster import CREW_NAMES, ID_NAMES, OLDEST, TEAM_NAMES, YOUNGEST
from wages.month_import.cells import amount, mark, month
from wages.sheet_import.sheet import MONTH_NAMES, one_month_a_file, one_row_a_worker

LONGEST_MONTH = 31
TOTAL_NAMES = "出勤工日 工日合计 出勤合计 合计 合计天数 考勤天数 出勤 天数 总工日 工日"
MOST = Decimal(62)


def day_field(day: int) -> str:
    return f"day_{day}"


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _day(day: int) -> Column:
    aliases = (f"{day}日", f"{day}号", f"{day:02}") if day < 10 else (f"{day}日", f"{day}号")
    return Column(day_field(day), str(day), mark(), aliases, show=lambda value: f"{value.normalize():f}")


def marks_of(values: dict[str, Any]) -> list[Decimal | None]:
    return [values.get(day_field(day)) for day in range(1, LONGEST_MONTH + 1)]


def total_is_the_sum(values: dict[str, Any], as_of: date) -> Iterator[tuple[str, Note]]:
    """The total of the sheet beside the marks; where one of the two is missing, the other counts."""
    marked = [value for value in marks_of(values) if value is not None]
    said, added = values["total"], sum(marked, Decimal(0))
    if said is None and not marked:
        yield "total", Note("no_days", _("Neither marks nor a total: how many days did he work?"))
    elif said is None:
        values["total"] = added
    elif marked and said != added:
        facts = {"said": said.normalize(), "added": added.normalize()}
        text = _("The sheet says %(said)s days, its marks add up to %(added)s.") % {k: f"{v:f}" for k, v in facts.items()}
        yield "total", Note("sum", text)


def no_days_beyond_the_month(values: dict[str, Any], as_of: date) -> Iterator[tuple[str, Note]]:
    if values["month"] is None:
        return
    last = Month.parse(values["month"]).last
    for day in range(last.day + 1, LONGEST_MONTH + 1):
        if values.get(day_field(day)):
            yield day_field(day), Note("no_such_day", _("This month has no %dth day.") % day)
    for day in range(1, last.day + 1):
        is_ahead = date(last.year, last.month, day) > as_of
        if is_ahead and values.get(day_field(day)):
            yield day_field(day), Note("day_ahead", _("This day has not come yet."), Level.ERROR)


COLUMNS = (
    Column("seq", "序号", cleaners.unread, _words("No No. 顺序号"), weak_aliases=_words("编号"), example="1"),
    Column("month", "月份", month(), _words(f"{MONTH_NAMES} 考勤月份"), required=True, example="2026-05"),
    Column("labour_team", "所属劳务队伍", cleaners.text(100), _words(TEAM_NAMES), _words("施工队伍 施工队 队伍"), required=True),
    Column("work_crew", "作业工班", cleaners.text(100), _words(CREW_NAMES), example="钢筋一班"),
    Column("name", "姓名", cleaners.person_name(), _words("工人姓名 人员姓名 农民工姓名 名字"), required=True, example="王小梅"),
    Column(
        "id_number",
        "身份证号",
        cleaners.id_number(youngest=YOUNGEST, oldest=OLDEST),
        _words(ID_NAMES),
        length=(18, 18),
        example="430000199005209980",
    ),
    *(_day(day) for day in range(1, LONGEST_MONTH + 1)),
    Column(
        "total", "出勤天数", amount(most=MOST), _words(TOTAL_NAMES), show=lambda value: f"{value.normalize():f}", example="26"
    ),
)

ATTENDANCE = SheetDefinition(
    key="attendance",
    columns=COLUMNS,
    identity="name",
    labels=("seq", "name"),
    set_aside=_words("性别 年龄 工种 联系电话 电话 签字 签名 备注 加班 加班小时 日工资 工价"),
    person_fields=frozenset(("name", "id_number")),
    row_rules=(total_is_the_sum, no_days_beyond_the_month),
    sheet_rules=(one_row_a_worker, one_month_a_file),
)
