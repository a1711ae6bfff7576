"""The bank's payment list beside the wage sheet of the month: whom it leaves out, whom it pays otherwise, whom besides.

    compared(sheet, payments, user)  →  a Comparison: both sums, and a Difference for each man and thing that is not alike

A line of the list is a line of the sheet where both are the same person on the roster; else where the names are the same and no
end of a number speaks against it. Whose wage data were locked away stands on neither side.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from labour_teams.roster_import.known import folded
from wages.models import PaymentLine, PaymentList, WageLine, WageSheet

if TYPE_CHECKING:
    from accounts.models import User
    from core.personal import Personal


class What(TextChoices):
    MISSING = "missing", _("Not on the list")
    AMOUNT = "amount", _("Another amount")
    CARD = "card", _("Another card")
    EXTRA = "extra", _("Not on the sheet")


@dataclass(frozen=True, slots=True)
class Difference:
    """One of the two lines is None where the other stands alone."""

    what: What
    line: WageLine | None
    paid: PaymentLine | None

    @property
    def name(self) -> str:
        return next(each.name for each in (self.line, self.paid) if each)

    @property
    def more(self) -> Decimal:
        """What the bank pays more than the sheet says; less is negative."""
        return (self.paid.amount if self.paid else Decimal(0)) - (self.line.net if self.line else Decimal(0))


@dataclass(slots=True)
class Comparison:
    lines: list[WageLine]
    payments: list[PaymentLine]
    differences: list[Difference] = field(default_factory=list)

    @property
    def net(self) -> Decimal:
        return sum((line.net for line in self.lines), Decimal(0))

    @property
    def paid(self) -> Decimal:
        return sum((each.amount for each in self.payments), Decimal(0))

    @property
    def counts(self) -> list[tuple[What, int]]:
        """The overview: how many of each kind, in the order of the kinds, without those that there are none of."""
        found = [(what, sum(each.what == what for each in self.differences)) for what in What]
        return [(what, count) for what, count in found if count]


def compared(sheet: WageSheet, payments: PaymentList, user: "User") -> Comparison:
    """In the order of the sheet, then those whom only the bank knows. Two queries."""
    lines = list(WageLine.objects.visible_to(user).filter(sheet=sheet).order_by("number"))
    paid = list(PaymentLine.objects.visible_to(user).filter(sheet=payments).order_by("number"))
    pairs = _pairs(lines, paid)
    found = Comparison(lines, paid)
    for line in lines:
        found.differences += _of_line(line, pairs.get(line.pk))
    matched = {each.pk for each in pairs.values()}
    found.differences += [Difference(What.EXTRA, None, each) for each in paid if each.pk not in matched]
    return found


def _of_line(line: WageLine, paid: PaymentLine | None) -> Iterator[Difference]:
    if paid is None:
        if line.net:  # who gets nothing is on no list
            yield Difference(What.MISSING, line, None)
        return
    if line.net != paid.amount:
        yield Difference(What.AMOUNT, line, paid)
    if not _may_be(line.bank_card, paid.card_tail):
        yield Difference(What.CARD, line, paid)


def _pairs(lines: list[WageLine], payments: list[PaymentLine]) -> dict[int, PaymentLine]:
    """Line of the sheet → line of the list: by the roster, then by name."""
    of_roster = {each.engagement_id: each for each in payments if each.engagement_id}
    pairs = {line.pk: of_roster[line.engagement_id] for line in lines if line.engagement_id in of_roster}
    taken = {each.pk for each in pairs.values()}
    for line in lines:
        if line.pk in pairs:
            continue
        if found := _by_name(line, [each for each in payments if each.pk not in taken]):
            pairs[line.pk] = found
            taken.add(found.pk)
    return pairs


def _by_name(line: WageLine, payments: Iterable[PaymentLine]) -> PaymentLine | None:
    """Of the same name, and by its number not somebody else; of several the one whose card and amount are the same."""
    alike = [each for each in payments if folded(each.name) == folded(line.name) and _may_be(line.id_number, each.id_tail)]
    close = [(not _may_be(line.bank_card, each.card_tail), each.amount != line.net, each.number) for each in alike]
    return alike[close.index(min(close))] if alike else None


def _may_be(number: "Personal | None", end: str) -> bool:
    """Whether the end of a number is this one's; what is not known speaks against nobody."""
    return number is None or not end or number.tail == end
