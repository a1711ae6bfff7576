"""The company's units."""

from typing import NamedTuple


class RegionData(NamedTuple):
    code: str
    name: str
    name_en: str
    provinces: str
    emphasis: str


class DepartmentData(NamedTuple):
    code: str
    name: str
    kind: str = "department"
    is_draft: bool = False


class ProjectData(NamedTuple):
    """`months` is the age of the project."""

    code: str
    name: str
    region: str
    place: str
    months: int = 30
    sector: str = "highway"
    stage: str = "active"

    @property
    def is_placeholder(self) -> bool:
        """The company counts these projects but does not name them; the names are ours."""
        return self.name.startswith("示例")


REGIONS = (
    RegionData(
        "NW", "西北片区", "Northwest", "甘肃、青海、西藏",
        "大部分是高原项目；重心放在人文关怀上，组成劳务工义务医疗队，对劳务工进行免费健康体检",
    ),
    RegionData("SN", "陕西片区", "Shaanxi", "陕西", "着力于劳务工培训和劳务工“三工建设”"),
    RegionData(
        "HS", "河南山东片区", "Henan-Shandong", "河南、山东",
        "处理收尾项目劳务工资纠纷；在建项目开展“齐鲁先锋”“黄河尖兵”“中原勇士”劳动竞赛",
    ),
    RegionData("GX", "广西片区", "Guangxi", "广西", "着力于劳务工培训和劳务工“三工建设”"),
    RegionData("NE", "东北片区", "Northeast", "辽宁、吉林、黑龙江", "着力于劳务工培训和劳务工“三工建设”；立秋后购置军大衣"),
    RegionData(
        "FJ", "福建江西片区", "Fujian-Jiangxi", "福建、江西",
        "两个项目都是新项目；岗位培训、职业技术技能培训、安全质量培训；排忧解难、嘘寒送暖",
    ),
    RegionData("GZ", "贵州片区", "Guizhou", "贵州", "党群工作人员培训、劳务工技能培训、“五同六送”、劳务工党员“六纳入”管理"),
    RegionData("HN", "湖南片区", "Hunan", "湖南", "专家讲课、农民工夜校、演讲征文比赛，强化劳务工技能培训"),
)  # fmt: skip

DEPARTMENTS = (
    DepartmentData("PARTY_COMMITTEE", "公司党委"),
    DepartmentData("PARTY_PERSONNEL", "党委人事部"),
    DepartmentData("PARTY_ORGANISATION", "党委组织部"),
    DepartmentData("LABOUR_CENTRE", "劳务资源管理中心"),
    DepartmentData("CONCRETE_BRANCH", "混凝土分公司", "branch"),
    DepartmentData("BUREAU_TRAINING", "局教育培训中心", "outside"),
    DepartmentData("OFFICE", "公司办公室", is_draft=True),
    DepartmentData("PUBLICITY", "党委宣传部（企业文化部）", is_draft=True),
    DepartmentData("UNION", "工会", is_draft=True),
    DepartmentData("YOUTH_LEAGUE", "团委", is_draft=True),
    DepartmentData("ENGINEERING", "工程管理部", is_draft=True),
    DepartmentData("SAFETY_QUALITY", "安全质量部", is_draft=True),
    DepartmentData("COST", "成本（商务合约）管理部", is_draft=True),
    DepartmentData("FINANCE", "财务部", is_draft=True),
    DepartmentData("MATERIALS", "物资设备部", is_draft=True),
    DepartmentData("LEGAL", "法律合规部", is_draft=True),
)

PROJECTS = (
    ProjectData("DUNGE", "敦格项目", "NW", "甘肃敦煌—青海格尔木", months=40, sector="railway"),
    ProjectData("S101", "省道101项目", "NW", "青藏高原"),
    ProjectData("ZHANANG", "扎囊项目", "NW", "西藏山南扎囊县"),
    ProjectData("LINHE", "临合项目", "NW", "甘肃临夏—合作"),
    ProjectData("SN01", "示例项目（陕西1）", "SN", "陕西"),
    ProjectData("SN02", "示例项目（陕西2）", "SN", "陕西"),
    ProjectData("SN03", "示例项目（陕西3）", "SN", "陕西"),
    ProjectData("SANXI", "三淅项目", "HS", "河南三门峡—淅川", months=36),
    ProjectData("HS02", "示例收尾项目（河南）", "HS", "河南", months=44, stage="wrap_up"),
    ProjectData("HS03", "示例项目（山东）", "HS", "山东"),
    ProjectData("HS04", "示例项目（黄河）", "HS", "河南"),
    ProjectData("GX01", "示例项目（广西1）", "GX", "广西"),
    ProjectData("GX02", "示例项目（广西2）", "GX", "广西"),
    ProjectData("GX03", "示例项目（广西3）", "GX", "广西"),
    ProjectData("CHANGPING", "长平项目", "NE", "吉林长春—四平", months=38),
    ProjectData("SHENTIE", "沈铁项目", "NE", "辽宁沈阳—铁岭", months=34),
    ProjectData("NE03", "示例项目（东北3）", "NE", "东北"),
    ProjectData("FJ01", "示例新项目（福建）", "FJ", "福建", months=5, stage="new"),
    ProjectData("FJ02", "示例新项目（江西）", "FJ", "江西", months=4, stage="new"),
    ProjectData("GUILONG", "贵龙大道项目", "GZ", "贵州贵阳—龙里"),
    ProjectData("GZ02", "示例项目（贵州2）", "GZ", "贵州"),
    ProjectData("GZ03", "示例项目（贵州3）", "GZ", "贵州"),
    ProjectData("GZ04", "示例项目（贵州4）", "GZ", "贵州"),
    ProjectData("YONGJI", "永吉项目", "HN", "湖南永顺—吉首"),
    ProjectData("HUAIRAO", "怀绕项目", "HN", "湖南怀化"),
    ProjectData("G207", "G207项目", "HN", "湖南（国道207）"),
    ProjectData("HN04", "示例项目（湖南4）", "HN", "湖南"),
    ProjectData("HN05", "示例项目（湖南5）", "HN", "湖南"),
)

