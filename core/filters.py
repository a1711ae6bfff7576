"""Filters of lists: choices come from what the reader may see, and a choice between fewer than two things is not offered."""

import re
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.forms import SearchInput
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django_filters import CharFilter, FilterSet, ModelChoiceFilter

MANY_DIGITS = re.compile(r"(?:\d[\s-]?){5,}")


def offered(model: type[models.Model]) -> Callable[[HttpRequest], models.QuerySet]:
    """For `queryset=` of a ModelChoiceFilter: the rows in the reader's reach."""

    def rows(request: HttpRequest) -> models.QuerySet:
        manager: Any = model._default_manager
        return manager.visible_to(request.user).for_list()

    return rows


class ReachFilterSet(FilterSet):
    """A filter set of a list in reach."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in [name for name, each in self.filters.items() if isinstance(each, ModelChoiceFilter)]:
            if len(self.filters[name].get_queryset(self.request)[:2]) < 2:
                del self.filters[name]


class NameInput(SearchInput):
    """Never shows a full number again, not even to whoever typed it."""

    input_type = "search"

    def format_value(self, value: Any) -> Any:
        return "" if value and MANY_DIGITS.search(str(value)) else super().format_value(value)


def _no_full_number(text: str) -> None:
    if MANY_DIGITS.search(text):
        raise ValidationError(_("Only the last four digits here. A full number goes into the box for full numbers."))


class NameFilter(CharFilter):
    """A name, pinyin, initials or four digits. A full number must not stand in an address: a form that posts looks it up."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("validators", [_no_full_number])
        kwargs.setdefault("max_length", 60)
        kwargs.setdefault("widget", NameInput(attrs={"pattern": r"(?!.*(\d[\s\-]?){5}).*", "autocomplete": "off"}))
        super().__init__(*args, **kwargs)
