"""What refers to a row, in apps of today and to come: asked before something is taken back or deleted."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, Model, OuterRef, QuerySet
from django.utils.translation import gettext as _


def in_use(rows: QuerySet) -> Iterable[tuple[int, str]]:
    """Those of `rows` to which something refers, each with what it is; a row can come up several times."""
    for model, is_referred_to in _references(rows.model):
        is_confidential = getattr(model, "is_confidential", False)
        named = _("Later records refer to it: %s.") % model._meta.verbose_name_plural
        reason = _("Later records refer to it.") if is_confidential else named
        for number in rows.filter(is_referred_to).values_list("pk", flat=True):
            yield number, reason


def unused(rows: QuerySet) -> QuerySet:
    """Those of `rows` to which nothing refers."""
    for _model, is_referred_to in _references(rows.model):
        rows = rows.filter(~is_referred_to)
    return rows


def _references(model: type[Model]) -> list[tuple[Any, Exists]]:
    return [
        (relation.related_model, Exists(relation.related_model._base_manager.filter(**{relation.field.name: OuterRef("pk")})))
        for relation in model._meta.related_objects
    ]
