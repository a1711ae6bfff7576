"""What is looked at in every wage sheet, at once, when it has been written: sums, days, people, cards, the minimum wage.

A red finding stands in the way until it is put right or explained; a yellow one is to be looked at. The sentences are in
wages/words.py. A constant number of queries, whatever the length of the sheet.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.db import transaction
from django.db.models import F, OuterRef, Q, Subquery

from coordinators.models import RightsBoard
from labour_teams.models import Engagement
from wages.models import AttendanceLine, WageFinding, WageLine, WageSheet

Kind, RED, YELLOW = WageFinding.Kind, WageFinding.Level.RED, WageFinding.Level.YELLOW
CENT = Decimal("0.01")
PAID_DAYS = Decimal("21.75")  # of a month, by which a day's share of the minimum wage is reckoned (人社部发 (2008) 3)
LEVELS = {
    Kind.NET: RED,
    Kind.DAYS: RED,
    Kind.ATTENDANCE: RED,
    Kind.MINIMUM: RED,
    Kind.NOT_ON_SITE: RED,
    Kind.NOT_PAID: RED,
    Kind.SHARED_CARD: RED,
    Kind.UNKNOWN: RED,
    Kind.CARD_CHANGED: YELLOW,
    Kind.UNSIGNED: YELLOW,
    Kind.NO_CONTRACT: YELLOW,
}


@dataclass(frozen=True, slots=True)
class Known:
    """What else is known of the month: whoever was on site, days by attendance, last cards, the minimum wage."""

    days_in_month: int
    on_site: Mapping[int, Engagement]
    attendance: Mapping[int, Decimal]
    minimum: Decimal | None


def examine(sheet: WageSheet) -> list[WageFinding]:
    """Write the findings of a sheet anew; those known before keep their word, and their case, as long as they say the same."""
    with transaction.atomic():
        known = {_sameness(finding): finding for finding in sheet.findings.exclude(explained_at=None, case=None)}
        sheet.findings.all().delete()
        found = list(findings(sheet))
        for finding in found:
            if before := known.get(_sameness(finding)):
                finding.explained_at, finding.explained_by = before.explained_at, before.explained_by
                finding.explanation, finding.case_id = before.explanation, before.case_id
        return WageFinding.objects.bulk_create(found)


def findings(sheet: WageSheet) -> Iterator[WageFinding]:
    """Of each line, then between lines, then of those who are missing."""
    lines = list(_with_last_card(sheet).select_related("engagement"))
    known = _known(sheet)
    for line in lines:
        yield from _of_line(sheet, line, known)
    yield from _shared_cards(sheet, lines)
    listed = {line.engagement_id for line in lines}
    for engagement in known.on_site.values():
        if engagement.pk not in listed:
            days = known.attendance.get(engagement.pk)
            yield _finding(sheet, Kind.NOT_PAID, engagement=engagement, days=str(days) if days is not None else "")


def _known(sheet: WageSheet) -> Known:
    month = sheet.month
    present = Q(left_on=None) | Q(left_on__gte=month.first)
    on_site = Engagement.objects.filter(present, team=sheet.team, entered_on__lte=month.last).order_by("name_pinyin", "pk")
    attended = AttendanceLine.objects.filter(sheet__team=sheet.team, sheet__month=month).exclude(engagement=None)
    board = RightsBoard.objects.filter(project=sheet.project).values_list("minimum_wage", flat=True).first()
    return Known(
        month.last.day,
        {engagement.pk: engagement for engagement in on_site},
        dict(attended.values_list("engagement", "total")),
        board,
    )


def _of_line(sheet: WageSheet, line: WageLine, known: Known) -> Iterator[WageFinding]:
    right = line.gross - line.deductions - line.advances
    if abs(right - line.net) >= CENT:
        yield _finding(sheet, Kind.NET, line, right=str(right), said=str(line.net))
    if line.days is not None and line.days > known.days_in_month:
        yield _finding(sheet, Kind.DAYS, line, days=str(line.days), most=known.days_in_month)
    if _is_below_minimum(line, known.minimum):
        yield _finding(sheet, Kind.MINIMUM, line, gross=str(line.gross), days=str(line.days), minimum=str(known.minimum))
    if line.has_signed is False:
        yield _finding(sheet, Kind.UNSIGNED, line)
    if line.engagement is None:
        yield _finding(sheet, Kind.UNKNOWN, line)
    else:
        yield from _of_person(sheet, line, line.engagement, known)


def _of_person(sheet: WageSheet, line: WageLine, engagement: Engagement, known: Known) -> Iterator[WageFinding]:
    if engagement.pk not in known.on_site:
        yield _finding(sheet, Kind.NOT_ON_SITE, line)
    attended = known.attendance.get(engagement.pk)
    if attended is not None and line.days is not None and attended != line.days:
        yield _finding(sheet, Kind.ATTENDANCE, line, days=str(line.days), attended=str(attended))
    if engagement.contract_signed_on is None:
        yield _finding(sheet, Kind.NO_CONTRACT, line)
    last: str | None = getattr(line, "last_card", None)
    if line.bank_card_hash and last and last != line.bank_card_hash:
        yield _finding(sheet, Kind.CARD_CHANGED, line)


def _is_below_minimum(line: WageLine, minimum: Decimal | None) -> bool:
    """By the days worked, where they are known: a man who came for a week is owed a week of it."""
    if minimum is None or line.days is None or line.days == 0:
        return False
    return line.gross < minimum * min(line.days / PAID_DAYS, Decimal(1)) - CENT


def _shared_cards(sheet: WageSheet, lines: list[WageLine]) -> Iterator[WageFinding]:
    def card_of(line: WageLine) -> str:
        return line.bank_card_hash or ""

    carded = sorted((line for line in lines if line.bank_card_hash), key=card_of)
    for _card, group in groupby(carded, key=card_of):
        people = list(group)
        for line in people if len(people) > 1 else ():
            others = "、".join(other.name for other in people if other is not line)
            yield _finding(sheet, Kind.SHARED_CARD, line, others=others)


def _with_last_card(sheet: WageSheet) -> Any:
    """Lines with `last_card`: the hash of the card to which the same man's wage went last."""
    earlier = (
        WageLine.objects.filter(engagement=OuterRef("engagement"), sheet__month__lt=sheet.month)
        .exclude(bank_card_hash=None)
        .order_by("-sheet__month", "-pk")
    )
    return sheet.lines.annotate(last_card=Subquery(earlier.values("bank_card_hash")[:1])).order_by(F("number"))


def _finding(
    sheet: WageSheet, kind: str, line: WageLine | None = None, engagement: Engagement | None = None, **numbers: object
) -> WageFinding:
    return WageFinding(sheet=sheet, line=line, engagement=engagement, kind=kind, level=LEVELS[Kind(kind)], numbers=numbers)


def _sameness(finding: WageFinding) -> tuple[str, int | None, int | None, str]:
    """What makes two findings the same one: kind, who, and the numbers."""
    return finding.kind, finding.line_id, finding.engagement_id, str(sorted(finding.numbers.items()))
