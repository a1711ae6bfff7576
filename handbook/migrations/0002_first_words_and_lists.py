"""What people talk about, are trained in, are given and take part in; the checklist; the festivals that a canteen has to know of.

Campaigns and goods are the company's own. Checklist, festivals and ready-made titles are proposals: the first two are marked 草案,
titles are only offered while somebody types.
"""

from django.db import migrations

TOPICS = (
    ("wages", "工资"), ("work", "干活安排"), ("safety", "安全"), ("living", "食宿"), ("health", "身体"), ("family", "家里的事"),
    ("management", "管理方式"), ("idea", "建议"),
)
SUBJECTS = (
    ("safety", "安全"), ("quality", "质量"), ("progress", "进度"), ("civilised", "文明施工"), ("standard", "标准化施工"),
    ("technique", "施工技术"), ("skill", "岗位技能"), ("plateau", "高原注意事项"), ("law", "法律法规"),
    ("duties", "岗位职责"), ("rules", "制度"), ("method", "方法流程"),
)
# Those of the whole company; a region's or a project's are added by whoever runs them.
CAMPAIGNS = (
    ("大干二季度，为党的生日献礼", "party"),
    ("党员身边无事故", "party"),
    ("建功立业劳动竞赛", "competition"),
    ("安全生产月", "safety"),
    ("“安全与我同行”演讲征文比赛", "contest"),
)
ITEMS = (
    ("藿香正气水", "coolness", "盒"), ("风油精", "coolness", "瓶"), ("十滴水", "coolness", "盒"), ("绿豆", "coolness", "公斤"),
    ("白糖", "coolness", "公斤"), ("军大衣", "warmth", "件"), ("粽子", "festival", "个"), ("盐蛋", "festival", "个"),
    ("床上用品", "living", "套"), ("火炉", "living", "台"), ("《高原生活知识手册》", "literature", "册"),
)
CHECKLIST = (
    ("safety", "班前安全讲话有记录，人人知道当天的危险点"),
    ("safety", "劳保用品齐全，正确佩戴"),
    ("safety", "特种作业人员持证上岗，证件在有效期内"),
    ("safety", "临边、洞口、临时用电防护到位"),
    ("quality", "按交底施工，关键工序有人验收"),
    ("quality", "质量问题已整改，有复查"),
    ("schedule", "本月计划完成，人员设备与计划相符"),
    ("benefit", "材料不浪费，返工有分析"),
    ("living", "宿舍、食堂、厕所干净，取暖降温到位"),
    ("living", "饮水和食品安全"),
    ("rules", "进场人员都已登记、签合同、受过岗前培训"),
    ("rules", "考勤和工资表已公示，本人签字"),
)
TITLES = {
    "visit": ("工休时走访", "宿舍谈心", "驻地座谈", "电话联系联络员"),
    "meeting": ("每月联络员例会", "职能部门与班组长见面会"),
    "training": ("进场岗前培训", "安全质量再教育", "农民工夜校", "专家讲课", "岗位技能培训", "高原工作注意事项宣讲"),
    "activity": ("节日文体活动", "劳动竞赛阶段评比", "安全生产月活动"),
    "hazard": ("群安员日常检查", "青年安全生产监督岗检查"),
    "rights": ("督导工资支付台账", "政策法规宣讲", "调解纠纷", "协助办理工资卡"),
    "care": ("送清凉", "送温暖", "端午慰问", "中秋慰问", "统一配发生活用品"),
    "health_check": ("进场体检", "在岗体检"),
    "counselling": ("高原生活心理辅导",),
    "medical": ("医务室日常诊疗", "义务医疗队巡诊", "采购药品"),
    "customs": ("送达民族习俗提醒",),
    "inspection": ("队伍月度检查",),
    "guidance": ("工作指导", "履职检查"),
    "labour_act": ("参加队伍筛选", "参加招投标", "参加合同谈判", "参加验工计量", "参加单价确定"),
}
# Codes of GB/T 3304: 03 回族, 04 藏族, 05 维吾尔族. The days of the coming year are set by whoever knows them.
FESTIVALS = (
    ("藏历新年", ["04"], "藏历正月初一", "提前安排调休；当日尽量不安排夜班；食堂备酥油茶、糌粑或向队伍负责人问清需要。"),
    ("雪顿节", ["04"], "藏历六月底至七月初", "可安排半天活动；外出观礼的登记去向和返回时间。"),
    ("开斋节", ["03", "05"], "伊斯兰历十月一日", "清真灶单独备餐；当日给假；斋月期间调整开饭时间，避免白天重体力作业。"),
    ("古尔邦节", ["03", "05"], "伊斯兰历十二月十日", "清真灶单独备餐；当日给假；食材从清真渠道采购。"),
    ("日常清真饮食", ["03", "05"], "每天", "设清真灶，锅灶、案板、餐具单独使用和存放；不劝酒。"),
)


def seed(apps, schema_editor):
    def rows(name):
        return apps.get_model("handbook", name).objects

    rows("VisitTopic").bulk_create(_numbered(apps, "VisitTopic", TOPICS))
    rows("TrainingSubject").bulk_create(_numbered(apps, "TrainingSubject", SUBJECTS))
    Campaign = apps.get_model("handbook", "Campaign")
    Campaign.objects.bulk_create(Campaign(name=name, kind=kind) for name, kind in CAMPAIGNS)
    Item = apps.get_model("handbook", "CareItem")
    Item.objects.bulk_create(
        Item(name=name, kind=kind, unit=unit, order=order) for order, (name, kind, unit) in enumerate(ITEMS, start=1)
    )
    Line = apps.get_model("handbook", "InspectionItem")
    Line.objects.bulk_create(
        Line(goal=goal, text=text, order=order, is_draft=True) for order, (goal, text) in enumerate(CHECKLIST, start=1)
    )
    Title = apps.get_model("handbook", "EntryTemplate")
    Title.objects.bulk_create(
        Title(kind=kind, title=title, order=order) for kind, titles in TITLES.items() for order, title in enumerate(titles, start=1)
    )
    Festival = apps.get_model("handbook", "EthnicFestival")
    Festival.objects.bulk_create(
        Festival(name=name, ethnicities=codes, when=when, advice=advice, is_draft=True) for name, codes, when, advice in FESTIVALS
    )


def _numbered(apps, name, pairs):
    model = apps.get_model("handbook", name)
    return [model(key=key, name=word, order=order) for order, (key, word) in enumerate(pairs, start=1)]


def take_back(apps, schema_editor):
    """What has been used since stands in the way, and the database says so."""
    for name in ("EthnicFestival", "EntryTemplate", "InspectionItem", "CareItem", "Campaign", "TrainingSubject", "VisitTopic"):
        apps.get_model("handbook", name).objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("handbook", "0001_initial")]
    operations = [migrations.RunPython(seed, take_back)]
