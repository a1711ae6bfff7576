"""A project's liaisons as a spreadsheet: who was chosen for which team or crew, from when, by which decision."""

from django.utils.translation import gettext_noop

from coordinators.post_import import sheet
from imports import cleaners
from imports.sheets import Column, SheetDefinition
from labour_teams.roster import CREW_NAMES, TEAM_NAMES

PHONE_HINT = gettext_noop("The mobile by which workers reach the liaison, 11 digits.")
CREW_HINT = gettext_noop("The crew he serves; empty for a team without crews.")
FROM_HINT = gettext_noop("The first day in the post, such as 2026-03-01.")
DOCUMENT_HINT = gettext_noop("The paper on which the regional coordinator and the project's Party work committee both agreed.")

LIAISONS = SheetDefinition(
    key="liaisons",
    columns=(
        sheet.running_number(),
        sheet.name("联络员", "联络员姓名"),
        sheet.phone(PHONE_HINT),
        Column(
            "labour_team", "所属劳务队伍", cleaners.text(100), tuple(TEAM_NAMES.split()), ("施工队伍", "施工队", "队伍"),
            required=True, example="示例劳务队",
        ),
        Column(
            "work_crew", "作业工班", cleaners.text(100), (*CREW_NAMES.split(), "联系班组"), hint=CREW_HINT, example="钢筋一班"
        ),
        sheet.answer("is_crew_leader", "是否班组长", ("班组长",)),
        sheet.first_day(FROM_HINT),
        sheet.last_day(),
        sheet.acting(),
        sheet.document(DOCUMENT_HINT),
    ),
    identity="name",
    labels=("seq", "name"),
    set_aside=("身份证号", "性别", "民族", "政治面貌", "照片", "签字", "备注", "班组长姓名", "队长", "队长电话"),
    person_fields=frozenset(("name", "phone")),
    row_rules=(sheet.ends_after_it_begins,),
    sheet_rules=(sheet.one_row_a_phone,),
)  # fmt: skip
