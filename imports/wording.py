"""What the wizard says of the records that a target writes: where they stand, and how somebody leaves them.

Each target declares its own beside its sheet; PLAIN is for one that has nothing particular to say. `missing`, `ticked` and
`leave` have a place for a number, `will_leave` for a number and a day.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True, slots=True)
class Words:
    # the records
    written: "_StrPromise"
    says_the_same: "_StrPromise"
    said_the_same: "_StrPromise"
    as_before: "_StrPromise"
    compared: "_StrPromise"
    overtaken: "_StrPromise"
    undone_too_late: "_StrPromise"
    undoing: "_StrPromise"
    places: "_StrPromise"
    # who or what is there and not in the sheet
    possibly_left: "_StrPromise"
    who_left: "_StrPromise"
    missing: "_StrPromise"
    nobody_unticked: "_StrPromise"
    tick: "_StrPromise"
    ticked: "_StrPromise"
    leave: "_StrPromise"
    left: "_StrPromise"
    how_to_tick: "_StrPromise"
    all_there: "_StrPromise"
    will_leave: "_StrPromise"
    nobody_leaves: "_StrPromise"


PLAIN = Words(
    written=_("Written"),
    says_the_same=_("The records already say the same."),
    said_the_same=_("The records already said the same"),
    as_before=_("The records are as they were before the import."),
    compared=_("Compared with the records as they are now."),
    overtaken=_("The records changed after this preview. Nothing was written; the sheet was compared again: look, then write."),
    undone_too_late=_("An import can be undone for seven days; they are over. Correct the records themselves."),
    undoing=_("What came in with it goes out again; changes become what was there before."),
    places=_("What this file wrote stands here:"),
    possibly_left=_("Not in the sheet"),
    who_left=_("What is no longer so?"),
    missing=_("%(number)s records are there and not in the sheet."),
    nobody_unticked=_("Nothing ends unless you tick it."),
    tick=_("Tick what has ended"),
    ticked=_("%(number)s are ticked as ended."),
    leave=_(", %(number)s end"),
    left=_("Records ended"),
    how_to_tick=_("They are there, and not in this sheet. Tick what has ended; what is not ticked stays."),
    all_there=_("Everything stands in the sheet."),
    will_leave=_("%(number)d will end, with %(day)s as the last day."),
    nobody_leaves=_("Nothing is ticked; nothing ends."),
)
