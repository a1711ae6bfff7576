"""An invented roster of any length, in a workbook as Excel writes it: shared strings, real dates, styled empty cells."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from core.personal import PROVINCES, BankCard, IdNumber

HEADERS = "序号 姓名 性别 民族 身份证号 手机号 工种 所属劳务队伍 作业工班 进场日期 退场日期 政治面貌 籍贯 银行卡号 备注".split()
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢"
GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀兰霞平刚桂英华建国文玉红春梅海燕志云飞鹏宇浩然子轩梓涵欣怡佳琪雪莲凤珍琴素贞美玲翠荣福贵宝财旺发根生"
    "水火木土山川江河湖泊林森松柏竹菊荷莉薇蓉芸莹莎菲萍苹茹荔菁蕾蓓婷媛婉娴嫣妍姗姝妮妹婵娇娥婧雯雅雁霄露霖雷震电风雨晴阳光辉煌灿烂炜烨煜熙照"
    "晓晨曦旭昊昌昆晶晖智慧聪颖睿哲博学诗书画棋剑武威猛虎龙凤麟鹤鸿雁鹰骏驰腾跃翔翼飒爽豪杰俊彦贤良德仁义礼信忠孝廉耻勤俭朴实诚恳谦和顺利吉祥如意"
    "安康宁泰乐欢喜庆祝贺恒久远长永世代传承继祖宗耀光先后启宏图大展鲲鹏万里前程似锦绣花开月满圆团聚友朋善美真纯洁清澈澄净洁白素雅兰芝灵秀毓钟"
)
TRADES = "钢筋工 模板工 混凝土工 架子工 电工 焊工 普工 起重工 司机 喷锚工 防水工 测量工 爆破工 机修工 张拉工 木工".split()
PEOPLES = "汉族 汉族 汉族 汉族 汉族 汉族 苗族 彝族 侗族 布依族".split()
STANDINGS = "群众 群众 群众 群众 群众 共青团员 中共党员".split()
PLACES = "湖南长沙 贵州凯里 四川宜宾 河南信阳 湖北恩施 陕西汉中 重庆万州 云南昭通 广西河池 安徽阜阳 江西赣州 甘肃定西".split()
TEAMS = [f"桥隧劳务{n}队" for n in range(1, 21)]
CREWS = "钢筋班 模板班 混凝土班 架子班 开挖班 支护班 综合班".split()  # of each team
BORN, DAYS = date(1970, 1, 1), 11_000
ENTERED = date(2024, 3, 1)
AREAS = [f"{province}0000" for province in sorted(PROVINCES) if province < "70"]
SEQUENCES = (996, 997, 998, 999)
EPOCH = date(1899, 12, 30)  # of the days in a workbook
Person = list[Any]


def people(rows: int, *, first: int = 0) -> Iterator[Person]:
    """The people number `first` and on, a cell for each header. One number is always the same person."""
    for n in range(first, first + rows):
        chance = random.Random(n)
        number = id_number(n)
        entered_on = ENTERED + timedelta(days=n % 500)
        yield [
            n - first + 1, _name(chance), "男" if int(number[16]) % 2 else "女", chance.choice(PEOPLES), number, f"154{n:08d}",
            chance.choice(TRADES), chance.choice(TEAMS), chance.choice(CREWS),
            entered_on, entered_on + timedelta(days=90) if n % 40 == 0 else None,
            chance.choice(STANDINGS), chance.choice(PLACES), card(n), None,
        ]  # fmt: skip


def id_number(n: int) -> str:
    """Nobody has it: its area is a whole province, and its sequence is one that is not given out."""
    n, sequence = divmod(n, len(SEQUENCES))
    n, day = divmod(n, DAYS)
    digits = f"{AREAS[n % len(AREAS)]}{BORN + timedelta(days=day):%Y%m%d}{SEQUENCES[sequence]}"
    return digits + IdNumber.check_character(digits)


def card(n: int) -> str:
    stem = f"629999{n:012d}"
    return next(number for digit in "0123456789" if BankCard.fits_luhn(number := stem + digit))


def _name(chance: random.Random) -> str:
    return chance.choice(SURNAMES) + "".join(chance.choices(GIVEN, k=1 if chance.random() < 0.15 else 2))


CONTENT_TYPES = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>
<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>
<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>
<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>
</Types>"""  # noqa: E501
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>"""
WORKBOOK_RELATIONS = f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>
<Relationship Id="rId2" Type="{OFFICE}/styles" Target="styles.xml"/>
<Relationship Id="rId3" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>"""
WORKBOOK = f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="花名册" sheetId="1" r:id="rId1"/></sheets></workbook>"""
# Styles: 0 plain, 1 text, 2 day, 3 bordered.
STYLES = f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<styleSheet xmlns="{MAIN}"><fonts count="1"><font><sz val="11"/><name val="宋体"/></font></fonts>
<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>
<borders count="2"><border/>
<border><left style="thin"/><right style="thin"/><top style="thin"/><bottom style="thin"/></border></borders>
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>
<cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>
<xf numFmtId="49" fontId="0" fillId="0" borderId="1" xfId="0" applyNumberFormat="1" applyBorder="1"/>
<xf numFmtId="14" fontId="0" fillId="0" borderId="1" xfId="0" applyNumberFormat="1" applyBorder="1"/>
<xf numFmtId="0" fontId="0" fillId="0" borderId="1" xfId="0" applyBorder="1"/></cellXfs>
<cellStyles count="1"><cellStyle name="常规" xfId="0" builtinId="0"/></cellStyles></styleSheet>"""


def write(path: Path, rows: int, *, first: int = 0) -> Path:
    """A workbook with those people."""
    strings: dict[str, int] = {}
    sheet = _sheet([HEADERS, *people(rows, first=first)], strings)
    shared = "".join(f"<si><t>{escape(text)}</t></si>" for text in strings)
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", CONTENT_TYPES)
        archive.writestr("_rels/.rels", RELATIONS)
        archive.writestr("xl/workbook.xml", WORKBOOK)
        archive.writestr("xl/_rels/workbook.xml.rels", WORKBOOK_RELATIONS)
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
        archive.writestr("xl/styles.xml", STYLES)
        archive.writestr("xl/sharedStrings.xml", f'{DECLARATION}<sst xmlns="{MAIN}" uniqueCount="{len(strings)}">{shared}</sst>')
    return path


DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def _sheet(rows: list[Person], strings: dict[str, int]) -> str:
    letters = [chr(ord("A") + index) for index in range(len(HEADERS))]
    spans = f'spans="1:{len(HEADERS)}"'
    lines = (
        f'<row r="{number}" {spans}>'
        + "".join(_cell(f"{letter}{number}", cell, strings) for letter, cell in zip(letters, row, strict=True))
        + "</row>"
        for number, row in zip(count(1), rows, strict=False)
    )
    size = f'<dimension ref="A1:{letters[-1]}{len(rows)}"/>'
    return f'{DECLARATION}<worksheet xmlns="{MAIN}">{size}<sheetData>{"".join(lines)}</sheetData></worksheet>'


def _cell(place: str, cell: Any, strings: dict[str, int]) -> str:
    if cell is None:
        return f'<c r="{place}" s="3"/>'
    if isinstance(cell, str):
        return f'<c r="{place}" s="1" t="s"><v>{strings.setdefault(cell, len(strings))}</v></c>'
    style, number = (2, (cell - EPOCH).days) if isinstance(cell, date) else (3, cell)
    return f'<c r="{place}" s="{style}"><v>{number}</v></c>'
