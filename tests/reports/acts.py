"""The verbs of a report, as tests call them."""

from datetime import timedelta

from django.utils import timezone

from accounts.models import User
from reports import correction, exemption, workflow
from reports.models import MonthlyReport, ReportLine
from reports.workflow import Remark


def line_of(report: MonthlyReport, key: str) -> ReportLine:
    return ReportLine.objects.get(section__template=report.template, key=key)


def latest(report: MonthlyReport) -> int | None:
    return report.events.filter(verb="submit").order_by("-pk").values_list("pk", flat=True).first()


def act(verb: str, report: MonthlyReport, by: User) -> MonthlyReport:
    if verb == "save":
        return workflow.save(report, by=by, version=report.version, written={})
    if verb == "submit":
        return workflow.submit(report, by=by, version=report.version)
    if verb == "receive":
        return workflow.receive(report, by=by, submission=latest(report))
    if verb == "exempt":
        return exemption.exempt(report, by=by, reason="片区本月中旬成立。")
    if verb == "claim":
        return exemption.claim(report, by=by)
    if verb == "reopen":
        return correction.reopen(report, by=by, until=timezone.localdate() + timedelta(days=7), reason="培训人次报错。")
    if verb == "shut":
        return correction.shut(report, by=by)
    return workflow.return_(report, by=by, submission=latest(report), remarks=[Remark(None, "请补写")])


def typed(version: int = 1, **lines: str) -> dict[str, str]:
    """What the form sends; lines by their key."""
    whole = {"workers_on_site": "", "trained": "3", "summary": "走访了三支队伍"} | lines
    return {"version": str(version)} | {f"line-{key.replace('__', '-')}": text for key, text in whole.items()}


def stored(report: MonthlyReport) -> dict[str, tuple[str, object, str, str]]:
    values = report.values.values_list("line__key", "state", "number", "text", "reason")
    return {key: tuple(rest) for key, *rest in values}
