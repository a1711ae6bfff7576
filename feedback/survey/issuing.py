"""Forms on their way: counted by the liaison, printed with their codes, photographed when they are back."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.attachments import keep_photo
from core.refusals import Refused
from feedback.models import SurveyResponse, SurveyRound, SurveyTeam
from feedback.survey import policies
from feedback.survey.codes import with_free_codes
from labour_teams.models import LabourTeam

if TYPE_CHECKING:
    from accounts.models import User

MOST_SHEETS = 200  # printed at once
MOST_PHOTOS = 60  # uploaded at once


@transaction.atomic
def count(in_round: SurveyTeam, *, by: "User", issued: int, returned: int | None) -> SurveyTeam:
    """How many forms were handed out and given back. Raises Refused for more back than out."""
    row: SurveyTeam = SurveyTeam.objects.visible_to(by).select_for_update(of=("self",)).get(pk=in_round.pk)
    if not policies.can_count(by, row):
        raise not_possible(row.round)
    if returned is not None and returned > issued:
        said = _("More forms given back than handed out: count once more.")
        raise Refused(said, fields={"returned": said})
    row.issued, row.returned, row.counted_by, row.counted_at = issued, returned, by, timezone.now()
    row.save()
    return row


@transaction.atomic
def print_sheets(round_: SurveyRound, team: LabourTeam, *, by: "User", number: int) -> list[SurveyResponse]:
    """Rows for `number` forms of a team, each with the code that is printed on it and on its slip."""
    locked = working_on(round_, by)
    if not 1 <= number <= MOST_SHEETS:
        raise Refused(_("Between 1 and %(most)d forms at once.") % {"most": MOST_SHEETS})
    today = timezone.localdate()
    sheets = with_free_codes(SurveyResponse(round=locked, team=team, printed_on=today) for _number in range(number))
    return SurveyResponse.objects.bulk_create(sheets)


@transaction.atomic
def add_photos(round_: SurveyRound, team: LabourTeam, *, by: "User", photos: Iterable[UploadedFile]) -> int:
    """Each photo becomes a sheet that waits to be keyed; all or none. Says how many. Raises Refused for what is no photo."""
    locked = working_on(round_, by)
    taken = list(photos)
    if not taken:
        raise Refused(_("Please choose the photos first."))
    if len(taken) > MOST_PHOTOS:
        raise Refused(_("At most %(most)d photos at once.") % {"most": MOST_PHOTOS})
    for photo in taken:
        for sheet in with_free_codes([SurveyResponse(round=locked, team=team, photo=keep_photo(photo, by=by))]):
            sheet.save()
    return len(taken)


def working_on(round_: SurveyRound, by: "User") -> SurveyRound:
    """The round, locked, for somebody who may work on it while it is open. Raises Refused."""
    locked = SurveyRound.objects.visible_to(by).select_for_update(of=("self",)).filter(pk=round_.pk).first()
    if locked is None or not policies.can_work_on(by, locked):
        raise not_possible(locked or round_)
    return locked


def not_possible(round_: SurveyRound) -> Refused:
    if not round_.is_open:
        return Refused(_("The round is closed. The regional coordinator can open it again."))
    return Refused(_("Your post does not allow this."))
