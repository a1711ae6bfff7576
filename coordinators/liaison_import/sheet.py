"""A project's liaisons as a spreadsheet: who was chosen for which team or crew, from when, by which decision."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from imports import cleaners
from imports.sheets import CheckedRow, Column, Finding, Note, RowsJudge, SheetDefinition
from labour_teams.roster import CREW_NAMES, PHONE_NAMES, TEAM_NAMES

YES, NO = "yes", "no"
ANSWERS = {YES: gettext_lazy("yes"), NO: gettext_lazy("no")}
SPELLINGS = {"是": YES, "√": YES, "班组长": YES, "yes": YES, "否": NO, "不是": NO, "no": NO}

PHONE_HINT = gettext_noop("The mobile by which workers reach the liaison, 11 digits.")
CREW_HINT = gettext_noop("The crew he serves; empty for a team without crews.")
FROM_HINT = gettext_noop("The first day in the post, such as 2026-03-01.")
DOCUMENT_HINT = gettext_noop("The paper on which the regional coordinator and the project's Party work committee both agreed.")


def one_row_a_phone() -> RowsJudge:
    """A liaison stands in one row; whoever serves two crews has two posts, which are given one by one."""
    rows_by_phone: dict[str, int] = {}

    def judge(rows: list[CheckedRow]) -> Iterator[Finding]:
        for row in rows:
            if (phone := row.values["phone"]) is None:
                continue
            first = rows_by_phone.setdefault(phone.hashed, row.number)
            if first != row.number:
                text = _("The same mobile as in row %d; a liaison has one row.") % first
                yield Finding(row, "phone", Note("duplicate_phone", text))

    return judge


LIAISONS = SheetDefinition(
    key="liaisons",
    columns=(
        Column("seq", "序号", cleaners.unread, ("No", "顺序号"), weak_aliases=("编号",), example="1"),
        Column("name", "姓名", cleaners.person_name(), ("联络员", "联络员姓名", "名字"), required=True, example="王小梅"),
        Column(
            "phone", "手机号", cleaners.phone(), tuple(PHONE_NAMES.split()), required=True, length=(11, 11),
            hint=PHONE_HINT, example="15400000998",
        ),
        Column(
            "labour_team", "所属劳务队伍", cleaners.text(100), tuple(TEAM_NAMES.split()), ("施工队伍", "施工队", "队伍"),
            required=True, example="示例劳务队",
        ),
        Column(
            "work_crew", "作业工班", cleaners.text(100), (*CREW_NAMES.split(), "联系班组"), hint=CREW_HINT, example="钢筋一班"
        ),
        Column(
            "is_crew_leader", "是否班组长", cleaners.code_list(SPELLINGS), ("班组长",), show=lambda code: str(ANSWERS[code]),
            options=("是", "否"), example="否",
        ),
        Column(
            "from_on", "聘任日期", cleaners.day(), ("任职日期", "选聘日期", "起始日期", "开始日期"), required=True, is_day=True,
            hint=FROM_HINT, example="2026-03-01",
        ),
        Column(
            "document_no", "聘任文号", cleaners.text(60), ("文号", "任职文号", "选聘文号"), required=True,
            hint=DOCUMENT_HINT, example="示例党工委2026年1号",
        ),
    ),
    identity="name",
    labels=("seq", "name"),
    set_aside=("身份证号", "性别", "民族", "政治面貌", "照片", "签字", "备注", "班组长姓名", "队长", "队长电话"),
    person_fields=frozenset(("name", "phone")),
    sheet_rules=(one_row_a_phone,),
)  # fmt: skip
