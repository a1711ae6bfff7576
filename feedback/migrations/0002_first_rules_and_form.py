"""The first categories, deadlines and survey form, so that a new system can take its first case.

The company's paper says that every matter is answered and settled by a deadline, and names neither the deadlines nor the questions of
its form: they are a proposal, marked 草案 until the company says otherwise. Which department deals with what is set up where the
departments are known.
"""

from django.db import migrations

# key, name, English, picture, severity, sensitive
CATEGORIES = (
    ("wages", "工资", "Wages", "wages", "normal", False),
    ("wage_late", "拖欠工资", "Wages overdue", "wages", "urgent", False),
    ("measurement", "验工计量与单价", "Measurement and unit price", "wages", "normal", False),
    ("contract", "合同纠纷", "Contract dispute", "work", "complex", False),
    ("no_work", "没有活干", "No work", "work", "normal", False),
    ("work", "干活安排", "Work arrangements", "work", "normal", False),
    ("safety", "安全防护", "Safety", "safety", "urgent", False),
    ("quality", "技术质量", "Technology and quality", "safety", "normal", False),
    ("living", "食宿", "Food and lodging", "living", "normal", False),
    ("supplies", "劳保与物资", "Protective gear and supplies", "living", "normal", False),
    ("health", "看病与健康", "Health", "health", "urgent", False),
    ("payment", "财务支付", "Payment", "wages", "normal", False),
    ("party", "党员事务", "Party members' affairs", "other", "normal", False),
    ("culture", "文体生活", "Culture and sport", "living", "normal", False),
    ("youth", "青年", "Youth", "other", "normal", False),
    ("conduct", "干部作风", "Conduct of those in charge", "other", "normal", True),
    ("other", "其他", "Other", "other", "normal", False),
)
# severity, accept days, answer days, answer hours, settle days, extensions, days of one
DEADLINES = (
    ("urgent", 1, None, 24, 3, 1, 2),
    ("normal", 1, 3, None, 10, 1, 5),
    ("complex", 1, 5, None, 22, 1, 10),
)
OPENING = "不写名字也可以。填好交给联络员，或者自己封好投进信箱。撕下的小条请留好，凭条上的号看回音。"
# kind, question, English, gathers
QUESTIONS = (
    ("rating", "工资发放是否按时足额", "Wages are paid in full and on time", ""),
    ("rating", "考勤和工程量是否公示清楚", "Attendance and quantities are posted clearly", ""),
    ("rating", "食宿条件", "Food and lodging", ""),
    ("rating", "劳保用品", "Protective gear", ""),
    ("rating", "安全防护与交底", "Safety measures and briefing", ""),
    ("rating", "班组长、队伍负责人态度", "How crew leaders and team bosses treat us", ""),
    ("rating", "项目管理人员态度", "How the project's staff treat us", ""),
    ("yes_no", "是否知道协理员、联络员是谁", "I know who the coordinator and the liaison are", ""),
    ("rating", "反映问题是否得到答复", "Problems that we raise are answered", ""),
    ("rating", "业余生活", "Free time", ""),
    ("text", "目前最大的困难", "The greatest difficulty at present", "problem"),
    ("text", "意见建议", "Suggestions", "suggestion"),
    ("text", "希望参加的培训", "Training that I should like", ""),
)


def seed(apps, schema_editor):
    category, deadline = apps.get_model("feedback", "CaseCategory"), apps.get_model("feedback", "DeadlineRule")
    for order, (key, name, name_en, picture, severity, sensitive) in enumerate(CATEGORIES, start=1):
        category.objects.create(
            key=key, name=name, name_en=name_en, picture=picture, severity=severity, is_sensitive=sensitive, order=order, is_draft=True
        )
    for severity, accept, answer, hours, settle, most, days in DEADLINES:
        deadline.objects.create(
            severity=severity, accept_days=accept, answer_days=answer, answer_hours=hours, settle_days=settle, most_extensions=most,
            extension_days=days,
        )
    form = apps.get_model("feedback", "SurveyTemplate").objects.create(
        number=1, title="党群工作调查反馈登记表", opening=OPENING, valid_from="2020-01", is_draft=True
    )
    question = apps.get_model("feedback", "SurveyQuestion")
    for number, (kind, text, text_en, gathers) in enumerate(QUESTIONS, start=1):
        question.objects.create(template=form, number=number, kind=kind, text=text, text_en=text_en, gathers=gathers)


def unseed(apps, schema_editor):
    """Back to empty tables; refused by the database where rows in use still point here."""
    for name in ("SurveyTemplate", "DeadlineRule", "CaseCategory"):
        apps.get_model("feedback", name).objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("feedback", "0001_cases_surveys_hotline")]

    operations = [migrations.RunPython(seed, unseed)]
