"""How long is left until a deadline, or since when it is over: the same words wherever one stands.

left(due, now, workdays).words     「还剩 2 个工作日·6月8日 18:00」 「今天 18:00 到期」 「逾期 3 个工作日」
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from core.workdays import WorkingDays


@dataclass(frozen=True, slots=True)
class Left:
    """`state` is "late", "today" or ""."""

    words: str
    state: str = ""


def left(due: datetime, now: datetime, workdays: WorkingDays) -> Left:
    """Until a moment, counted in working days."""
    days = workdays.between(timezone.localdate(now), timezone.localdate(due))
    if now > due:
        return Left(_overdue(-days), "late")
    if timezone.localdate(now) == timezone.localdate(due):
        return Left(_("Due today at %(time)s") % {"time": _time(due)}, "today")
    if days == 0:  # hours run through days without work
        return Left(_("Due at %(when)s") % {"when": day_and_time(due)}, "today")
    return Left(_("%(days)s working days left·%(when)s") % {"days": days, "when": day_and_time(due)})


def left_of_day(due_on: date, today: date, workdays: WorkingDays) -> Left:
    """Until a day without an hour."""
    days = workdays.between(today, due_on)
    if due_on < today:
        return Left(_overdue(-days), "late")
    return Left(_("due today"), "today") if due_on == today else Left(_("%(days)s working days left") % {"days": days})


def day_and_time(moment: datetime) -> str:
    """6月9日 18:00."""
    return f"{formats.date_format(timezone.localtime(moment), 'MONTH_DAY_FORMAT')} {_time(moment)}"


def _overdue(days: int) -> str:
    """Less than a whole working day late is late too."""
    return _("Overdue by %(days)s working days") % {"days": days} if days > 0 else _("Overdue")


def _time(moment: datetime) -> str:
    return formats.time_format(timezone.localtime(moment), "H:i")
