"""The bank's payment list as a spreadsheet: whom it pays, the ends of his numbers, how much.

Banks print numbers whole, or starred but for their ends; what is kept are the last four characters of either.
"""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from imports import cleaners
from imports.sheets import CheckedRow, Column, Finding, Note, RowsJudge, SheetDefinition
from labour_teams.roster import CARD_NAMES, ID_NAMES, TEAM_NAMES
from wages.month_import.cells import month, tail
from wages.sheet_import.sheet import MONTH_NAMES, NET_NAMES, WORKER_NAMES, money, one_month_a_file

TAIL_HINT = gettext_noop("Whole, starred, or its last four characters: those are compared, and nothing else is kept.")
ID_TAILS = "身份证尾号 身份证后四位 证件尾号 证件号后四位 身份证号后四位"
CARDS = "收款账号 收款帐号 账号 帐号 卡号后四位 银行卡尾号 卡尾号 账号尾号 账号后四位 银行卡后四位"
AMOUNTS = f"{NET_NAMES} 实发工资 金额(元) 转账金额 付款金额 交易金额 入账金额"
SET_ASIDE = """
性别 工资卡类别 联行号 收款方联行号 开户行 开户银行 开户行名称 收款方开户行名称 电话 手机 手机号 联系电话 工种
银行流水号 流水号 交易流水号 发放日期 支付日期 交易日期 付款日期 摘要 用途 附言 备注
状态 交易状态 处理结果 失败原因 付款账号 付款户名 币种
"""


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def one_row_a_payee() -> RowsJudge:
    """Whoever is paid twice would hide behind the first row."""
    rows: dict[tuple[str, str, str], int] = {}

    def judge(checked: list[CheckedRow]) -> Iterator[Finding]:
        for row in checked:
            values: dict[str, Any] = row.values
            if not values["name"]:
                continue
            key = values["name"], values["id_tail"] or "", values["card_tail"] or ""
            first = rows.setdefault(key, row.number)
            if first != row.number:
                text = _("The same payee as in row %d: add the two amounts up in one row.") % first
                yield Finding(row, "name", Note("duplicate", text))

    return judge


# Examples are invented: nobody has the number or the card.
COLUMNS = (
    Column("seq", "序号", cleaners.unread, _words("No No. 顺序号"), weak_aliases=_words("编号"), example="1"),
    Column("month", "月份", month(), _words(MONTH_NAMES), required=True, example="2026-05"),
    Column(
        "labour_team",
        "所属劳务队伍",
        cleaners.text(100),
        _words(TEAM_NAMES),
        _words("施工队伍 施工队 队伍"),
        required=True,
        example="示例劳务队",
    ),
    Column("name", "姓名", cleaners.person_name(), _words(WORKER_NAMES), required=True, example="王小梅"),
    Column("id_tail", "身份证号", tail(), _words(f"{ID_NAMES} {ID_TAILS}"), hint=TAIL_HINT, example="4300**********9980"),
    Column("card_tail", "银行卡号", tail(), _words(f"{CARD_NAMES} {CARDS}"), hint=TAIL_HINT, example="6299***********0996"),
    money("amount", "发放金额", AMOUNTS, weak_aliases=_words("金额 本月应发工资 应发工资"), required=True, example="6260"),
)

PAYMENTS = SheetDefinition(
    key="payments",
    columns=COLUMNS,
    identity="name",
    labels=("seq", "name"),
    set_aside=_words(SET_ASIDE),
    person_fields=frozenset(("name", "id_tail", "card_tail")),
    row_rules=(),
    sheet_rules=(one_row_a_payee, one_month_a_file),
)
