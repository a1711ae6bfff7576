"""Cells of the admin site's sheets, read by the columns of the wizard's: the same headers, the same spellings, the same words."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from coordinators.post_import.sheet import YES
from core.sheets import ScopedKey, TextCell, YesNoCell, shown
from imports.sheets import Column, Level
from labour_teams.roster_import.known import folded


def said(column: Column, value: Any) -> Any:
    """What the cell says (None: nothing). Raises ValueError with the cleaner's reasons."""
    if TextCell.text(value) == "":
        return None
    cleaned = column.clean(value, timezone.localdate())
    if cleaned.is_wrong:
        raise ValueError(" ".join(note.text for note in cleaned.notes if note.level is Level.ERROR))
    return cleaned.value


class ColumnCell(TextCell):
    """A text or, with `empty` None, a day."""

    def __init__(self, column: Column, empty: str | None = "") -> None:
        super().__init__()
        self.column, self.empty = column, empty

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        found = said(self.column, value)
        return self.empty if found is None else found

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        return value if self.empty is None else super().render(value, obj, **kwargs)


class AnswerCell(YesNoCell):
    def __init__(self, column: Column) -> None:
        super().__init__()
        self.column = column

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> bool:
        return said(self.column, value) == YES


class UnitCell(ScopedKey):
    """A team or a crew by the name that stands in its column."""

    def __init__(self, column: Column, model: Any, within: dict[str, str]) -> None:
        super().__init__(model, "name", within=within)
        self.column = column

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        return super().clean(said(self.column, value), row, **kwargs)


class PersonCell(ScopedKey):
    """An account by its user name or, where none is written, by mobile; a name that stands beside it must be the account's.

    Only among the accounts that the reader may see. Accounts are not made here: a department may give a post, not an account.
    """

    def __init__(self, phone: Column) -> None:
        super().__init__(User, "username")
        self.phone = phone

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        written: Mapping[str, Any] = row or {}
        found = super().clean(value, row, **kwargs) if self.text(value) else self._by_phone(written)
        name = self.text(written.get("name"))
        if name and folded(name) != folded(found.name):
            raise ValueError(_("This account is %(name)s's. Check the row.") % {"name": shown(found.name)})
        return found

    def _by_phone(self, written: Mapping[str, Any]) -> User:
        number = said(self.phone, written.get("phone"))
        if number is None:
            raise ValueError(_("Say who it is: by user name, or by mobile."))
        people = User.objects.visible_to(self.user).filter(phone_tail=number.tail) if self.user else User.objects.none()
        found = [person for person in people if person.phone == number]
        if not found:
            raise ValueError(_("No account has this mobile. Have one made first, or import the list on the project's page."))
        if len(found) > 1:
            raise ValueError(_("Several accounts have this mobile. Write the user name."))
        return found[0]
