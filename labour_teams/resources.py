"""Teams and crews as spreadsheets, and the roster as one that only leaves (it comes in through the roster import)."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from import_export.fields import Field

from core.sheets import ChoiceCell, DayCell, ScopedKey, SheetResource, TextCell, YesNoCell
from labour_teams.models import Engagement, LabourTeam, WorkCrew, WorkerCertificate
from regions.models import Project


class TeamResource(SheetResource):
    headings = {"project": _("project code")}

    project = Field("project", widget=ScopedKey(Project, "code"))
    name = Field("name", widget=TextCell())
    kind = Field("kind", widget=ChoiceCell(LabourTeam.Kind.choices))
    company_name = Field("company_name", widget=TextCell())
    manager_name = Field("manager_name", widget=TextCell())
    entered_on = Field("entered_on", widget=DayCell())
    left_on = Field("left_on", widget=DayCell())

    class Meta:
        model = LabourTeam
        fields = ("project", "name", "kind", "company_name", "manager_name", "entered_on", "left_on")
        import_id_fields = ("project", "name")


class CrewResource(SheetResource):
    """A crew is found by project, team and its own name; the project only says which team is meant."""

    headings = {"project": _("project code")}

    project = Field("team__project__code", column_name="project", widget=TextCell(), readonly=True)
    team = Field("team", widget=ScopedKey(LabourTeam, "name", within={"project": "project__code"}))
    name = Field("name", widget=TextCell())
    leader_name = Field("leader_name", widget=TextCell())
    work_point = Field("work_point", widget=TextCell())
    is_active = Field("is_active", widget=YesNoCell())

    class Meta:
        model = WorkCrew
        fields = ("project", "team", "name", "leader_name", "work_point", "is_active")
        import_id_fields = ("project", "team", "name")


class RosterResource(SheetResource):
    """Engagements with what identifies the person masked; the age instead of the date of birth, which the mask hides too."""

    headings = {
        "sex": _("sex"),
        "age": _("age"),
        "ethnicity": _("ethnicity"),
        "political_status": _("political status"),
        "education": _("education"),
        "id_number": _("ID number"),
    }

    project = Field("project__name", column_name="project", widget=TextCell())
    team = Field("team__name", column_name="team", widget=TextCell())
    crew = Field("crew__name", column_name="crew", widget=TextCell())
    name = Field("name", widget=TextCell())
    sex = Field("worker__get_sex_code_display", column_name="sex", widget=TextCell())
    age = Field(column_name="age")
    id_number = Field("worker__id_number", column_name="id_number", widget=TextCell())
    phone = Field("phone", widget=TextCell())
    bank_card = Field("bank_card", widget=TextCell())
    employment_type = Field("get_employment_type_display", column_name="employment_type", widget=TextCell())
    trade = Field("trade", widget=TextCell())
    is_crew_leader = Field("is_crew_leader", widget=YesNoCell())
    contract_type = Field("get_contract_type_display", column_name="contract_type", widget=TextCell())
    contract_signed_on = Field("contract_signed_on", widget=DayCell())
    ethnicity = Field("ethnicity", widget=TextCell())
    political_status = Field("political_status", widget=TextCell())
    education = Field("education", widget=TextCell())
    native_place = Field("native_place", widget=TextCell())
    entered_on = Field("entered_on", widget=DayCell())
    left_on = Field("left_on", widget=DayCell())

    class Meta:
        model = Engagement
        fields = (
            "project", "team", "crew", "name", "sex", "age", "id_number", "phone", "bank_card", "employment_type", "trade",
            "is_crew_leader", "contract_type", "contract_signed_on", "ethnicity", "political_status", "education", "native_place",
            "entered_on", "left_on",
        )  # fmt: skip
        export_order = fields
        import_id_fields = ()

    def dehydrate_age(self, engagement: Any) -> int:
        return engagement.worker.id_number.age_on(timezone.localdate())


class CertificateResource(SheetResource):
    """Certificates that only leave. The number stays: often it is the ID number."""

    headings = {"project": _("project"), "team": _("labour team"), "name": _("name")}

    project = Field("engagement__project__name", column_name="project", widget=TextCell())
    team = Field("engagement__team__name", column_name="team", widget=TextCell())
    name = Field("engagement__name", column_name="name", widget=TextCell())
    trade = Field("trade", widget=TextCell())
    issuer = Field("get_issuer_display", column_name="issuer", widget=TextCell())
    issued_on = Field("issued_on", widget=DayCell())
    valid_until = Field("valid_until", widget=DayCell())
    review_due_on = Field("review_due_on", widget=DayCell())
    reviewed_on = Field("reviewed_on", widget=DayCell())
    paid_by = Field("get_paid_by_display", column_name="paid_by", widget=TextCell())
    returned_on = Field("returned_on", widget=DayCell())

    class Meta:
        model = WorkerCertificate
        fields = (
            "project", "team", "name", "trade", "issuer", "issued_on", "valid_until", "review_due_on", "reviewed_on", "paid_by",
            "returned_on",
        )  # fmt: skip
        import_id_fields = ()
