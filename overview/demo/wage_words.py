"""What others say beside the wage ledger of the demonstration: the bank on its payment list, and workers who were asked."""

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from accounts.models import User
from core.months import Month
from overview.demo.posts import People
from wages.models import PaymentLine, PaymentList, WageLine, WageQuestion, WageSheet
from wages.workers import results
from wages.workers.codes import unprinted

WITH_LIST = ("DUNGE", "隧道一队", 2)  # project, team, months ago
ASKED = ("YONGJI", 2, 6)  # project, months ago, people
STRANGER = ("石小军", "4417", Decimal(3200))


def write_words(people: People, by: User, above: User) -> None:
    """`by` brought the list; `above`, who stands above the project, asked the workers."""
    _bank(people, by)
    _asked(people, above)


def _bank(people: People, by: User) -> None:
    """A list that leaves one man out, pays another less, and somebody whom the sheet does not know."""
    code, team, back = WITH_LIST
    month = Month.of(people.units.today).plus(-back)
    sheet = WageSheet.objects.filter(project__code=code, team__name=team, month=month).first()
    if sheet is None:
        return
    found = PaymentList.objects.create(project=sheet.project, team=sheet.team, month=month, imported_by=by)
    lines = list(WageLine.objects.filter(sheet=sheet, net__gt=0).order_by("number"))
    paid = [_paid(found, number, line) for number, line in enumerate(lines[1:], start=2)]
    if len(paid) > 1:
        paid[1].amount -= 60
    name, card, amount = STRANGER
    paid.append(PaymentLine(sheet=found, number=len(paid) + 2, name=name, card_tail=card, amount=amount))
    PaymentLine.objects.bulk_create(paid, batch_size=500)


def _paid(found: PaymentList, number: int, line: WageLine) -> PaymentLine:
    return PaymentLine(
        sheet=found,
        number=number,
        engagement=line.engagement,
        name=line.name,
        id_tail=line.id_number.tail if line.id_number else "",
        card_tail=line.bank_card.tail if line.bank_card else "",
        amount=line.net,
    )


def _asked(people: People, above: User) -> None:
    """All but one say that the money came; for the team of that one there are arrears by workers' word."""
    code, back, number = ASKED
    month, answer = Month.of(people.units.today).plus(-back), WageQuestion.Answer
    paid = WageLine.objects.filter(sheet__project__code=code, sheet__month=month, sheet__status=WageSheet.Status.PAID)
    lines = list(
        paid.exclude(engagement=None).select_related("engagement__team__project__region").order_by("engagement")[:number]
    )
    on = timezone.localdate() - timedelta(days=6)
    WageQuestion.objects.bulk_create(
        WageQuestion(
            month=month,
            engagement=line.engagement,
            code_hash=unprinted(),
            answer=answer.ALL if place else answer.PART,
            way=WageQuestion.Way.TALK,
            answered_on=on,
        )
        for place, line in enumerate(lines)
    )
    if lines and lines[0].engagement:
        results.open_matter(lines[0].engagement.team, month, by=above)
