"""Filters of lists: choices come from what the reader may see, and a choice between fewer than two things is not offered."""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.db import models
from django.forms import SearchInput
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django_filters import CharFilter, FilterSet, ModelChoiceFilter

MANY_DIGITS = re.compile(r"(?:\d[\s-]?){5,}")
# 「HN-2605-77M3P」: the public name of a case, which may be looked for like any word.
CASE_NUMBER = re.compile(r"\b[A-Z]{2,10}-\d{4}-[0-9A-Z]{5}\b", re.IGNORECASE)

View = Callable[..., HttpResponse]


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


class NameFilter(CharFilter):
    """A name, pinyin, initials or four digits. A full number must not stand in an address: a form that posts looks it up."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 60)
        kwargs.setdefault("widget", SearchInput(attrs={"pattern": r"(?!.*(\d[\s\-]?){5}).*", "autocomplete": "off"}))
        super().__init__(*args, **kwargs)


def keep_numbers_out(view: View) -> View:
    """For lists that are searched by `q`: what looks like a full number leaves the address at once, and is not looked for."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not MANY_DIGITS.search(CASE_NUMBER.sub("", request.GET.get("q", ""))):
            return view(request, *args, **kwargs)
        messages.error(request, _("Only the last four digits here. A full number goes into the box for full numbers."))
        wanted = request.GET.copy()
        del wanted["q"]
        return redirect(f"{request.path}?{wanted.urlencode()}" if wanted else request.path)

    return guarded
