"""The wage sheet as a spreadsheet: what its columns are called on the sites, and what must fit together.

Headers as seen in wage sheets, pay-out lists and lists for the bank. Month and team stand in a column, or are said once for the
whole file when it is uploaded.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from imports import cleaners
from imports.sheets import CheckedRow, Column, Finding, Level, Note, RowsJudge, SheetDefinition
from labour_teams.roster import (
    CARD_NAMES,
    CREW_NAMES,
    ID_NAMES,
    OLDEST,
    PHONE_NAMES,
    TEAM_NAMES,
    YOUNGEST,
    one_card_a_person,
)
from wages.month_import.cells import amount, month, signature

CENT = Decimal("0.01")
DAYS = Decimal(31)
SIGNED = {"yes": "已签", "no": "未签"}

MONTH_HINT = gettext_noop("The month in which the work was done, such as 2026-05.")
NET_HINT = gettext_noop("What is paid out: gross less deductions and advances.")
GROSS_HINT = gettext_noop("All that was earned in the month, before anything is taken off.")
SIGNED_HINT = gettext_noop("Left empty where it is signed on paper.")


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def net_follows(values: dict[str, Any], as_of: date) -> Iterator[tuple[str, Note]]:
    """One of gross and net may be missing where it follows from the other; where both stand, the ledger compares them later."""
    off = (values["deductions"] or 0) + (values["advances"] or 0)
    gross, net = values["gross"], values["net"]
    if gross is None and net is None:
        yield "net", Note("no_amount", _("Neither gross nor net: what was he paid?"))
    elif gross is None:
        values["gross"] = net + off
        yield "gross", Note("gross_follows", _("Was empty, reckoned from net and what was taken off."), Level.WARNING)
    elif net is None and gross < off:
        yield "net", Note("less_than_nothing", _("More is taken off than was earned."))
    elif net is None:
        values["net"] = gross - off
        yield "net", Note("net_follows", _("Was empty, reckoned from gross and what was taken off."), Level.WARNING)


def one_row_a_worker() -> RowsJudge:
    """An ID number stands in one row of a sheet; without one, a name in one row of a crew."""
    rows_by_number: dict[int, int] = {}
    rows_by_name: dict[tuple[str, str, str], int] = {}

    def judge(rows: list[CheckedRow]) -> Iterator[Finding]:
        for row in rows:
            values = row.values
            if (number := values["id_number"]) is not None:
                first = rows_by_number.setdefault(hash(number), row.number)
                text = _("The same ID number as in row %d; a worker has one row.") % first
            elif values["name"]:
                key = (values["name"], values["work_crew"] or "", values["labour_team"] or "")
                first = rows_by_name.setdefault(key, row.number)
                text = _("The same name as in row %d, and no ID number to tell them apart.") % first
            else:
                continue
            if first != row.number:
                yield Finding(row, "id_number" if number is not None else "name", Note("duplicate", text))

    return judge


def one_month_a_file() -> RowsJudge:
    """A file is one month's: two months in it would be two ledgers."""
    months: set[str] = set()

    def judge(rows: list[CheckedRow]) -> Iterator[Finding]:
        for row in rows:
            if (said := row.values["month"]) is None:
                continue
            months.add(said)
            if len(months) > 1:
                yield Finding(
                    row, "month", Note("two_months", _("Another month than the rows above. Send each month by itself."))
                )
                months.discard(said)

    return judge


def money(field: str, header: str, aliases: str, **more: Any) -> Column:
    return Column(field, header, amount(), _words(aliases), show=lambda value: f"{value:,.2f}", **more)


MONTH_NAMES = "工资月份 所属月份 发放月份 工资所属期 年月"
WORKER_NAMES = "工人姓名 人员姓名 农民工姓名 劳务工姓名 名字 收款方名称 收款人 户名 收款人姓名 收款户名"
DAYS_NAMES = "工日 出勤 考勤天数 出工天数 出勤工日 工日合计 出勤日数 工作天数 本月工作量 天数"
GROSS_NAMES = "应发 应付工资 应领工资 本月应发 本月应发工资 应发金额 应付金额 工资总额"
OFF_NAMES = "代扣 扣除 罚款 扣款金额 代扣代缴 扣款合计 其他扣款"
ADVANCE_NAMES = "预支 已预支 已支生活费 生活费 预支生活费 借款 已借支 已预支工资"
NET_NAMES = "实发 实发金额 实领 实领工资 支付金额 代发金额 本月实发 实付工资 实付金额"
SIGNED_NAMES = "签名 按手印 领款人签字 农民工签字 个人确认签字 领款签字 本人签字 工人签字 签字确认"

