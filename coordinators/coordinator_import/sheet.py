"""A project's part-time coordinators as a spreadsheet: who, beside which main job, from when to when, by which decision."""

from django.utils.translation import gettext_noop

from coordinators.post_import import sheet
from imports import cleaners
from imports.sheets import Column, SheetDefinition

PHONE_HINT = gettext_noop("The mobile by which workers reach the coordinator, 11 digits.")
JOB_HINT = gettext_noop("What he is on the project beside being its coordinator.")
FROM_HINT = gettext_noop("The first day in the post, such as 2026-03-01.")
DOCUMENT_HINT = gettext_noop("The paper on which the regional coordinator and the project's Party work committee both agreed.")

COORDINATORS = SheetDefinition(
    key="coordinators",
    columns=(
        sheet.running_number(),
        sheet.name("协理员", "协理员姓名", "兼职协理员"),
        sheet.phone(PHONE_HINT),
        Column(
            "main_job", "主要岗位", cleaners.text(60), ("主责岗位", "本职岗位", "现任岗位", "职务", "岗位"), ("部门及职务",),
            required=True, hint=JOB_HINT, example="工会干事",
        ),
        sheet.first_day(FROM_HINT),
        sheet.last_day(),
        sheet.acting(),
        sheet.document(DOCUMENT_HINT),
    ),
    identity="name",
    labels=("seq", "name"),
    set_aside=("身份证号", "性别", "民族", "政治面貌", "照片", "签字", "备注", "项目名称", "所属项目", "所属片区"),
    person_fields=frozenset(("name", "phone")),
    row_rules=(sheet.ends_after_it_begins,),
    sheet_rules=(sheet.one_row_a_phone,),
)  # fmt: skip
