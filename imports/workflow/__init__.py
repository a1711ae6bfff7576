"""Every write of an import. `lifecycle` has the table of moves; each verb is a function here.

    receive ──► reading ──► refused
                 │  ▲
                 ▼  │ answer (another sheet, header row, column)
      asked ◄────┴──┴────► previewed ──write──► written ──undo──► undone      (within seven days)
                            │ ▲  └──────► writing ─┘  └─► undoing ─┘            (in the background)
                            │ └── amend, decide, compare
                            └──drop──► dropped

What is written is what somebody saw: the writer checks under the project's lock that nothing has changed since the preview, and
where something has it writes nothing and shows a new comparison. Two people with the same sheet therefore write one set of rows.
"""

from imports.workflow.deciding import amend, answer_question, compare_again, decide, drop, forget, tick_leavers
from imports.workflow.intake import answer, read, receive
from imports.workflow.lifecycle import LIFECYCLE, wake
from imports.workflow.undoing import hand_over_undo, undo
from imports.workflow.writing import hand_over, stand_back, write

__all__ = [
    "LIFECYCLE",
    "amend",
    "answer",
    "answer_question",
    "compare_again",
    "decide",
    "drop",
    "forget",
    "hand_over",
    "hand_over_undo",
    "read",
    "receive",
    "stand_back",
    "tick_leavers",
    "undo",
    "wake",
    "write",
]
