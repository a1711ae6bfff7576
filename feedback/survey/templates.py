"""Versions of the survey form. One in use stays as it is: rounds that have begun keep the questions that were asked."""

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from core.audit import AuditKind, record
from core.months import Month
from core.refusals import Refused
from feedback.models import SurveyTemplate
from feedback.survey import policies

if TYPE_CHECKING:
    from accounts.models import User


def is_in_use(template: SurveyTemplate | None) -> bool:
    return template is not None and template.pk is not None and template.rounds.exists()


@transaction.atomic
def copy_template(template: SurveyTemplate, *, by: "User") -> SurveyTemplate:
    """The next version with the same questions, from the first free month to come. Raises Refused for whoever may not."""
    if not policies.can_prepare(by):
        raise Refused(_("Your post does not allow this."))
    versions: list[Any] = list(SurveyTemplate.objects.select_for_update())  # two copies at once would take one number
    latest = SurveyTemplate.objects.aggregate(Max("number"))["number__max"]
    facts: dict[str, Any] = {"valid_from": _next_free({version.valid_from for version in versions})}
    copy = SurveyTemplate.objects.create(
        number=latest + 1,
        title=template.title,
        opening=template.opening,
        is_draft=True,
        **facts,
    )
    for row in template.questions.all():
        row.pk, row.template, row._state.adding = None, copy, True
        row.save()
    record(AuditKind.SETTING, by=by, subject=copy, what="copy", copied=template.number)
    return copy


def _next_free(taken: set[Month]) -> Month:
    month = Month.current().plus(1)
    while month in taken:
        month = month.plus(1)
    return month
