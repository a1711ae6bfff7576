"""Small tables as spreadsheets: how a column is headed, how a cell is read and written, and that only rows in reach are touched.

django-import-export walks the rows; a SheetResource adds what it leaves open (its rows and foreign keys are everybody's by
default, and without a user it must have no rows at all). Columns are keyed by field name; people see and may write headings of
either language.
"""

import re
from collections.abc import Iterable
from datetime import date, datetime
from functools import partial
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from import_export.resources import ModelResource
from import_export.widgets import Widget

from core.exports import ExportColumn
from core.scope import Person

DAY = re.compile(r"([0-9]{4})(?:[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?|([0-9]{2})([0-9]{2}))")
MAX_SHOWN = 40


class SheetResource(ModelResource):
    """The columns of one table. `headings` names those that are no field of the model, or should be headed otherwise.

    A row is known by its keys (`import_id_fields`); those in `empty_keys` may be missing (a post has a region or a project).
    """

    headings: ClassVar[dict[str, Any]] = {}
    empty_keys: ClassVar[frozenset[str]] = frozenset()

    class Meta:
        clean_model_instances = True
        use_transactions = True
        skip_unchanged = True
        report_skipped = True
        skip_html_diff = True
        store_instance = True

    def __init__(self, *, user: Person | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.user = user
        for field in self.fields.values():
            if isinstance(field.widget, ScopedKey):
                field.widget.user = user

    def get_queryset(self) -> models.QuerySet:
        rows: Any = self._meta.model._default_manager
        return rows.visible_to(self.user) if self.user else rows.none()

    def get_instance(self, instance_loader: Any, row: Any) -> Any:
        """None where a key cannot be read: what is wrong is said when the columns are read, with the row's other faults."""
        try:
            return super().get_instance(instance_loader, row)
        except ValueError:
            return None

    @property
    def names(self) -> tuple[str, ...]:
        """The columns in their order."""
        return tuple(self._meta.fields)

    @property
    def needed(self) -> list[str]:
        """The columns without which a sheet is not this table."""
        return [name for name in self.get_import_id_fields() if name not in self.empty_keys]

    def columns(self) -> list[ExportColumn]:
        """As core.exports wants them."""
        return [ExportColumn(self.heading(name), partial(self.export_field, self.fields[name])) for name in self.names]

    def heading(self, name: str) -> str:
        """The column's heading in the reader's language; "" for a name that is no column."""
        if name in self.headings:
            return str(self.headings[name])
        try:
            field: Any = self._meta.model._meta.get_field(name)
        except FieldDoesNotExist:
            return ""
        return str(field.verbose_name)

    def names_by_heading(self) -> dict[str, str]:
        """Every spelling of a heading (both languages, the field's name) → the field's name."""
        names = {name: name for name in self.names}
        for language, _name in settings.LANGUAGES:
            with translation.override(language):
                names |= {self.heading(name): name for name in self.names}
        return names


def shown(value: Any) -> str:
    """A cell inside a message: short enough to read."""
    text = str(value)
    return text if len(text) <= MAX_SHOWN else f"{text[:MAX_SHOWN]}…"


class TextCell(Widget):
    """Text; a number that the spreadsheet program made of it ("101") becomes text again."""

    @staticmethod
    def text(value: Any) -> str:
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        return "" if value is None else str(value).strip()

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        return self.text(value)

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "" if value is None else str(value)


class NumberCell(TextCell):
    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        text = self.text(value)
        if not re.fullmatch(r"[0-9]{1,9}", text):
            raise ValueError(_("“%(value)s” is not a whole number.") % {"value": shown(text)})
        return int(text)

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        return value


class DayCell(TextCell):
    """A date: a real date cell, or 2026-6-1, 2026/6/1, 2026年6月1日, 20260601."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        text = self.text(value)
        if not text:
            return None
        found = DAY.fullmatch(text)
        try:
            return date(*(int(part) for part in found.groups() if part)) if found else self._refuse(text)
        except ValueError:
            return self._refuse(text)

    @staticmethod
    def _refuse(text: str) -> Any:
        raise ValueError(_("“%(value)s” is not a date; write 2026-06-01.") % {"value": shown(text)})

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        return value


class YesNoCell(TextCell):
    YES = frozenset({"是", "√", "yes", "true", "1"})
    NO = frozenset({"否", "", "no", "false", "0"})

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        text = self.text(value).lower()
        if text not in self.YES | self.NO:
            raise ValueError(_("“%(value)s” is neither yes nor no.") % {"value": shown(text)})
        return text in self.YES

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return _("yes") if value else _("no")


class ChoiceCell(TextCell):
    """One of a field's choices, written as people see it (in either language) or as the database holds it."""

    def __init__(self, choices: Iterable[tuple[str, Any]]) -> None:
        super().__init__()
        self.choices = dict(choices)

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        text = self.text(value)
        known = {key: key for key in self.choices} | {"": ""}
        for language, _name in settings.LANGUAGES:
            with translation.override(language):
                known |= {str(label): key for key, label in self.choices.items()}
        if text not in known:
            possible = pgettext("between items of a list", ", ").join(str(label) for label in self.choices.values())
            raise ValueError(_("“%(value)s” is none of: %(possible)s.") % {"value": shown(text), "possible": possible})
        return known[text]

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return str(self.choices.get(value, value or ""))


class ScopedKey(TextCell):
    """A foreign key by a natural key, found only in reach. `within`: column → lookup that narrows it (a team in its project)."""

    def __init__(self, model: type[models.Model], key: str, within: dict[str, str] | None = None) -> None:
        super().__init__()
        self.model = model
        self.key = key
        self.within = within or {}
        self.user: Any = None

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        text = self.text(value)
        if not text:
            return None
        wanted = {self.key: text} | {lookup: self.text(row.get(column)) for column, lookup in self.within.items()}
        rows: Any = self.model._default_manager
        found = rows.visible_to(self.user).filter(**wanted).first() if self.user else None
        if found is None:
            raise ValueError(_("“%(value)s” is not known here.") % {"value": shown(text)})
        return found

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "" if value is None else str(getattr(value, self.key))
