"""By when a month's wages have to be paid."""

from datetime import date

from core.months import Month
from regions.models import Project
from wages.models import WageAccount

USUAL = 10  # of the next month, where the project has not said another


def pay_day(project: Project, month: Month) -> date:
    """The day of the next month that the project's wage account says."""
    return due_in(month, WageAccount.objects.filter(project=project).values_list("pay_day", flat=True).first() or USUAL)


def due_in(month: Month, day: int) -> date:
    """`day` of the month that follows."""
    following = month.plus(1)
    return date(following.year, following.month, day)
