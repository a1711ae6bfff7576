"""What stands on a wage sheet of the demonstration, line by line: days, price, what is taken off; and on the attendance sheet."""

from datetime import timedelta
from decimal import Decimal
from random import Random

from core.months import Month
from labour_teams.models import Engagement
from wages.models import AttendanceLine, AttendanceSheet, WageLine, WageSheet

PRICES = (220, 240, 260, 280, 300, 320, 360)
FULL_MONTH = 26


def line_of(sheet: WageSheet, number: int, engagement: Engagement, dice: Random) -> WageLine:
    """A man's month: days at his price, sometimes a deduction, often an advance."""
    days = Decimal(len(_worked(engagement, sheet.month, dice)))
    price = Decimal(dice.choice(PRICES))
    gross = days * price
    deductions = min(Decimal(dice.choice((0, 0, 0, 50, 100))), gross)
    advances = min(Decimal(dice.choice((0, 500, 500, 1000))), gross - deductions)
    return WageLine(
        sheet=sheet,
        number=number,
        engagement=engagement,
        name=engagement.name,
        id_number=engagement.worker.id_number,
        phone=engagement.phone,
        bank_card=engagement.bank_card,
        crew_name=engagement.crew.name if engagement.crew else "",
        trade=engagement.trade,
        days=days,
        unit_price=price,
        gross=gross,
        deductions=deductions,
        advances=advances,
        net=gross - deductions - advances,
        has_signed=True,
    )


def attendance_of(sheet: AttendanceSheet, line: WageLine) -> AttendanceLine:
    """As many marks as the wage sheet has days."""
    engagement = line.engagement
    assert engagement is not None  # noqa: S101 - line_of() makes lines of people on the roster
    worked = set(_days_there(engagement, sheet.month)[: int(line.days or 0)])
    marks = ["1" if day in worked else "0" for day in range(1, sheet.month.last.day + 1)]
    return AttendanceLine(
        sheet=sheet,
        number=line.number,
        engagement=engagement,
        name=line.name,
        crew_name=line.crew_name,
        marks=marks,
        total=Decimal(len(worked)),
    )


def spoil(lines: list[WageLine]) -> list[WageLine]:
    """Net that does not follow, a card for two, more days than attendance, and somebody left out."""
    if len(lines) < 5:
        return lines
    lines[0].net += 200
    lines[1].bank_card = lines[2].bank_card
    lines[3].days = (lines[3].days or Decimal(0)) + 2
    return lines[:-1]


def _worked(engagement: Engagement, month: Month, dice: Random) -> list[int]:
    """Days of the month: of a whole one twenty-two to twenty-six."""
    there = _days_there(engagement, month)
    return there[: min(len(there), FULL_MONTH - dice.choice((0, 0, 1, 2, 4)))]


def _days_there(engagement: Engagement, month: Month) -> list[int]:
    first = max(engagement.entered_on, month.first)
    last = min(engagement.left_on or month.last, month.last)
    return [(first + timedelta(days=n)).day for n in range((last - first).days + 1)]
