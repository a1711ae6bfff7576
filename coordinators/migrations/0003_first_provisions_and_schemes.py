"""The first edition of what a coordinator's post carries, and the named sets of items.

The company's own paper names three of the six rights, and counts duties and obligations without listing them; it names the sets of
items without listing theirs. Everything else here is a proposal, marked 草案 until the company gives its own wording.
"""

from datetime import date

from django.db import migrations

EDITION = 1
FROM_ON = date(2020, 1, 1)
NOTE = "权利第1至3项出自公司文件；其余各项为草案，待公司定稿。"
NAMED_RIGHTS = 3

PROVISIONS = {
    "right": (
        "参与劳务队伍管理听政",
        "工地一线检查巡视",
        "劳务队伍管理建言献策",
        "对劳务队伍和先进评选的评价推荐",
        "对反映问题的督办与整改复核",
        "突发和重大事项的直接报告",
    ),
    "duty": (
        "宣传党的方针政策、法律法规和企业规章",
        "会同项目党工委选聘联络员并实行双重管理",
        "对项目协理员、联络员开展岗前培训和业务指导",
        "督促检查项目协理员、联络员履职",
        "参与劳务队伍筛选",
        "参与劳务招投标",
        "参与合同谈判",
        "参与验工计量",
        "参与单价确定",
        "监管在用劳务队伍，督促落实项目制度、生产计划和安全质量要求",
        "经常走访谈心，掌握思想动态和生产生活情况",
        "组织每月调查反馈，督办限期整改",
        "按季度分析劳务工思想状况并报公司党委",
        "督导工资支付台账，排查处置欠薪",
        "排查化解纠纷隐患，处理和报告突发问题",
        "组织活动载体、培训和创先激励",
        "开展人文关怀，召开季度例会，建立工作写实档案",
    ),
    "obligation": (
        "保守反映人身份和个人信息",
        "廉洁自律，不得利用参与单价、验工等谋利",
        "公正履职、如实记录",
        "按时报告、接受考核",
    ),
}

# 五同六送 is kept as two schemes: 五同 says how a team is treated and is ticked for each team, 六送 says what a project brings to the
# site and is ticked for the project; their wordings have different sources, and may be settled at different times.
SCHEMES = (
    ("five-same", "五同", "team", "公开资料中的一种说法，另见两种；公司文件只有名称", (
        "同学习", "同劳动", "同管理", "同生活", "同报酬",
    )),
    ("six-deliveries", "六送", "project", "拟稿；公司文件只有名称", (
        "送政策法律", "送文化", "送技能", "送健康", "送清凉", "送温暖",
    )),
    ("three-site", "三工建设", "project", "通行说法；公司文件只有名称", ("工地生活", "工地文化", "工地卫生")),
    ("six-inclusions", "六纳入", "member", "拟稿；公司文件只有名称", (
        "纳入党员台账", "纳入组织生活", "纳入教育培训", "纳入作用发挥", "纳入评先表彰", "纳入关怀帮扶",
    )),
    ("six-roles", "六大员", "tag", "中铁四局2013年公开资料；公司文件只有名称", (
        "政策法规宣传员", "依法经营和安全文明施工督导员", "生产管理策划员", "队伍内外部关系协调员", "合法权益维护员", "思想工作疏导员",
    )),
)


def write(apps, schema_editor):
    Edition, Provision = (apps.get_model("coordinators", name) for name in ("ProvisionEdition", "PostProvision"))
    edition = Edition.objects.create(number=EDITION, from_on=FROM_ON, note=NOTE)
    Provision.objects.bulk_create(
        Provision(edition=edition, kind=kind, number=number, text=text, is_draft=not (kind == "right" and number <= NAMED_RIGHTS))
        for kind, texts in PROVISIONS.items()
        for number, text in enumerate(texts, start=1)
    )
    Scheme, Item = (apps.get_model("coordinators", name) for name in ("Scheme", "SchemeItem"))
    for order, (key, name, use, source, texts) in enumerate(SCHEMES, start=1):
        scheme = Scheme.objects.create(key=key, name=name, use=use, order=order, source=source, is_draft=True)
        Item.objects.bulk_create(
            Item(scheme=scheme, number=number, text=text, is_draft=True) for number, text in enumerate(texts, start=1)
        )


def take_back(apps, schema_editor):
    """What has been used since (evidence of a duty, ticks) stands in the way, and the database says so."""
    apps.get_model("coordinators", "ProvisionEdition").objects.filter(number=EDITION).delete()
    keys = [key for key, *_rest in SCHEMES]
    apps.get_model("coordinators", "SchemeItem").objects.filter(scheme__key__in=keys).delete()
    apps.get_model("coordinators", "Scheme").objects.filter(key__in=keys).delete()


class Migration(migrations.Migration):
    dependencies = [("coordinators", "0002_people_in_post")]
    operations = [migrations.RunPython(write, take_back)]
