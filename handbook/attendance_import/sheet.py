"""The sign-in sheet of a training as a spreadsheet: who came, by name and ID number or its last four, and with what result.

Which training it is stands in no sheet: it is chosen with the upload and holds for every row.
"""

import re
import unicodedata
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from core.personal import IdNumber
from handbook.attendance_import.trainings import NUMBER
from imports import cleaners
from imports.cleaners import EMPTY_MARKS, Refusal, cleaner, resolved, tidied
from imports.reading.cells import Cell
from imports.sheets import Cleaned, Cleaner, Column, SheetDefinition
from labour_teams.roster import ID_NAMES, TEAM_NAMES

# 9980, 199005209980 cut down to its last eight at most, or as the printed sheet shows it: 4300**********9980.
TAIL = re.compile(r"(?:[0-9]{0,10}[*×]{2,14})?[0-9]{0,4}([0-9]{3}[0-9X])")
WHOLE = 18  # characters of an ID number
ANY_AGE = 150  # how old somebody may be is the roster's business
SCORE = re.compile(r"([0-9]{1,3}(?:\.[0-9]+)?)分?")
BEST, STEP = Decimal(100), Decimal("0.1")
YES, NO = "yes", "no"
PASSED = {
    **dict.fromkeys(("是", "合格", "通过", "及格", "√", "✓", "y", "yes", "优", "优秀", "良", "良好"), YES),
    **dict.fromkeys(("否", "不合格", "未通过", "不及格", "×", "x", "n", "no"), NO),
}

TRAINING_HINT = gettext_noop("Which training it was; chosen when the sheet is uploaded.")
NUMBER_HINT = gettext_noop("The whole number or its last four characters: only where two people have one name.")
SCORE_HINT = gettext_noop("0 to 100; empty where nothing was tested.")


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def training() -> Cleaner:
    """One of the list (trainings.label_of): it ends with its number."""
    text = cleaners.text(100)

    def clean(cell: Cell, as_of: date) -> Cleaned:
        cleaned = text(cell, as_of)
        if cleaned.value and not NUMBER.search(cleaned.value):
            raise Refusal(
                "training", _("Choose the training from the list. If it is not there, write it down in the handbook first.")
            )
        return cleaned

    return cleaner(clean)


def number_or_tail() -> Cleaner:
    """An IdNumber; or, as a text, the last four characters where no more than the end of the number is written."""
    whole = cleaners.id_number(youngest=0, oldest=ANY_AGE)

    def clean(cell: Cell, as_of: date) -> Cleaned:
        value = resolved(cell)
        written, notes = tidied(str(int(value)) if isinstance(value, float) and value.is_integer() else str(value))
        plain = "".join(unicodedata.normalize("NFKC", written).split()).upper()
        found = TAIL.fullmatch(plain)
        return Cleaned(found[1], notes) if found else whole(cell, as_of)

    return cleaner(clean)


def loaded_number(text: str) -> IdNumber | str:
    """A staged number as its value again."""
    return IdNumber(text) if len(text) == WHOLE else text


def score() -> Cleaner:
    """Points out of a hundred, to a tenth."""

    def clean(cell: Cell, as_of: date) -> Cleaned:
        written, notes = tidied(str(resolved(cell)))
        plain = unicodedata.normalize("NFKC", written).replace(" ", "")
        if not plain or plain in EMPTY_MARKS:
            return Cleaned(None, notes)
        found = SCORE.fullmatch(plain)
        try:
            points = Decimal(found[1]).quantize(STEP) if found else None
        except InvalidOperation:
            points = None
        if points is None or points > BEST:
            raise Refusal("score", _("A score is a number from 0 to 100."))
        return Cleaned(points, notes)

    return cleaner(clean)


def score_shown(value: Any) -> str:
    return f"{value.normalize():f}"


def passed_shown(code: str) -> str:
    return _("passed") if code == YES else _("not passed")


NAMES = "工人姓名 人员姓名 参训人员 参加人员 签到人 名字"
TAIL_NAMES = "身份证后四位 身份证号后四位 身份证后4位 身份证号后4位 身份证后六位 身份证尾号 证件后四位 后四位"
SCORE_NAMES = "考试成绩 考核成绩 测试成绩 得分 分数"
PASSED_NAMES = "合格 考核结果 考试结果 是否通过"
SET_ASIDE = """
性别 民族 年龄 工种 岗位 手机号 手机 电话 联系电话 签字 签名 本人签字 签到 备注 作业工班 班组 工班 项目 项目名称
培训名称 培训内容 培训主题 培训时间 培训日期 日期 时间 学时 课时 地点 培训地点 讲师 授课人
"""

COLUMNS = (
    Column("seq", "序号", cleaners.unread, _words("No No. 顺序号"), weak_aliases=_words("编号"), example="1"),
    Column("training", "培训", training(), required=True, hint=TRAINING_HINT),
    Column("name", "姓名", cleaners.person_name(), _words(NAMES), required=True, example="王小梅"),
    Column(
        "id_number",
        "身份证号",
        number_or_tail(),
        _words(f"{ID_NAMES} {TAIL_NAMES}"),
        length=(4, WHOLE),
        hint=NUMBER_HINT,
        example="9980",
    ),
    Column(
        "labour_team",
        "所属劳务队伍",
        cleaners.text(100),
        _words(TEAM_NAMES),
        _words("施工队伍 施工队 队伍 队伍工班"),
        example="示例劳务队",
    ),
    Column("score", "成绩", score(), _words(SCORE_NAMES), show=score_shown, hint=SCORE_HINT, example="92"),
    Column("has_passed", "是否合格", cleaners.code_list(PASSED), _words(PASSED_NAMES), show=passed_shown, example="合格"),
)

ATTENDED = SheetDefinition(
    key="training",
    columns=COLUMNS,
    identity="name",
    labels=("seq", "name"),
    set_aside=_words(SET_ASIDE),
    person_fields=frozenset(("name", "id_number")),
)
