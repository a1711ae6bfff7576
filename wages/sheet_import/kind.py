"""The lines of a wage sheet, as the import of a month's sheets writes them."""

from decimal import Decimal
from typing import Any

from django.db.models import Count, Sum
from django.utils.translation import gettext_lazy as _

from core.months import Month
from core.personal import BankCard, IdNumber, Phone
from imports.registry import Trail
from labour_teams.models import LabourTeam
from regions.models import Project
from wages import checks, workflow
from wages.models import WageLine, WageSheet
from wages.month_import.kinds import Kind, Line
from wages.pay_day import pay_day
from wages.sheet_import.sheet import WAGES

AMOUNTS = ("days", "unit_price", "quantity", "overtime", "gross", "deductions", "advances", "net")
WORDS = ("name", "id_number", "phone", "work_crew", "trade", "bank_card", "signed", "remark")
SIGNED, UNSIGNED = "yes", "no"


def begin(project: Project, team: LabourTeam, month: Month, trail: Trail) -> WageSheet:
    sheet = WageSheet.objects.create(
        project=project,
        region=project.region,
        team=team,
        month=month,
        employer=team.company_name,
        due_on=pay_day(project, month),
        imported_by=trail.by,
        imported_at=trail.at,
    )
    workflow.close_gap(sheet)
    return sheet


def finish(sheet: WageSheet) -> None:
    """People and sums from the lines, then everything that the ledger looks at."""
    sums = sheet.lines.aggregate(n=Count("pk"), gross=Sum("gross"), off=Sum("deductions"), before=Sum("advances"), net=Sum("net"))
    zero = Decimal(0)
    sheet.people, sheet.gross, sheet.net = sums["n"], sums["gross"] or zero, sums["net"] or zero
    sheet.deductions = (sums["off"] or zero) + (sums["before"] or zero)
    sheet.save(update_fields=["people", "gross", "deductions", "net"])
    checks.examine(sheet)


def closed(sheet: WageSheet) -> str:
    is_open = sheet.status == WageSheet.Status.RECEIVED
    return "" if is_open else str(_("The sheet of this team and month was checked already. Have it sent back first."))


class WageKind(Kind):
    """Whether somebody signed is yes, no, or not said."""

    def get(self, line: Line, name: str) -> Any:
        value = super().get(line, name)
        return value if name != "signed" or value is None else SIGNED if value else UNSIGNED

    def put(self, line: Line, name: str, value: Any) -> None:
        super().put(line, name, value if name != "signed" or value is None else value == SIGNED)


WAGE_KIND = WageKind(
    definition=WAGES,
    sheet=WageSheet,
    line=WageLine,
    fields=(*WORDS, *AMOUNTS),
    loaders={"id_number": IdNumber, "phone": Phone, "bank_card": BankCard, **dict.fromkeys(AMOUNTS, Decimal)},
    begin=begin,
    finish=finish,
    closed=closed,
    columns={"work_crew": "crew_name", "signed": "has_signed"},
)