# Examples are invented: nobody has the number, the telephone or the card.
COLUMNS = (
    Column("seq", "序号", cleaners.unread, _words("No No. 顺序号"), weak_aliases=_words("编号"), example="1"),
    Column("month", "月份", month(), _words(MONTH_NAMES), required=True, hint=MONTH_HINT, example="2026-05"),
    Column(
        "labour_team",
        "所属劳务队伍",
        cleaners.text(100),
        _words(TEAM_NAMES),
        _words("施工队伍 施工队 队伍"),
        required=True,
        example="示例劳务队",
    ),
    Column("work_crew", "作业工班", cleaners.text(100), _words(CREW_NAMES), example="钢筋一班"),
    Column("name", "姓名", cleaners.person_name(), _words(WORKER_NAMES), required=True, example="王小梅"),
    Column(
        "id_number",
        "身份证号",
        cleaners.id_number(youngest=YOUNGEST, oldest=OLDEST),
        _words(ID_NAMES),
        length=(18, 18),
        example="430000199005209980",
    ),
    Column("phone", "手机号", cleaners.phone(), _words(PHONE_NAMES), length=(11, 11), example="15400000998"),
    Column("trade", "工种", cleaners.text(40), _words("岗位 岗位/工种 作业工种"), weak_aliases=_words("职务"), example="钢筋工"),
    Column("days", "出勤天数", amount(most=DAYS), _words(DAYS_NAMES), example="26"),
    money("unit_price", "日工资", "工价 单价 单价/天 日工资标准 单价/量 日薪", example="260"),
    Column("quantity", "完成工作量", amount(places=3), _words("工作量 完成工程量 工程量 计件数量"), example="0"),
    money("overtime", "加班工资", "加班费 加班 加班金额", example="0"),
    money("gross", "应发工资", GROSS_NAMES, hint=GROSS_HINT, example="6760"),
    money("deductions", "扣款", OFF_NAMES, example="0"),
    money("advances", "借支", ADVANCE_NAMES, example="500"),
    money("net", "实发工资", NET_NAMES, hint=NET_HINT, example="6260"),
    Column(
        "bank_card",
        "银行卡号",
        cleaners.bank_card(),
        _words(f"{CARD_NAMES} 收款账号 收款帐号"),
        length=(12, 19),
        example="6299990000000000996",
    ),
    Column("signed", "签字", signature(), _words(SIGNED_NAMES), hint=SIGNED_HINT, show=lambda code: SIGNED[code]),
    Column("remark", "备注", cleaners.text(200, marks_mean_empty=False), weak_aliases=_words("说明 附言")),
)

# Headers that wage sheets carry and this one does not take; they are known so that they are not mistaken for others.
SET_ASIDE = """
性别 民族 年龄 出生日期 家庭住址 地址 累计工作量 累计出勤 工资卡类别 联行号 收款方联行号
开户行 开户银行 开户行名称 收款方开户行名称 银行流水号 发放日期 支付日期 合同编号
工资标准 月工资 月工资标准 计件单价 计时工资 计件工资 基本工资 奖金 补贴 津贴 高温补贴
社保 个税 累计应发 累计已发 剩余工资 未付工资 班组长 队长 项目经理
"""

WAGES = SheetDefinition(
    key="wages",
    columns=COLUMNS,
    identity="name",
    labels=("seq", "name"),
    set_aside=_words(SET_ASIDE),
    person_fields=frozenset(("name", "id_number", "phone", "bank_card")),
    row_rules=(net_follows,),
    sheet_rules=(one_row_a_worker, one_month_a_file, one_card_a_person),
)
