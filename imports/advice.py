"""Errors grouped by what to do about them: somebody who must mend a sheet works through kinds of mistakes, not through rows."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from imports.sheets import Issue, Level

ROWS_NAMED = 10

ID_NUMBER = (_("ID numbers to check"), _("Ask the team to check them against the ID card; type the right number here."))
YOUNG = (_("Under age"), _("Nobody may be employed under this age. Check the ID card; leave the row out if it is right."))
PHONE = (
    _("Mobile numbers to check"),
    _("One mobile number of 11 digits in each cell; type it again, or clear the cell on the row's page."),
)
CARD = (_("Card numbers to check"), _("Check them against the card; every worker has a card of his own."))
LOST = (
    _("Numbers that the spreadsheet has cut off"),
    _("The last digits are gone and cannot be brought back. Ask the team for the numbers and type them here."),
)
DATE = (_("Dates that cannot be read"), _("Write year, month and day, such as 2026-05-01."))
ORDER = (_("Entry and exit that do not fit together"), _("Ask the team for the two dates, then correct one of them."))
EMPTY = (_("Cells that must not be empty"), _("Fill them in."))
NAME = (_("Names to check"), _("Write the name only, one person a row."))
TEAM = (
    _("Labour teams that this project does not have"),
    _("Say above which team is meant, or write the name that it has here."),
)
RETURN = (_("People who have left"), _("If they have come back, write the new entry date."))
TWICE = (
    _("People who stand in the sheet twice"),
    _("Keep one row for each person: correct the number, or leave the other row out."),
)
SEX = (_("Sex and ID number that do not fit together"), _("One of the two is wrong; check the card."))
VALUE = (_("Words that the column does not know"), _("Use one of the usual words, or leave the cell empty."))
FORMULA = (_("Formulas and spreadsheet errors"), _("Type what the cell should say."))
TEXT = (_("Texts that cannot be stored"), _("Make them shorter, or type them again."))
CELLS = (
    _("Rows with more cells than the header"),
    _("A comma inside a text has split it: correct these rows in the sheet and upload it again, or leave them out."),
)
OTHER = (_("Other mistakes"), _("Correct them here or in the sheet."))

GROUPS: dict[str, tuple] = {
    **dict.fromkeys(("id_check", "id_date", "id_area", "id_length", "id_chars"), ID_NUMBER),
    **dict.fromkeys(("precision_lost", "scientific"), LOST),
    **dict.fromkeys(("date", "date_range", "date_month", "date_ambiguous", "date_impossible"), DATE),
    **dict.fromkeys(("formula", "cell_error", "cell_kind"), FORMULA),
    **dict.fromkeys(("too_long", "control_char"), TEXT),
    "under_age": YOUNG,
    "phone": PHONE,
    "card": CARD,
    "exit_before_entry": ORDER,
    "name_chars": NAME,
    "required": EMPTY,
    "unknown_team": TEAM,
    "has_left": RETURN,
    "duplicate_id": TWICE,
    "id_gender": SEX,
    "unknown_value": VALUE,
    "extra_cells": CELLS,
}


@dataclass(slots=True)
class Group:
    """Mistakes of one kind; the first few are named, `more` counts the rest."""

    title: str
    advice: str
    named: list[Issue] = field(default_factory=list)
    count: int = 0

    @property
    def more(self) -> int:
        return self.count - len(self.named)


def grouped(issues: Iterable[Issue]) -> list[Group]:
    """Errors only; the kind with the most places first."""
    groups: dict[str, Group] = {}
    for issue in issues:
        if issue.level is Level.ERROR:
            title, advice = GROUPS.get(issue.code, OTHER)
            group = groups.setdefault(str(title), Group(str(title), str(advice)))
            group.count += 1
            if len(group.named) < ROWS_NAMED:
                group.named.append(issue)
    return sorted(groups.values(), key=lambda group: -group.count)
