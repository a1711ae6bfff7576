"""Nominations as a spreadsheet (out only: a nomination is made on its page, where somebody answers for it)."""

from import_export.fields import Field

from coordinators.models import Nomination
from coordinators.nominations.policies import can_see_treatment
from core.sheets import DayCell, SheetResource, TextCell, YesNoCell

TREATMENT = "treatment_level"


class NominationResource(SheetResource):
    """The treatment level is a column for those alone who may see it."""

    name = Field("name", widget=TextCell())
    phone = Field("phone", widget=TextCell())
    post_kind = Field("get_post_kind_display", column_name="post_kind", widget=TextCell())
    region = Field("region", widget=TextCell())
    project = Field("project", widget=TextCell())
    team = Field("team", widget=TextCell())
    crew = Field("crew", widget=TextCell())
    main_job = Field("main_job", widget=TextCell())
    from_on = Field("from_on", widget=DayCell())
    to_on = Field("to_on", widget=DayCell())
    is_acting = Field("is_acting", widget=YesNoCell())
    status = Field("get_status_display", column_name="status", widget=TextCell())
    proposed_by = Field("proposed_by", widget=TextCell())
    document_no = Field("document_no", widget=TextCell())
    treatment_level = Field("get_treatment_level_display", column_name=TREATMENT, widget=TextCell())

    class Meta:
        model = Nomination
        fields = (
            "name", "phone", "post_kind", "region", "project", "team", "crew", "main_job", "from_on", "to_on", "is_acting",
            "status", "proposed_by", "document_no", TREATMENT,
        )  # fmt: skip
        import_id_fields = ()

    @property
    def names(self) -> tuple[str, ...]:
        may_see = self.user is not None and can_see_treatment(self.user)
        return tuple(name for name in super().names if may_see or name != TREATMENT)
