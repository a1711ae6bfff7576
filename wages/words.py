"""What was found in a wage sheet, in a sentence: wages/checks.py gives the numbers, here are the words."""

from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from wages.models import WageFinding

if TYPE_CHECKING:
    from collections.abc import Mapping

Kind = WageFinding.Kind
AMOUNTS = frozenset(("right", "said", "gross", "minimum"))
DAYS = frozenset(("days", "attended"))
NOT_PAID_WITH_DAYS = gettext_noop("%(name)s was on site, %(days)s days by the attendance sheet, and is not on this sheet.")
SENTENCES: "Mapping[str, str]" = {
    Kind.NET: gettext_noop("%(name)s: gross less deductions and advances makes %(right)s yuan; the sheet says %(said)s."),
    Kind.DAYS: gettext_noop("%(name)s: %(days)s days worked in a month of %(most)s days."),
    Kind.ATTENDANCE: gettext_noop("%(name)s: %(days)s days here, %(attended)s on the attendance sheet."),
    Kind.MINIMUM: gettext_noop(
        "%(name)s: %(gross)s yuan gross for %(days)s days is below the local minimum wage of %(minimum)s yuan a month."
    ),
    Kind.NOT_ON_SITE: gettext_noop("%(name)s was not on site in this month, by the roster."),
    Kind.NOT_PAID: gettext_noop("%(name)s was on site by the roster, and is not on this sheet."),
    Kind.SHARED_CARD: gettext_noop("%(name)s has the same wage card as %(others)s."),
    Kind.CARD_CHANGED: gettext_noop("%(name)s: another wage card than last time."),
    Kind.UNSIGNED: gettext_noop("%(name)s has not signed."),
    Kind.NO_CONTRACT: gettext_noop("%(name)s: no labour contract is on record."),
    Kind.UNKNOWN: gettext_noop("%(name)s: nobody of that ID number or name is on the roster."),
}


def sentence(finding: WageFinding) -> str:
    """In the reader's language; names whom it is about, never a number of his."""
    template = SENTENCES[finding.kind]
    if finding.kind == Kind.NOT_PAID and finding.numbers.get("days"):
        template = NOT_PAID_WITH_DAYS
    said = {key: _shown(key, value) for key, value in finding.numbers.items()}
    return _(template) % {"name": name_of(finding), **said}


def figures_of(finding: WageFinding) -> str:
    """Which sheet, which row, and what stands there, for whoever reads of it elsewhere."""
    sheet, line = finding.sheet, finding.line
    said = {"team": sheet.team.name, "month": sheet.month.label}
    if line is None:
        return _("Wage sheet of %(team)s for %(month)s.") % said
    sums = {name: f"{getattr(line, name):,.2f}" for name in ("gross", "deductions", "advances", "net")}
    days = "—" if line.days is None else days_in_words(line.days)
    return _(
        "Wage sheet of %(team)s for %(month)s, row %(row)s: %(days)s days, gross %(gross)s, deductions %(deductions)s, "
        "advances %(advances)s, net %(net)s yuan."
    ) % {**said, "row": line.number, "days": days, **sums}


def name_of(finding: WageFinding) -> str:
    if finding.line is not None:
        return finding.line.name
    return finding.engagement.name if finding.engagement is not None else "—"


def days_in_words(days: Decimal) -> str:
    """26 and 26.5, not 26.00."""
    return f"{days.normalize():f}"


def _shown(key: str, value: object) -> str:
    text = str(value)
    if not text:
        return text
    if key in AMOUNTS:
        return f"{Decimal(text):,.2f}"
    return days_in_words(Decimal(text)) if key in DAYS else text
