"""The verbs of a case, as tests call them, each with everything that it asks for."""

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from feedback.cases import workflow
from feedback.cases.workflow import Destination, PromiseGiven, Reply
from feedback.models import Case, CaseCategory, CaseExtension, Promise, Tier
from tests.factories import CaseFactory, DepartmentFactory, UserFactory


def photo() -> SimpleUploadedFile:
    written = io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(written, "JPEG")
    return SimpleUploadedFile("site.jpg", written.getvalue(), "image/jpeg")


def reply(text: str = "热水器修好了", **more: Any) -> Reply:
    return Reply(text, **more)


def promise(days: int = 3) -> PromiseGiven:
    return PromiseGiven("换一台热水器", "物资部", timezone.localdate() + timedelta(days=days))


def act(verb: str, case: Case, by: Any) -> Any:
    return ACTS[verb](case, by)


def _decide(case: Case, by: Any) -> Any:
    return workflow.decide_extension(_undecided(case), by=by, is_given=True, word="")


def _undecided(case: Case) -> CaseExtension:
    return case.extensions.filter(is_given=None).first() or CaseExtension(case=case, clock="answer", days=1)


def _keep(case: Case, by: Any) -> Any:
    found = case.promises.first() or Promise(case=case, due_on=timezone.localdate())
    return workflow.keep_promise(found, by=by, on=timezone.localdate(), photo=photo())


def _reclassify(case: Case, by: Any) -> Any:
    other = CaseCategory.objects.get(key="payment")
    return workflow.reclassify(case, by=by, category=other, severity="normal", kind="dispute", is_sensitive=case.is_sensitive)


def _merge(case: Case, by: Any) -> Any:
    into = CaseFactory(project=case.project)
    for sight in case.sights.filter(tier="department"):  # whoever deals with the one sees the other
        into.sights.create(tier="department", department=sight.department, part="copied")
    return workflow.merge(case, by=by, into=into)


ACTS: dict[str, Callable[[Case, Any], Any]] = {
    "route": lambda case, by: workflow.route(case, by=by, to=Destination(Tier.PROJECT), reason="食宿归项目"),
    "insist": lambda case, by: workflow.insist(case, by=by, word="仍由你们办"),
    "accept": lambda case, by: workflow.accept(case, by=by),
    "refuse": lambda case, by: workflow.refuse(case, by=by, grounds="不归我们管"),
    "submit_reply": lambda case, by: workflow.submit_reply(case, by=by, reply=reply(is_final=case.status != "accepted")),
    "approve_reply": lambda case, by: workflow.approve_reply(case, by=by),
    "return_reply": lambda case, by: workflow.return_reply(case, by=by, word="写明哪一天"),
    "deliver": lambda case, by: workflow.deliver(case, by=by, how="in_person", note="电话告知"),
    "settle": lambda case, by: workflow.settle(case, by=by, settled_on=timezone.localdate(), note="热水正常", photo=photo()),
    "confirm_settled": lambda case, by: workflow.confirm_settled(case, by=by),
    "redo": lambda case, by: workflow.redo(case, by=by, word="还是没有热水"),
    "ask_worker": lambda case, by: workflow.ask_worker(case, by=by, question="哪一栋？"),
    "resume": lambda case, by: workflow.resume(case, by=by),
    "escalate": lambda case, by: workflow.escalate(case, by=by, word="项目上没有权限"),
    "close_on_spot": lambda case, by: workflow.close_on_spot(
        case, by=by, reply="当场发放", settled_note="看着发完", photo=photo()
    ),
    "file_after_report": lambda case, by: workflow.file_after_report(case, by=by, text="情况如下"),
    "ask_extension": lambda case, by: workflow.ask_extension(case, by=by, clock="settle", days=2, reason="等配件"),
    "decide_extension": _decide,
    "keep_promise": _keep,
    "hand_outside": lambda case, by: workflow.hand_outside(case, by=by, body="属地人社局", word="由监察大队认定"),
    "add_joint": lambda case, by: workflow.add_joint(case, by=by, department=DepartmentFactory()),
    "merge": _merge,
    "reclassify": _reclassify,
    "name_officer": lambda case, by: workflow.name_officer(case, by=by, person=UserFactory()),
    "urge": lambda case, by: workflow.urge(case, by=by),
    "let_stand": lambda case, by: workflow.let_stand(case, by=by, word="已另行处理"),
    "remark": lambda case, by: workflow.remark(case, by=by, text="已联系队伍"),
    "worker_says": lambda case, by: workflow.worker_says(case, words="还没有"),
    "follow": lambda case, by: None,
}
