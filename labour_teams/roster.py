"""The real-name roster as a spreadsheet: what its columns are called on the sites, how each is read, and what must fit together.

The preferred headers are those of the template; the aliases are those seen in rosters, on platforms and in provincial filings.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from imports import cleaners
from imports.sheets import CheckedRow, Column, Finding, Level, Note, RowsJudge, SheetDefinition
from labour_teams import codes

YOUNGEST = 16  # ban on child labour
OLDEST = 60  # beyond it localities differ: said, not refused
LEFT = re.compile("(?<![未没不非])(?:已?(?:退场|离场|离职)|已退|已离|走了)")
STILL_HERE = frozenset(("在场", "至今", "在岗", "在职", "未退场", "未离场", "现场"))


def sex_follows_id(values: dict[str, Any], as_of: date) -> Iterator[tuple[str, Note]]:
    """An empty sex is read from the ID number; another one than the ID number's is an error in one of the two."""
    number, sex = values["id_number"], values["sex_code"]
    if number is not None and sex is None:
        values["sex_code"] = number.sex_code
        yield "sex_code", Note("gender_from_id", _("Was empty, taken from the ID number."), Level.WARNING)
    elif number is not None and sex != number.sex_code:
        yield "sex_code", Note("id_gender", _("The sex does not fit the ID number, one of the two is wrong."))


def exit_needs_a_date(values: dict[str, Any], as_of: date) -> Iterator[tuple[str, Note]]:
    """「已退场」 as a remark ends nothing: only a date does."""
    remark = values["remark"]
    if remark and values["left_on"] is None and LEFT.search(remark):
        text = _("The remark says that the person has left, but there is no exit date.")
        yield "remark", Note("exit_in_remark", text, Level.WARNING)


def leaves_after_entry(values: dict[str, Any], as_of: date) -> Iterator[tuple[str, Note]]:
    entered, left = values["entered_on"], values["left_on"]
    if entered and left and left < entered:
        yield "left_on", Note("exit_before_entry", _("The exit date is earlier than the entry date."))


def one_row_a_person() -> RowsJudge:
    """An ID number stands in one row. The same name and phone under another number is said: one of the two may be mistyped.

    The rows that were seen are remembered by hashes, of 64 bits and keyed: 100,000 numbers would be a lot to keep.
    """
    rows_by_number: dict[int, int] = {}
    rows_by_name: dict[int, int] = {}

    def judge(rows: list[CheckedRow]) -> Iterator[Finding]:
        for row in rows:
            number, name, phone = row.values["id_number"], row.values["name"], row.values["phone"]
            if number is None:
                continue
            first = rows_by_number.setdefault(hash(number), row.number)
            if first != row.number:
                text = _("The same ID number as in row %d; a person has one row.") % first
                yield Finding(row, "id_number", Note("duplicate_id", text))
            elif name and phone:
                namesake = rows_by_name.setdefault(hash((name.casefold().replace(" ", ""), phone)), row.number)
                if namesake != row.number:
                    text = _("The same name and mobile number as in row %d, with another ID number: the same person?") % namesake
                    yield Finding(row, "name", Note("same_person", text, Level.WARNING))

    return judge


def one_card_a_person() -> RowsJudge:
    rows_by_card: dict[int, int] = {}

    def judge(rows: list[CheckedRow]) -> Iterator[Finding]:
        for row in rows:
            card = row.values["bank_card"]
            first = rows_by_card.setdefault(hash(card), row.number) if card else row.number
            if first != row.number:
                text = _("The same card as in row %d; wages go to each worker's own card.") % first
                yield Finding(row, "bank_card", Note("shared_card", text, Level.WARNING))

    return judge


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _coded(
    field: str, header: str, spellings: dict[str, str], names: Mapping[str, Any], aliases: str = "", **more: Any
) -> Column:
    """A column of codes; "/" and the like, and 否 under 「是否党员」, leave it empty."""
    clean = cleaners.code_list(spellings, blanks=cleaners.EMPTY_MARKS | {"否"})
    more.setdefault("options", tuple(names.values()))
    return Column(field, header, clean, _words(aliases), show=lambda code: str(names[code]), **more)


TEAM_NAMES = "劳务队伍 劳务队 分包单位 劳务公司 劳务单位 所属单位 所属队伍 参建单位 协作队伍 外协队伍 架子队 队伍名称"
CREW_NAMES = "班组 工班 作业队 作业班组 施工班组 班组名称 所属班组"
ID_NAMES = "身份证号码 身份证 身份证编号 公民身份号码 公民身份证号码 证件号码 证件号 居民身份证号 居民身份证号码 居民身份证"
PHONE_NAMES = "联系电话 电话 电话号码 手机 手机号码 移动电话 联系方式 本人电话"
CARD_NAMES = "工资卡号 工资卡 银行卡 卡号 银行账号 银行帐号 发放工资银行卡号"
ENTRY_NAMES = "进场时间 入场日期 入场时间 入职/进场日期 进场登记时间 入职时间 入职日期"
EXIT_NAMES = "离场时间 离场日期 退场时间 退场登记 退场登记时间 离职时间 离职日期"

NAME_HINT = gettext_noop("As on the ID card; one person a row.")
SEX_HINT = gettext_noop("May stay empty: it follows from the ID number.")
ID_HINT = gettext_noop("18 characters, as on the ID card.")
PHONE_HINT = gettext_noop("The worker's own mobile number, 11 digits.")
TEAM_HINT = gettext_noop("The name of the labour team in this project.")
CREW_HINT = gettext_noop("The crew within the team; empty if there is none.")
ENTRY_HINT = gettext_noop("The day of arrival, such as 2026-03-01.")
EXIT_HINT = gettext_noop("Empty as long as the worker is here.")
CARD_HINT = gettext_noop("The worker's own bank card, 12 to 19 digits.")

