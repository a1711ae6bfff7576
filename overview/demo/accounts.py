"""Who may sign in to the demonstration, and the coordinators by name. All of them are invented."""

from typing import NamedTuple

from core.roles import Role


class Account(NamedTuple):
    """A demonstration sign-in with its staff post. Coordinators and liaisons have no `role` here: posts.py makes theirs."""

    username: str
    name: str
    title: str
    role: str = ""
    department: str | None = None
    project: str | None = None


class PartTime(NamedTuple):
    name: str
    main_job: str


FULL_TIME = {
    "NW": "王海东", "SN": "马俊峰", "HS": "何继勇", "GX": "韦国良", "NE": "佟立新", "FJ": "林秋生",
    "GZ": "杨正华", "HN": "周明山",
}  # fmt: skip

PART_TIME = {
    "DUNGE": PartTime("马文祥", "综合办公室主任"),
    "S101": PartTime("祁永录", "工会干事"),
    "ZHANANG": PartTime("旦增罗布", "综合办公室副主任"),
    "LINHE": PartTime("张志远", "工程部副部长"),
    "SN01": PartTime("惠建平", "综合办公室主任"),
    "SN02": PartTime("党小军", "安质部副部长"),
    "SN03": PartTime("郝新民", "工会主席"),
    "SANXI": PartTime("李伟民", "综合办公室主任"),
    "HS02": PartTime("曹建业", "工经部副部长"),
    "HS03": PartTime("孔德福", "综合办公室主任"),
    "HS04": PartTime("程志刚", "物资设备部副部长"),
    "GX01": PartTime("覃志明", "综合办公室主任"),
    "GX02": PartTime("黄永忠", "安质部部长"),
    "GX03": PartTime("农海燕", "综合办公室干事"),
    "CHANGPING": PartTime("刘玉峰", "综合办公室主任"),
    "SHENTIE": PartTime("关大伟", "工会干事"),
    "NE03": PartTime("于春阳", "综合办公室主任"),
    "FJ01": PartTime("陈炳辉", "综合办公室副主任"),
    "FJ02": PartTime("刘晓阳", "工程部副部长"),
    "GUILONG": PartTime("吴胜利", "综合办公室主任"),
    "GZ02": PartTime("罗应祥", "安质部副部长"),
    "GZ03": PartTime("石文明", "工会干事"),
    "GZ04": PartTime("冉启发", "综合办公室主任"),
    "YONGJI": PartTime("李文斌", "综合办公室主任"),
    "HUAIRAO": PartTime("陈秋菊", "综合办公室副主任"),
    "G207": PartTime("向绍文", "工会干事"),
    "HN04": PartTime("彭大勇", "综合办公室主任"),
    "HN05": PartTime("谭晓明", "工程部副部长"),
}

ACCOUNTS = (
    Account("hq-personnel", "赵国栋", "党委人事部", Role.PARTY_PERSONNEL, "PARTY_PERSONNEL"),
    Account("hq-org", "孙雅琴", "党委组织部", Role.PARTY_ORGANISATION, "PARTY_ORGANISATION"),
    Account("hq-labour", "钱志远", "劳务资源管理中心", Role.LABOUR_CENTRE, "LABOUR_CENTRE"),
    Account("hq-safety", "冯晓明", "安全质量部（职能部门）", Role.DEPARTMENT_OFFICER, "SAFETY_QUALITY"),
    Account("leader", "郑伟华", "公司领导（只看）", Role.LEADER, "PARTY_COMMITTEE"),
    Account("auditor", "陆静怡", "审计员（只看）", Role.AUDITOR),
    Account("sysadmin", "沈一凡", "系统管理员", Role.SYSTEM_ADMINISTRATOR),
    Account("rc-nw", FULL_TIME["NW"], "西北片区协理员（专职）"),
    Account("rc-sn", FULL_TIME["SN"], "陕西片区协理员（专职）"),
    Account("rc-hs", FULL_TIME["HS"], "河南山东片区协理员（专职）"),
    Account("rc-gx", FULL_TIME["GX"], "广西片区协理员（专职）"),
    Account("rc-ne", FULL_TIME["NE"], "东北片区协理员（专职）"),
    Account("rc-fj", FULL_TIME["FJ"], "福建江西片区协理员（专职）"),
    Account("rc-gz", FULL_TIME["GZ"], "贵州片区协理员（专职）"),
    Account("rc-hn", FULL_TIME["HN"], "湖南片区协理员（专职）"),
    Account("pp-dunge", "高建军", "敦格项目党工委", Role.PROJECT_COMMITTEE, project="DUNGE"),
    Account("pc-dunge", PART_TIME["DUNGE"].name, "敦格项目协理员（兼职）"),
    Account("clerk-dunge", "何小燕", "敦格项目劳务员", Role.PROJECT_CLERK, project="DUNGE"),
    Account("liaison-dunge", "石永福", "敦格项目联络员"),
    Account("health-dunge", "杨素梅", "敦格项目医务人员", Role.HEALTH_OFFICER, project="DUNGE"),
    Account("pp-changping", "金成浩", "长平项目党工委", Role.PROJECT_COMMITTEE, project="CHANGPING"),
    Account("pc-changping", PART_TIME["CHANGPING"].name, "长平项目协理员（兼职）"),
    Account("clerk-changping", "宋丽", "长平项目劳务员", Role.PROJECT_CLERK, project="CHANGPING"),
    Account("liaison-changping", "关长山", "长平项目联络员"),
    Account("health-changping", "崔明哲", "长平项目医务人员", Role.HEALTH_OFFICER, project="CHANGPING"),
)

# What the sign-in page and `manage.py demo_accounts` list.
DEMO_ACCOUNTS = [(account.username, account.title) for account in ACCOUNTS]
