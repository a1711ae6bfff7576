"""Each verb as somebody would make it, with everything that belongs to it."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from tests.factories import uploaded
from wages import workflow
from wages.models import WageGroupMember, WageSheet


def signing(sheet: WageSheet) -> set[int]:
    return set(WageGroupMember.objects.filter(group__project=sheet.project).values_list("pk", flat=True))


ACTS: dict[str, Callable[[WageSheet, Any], WageSheet]] = {
    "check": lambda sheet, by: workflow.check(sheet, by=by),
    "sign": lambda sheet, by: workflow.sign(sheet, by=by, scan=uploaded(), members=signing(sheet)),
    "post": lambda sheet, by: workflow.post(sheet, by=by, on=timezone.localdate(), photo=uploaded()),
    "pay": lambda sheet, by: workflow.pay(sheet, by=by, on=timezone.localdate(), voucher=uploaded()),
    "send_back": lambda sheet, by: workflow.send_back(sheet, by=by, word="少了两个人"),
}


def act(verb: str, sheet: WageSheet, by: Any) -> WageSheet:
    return ACTS[verb](sheet, by)
