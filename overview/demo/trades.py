"""Kinds of team: which crews they have, which trades work in them."""

from dataclasses import dataclass

from labour_teams.models import LabourTeam

Kind = LabourTeam.Kind


@dataclass(frozen=True, slots=True)
class Work:
    """`crews` may be empty: then the team is served as a whole. `place` is where its crews work, with a number to fill in."""

    crews: tuple[str, ...]
    trades: tuple[str, ...]
    place: str = "K{0}+200 至 K{1}+600"
    kind: str = Kind.LABOUR_SUB


WORKS = {
    "隧道": Work(
        ("开挖班", "初支班", "二衬班"),
        ("隧道开挖工", "喷锚支护工", "衬砌工", "爆破工", "电焊工", "普工", "通风工"),
        "{0}号隧道进口",
    ),
    "桥梁": Work(
        ("钢筋班", "模板班", "混凝土班"),
        ("钢筋工", "模板工", "混凝土工", "架子工", "张拉工", "电焊工", "起重信号工"),
        "{0}号大桥",
    ),
    "桥涵": Work(("钢筋班", "模板班"), ("钢筋工", "模板工", "混凝土工", "架子工", "砌筑工", "普工"), "{0}号中桥"),
    "涵洞": Work(("涵洞班",), ("砌筑工", "混凝土工", "钢筋工", "普工"), "{0}号涵"),
    "路基": Work(("土方班", "排水班"), ("挖掘铲运和桩工机械司机", "装载机司机", "自卸车司机", "测量放线工", "普工", "砌筑工")),
    "路面": Work(("摊铺班", "拌合班"), ("路面摊铺工", "沥青拌合工", "装载机司机", "自卸车司机", "普工")),
    "架子队": Work(
        ("一工班", "二工班", "三工班"), ("架子工", "钢筋工", "混凝土工", "木工", "电焊工", "普工", "炊事员"), kind=Kind.FRAME
    ),
    "铺轨": Work(("铺轨班", "养路班"), ("铺轨工", "线路工", "起重信号工", "普工"), kind=Kind.SPECIALIST_SUB),
    "四电": Work(("接触网班", "变电班"), ("线路架设工", "变电安装工", "建筑电工", "普工"), kind=Kind.SPECIALIST_SUB),
    "防护": Work((), ("石工", "砌筑工", "喷锚支护工", "普工")),
    "交安": Work((), ("金属工", "电焊工", "普工"), kind=Kind.SPECIALIST_SUB),
    "尾工": Work((), ("混凝土工", "砌筑工", "普工", "炊事员")),
    "拌合站": Work((), ("拌合站操作工", "混凝土工", "装载机司机", "自卸车司机"), kind=Kind.FRAME),
    "示例": Work((), ("普工",)),
}


def work_of(team_name: str) -> Work:
    """「桥梁二队」 → the work of bridge teams."""
    return next(work for prefix, work in WORKS.items() if team_name.startswith(prefix))
