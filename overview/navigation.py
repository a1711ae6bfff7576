"""The ways in, by what a person's posts of today let him do. The bar and the dock show nothing that would answer "not yours"."""

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from coordinators.provisions.rooms import rooms_for
from core.context import NavItem
from feedback.cases.intake import can_see_cases
from feedback.cases.page.verbs import VERBS
from feedback.survey.policies import can_see_rounds
from handbook.policies import can_see_handbook
from overview import policies
from wages.policies import can_see_wages

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from accounts.models import User


class Way(NamedTuple):
    """A way in: for whom, and on which pages it is the current one. `short` is the word in the dock of a phone."""

    label: "_StrPromise"
    short: "_StrPromise"
    name: str
    icon: str
    is_open_to: Callable[["User"], bool]
    pages: frozenset[str] = frozenset()


FEEDBACK = (
    *("cases", "case", "case-new", "case-registered", "case-route", "case-bulk", "rules-try", "wage-disputes", "case-contact"),
    *(verb.page for verb in VERBS),
    *("walls", "team-wall", "team-wall-month", "wall-print", "wall-sheet", "wall-post", "read-aloud"),
    *(
        "hotline",
        "call",
        "call-new",
        "call-matter",
        "duty",
        "duty-week",
        "mailboxes",
        "mailbox",
        "mailbox-open",
        "mailbox-letter",
    ),
    *("revisits", "revisit", "revisit-assign", "revisit-answer", "revisit-rates", "revisit-rates-month"),
)
ENTRIES = (
    *("entries", "handbook-calendar", "handbook-calendar-month", "handbook-new"),
    *("entry", "entry-new", "entry-amend", "entry-withdraw", "entry-people", "entry-matter", "visit-follow-up", "care-sign"),
    *("inductions", "induction", "induction-held", "papers", "customs-notice"),
    *("certificates", "certificate-projects", "certificate-find", "certificate-new", "certificate-amend"),
    *("tasks", "task", "task-new", "uninspected", "evaluations-now", "evaluations-quarter", "evaluations"),
    *("groups", "group", "group-new", "group-edit", "group-end", "group-workers", "group-member"),
    *("campaigns", "campaign-new", "campaign-edit", "clinics", "clinic-new", "clinic-edit", "clinic-end"),
    *("medical-team-new", "medical-team-edit", "medical-team-end"),
)
WAGES = (
    *("wages", "wages-project", "wages-arrears", "wage-sheet", "attendance-sheet", "wage-group", "wage-account"),
    *("wages-arrears-settle", "wage-finding-matter", "payment-list"),
    *(f"wage-{verb}" for verb in ("check", "sign", "post", "pay", "send-back", "explain")),
    *("pay-slips", "wage-questions", "wage-questions-month", "wage-question-project", "exit-checks", "exit-check"),
    *("wage-lock-away", "wage-pack"),
)
IMPORT_PAGES = ("upload", "job", "columns", "row", "leavers", "undo")
SURVEY_RESULTS = ("survey-results", "survey-results-region", "survey-results-project")
WAYS = (
    Way(_("My work"), pgettext_lazy("dock", "My work"), "home", "list-check", lambda user: True, frozenset({"home"})),
    Way(
        _("Overview"),
        pgettext_lazy("dock", "Regions"),
        "overview",
        "grid-1x2",
        policies.can_see_overview,
        frozenset({"overview", "region", "figure-rows"}),
    ),
    Way(
        _("Cases"),
        pgettext_lazy("dock", "Cases"),
        "cases",
        "chat-left-text",
        can_see_cases,
        frozenset(FEEDBACK),
    ),
    Way(
        _("Work-record handbook"),
        pgettext_lazy("dock", "Handbook"),
        "entries",
        "pencil",
        can_see_handbook,
        frozenset(ENTRIES),
    ),
    Way(
        _("Wages"),
        pgettext_lazy("dock", "Wages"),
        "wages",
        "cash-coin",
        can_see_wages,
        frozenset(WAGES),
    ),
    Way(
        _("Monthly reports"),
        pgettext_lazy("dock", "Reports"),
        "reports",
        "file-text",
        policies.can_see_reports,
        frozenset({"reports", "report"}),
    ),
    Way(
        _("Projects"),
        pgettext_lazy("dock", "Projects"),
        "projects",
        "cone-striped",
        policies.can_see_posts,
        frozenset({"projects", "project", "imports", *(f"import-{page}" for page in IMPORT_PAGES)}),
    ),
    Way(
        _("Teams and roster"),
        pgettext_lazy("dock", "Roster"),
        "workers",
        "people",
        policies.can_see_records,
        frozenset({"teams", "team", "workers", "worker", "worker-search", "worker-reveal"}),
    ),
    Way(
        _("Survey"),
        pgettext_lazy("dock", "Survey"),
        "surveys",
        "ui-checks",
        can_see_rounds,
        frozenset({"surveys", "survey-round", "survey-key", "survey-print", "survey-count", "survey-silent", *SURVEY_RESULTS}),
    ),
    Way(
        _("Coordinators"),
        pgettext_lazy("dock", "People"),
        "coordinators",
        "person-badge",
        policies.can_see_posts,
        frozenset(
            {
                "coordinators",
                "coordinator",
                "liaisons",
                "liaison",
                "coverage",
                "handovers",
                "handover",
                "nominations",
                "nomination",
                "nomination-propose",
                "post-end",
            }
        ),
    ),
    Way(
        _("Boards"),
        pgettext_lazy("dock", "Boards"),
        "all-boards",
        "image",
        policies.can_see_records,
        frozenset({"all-boards", "boards", "board", "board-new", "board-edit", "board-scan", "cards", "card-batch"}),
    ),
    Way(
        _("Rules"),
        pgettext_lazy("dock", "Rules"),
        "rules",
        "journal-text",
        lambda user: bool(rooms_for(user)),
        frozenset(
            {
                "rules",
                "provisions",
                "provisions-edition",
                "rights",
                "right",
                "right-new",
                "right-edit",
                "duties",
                "schemes",
                "scheme-month",
                "scheme-project",
                "handbooks",
                "handbook",
                "handbook-edition",
                "handbook-write",
                "party-members",
                "party-members-project",
                "party-member",
            }
        ),
    ),
    Way(_("Administration"), pgettext_lazy("dock", "Admin"), "admin:index", "gear", lambda user: user.is_staff),
)


def items_for(request: HttpRequest) -> list[NavItem]:
    """The items of the bar for this person, the current one marked."""
    user, match = request.user, request.resolver_match
    in_admin = match is not None and match.app_name == "admin"
    here = match.url_name if match and not in_admin else ""
    return [
        NavItem(
            label=str(way.label),
            short=str(way.short),
            url=reverse(way.name),
            icon=way.icon,
            current=here in way.pages or (in_admin and way.name == "admin:index"),
        )
        for way in WAYS
        if way.is_open_to(user)
    ]
