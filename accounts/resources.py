"""Staff posts as a spreadsheet (out only: a post is given on its own page, where somebody answers for it)."""

from import_export.fields import Field

from accounts.models import StaffPost
from core.sheets import DayCell, SheetResource, TextCell, YesNoCell


class StaffPostResource(SheetResource):
    person = Field("person__name", column_name="person", widget=TextCell())
    role = Field("get_role_display", column_name="role", widget=TextCell())
    department = Field("department__name", column_name="department", widget=TextCell())
    project = Field("project__name", column_name="project", widget=TextCell())
    from_on = Field("from_on", widget=DayCell())
    to_on = Field("to_on", widget=DayCell())
    is_acting = Field("is_acting", widget=YesNoCell())
    document_no = Field("document_no", widget=TextCell())

    class Meta:
        model = StaffPost
        fields = ("person", "role", "department", "project", "from_on", "to_on", "is_acting", "document_no")
        import_id_fields = ()
