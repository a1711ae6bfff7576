"""离场结清: whoever leaves is looked after once more: wages, certificates, health, and is there anything left to say?"""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.encryption import keyed_hash
from core.refusals import Refused
from feedback.cases.registering import Matter, register
from feedback.models import Case, CaseCategory, Kind, Severity
from labour_teams.models import Engagement
from wages.arrears import CATEGORY
from wages.models import ExitCheck, WageLine, WageSheet
from wages.workers import policies
from wages.workers.reach import engagements_read

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from accounts.models import User

DAYS = 60  # after leaving
ANSWERS = ("wages_settled", "certificates_returned", "health_checked")


def left_lately(user: "User", today: date) -> "QuerySet[Engagement]":
    """Whoever left a project in the last sixty days and has no finished check; going over to another team is no leaving."""
    gone = engagements_read(user).filter(left_on__lt=today, left_on__gte=today - timedelta(days=DAYS), followed_by=None)
    return gone.exclude(exit_check__done_on__isnull=False).select_related("team", "project__region", "exit_check")


def unpaid_lines(user: "User", engagement: Engagement) -> "QuerySet[WageLine]":
    """His lines of sheets that are not paid, with something to be paid, the latest month first."""
    lines = (
        WageLine.objects.visible_to(user).filter(engagement=engagement, net__gt=0).exclude(sheet__status=WageSheet.Status.PAID)
    )
    return lines.select_related("sheet__team").order_by("-sheet__month", "-pk")


def write_check(engagement: Engagement, answers: dict[str, bool | None], words: str, *, by: "User") -> ExitCheck:
    """What is known so far; finished once all three are answered. Raises Refused."""
    with transaction.atomic():
        found = engagements_read(by).select_for_update(of=("self",)).select_related("project").filter(pk=engagement.pk).first()
        if found is None or not policies.can_check_exits(by, found.project):
            raise Refused(_("Your post does not allow this."))
        if found.left_on is None:
            raise Refused(_("Has not left: there is no last day on the roster."))
        check, _is_new = ExitCheck.objects.get_or_create(engagement=found)
        for name in ANSWERS:
            setattr(check, name, answers[name])
        check.words = words
        is_finished = None not in [answers[name] for name in ANSWERS]
        check.done_on = (check.done_on or timezone.localdate()) if is_finished else None
        check.done_by = by if is_finished else None
        check.save()
    return check


def matter_of(user: "User", engagement: Engagement) -> Case | None:
    """The matter that was opened for this exit, if this person may see it."""
    return Case.objects.visible_to(user).filter(submission_hash=_key(engagement)).first()


def open_matter(engagement: Engagement, *, by: "User") -> Case:
    """Left without his wages: an urgent matter of his team, once; it does not name him. Raises Refused."""
    with transaction.atomic():
        found = engagements_read(by).select_for_update(of=("self",)).select_related("team__project__region")
        row = found.filter(pk=engagement.pk).first()
        if row is None or not policies.can_open_matter(by, row.team.project):
            raise Refused(_("Your post does not allow this."))
        if not ExitCheck.objects.filter(engagement=row, wages_settled=False).exists():
            raise Refused(_("By the check his wages are settled, or nobody has asked yet."))
        return Case.objects.filter(submission_hash=_key(row)).first() or register(_matter(row), by=by)


def _matter(engagement: Engagement) -> Matter:
    title = _("Left %(team)s without all wages") % {"team": engagement.team.name}
    return Matter(
        category=CaseCategory.objects.get(key=CATEGORY),
        title=title[:80],
        origin=Case.Origin.VISIT,
        kind=Kind.DISPUTE,
        severity=Severity.URGENT,
        project=engagement.team.project,
        team=engagement.team,
        people_count=1,
        is_found_early=True,
        submission_hash=_key(engagement),
    )


def _key(engagement: Engagement) -> str:
    """One matter an exit, however often the button is pressed; without the key of the server nobody can tell whose it is."""
    return keyed_hash("exit matter", str(engagement.pk))
