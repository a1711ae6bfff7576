"""What the wizard says of posts: whoever is not on the list any more has not left the site, his post may end."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from imports.wording import Words

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


def post_words(*, written: "_StrPromise", places: "_StrPromise", missing: "_StrPromise", all_there: "_StrPromise") -> Words:
    """The words that differ; the others are the same for all posts."""
    return Words(
        written=written,
        says_the_same=_("The posts are already so."),
        said_the_same=_("The posts were already so"),
        as_before=_("The posts are as they were before the import."),
        compared=_("Compared with the posts as they are now."),
        overtaken=_("The posts changed after this preview. Nothing was written; the sheet was compared again: look, then write."),
        undone_too_late=_("An import can be undone for seven days; they are over. Correct the posts themselves."),
        undoing=_("Posts that it began are taken away again; posts that it changed or ended become what they were."),
        places=places,
        possibly_left=_("Possibly out of post"),
        who_left=_("Whose post has ended?"),
        missing=missing,
        nobody_unticked=_("No post ends unless you tick it."),
        tick=_("Tick whose post has ended"),
        ticked=_("%(number)s are ticked: their posts end."),
        leave=_(", %(number)s posts end"),
        left=_("Posts ended"),
        how_to_tick=_(
            "They are in post here, and not in this sheet. Tick those whose post has ended; whoever is not ticked stays in post."
        ),
        all_there=all_there,
        will_leave=_("%(number)d posts will end, with %(day)s as their last day."),
        nobody_leaves=_("Nobody is ticked; no post ends."),
    )
