"""The first version of the report's wording, marked 草案 until the company gives its own."""

from django.db import migrations

VERSION = 1
TITLE = "片区党群工作协理员月报"
VALID_FROM = "2020-01"

# (title, English, hint, English, lines); a line is (kind, key, label, English, hint, English, unit, English, required).
# A figure without words takes those of its definition.
FIGURES_HINT = "数字取自花名册和队伍台账；改数要写原因", "Numbers come from the roster; changing one needs a reason"
HAND_HINT = "按手册记录填；没有填 0，没有统计写原因", "From the handbook; 0 if there was none, a reason if it was not counted"


def figure(key):
    return "figure", key, "", "", "", "", "", "", True


def number(key, label, english, unit, unit_en, *hints):
    hint, hint_en = hints or ("", "")
    return "number", key, label, english, hint, hint_en, unit, unit_en, True


def text(key, label, english, hint="", hint_en="", required=True):
    return "text", key, label, english, hint, hint_en, "", "", required


SECTIONS = (
    ("基本情况", "Basics", *FIGURES_HINT, (
        figure("teams_on_site"),
        figure("workers_on_site"),
        figure("workers_entered"),
        figure("workers_left"),
        text("overview", "本月概况", "The month in short", "项目、队伍和人员有什么变化", "What changed in projects, teams and people"),
    )),
    ("人员与覆盖", "People and coverage", *FIGURES_HINT, (
        figure("part_time_coordinators"),
        figure("projects_without_coordinator"),
        figure("teams_with_liaison"),
        figure("teams_without_liaison"),
        text("coverage_note", "空缺怎么补", "How gaps will be filled", "缺人的项目和队伍，谁来补，什么时候补上", "Who fills which gap, and when", required=False),
    )),
    ("走访与思想疏导", "Visits and thought guidance", *HAND_HINT, (
        number("teams_visited", "走访劳务队伍", "Labour teams visited", "支", "teams", "当月到过现场并留有手册记录的队伍", "Visited on site, with a handbook entry"),
        number("talks", "谈心谈话", "Talks", "人次", "person-times", "面谈和电话谈心，按人次", "In person and by phone"),
        number("forums", "座谈会", "Forums", "次", "times", "班前会不算", "Pre-shift meetings do not count"),
        number("conflicts_settled", "化解矛盾", "Conflicts settled", "起", "conflicts", "有记录、双方认可", "Recorded, and both sides agree"),
        text("thought_analysis", "你的分析和判断", "Your analysis and judgement", "工友这个月说得最多的是什么，你怎么看", "What workers spoke of most this month, and what you make of it"),
    )),
    ("培训", "Training", *HAND_HINT, (
        number("training_sessions", "培训", "Training sessions", "次", "times", "岗前培训、夜校、专家讲课都算", "Induction, night school and lectures"),
        number("training_attendances", "参加培训", "Attendances", "人次", "person-times", "以签到为准", "By sign-in sheets"),
        text("training_note", "培训情况", "About the training", "讲了什么，效果怎么样", "What was taught, and how it went", required=False),
    )),
    ("活动与评先", "Campaigns and awards", *HAND_HINT, (
        number("activities", "组织活动", "Activities", "次", "times", "劳动竞赛、比赛和主题活动", "Competitions, contests and campaigns"),
        number("advanced_teams", "评出先进劳务队伍", "Advanced teams named", "支", "teams"),
        number("advanced_workers", "评出先进劳务工", "Advanced workers named", "人", "persons"),
        text("activities_note", "活动与评先情况", "About campaigns and awards", "办了什么，表彰了谁", "What was done, and who was commended", required=False),
    )),
    ("调查与事项", "Survey and cases", *HAND_HINT, (
        number("forms_issued", "发出调查表", "Survey forms issued", "份", "forms"),
        number("forms_returned", "收回调查表", "Survey forms returned", "份", "forms"),
        number("cases_received", "收到事项", "Cases received", "件", "cases", "问题、建议和诉求", "Problems, suggestions and grievances"),
        number("cases_answered", "已答复", "Answered", "件", "cases", "当面或书面给了回音", "A reply was given"),
        number("cases_settled", "已落实", "Settled", "件", "cases", "到现场看过，确实办了", "Seen on site to be done"),
        text("cases_note", "没答复、没落实的为什么", "Why some are not answered or settled", "一件一件写，写明谁在办、什么时候办完", "One by one: who acts, and by when", required=False),
    )),
    ("工资与权益", "Wages and rights", *HAND_HINT, (
        number("ledgers_checked", "已核对工资台账的队伍", "Teams whose wage ledger was checked", "支", "teams"),
        number("arrears_teams", "拖欠工资的队伍", "Teams in arrears", "支", "teams"),
        number("arrears_workers", "被拖欠工资的劳务工", "Workers owed wages", "人", "persons"),
        number("arrears_amount", "拖欠金额", "Amount owed", "元", "yuan"),
        text("wages_note", "处理情况", "What is being done", "有拖欠的写清原因、谁负责、哪天付清", "For arrears: why, who is responsible, paid by when", required=False),
    )),
    ("人文关怀", "Care", *HAND_HINT, (
        number("care_events", "送清凉、送温暖和节日慰问", "Care events", "次", "times"),
        number("care_recipients", "受慰问", "People cared for", "人次", "person-times"),
        number("health_checks", "体检", "Health checks", "人次", "person-times"),
        text("care_note", "关怀情况", "About the care given", required=False),
    )),
    ("需公司解决的问题", "Problems for headquarters", "写清事情、涉及哪支队伍、希望哪个部门什么时候办", "What, which team, which department, by when", (
        text("problems", "需公司解决的问题", "Problems for headquarters", "没有就写「无」", "Write “none” if there are none"),
    )),
    ("下月安排", "Next month", "", "", (
        text("next_month", "下月安排", "Plans for next month", "做什么，在哪个项目，什么时候", "What, on which project, when"),
    )),
)  # fmt: skip


def seed(apps, schema_editor):
    template, is_new = apps.get_model("reports", "ReportTemplate").objects.get_or_create(
        number=VERSION, defaults={"title": TITLE, "valid_from": VALID_FROM, "is_draft": True}
    )
    if not is_new:
        return
    section_model, line_model = apps.get_model("reports", "ReportSection"), apps.get_model("reports", "ReportLine")
    for order, (title, english, hint, hint_en, lines) in enumerate(SECTIONS, start=1):
        section = section_model.objects.create(
            template=template, order=order, title_zh=title, title_en=english, hint_zh=hint, hint_en=hint_en
        )
        names = ("kind", "key", "label_zh", "label_en", "hint_zh", "hint_en", "unit_zh", "unit_en", "is_required")
        line_model.objects.bulk_create(
            line_model(section=section, order=place, **dict(zip(names, line, strict=True))) for place, line in enumerate(lines, start=1)
        )


def unseed(apps, schema_editor):
    """A template that reports were written on stays."""
    apps.get_model("reports", "ReportTemplate").objects.filter(number=VERSION, reports=None).delete()


class Migration(migrations.Migration):

    dependencies = [("reports", "0001_initial")]

    operations = [migrations.RunPython(seed, unseed)]
