"""django-import-export as its tutorial has it, on the same tables: a resource, foreign keys by name, preview, then confirm."""

from pathlib import Path
from typing import Any

from import_export import resources
from import_export.fields import Field
from import_export.formats.base_formats import XLSX
from import_export.widgets import DateWidget, ForeignKeyWidget

from core.personal import IdNumber
from labour_teams.models import Engagement, LabourTeam, WorkCrew, Worker
from tests.bench import site


class WorkerWidget(ForeignKeyWidget):
    """The number itself is encrypted and cannot be looked up."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        return super().clean(IdNumber.parse(value).hashed, row, **kwargs)


class CrewWidget(ForeignKeyWidget):
    """Every team has a crew of that name."""

    def get_queryset(self, value: Any, row: Any, *args: Any, **kwargs: Any) -> Any:
        return super().get_queryset(value, row, *args, **kwargs).filter(team__name=row["所属劳务队伍"])


class StockResource(resources.ModelResource):
    worker = Field("worker", "身份证号", WorkerWidget(Worker, "id_number_hash"))
    team = Field("team", "所属劳务队伍", ForeignKeyWidget(LabourTeam, "name"))
    crew = Field("crew", "作业工班", CrewWidget(WorkCrew, "name"))
    name = Field("name", "姓名")
    trade = Field("trade", "工种")
    phone = Field("phone", "手机号")
    native_place = Field("native_place", "籍贯")
    bank_card = Field("bank_card", "银行卡号")
    remark = Field("remark", "备注")
    entered_on = Field("entered_on", "进场日期", DateWidget())
    left_on = Field("left_on", "退场日期", DateWidget())

    class Meta:
        model = Engagement
        import_id_fields = ("worker",)
        fields = (
            "worker", "team", "crew", "name", "trade", "phone", "native_place", "bank_card", "remark", "entered_on", "left_on",
        )  # fmt: skip
        skip_unchanged = True

    def before_import_row(self, row: Any, **kwargs: Any) -> None:
        """As the tutorial has it for relations that may not exist yet; and an empty cell of a text is an empty text."""
        number = IdNumber.parse(row["身份证号"])
        Worker.objects.get_or_create(id_number_hash=number.hashed, defaults={"id_number": number})
        row["备注"] = row["备注"] or ""


def run(path: Path) -> int:
    """Preview and confirm, each of which reads the workbook, as the admin site does; gives the number of rows written."""
    for is_preview in (True, False):
        dataset = XLSX().create_dataset(path.read_bytes())
        result = StockResource().import_data(dataset, dry_run=is_preview, use_transactions=True, user=site.clerk())
        if result.has_errors() or result.has_validation_errors():
            first = [error for row in result.row_errors() for error in row[1]][:1] or result.invalid_rows[:1]
            raise RuntimeError(f"the stock resource refused a row: {first}")
    return int(result.totals["new"])
