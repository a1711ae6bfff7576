"""The verbs of a case as buttons: what each is called, what has to be filled in, and which one is the next natural step."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy

from feedback.cases import workflow
from feedback.cases.page import choosing, forms
from feedback.cases.page.reply_form import ReplyForm
from feedback.models import Case

Status = Case.Status


@dataclass(frozen=True, slots=True)
class Verb:
    """`act`: the workflow's function. A verb whose form has no fields is a button that acts; any other leads to its own page.

    `is_quick`: its one field may stay empty, and stands with its button on the case's own page.
    `sends`: the word on the form's button, where that is not the verb's own.
    A verb without a form has its page elsewhere (dispatching: feedback/cases/dispatch/).
    """

    act: Callable[..., Any]
    icon: str
    form: type[forms.CaseForm] | None
    done: Any = ""
    is_rare: bool = False
    is_quick: bool = False
    sends: Any = ""

    @property
    def name(self) -> str:
        return self.act.__name__

    @property
    def label(self) -> Any:
        return workflow.LIFECYCLE.moves[self.name].label

    @property
    def slug(self) -> str:
        return self.name.replace("_", "-")

    @property
    def page(self) -> str:
        """The name of its address."""
        return f"case-{self.slug}"

    @property
    def asks(self) -> bool:
        return self.form is not forms.NoForm


VERBS: tuple[Verb, ...] = (
    Verb(workflow.route, "send", None),
    Verb(
        workflow.accept,
        "check-lg",
        forms.NoForm,
        gettext_lazy("Accepted. You are responsible for it now."),
    ),
    Verb(
        workflow.refuse,
        "arrow-return-left",
        forms.RefusalForm,
        gettext_lazy("Sent back. Whoever dispatched it decides."),
    ),
    Verb(
        workflow.insist,
        "flag",
        forms.InsistForm,
        gettext_lazy("It stays there, and cannot be sent back again."),
    ),
    Verb(
        workflow.resume,
        "arrow-right",
        forms.NoForm,
        gettext_lazy("The clock runs again."),
    ),
    Verb(
        workflow.submit_reply,
        "chat-left-text",
        ReplyForm,
        gettext_lazy("Handed in. It goes out as soon as it is approved."),
        sends=gettext_lazy("Hand the answer in"),
    ),
    Verb(
        workflow.approve_reply,
        "check-lg",
        forms.NoForm,
        gettext_lazy("Approved. The look-up code shows it from now on."),
    ),
    Verb(
        workflow.return_reply,
        "arrow-return-left",
        forms.WordForm,
        gettext_lazy("Returned with your word."),
    ),
    Verb(
        workflow.let_stand,
        "check-circle",
        forms.LetStandForm,
        gettext_lazy("It stays closed, with your word."),
    ),
    Verb(
        workflow.deliver,
        "megaphone",
        forms.DeliveryForm,
        gettext_lazy("Recorded: the answer has reached the worker."),
    ),
    Verb(
        workflow.settle,
        "camera",
        forms.SettlementForm,
        gettext_lazy("Recorded as settled. The revisit comes next."),
    ),
    Verb(
        workflow.keep_promise,
        "bookmark-check",
        choosing.KeepForm,
        gettext_lazy("The promise is kept."),
    ),
    Verb(
        workflow.confirm_settled,
        "check-lg",
        forms.NoForm,
        gettext_lazy("Closed."),
    ),
    Verb(
        workflow.ask_worker,
        "question-circle",
        forms.QuestionForm,
        gettext_lazy("Asked. The clock stands still until he answers."),
    ),
    Verb(
        workflow.decide_extension,
        "clock",
        forms.DecisionForm,
        gettext_lazy("Decided."),
    ),
    Verb(
        workflow.file_after_report,
        "file-text",
        forms.AfterReportForm,
        gettext_lazy("The after-report is filed."),
    ),
    Verb(
        workflow.close_on_spot,
        "check-circle",
        forms.OnTheSpotForm,
        gettext_lazy("Closed on the spot. The after-report is due within 24 hours."),
    ),
    Verb(workflow.remark, "pencil", forms.RemarkForm, gettext_lazy("Noted.")),
    Verb(
        workflow.urge,
        "bell",
        forms.UrgeForm,
        gettext_lazy("Urged: it stands first on the work page of whoever's turn it is."),
        is_quick=True,
    ),
    Verb(
        workflow.redo,
        "arrow-counterclockwise",
        forms.WordForm,
        gettext_lazy("It is dealt with again."),
        True,
    ),
    Verb(
        workflow.ask_extension,
        "clock",
        forms.ExtensionForm,
        gettext_lazy("Asked for. Until it is given the deadline stands."),
        True,
    ),
    Verb(
        workflow.add_joint,
        "diagram-3",
        choosing.JointForm,
        gettext_lazy("The department sees the case now."),
        True,
    ),
    Verb(
        workflow.escalate,
        "arrow-up",
        forms.WordForm,
        gettext_lazy("Passed up."),
        True,
    ),
    Verb(
        workflow.hand_outside,
        "box-arrow-up-right",
        forms.OutsideForm,
        gettext_lazy("Recorded. Somebody here still follows it up."),
        True,
    ),
    Verb(
        workflow.merge,
        "link-45deg",
        choosing.MergeForm,
        gettext_lazy("Put under the other case."),
        True,
    ),
    Verb(
        workflow.reclassify,
        "ui-checks",
        choosing.ReclassifyForm,
        gettext_lazy("Changed."),
        True,
    ),
    Verb(
        workflow.name_officer,
        "person-plus",
        choosing.OfficerForm,
        gettext_lazy("Named."),
        True,
    ),
)
BY_NAME = {verb.name: verb for verb in VERBS}
# In a state: what is done next, the first of these that somebody may do. What waits for his word comes before everything.
URGENT = ("decide_extension", "file_after_report")
NEXT: dict[str, tuple[str, ...]] = {
    Status.REGISTERED: ("route", "close_on_spot"),
    Status.ROUTED: ("accept",),
    Status.REFUSED: ("route", "insist"),
    Status.ACCEPTED: ("submit_reply",),
    Status.WAITING: ("resume",),
    Status.UNDER_REVIEW: ("approve_reply",),
    Status.ANSWERED: ("deliver", "settle", "keep_promise"),
    Status.REVISITING: ("confirm_settled", "deliver"),
    Status.CLOSED: ("deliver",),
    Status.FINAL_REPLY: ("deliver",),
}