# Examples are invented: nobody has the number, the telephone or the card.
COLUMNS = (
    Column("seq", "序号", cleaners.unread, _words("No No. 顺序号"), weak_aliases=_words("编号"), example="1"),
    Column(
        "name", "姓名", cleaners.person_name(), _words("工人姓名 人员姓名 农民工姓名 劳务工姓名 名字"), required=True,
        hint=NAME_HINT, example="王小梅",
    ),
    _coded("sex_code", "性别", codes.SEX_SPELLINGS, dict(codes.Sex.choices), options=("男", "女"), hint=SEX_HINT, example="女"),
    _coded("ethnicity_code", "民族", codes.ETHNICITY_SPELLINGS, codes.ETHNICITIES, "族别", example="汉族"),
    Column(
        "id_number", "身份证号", cleaners.id_number(youngest=YOUNGEST, oldest=OLDEST), _words(ID_NAMES), required=True,
        length=(18, 18), hint=ID_HINT, example="430000199005209980",
    ),
    Column("phone", "手机号", cleaners.phone(), _words(PHONE_NAMES), length=(11, 11), hint=PHONE_HINT, example="15400000998"),
    Column(
        "trade", "工种", cleaners.text(40), _words("岗位 岗位/工种 工种/岗位 作业工种"), weak_aliases=_words("职务"),
        example="钢筋工",
    ),
    Column(
        "labour_team", "所属劳务队伍", cleaners.text(100), _words(TEAM_NAMES), _words("施工队伍 施工队 队伍"), required=True,
        hint=TEAM_HINT, example="示例劳务队",
    ),
    Column("work_crew", "作业工班", cleaners.text(100), _words(CREW_NAMES), hint=CREW_HINT, example="钢筋一班"),
    Column(
        "entered_on", "进场日期", cleaners.day(), _words(ENTRY_NAMES), _words("进场 入场 上岗日期 到岗日期"), required=True,
        is_day=True, hint=ENTRY_HINT, example="2026-03-01",
    ),
    Column("left_on", "退场日期", cleaners.day(empty_words=STILL_HERE), _words(EXIT_NAMES), is_day=True, hint=EXIT_HINT),
    _coded(
        "political_status_code", "政治面貌", codes.POLITICAL_STATUS_SPELLINGS, codes.POLITICAL_STATUSES, "是否党员 党员否",
        example="群众",
    ),
    Column(
        "native_place", "籍贯", cleaners.text(100), _words("户籍地 户籍所在地 户口所在地 户籍省份"), _words("省份"),
        example="湖南长沙",
    ),
    _coded("education_code", "文化程度", codes.EDUCATION_SPELLINGS, codes.EDUCATIONS, "学历", example="初中"),
    Column(
        "bank_card", "银行卡号", cleaners.bank_card(), _words(CARD_NAMES),
        length=(12, 19), hint=CARD_HINT, example="6299990000000000996",
    ),
    Column("remark", "备注", cleaners.text(200, marks_mean_empty=False), weak_aliases=_words("说明")),
)  # fmt: skip

# Headers that rosters carry and this one does not take. They are known so that 身份证地址 is no ID number and 家属电话 no phone.
SET_ASIDE = """
证件类型 证件名称 出生日期 出生年月 出生年月日 生日 年龄 周岁 照片 签字 签名
家庭住址 家庭地址 住址 户籍地址 身份证地址 现住址 现住地址 常住地址 地址
身份证有效期 身份证有效期限 身份证到期日期 身份证复印件 身份证照片 姓名拼音 备用电话 固定电话 手机型号
持卡人 持卡人姓名 银行卡户名 银行卡复印件 工资卡银行 社保卡号 社会保障卡号 工作卡号 考勤卡号 门禁卡号 工卡号
劳务队长 劳务队长姓名 合同进场日期 是否签订合同 计件单价
紧急联系人 紧急联系人姓名 紧急联系人电话 紧急联系电话 家属姓名 家属电话 联系人
是否班组长 班组长 工班长 技能等级 技术等级 职业技能等级 专业职称或技术等级
特种作业证号 特种作业操作证编号 特种作业操作证号 证书编号 资格证书编号 岗位证书编号 岗位证书 证书有效期 有效期至 证件有效期 有效期
合同签订日期 合同签订时间 劳动合同签订日期 劳动合同编号 合同编号 合同类型 用工形式 用工协议
工资标准 日工资 日工资标准 单价/天 月工资 工价 金额 单价 开户行 开户银行 开户行名称 建行开户行 发放工资银行名称 联行号
是否参加工伤保险 工伤保险 有无购买工伤或意外伤害保险 意外险 入场教育日期 三级教育日期 安全教育时间 入场教育 进场教育 三级教育
"""

ROSTER = SheetDefinition(
    key="roster",
    columns=COLUMNS,
    identity="id_number",
    labels=("seq", "name"),
    set_aside=_words(SET_ASIDE),
    person_fields=frozenset(("name", "sex_code", "id_number", "phone", "bank_card")),
    row_rules=(sex_follows_id, leaves_after_entry, exit_needs_a_date),
    sheet_rules=(one_row_a_person, one_card_a_person),
)