# Teams that wait for their first roster: what somebody uploads while trying the import belongs to them.
TEAMS_AWAITING_ROSTER = ("示例劳务队甲", "示例劳务队乙", "示例劳务队丙")
_AWAITING = " ".join(TEAMS_AWAITING_ROSTER)

# Each project's teams on site, in the order in which they came.
TEAMS = {
    "DUNGE": f"路基一队 桥梁一队 隧道一队 架子队 路基二队 桥涵二队 铺轨一队 铺轨二队 四电队 拌合站 {_AWAITING}",
    "S101": "路基一队 桥涵一队 路面一队 架子队 路基二队 桥涵二队 防护队 路面二队 交安队",
    "ZHANANG": "路基一队 桥涵一队 隧道一队 架子队 路基二队 路面一队 防护队 交安队",
    "LINHE": "隧道一队 隧道二队 桥梁一队 路基一队 架子队 桥梁二队 路基二队 路面一队 防护队",
    "SN01": "隧道一队 桥梁一队 路基一队 架子队 桥梁二队 路面一队 防护队 拌合站",
    "SN02": "路基一队 桥涵一队 桥涵二队 架子队 路面一队 防护队 交安队",
    "SN03": "隧道一队 隧道二队 桥梁一队 路基一队 架子队 桥梁二队 防护队",
    "SANXI": "路基一队 桥涵一队 桥涵二队 隧道一队 架子队 路基二队 桥涵三队 路面一队 防护队 拌合站",
    "HS02": "尾工队 路面一队 防护队 交安队",
    "HS03": "路基一队 桥涵一队 桥涵二队 路面一队 架子队 路基二队 防护队 交安队",
    "HS04": "桥梁一队 桥梁二队 桥梁三队 路基一队 架子队 路面一队 防护队",
    "GX01": "隧道一队 桥梁一队 路基一队 架子队 路面一队 防护队",
    "GX02": "路基一队 桥涵一队 桥涵二队 架子队 路面一队 拌合站",
    "GX03": "隧道一队 隧道二队 桥梁一队 路基一队 架子队 防护队",
    "CHANGPING": f"路基一队 桥涵一队 路面一队 架子队 桥涵二队 {_AWAITING}",
    "SHENTIE": "路基一队 桥涵一队 桥涵二队 路面一队 架子队 路面二队 交安队",
    "NE03": "路基一队 桥涵一队 架子队 路面一队 防护队 交安队",
    "FJ01": "隧道一队 桥梁一队 路基一队 架子队",
    "FJ02": "路基一队 桥涵一队 架子队 拌合站",
    "GUILONG": "路基一队 桥梁一队 隧道一队 架子队 桥梁二队 路面一队 路基二队 防护队 交安队",
    "GZ02": "隧道一队 隧道二队 桥梁一队 路基一队 架子队 桥梁二队 防护队 拌合站",
    "GZ03": "桥梁一队 桥梁二队 隧道一队 路基一队 架子队 路面一队 防护队",
    "GZ04": "隧道一队 桥梁一队 路基一队 架子队 路面一队 防护队 交安队",
    "YONGJI": "隧道一队 隧道二队 桥梁一队 桥梁二队 路基一队 架子队 防护队",
    "HUAIRAO": "路基一队 桥梁一队 桥梁二队 桥梁三队 架子队 路面一队",
    "G207": "隧道一队 隧道二队 路基一队 桥梁一队 架子队 路基二队 路面一队 防护队",
    "HN04": "路基一队 桥涵一队 架子队 防护队",
    "HN05": "路基一队 桥涵一队 架子队 路面一队",
}

# Coverage gaps for headquarters to find; where the value is true, somebody served until a few weeks ago.
TEAMS_WITHOUT_LIAISON = {
    ("LINHE", "防护队"): False,
    ("SANXI", "桥涵三队"): True,
    ("HS02", "交安队"): False,
    ("NE03", "防护队"): False,
    ("HUAIRAO", "桥梁三队"): True,
    ("HN05", "路面一队"): False,
}

# Teams that came and went within the year: project, team, and how many days ago it left.
TEAMS_GONE = (
    ("DUNGE", "涵洞队", 150),
    ("SANXI", "桥涵四队", 95),
    ("HS02", "路基一队", 120),
    ("GUILONG", "隧道二队", 210),
    ("G207", "桥梁二队", 60),
    ("SHENTIE", "路基二队", 240),
)
