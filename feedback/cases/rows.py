"""A case as a row of a list: who deals with it, how it stands with its deadline, and the two facts."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import CharField, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from core.workdays import WorkingDays
from feedback.cases import clock
from feedback.models import Case, CaseSight, Tier

TONES = {
    Case.Status.REGISTERED: ("", "circle"),
    Case.Status.ROUTED: ("go", "hourglass-split"),
    Case.Status.REFUSED: ("soon", "arrow-return-left"),
    Case.Status.ACCEPTED: ("go", "hourglass-split"),
    Case.Status.WAITING: ("soon", "clock-fill"),
    Case.Status.UNDER_REVIEW: ("go", "eye"),
    Case.Status.ANSWERED: ("go", "hourglass-split"),
    Case.Status.REVISITING: ("go", "person-walking"),
    Case.Status.CLOSED: ("ok", "check-circle-fill"),
    Case.Status.FINAL_REPLY: ("", "lock"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """What a list shows of a case. `tone` and `glyph` are the pill's."""

    case: Any
    due: clock.Due
    tone: str
    glyph: str

    @property
    def dealt_with_by(self) -> str:
        """From the annotation of `with_lead`; "" where nobody deals with it yet."""
        name = getattr(self.case, "lead_name", None)
        return str(Tier.COMPANY.label) if name == "" else name or ""

    @property
    def where(self) -> str:
        case = self.case
        return "·".join(str(unit) for unit in (case.project or case.region, case.team) if unit) or _("Not known where")


def with_lead(cases: Any) -> Any:
    """Annotates `lead_name`: the unit that deals with it, "" for headquarters, None for nobody."""
    leads = CaseSight.objects.filter(case=OuterRef("pk"), part=CaseSight.Part.LEAD)
    name = Coalesce("department__name", "project__name", "region__name", Value(""), output_field=CharField())
    return cases.annotate(lead_name=Subquery(leads.values_list(name)[:1]))


def rows_of(cases: list[Case], now: datetime) -> list[Row]:
    workdays = WorkingDays.load()
    return [Row(case, clock.due_of(case, now, workdays), *TONES[Case.Status(case.status)]) for case in cases]
