"""Figures of revisits: what somebody outside the line found on site."""

from datetime import datetime, time

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.months import Month
from core.scope import Level, ScopedQuerySet
from feedback.models import Revisit
from figures.registry import Column, Direction, Figure, Unit, figures

BY_CASE = {Level.REGION: "case__region", Level.PROJECT: "case__project"}
COLUMNS = (
    Column(_("Matter"), lambda row: f"{row.case.number} {row.case.title}"),
    Column(_("Asked on site by"), lambda row: row.done_by.name if row.done_by else ""),
    Column(_("On"), lambda row: timezone.localdate(row.done_at)),
)


def _answered(month: Month, *, is_settled: bool) -> ScopedQuerySet:
    begins, ends = (timezone.make_aware(datetime.combine(day, time.min)) for day in (month.first, month.after))
    found = Revisit.objects.filter(is_settled=is_settled, done_at__gte=begins, done_at__lt=ends)
    return found.select_related("case", "done_by").defer("case__words", "case__reply")


figures.add(
    Figure(
        key="revisits_confirmed",
        label=_("Revisits that found it settled"),
        unit=Unit.TIMES,
        definition=_("Revisits of the month, those of the sample included, in which whoever went found the matter settled."),
        rows=lambda month: _answered(month, is_settled=True),
        paths=BY_CASE,
        for_reader=True,
        columns=COLUMNS,
        order=("done_at", "pk"),
        direction=Direction.MORE_IS_BETTER,
    )
)
figures.add(
    Figure(
        key="revisits_not_confirmed",
        label=_("Revisits that found it not settled"),
        unit=Unit.TIMES,
        definition=_("Revisits of the month, those of the sample included, in which whoever went found the matter not settled."),
        rows=lambda month: _answered(month, is_settled=False),
        paths=BY_CASE,
        for_reader=True,
        columns=COLUMNS,
        order=("done_at", "pk"),
        direction=Direction.MORE_IS_WORSE,
    )
)
