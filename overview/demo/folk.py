"""Invented people: names as they are borne in a region, native places, and numbers that belong to nobody.

An ID number stands under a province-level prefix (430000), which is never issued; phones begin with 154, cards with 629999.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from core.personal import BankCard, IdNumber, Phone

HAN = (
    "李王张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
    "余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
SURNAMES = {
    "02": "白包吴", "03": "马丁白沙海妥哈", "06": "龙石吴麻杨向", "07": "安龙陈禄", "08": "韦覃黄农蒙陆梁", "09": "韦罗王岑陆",
    "10": "金崔李郑朴", "11": "佟关那赵富", "12": "杨吴石龙", "13": "盘赵邓李", "15": "向彭田覃冉", "22": "蓝雷钟", "26": "马汪",
    "30": "祁李鲍", "35": "韩马", "37": "申王田",
}  # fmt: skip
TIBETAN = "04"
TIBETAN_FIRST = ("扎西", "次仁", "格桑", "达瓦", "尼玛", "旦增", "洛桑", "边巴", "平措", "多吉", "索朗", "普布")
TIBETAN_MEN = ("顿珠", "旺堆", "罗布", "多吉", "加措", "平措", "旺久", "才让")
TIBETAN_WOMEN = ("卓玛", "央金", "拉姆", "曲珍", "白珍", "措姆")
MEN = "建国志文军永德海大金玉春长光明少云庆宏立新"
MEN_SECOND = "强军平生勇华明林刚山峰涛田根福祥成亮波飞虎才全"
WOMEN = "秀春桂玉丽小红秋晓美"
WOMEN_SECOND = "兰梅英花珍萍霞琴芳燕云菊"

PROVINCES = {
    "62": ("甘肃", "兰州 定西 天水 临夏 陇南 甘南"),
    "63": ("青海", "西宁 海东 黄南 海北"),
    "54": ("西藏", "拉萨 山南 日喀则 昌都"),
    "51": ("四川", "达州 南充 凉山 巴中"),
    "61": ("陕西", "渭南 宝鸡 安康 汉中 商洛"),
    "41": ("河南", "南阳 周口 信阳 驻马店 三门峡"),
    "37": ("山东", "菏泽 临沂 济宁 聊城"),
    "45": ("广西", "百色 河池 柳州 南宁 桂林"),
    "21": ("辽宁", "铁岭 抚顺 朝阳 丹东"),
    "22": ("吉林", "四平 长春 白城 延边"),
    "23": ("黑龙江", "绥化 齐齐哈尔 牡丹江"),
    "35": ("福建", "宁德 三明 龙岩 南平"),
    "36": ("江西", "赣州 上饶 吉安 抚州"),
    "52": ("贵州", "毕节 遵义 黔东南 黔南 铜仁"),
    "43": ("湖南", "怀化 湘西 邵阳 永州 娄底"),
    "50": ("重庆", "万州 涪陵 奉节"),
    "42": ("湖北", "恩施 黄冈 孝感"),
}


class Folk(NamedTuple):
    """Who works in a region: where they come from and which peoples they belong to, with weights."""

    provinces: dict[str, int]
    ethnicities: dict[str, int]


FOLK = {
    "NW": Folk({"62": 45, "63": 20, "54": 12, "51": 13, "41": 10}, {"01": 58, "04": 16, "03": 17, "26": 4, "30": 3, "35": 2}),
    "SN": Folk({"61": 65, "62": 10, "41": 10, "51": 15}, {"01": 96, "03": 4}),
    "HS": Folk({"41": 55, "37": 35, "42": 10}, {"01": 97, "03": 3}),
    "GX": Folk({"45": 70, "52": 15, "43": 15}, {"01": 56, "08": 32, "13": 5, "12": 4, "06": 3}),
    "NE": Folk({"22": 40, "21": 35, "23": 20, "37": 5}, {"01": 82, "11": 10, "10": 5, "02": 3}),
    "FJ": Folk({"35": 50, "36": 40, "42": 10}, {"01": 95, "22": 5}),
    "GZ": Folk({"52": 70, "50": 12, "51": 18}, {"01": 57, "06": 16, "09": 9, "12": 7, "15": 5, "07": 3, "37": 3}),
    "HN": Folk({"43": 75, "42": 10, "52": 15}, {"01": 62, "15": 16, "06": 13, "12": 6, "13": 3}),
}


def dice_for(*label: str) -> Random:
    """A source of chance of its own for each part of the company: more workers in one team leave every other team as it was."""
    return Random("·".join(("lianxin", *label)))  # noqa: S311 - the same company every time is the point, secrecy is not


def weighted(dice: Random, weights: dict[str, int]) -> str:
    return dice.choices(list(weights), weights=list(weights.values()))[0]


def name_for(dice: Random, *, ethnicity: str = "01", is_woman: bool = False) -> str:
    if ethnicity == TIBETAN:
        return dice.choice(TIBETAN_FIRST) + dice.choice(TIBETAN_WOMEN if is_woman else TIBETAN_MEN)
    first, second = (WOMEN, WOMEN_SECOND) if is_woman else (MEN, MEN_SECOND)
    given = dice.choice(second) if dice.random() < 0.15 else dice.choice(first) + dice.choice(second)
    return dice.choice(SURNAMES.get(ethnicity, HAN)) + given


def native_place_for(dice: Random, province: str) -> str:
    name, cities = PROVINCES[province]
    return name + dice.choice(cities.split())


@dataclass(slots=True)
class Numbers:
    """Hands out ID numbers, phones and cards, each once."""

    _ids: set[str] = field(default_factory=set)
    _phones: int = 0
    _cards: int = 0

    def id_number(self, dice: Random, *, province: str, born: date, is_woman: bool) -> IdNumber:
        """A sequence that is taken moves on to the next of the same sex, and to the next day when the day is full."""
        sequence = dice.randrange(500)
        for step in range(500 * 366):
            day = born + timedelta(days=step // 500)
            odd_for_men = (sequence + step) % 500 * 2 + (0 if is_woman else 1)
            stem = f"{province}0000{day:%Y%m%d}{odd_for_men:03d}"
            if stem not in self._ids:
                self._ids.add(stem)
                return IdNumber.parse(stem + IdNumber.check_character(stem))
        raise AssertionError("a year of births is used up")

    def phone(self) -> Phone:
        """Running numbers, multiplied so that their last four digits look like those of strangers."""
        self._phones += 1
        return Phone.parse(f"1542{self._phones * 7_919 % 10_000_000:07d}")

    def bank_card(self) -> BankCard:
        self._cards += 1
        stem = f"6299995{self._cards * 104_729 % 10**11:011d}"
        return next(BankCard.parse(stem + digit) for digit in "0123456789" if BankCard.fits_luhn(stem + digit))
