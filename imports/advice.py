"""Errors grouped by what to do about them: somebody who must mend a sheet works through kinds of mistakes, not through rows."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from imports.sheets import Issue, Level

ROWS_NAMED = 20

ID_NUMBER = (_("ID numbers to check"), _("Ask the team to check them against the card, and correct the sheet."))
PHONE = (_("Mobile numbers to check"), _("Write one mobile number of 11 digits in each cell."))
CARD = (_("Card numbers to check"), _("Check them against the card; every worker has a card of his own."))
LOST = (
    _("Numbers that the spreadsheet has cut off"),
    _("The last digits are gone. Set the column to text, then type the numbers again."),
)
DATE = (_("Dates that cannot be read"), _("Write year, month and day, such as 2026-05-01."))
ORDER = (_("Entry and exit that do not fit together"), _("Ask the team for the two dates, and correct the sheet."))
EMPTY = (_("Cells that must not be empty"), _("Fill them in."))
NAME = (_("Names to check"), _("Write the name only, one person a row."))
TEAM = (_("Labour teams that this project does not have"), _("Have the team added first, or use the name it has here."))
PERSON = (_("ID numbers that belong to another name"), _("Check the ID card: correct the sheet, or have the roster corrected."))
RETURN = (_("People who have left"), _("If they have come back, write the new entry date."))
TWICE = (_("People who stand in the sheet twice"), _("Keep one row for each person."))
SEX = (_("Sex and ID number that do not fit together"), _("One of the two is wrong; check the card."))
VALUE = (_("Words that the column does not know"), _("Use one of the usual words, or leave the cell empty."))
FORMULA = (_("Formulas and spreadsheet errors"), _("Copy the column and paste it as values."))
OTHER = (_("Other mistakes"), _("Correct them in the sheet."))

GROUPS: dict[str, tuple] = {
    **dict.fromkeys(("id_check", "id_date", "id_area", "id_length", "id_chars", "under_age"), ID_NUMBER),
    **dict.fromkeys(("precision_lost", "scientific"), LOST),
    **dict.fromkeys(("date", "date_range", "date_month", "date_ambiguous", "date_impossible"), DATE),
    **dict.fromkeys(("exit_before_entry", "entry_before_exit"), ORDER),
    **dict.fromkeys(("name_chars", "name_short"), NAME),
    **dict.fromkeys(("formula", "cell_error", "cell_kind"), FORMULA),
    "phone": PHONE,
    "card": CARD,
    "required": EMPTY,
    "unknown_team": TEAM,
    "other_name": PERSON,
    "has_left": RETURN,
    "duplicate_id": TWICE,
    "id_gender": SEX,
    "unknown_value": VALUE,
}


@dataclass(slots=True)
class Group:
    """Mistakes of one kind; the first few are named, `more` counts the rest."""

    title: str
    advice: str
    named: list[str] = field(default_factory=list)
    count: int = 0

    @property
    def more(self) -> int:
        return self.count - len(self.named)


def grouped(issues: Iterable[Issue]) -> list[Group]:
    """Errors only; the kind with the most rows first."""
    groups: dict[str, Group] = {}
    for issue in issues:
        if issue.level is Level.ERROR:
            title, advice = GROUPS.get(issue.code, OTHER)
            group = groups.setdefault(str(title), Group(str(title), str(advice)))
            group.count += 1
            if len(group.named) < ROWS_NAMED:
                group.named.append(issue.message)
    return sorted(groups.values(), key=lambda group: -group.count)
