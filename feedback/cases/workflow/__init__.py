"""The life of a case. Every write to one is in this package, by subject.

    (register) ─▶ registered ─route─▶ routed ─accept─▶ accepted ─submit_reply─▶ under_review ─approve_reply─▶ answered
                       ▲               │  ▲               │  ▲ ▲                    │   │                      │   │
                       │         refuse│  │insist,        │  │ └────return_reply────┘   │            settle    │   │
                       │               ▼  │route          │  │resume                    │ (a final one)        ▼   │
                       │             refused              ▼  │                          ▼             revisiting   │
                       │                               waiting (ask_worker)        final_reply         │    │      │
                       │                                                                confirm_settled│    │      │
                       │               accepted ◀────────────── redo, twice at most ──────closed ◀─────┘    │      │
                       │                  ▲                                                                 │      │
                       │                  └─────────────────────────── redo ────────────────────────────────┴──────┘
                       └ escalate: registered, routed, accepted ─▶ routed to the next tier
                         close_on_spot: registered, routed, accepted ─▶ closed (urgent; an after-report is owed)
                         submit_reply again from answered, revisiting, closed: after the last redo, a final one only

    staying where they are: deliver, ask_extension, decide_extension, keep_promise, add_joint, hand_outside, reclassify,
    name_officer, file_after_report, urge, let_stand, remark, worker_says; merge, after which a case follows its lead
    (`follow`, by the clock)

The clock starts at dispatch. Two facts, never one: the answer (`replied_at`, `delivered_at`) and the settlement (`settled_on`).
Actors are people, CLOCK and WORKER; what a worker does carries no moment nearer than the quarter of the day.
"""

from feedback.cases.policies import needs_photo
from feedback.cases.workflow.answering import (
    PromiseGiven,
    Reply,
    approve_reply,
    ask_worker,
    deliver,
    drafted,
    resume,
    return_reply,
    submit_reply,
)
from feedback.cases.workflow.dispatch import (
    accept,
    add_joint,
    escalate,
    hand_outside,
    insist,
    name_officer,
    reclassify,
    refuse,
    route,
)
from feedback.cases.workflow.extending import ask_extension, decide_extension
from feedback.cases.workflow.lifecycle import LIFECYCLE, PUBLIC, allowed_moves, label_of
from feedback.cases.workflow.settling import (
    close_on_spot,
    confirm_settled,
    file_after_report,
    keep_promise,
    let_stand,
    redo,
    settle,
)
from feedback.cases.workflow.sights import Destination, tier_above
from feedback.cases.workflow.speaking import remark, urge, worker_says
from feedback.cases.workflow.together import merge

__all__ = [
    "LIFECYCLE",
    "PUBLIC",
    "Destination",
    "PromiseGiven",
    "Reply",
    "accept",
    "add_joint",
    "allowed_moves",
    "approve_reply",
    "ask_extension",
    "ask_worker",
    "close_on_spot",
    "confirm_settled",
    "decide_extension",
    "deliver",
    "drafted",
    "escalate",
    "file_after_report",
    "hand_outside",
    "insist",
    "keep_promise",
    "label_of",
    "let_stand",
    "merge",
    "name_officer",
    "needs_photo",
    "reclassify",
    "redo",
    "refuse",
    "remark",
    "resume",
    "return_reply",
    "route",
    "settle",
    "submit_reply",
    "tier_above",
    "urge",
    "worker_says",
]
