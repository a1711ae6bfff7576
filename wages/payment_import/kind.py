"""The lines of the bank's payment list, as the import of a month's sheets writes them."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from core.months import Month
from imports.registry import Trail
from labour_teams.models import LabourTeam
from regions.models import Project
from wages.models import PaymentLine, PaymentList
from wages.month_import.kinds import Kind, Line
from wages.payment_import.sheet import PAYMENTS


def begin(project: Project, team: LabourTeam, month: Month, trail: Trail) -> PaymentList:
    return PaymentList.objects.create(project=project, team=team, month=month, imported_by=trail.by, imported_at=trail.at)


class PaymentKind(Kind):
    """Who is not on the roster is told apart by the ends of his numbers."""

    def number_in(self, values: Mapping[str, Any]) -> str | None:
        return _ends(values.get("id_tail") or "", values.get("card_tail") or "")

    def number_of(self, line: Line) -> str | None:
        return _ends(line.id_tail, line.card_tail)


def _ends(id_tail: str, card_tail: str) -> str | None:
    return f"{id_tail}/{card_tail}" if id_tail or card_tail else None


PAYMENT_KIND = PaymentKind(
    definition=PAYMENTS,
    sheet=PaymentList,
    line=PaymentLine,
    fields=("name", "id_tail", "card_tail", "amount"),
    loaders={"amount": Decimal},
    begin=begin,
    finish=lambda sheet: None,  # compared with the wage sheet when somebody looks: wages/payments.py
    closed=lambda sheet: "",
)
