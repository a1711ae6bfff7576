"""What the wizard says of the roster."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from imports.wording import Words

ROSTER_WORDS = Words(
    written=_("Written to the roster"),
    says_the_same=_("The roster already says the same."),
    said_the_same=_("The roster already said the same"),
    as_before=_("The roster is as it was before the import."),
    compared=_("Compared with the roster as it is now."),
    overtaken=_("The roster changed after this preview. Nothing was written; the sheet was compared again: look, then write."),
    undone_too_late=_("An import can be undone for seven days; they are over. Correct the roster itself."),
    undoing=_("Who came in with it goes out again; changes and transfers become what was there before."),
    places=_("The people of this file on their team’s page:"),
    possibly_left=_("Possibly left"),
    who_left=_("Who has left?"),
    missing=_("%(number)s people of these teams are on the roster and not in the sheet."),
    nobody_unticked=_("Nobody leaves unless you tick him."),
    tick=_("Tick who has left"),
    ticked=_("%(number)s are ticked as having left."),
    leave=_(", %(number)s people leave"),
    left=pgettext_lazy("import", "Left"),
    how_to_tick=_(
        "They are on the roster in the teams of this sheet, and not in it. Tick those who have left; whoever is not ticked stays."
    ),
    all_there=_("Everybody on the roster of these teams stands in it."),
    will_leave=_("%(number)d people will leave, with %(day)s as their last day."),
    nobody_leaves=_("Nobody is ticked; nobody leaves."),
)
