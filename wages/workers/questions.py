"""「上月工资到手了吗」: a few workers whom the ledger has as paid, drawn at random, say whether the money is there.

Their word stands beside the ledger and never changes it. Nobody on the project learns who was drawn and answered what: cards are
handed out by the region's coordinator, or he asks on site himself.
"""

import math
from datetime import date, timedelta
from secrets import SystemRandom
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.audit import AuditKind, record
from core.months import Month
from core.refusals import Refused
from regions.models import Project
from wages.models import WageLine, WageQuestion, WageSheet
from wages.workers import policies
from wages.workers.codes import DAYS, QUESTION, Code, draw, sealed, unprinted

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from accounts.models import User

LEAST, MOST = 1, 30  # asked on a project in a month
Way = WageQuestion.Way


def paid_lines(user: "User", month: Month) -> "QuerySet[WageLine]":
    """Lines of sheets that the ledger calls paid, of people on the roster, with something to be paid."""
    lines = WageLine.objects.visible_to(user).filter(sheet__month=month, sheet__status=WageSheet.Status.PAID)
    return lines.filter(engagement__isnull=False, net__gt=0)


def how_many(paid: int) -> int:
    """WAGE_QUESTION_PERCENT of those paid, rounded up; at least one, at most thirty."""
    return min(paid, MOST, max(LEAST, math.ceil(paid * settings.WAGE_QUESTION_PERCENT / 100)))


def draw_people(project: Project, month: Month, *, by: "User") -> list[WageQuestion]:
    """Once a project and month. Raises Refused."""
    with transaction.atomic():
        Project.objects.select_for_update().get(pk=project.pk)
        if not policies.can_ask_on(by, project):
            raise Refused(_("Your post does not allow this."))
        if WageQuestion.objects.filter(engagement__project=project, month=month).exists():
            raise Refused(_("People were drawn here for this month already."))
        paid = list(paid_lines(by, month).filter(engagement__project=project).order_by("engagement"))
        people = list(dict.fromkeys(line.engagement_id for line in paid if line.engagement_id))
        if not people:
            raise Refused(_("No sheet of this month is paid yet, so there is nobody to ask."))
        drawn = SystemRandom().sample(people, how_many(len(people)))
        rows = [WageQuestion(month=month, engagement_id=each, code_hash=unprinted()) for each in drawn]
        return WageQuestion.objects.bulk_create(rows)


def print_cards(project: Project, month: Month, *, by: "User") -> list[tuple[WageQuestion, Code]]:
    """A card for each who has not answered; new codes, and the old ones end. Raises Refused."""
    if not policies.can_ask_on(by, project):
        raise Refused(_("Your post does not allow this."))
    waiting = questions_of(by, project, month).filter(answer="")
    codes = draw(QUESTION, waiting.count())
    with transaction.atomic():
        rows = list(waiting.select_for_update(of=("self",))[: len(codes)])
        if not rows:
            raise Refused(_("There is no card to print: all have answered."))
        cards = list(zip(rows, codes, strict=False))
        for question, code in cards:
            question.code_hash = code.hashed
        WageQuestion.objects.bulk_update(rows, ["code_hash"])
        record(AuditKind.EXPORT, by=by, subject=project, what="wages.wagequestion", rows=len(cards), form="print")
    return cards


def questions_of(user: "User", project: Project, month: Month) -> "QuerySet[WageQuestion]":
    """By team and name, with the engagement."""
    rows = WageQuestion.objects.visible_to(user).filter(engagement__project=project, month=month)
    return rows.select_related("engagement__team").order_by("engagement__team__name", "engagement__name_pinyin", "pk")


def by_code(code: str) -> WageQuestion | None:
    """The question that a card opens; None for a wrong code and an old one. The same work for all."""
    since = timezone.now() - timedelta(days=DAYS)
    found = WageQuestion.objects.filter(code_hash=sealed(QUESTION, code), drawn_at__gte=since)
    return found.select_related("engagement__project__site_contact").first() if code else None


def is_open(question: WageQuestion, today: date) -> bool:
    """Answered once; the same day it may still be changed."""
    return question.answered_on in (None, today)


def answer_by_code(question: WageQuestion, answer: str) -> WageQuestion:
    """The worker's own word, also over what he said on site the same day. Raises Refused on a later day."""
    with transaction.atomic():
        fresh = WageQuestion.objects.select_for_update(of=("self",)).get(pk=question.pk)
        return _answered(fresh, answer, Way.CODE)


def answer_on_site(question: WageQuestion, answer: str, *, by: "User") -> WageQuestion:
    """What he said to whoever asked him; never over what he wrote himself. Raises Refused."""
    with transaction.atomic():
        rows = WageQuestion.objects.visible_to(by).select_related("engagement__project").filter(pk=question.pk)
        fresh = rows.select_for_update(of=("self",)).first()
        if fresh is None or not policies.can_ask_on(by, fresh.engagement.project):
            raise Refused(_("Your post does not allow this."))
        if fresh.way == Way.CODE:
            raise Refused(_("He has answered by his card already."))
        return _answered(fresh, answer, Way.TALK)


def _answered(question: WageQuestion, answer: str, way: str) -> WageQuestion:
    today = timezone.localdate()
    if answer not in WageQuestion.Answer.values:
        raise Refused(_("Press one of the three buttons."))
    if not is_open(question, today):
        raise Refused(_("This was answered on an earlier day."))
    question.answer, question.way, question.answered_on = answer, way, today
    question.save(update_fields=["answer", "way", "answered_on"])
    return question
