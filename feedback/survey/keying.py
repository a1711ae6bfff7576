"""From paper into the system: one sheet at a time, and the last one back again.

Every line of an open question that says something becomes a case of its own, under the item code that stands on the worker's slip
(K7MPX3-2: the second open question). Nobody writes down who filled the sheet in.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.attachments import drop
from core.audit import AuditKind, record
from core.refusals import Refused
from feedback.cases.registering import Matter, Named, register
from feedback.models import Case, CaseAccused, CaseCategory, SurveyAnswer, SurveyQuestion, SurveyResponse, SurveyRound
from feedback.survey.codes import with_free_codes
from feedback.survey.issuing import working_on
from labour_teams.models import LabourTeam

if TYPE_CHECKING:
    from accounts.models import User

OF_A_TEAM = (CaseAccused.Who.LIAISON, CaseAccused.Who.TEAM_BOSS)


@dataclass(frozen=True, slots=True)
class Line:
    """What stands on the line of an open question. With a `kind` it becomes a case; `line` counts the open questions from 1."""

    question: SurveyQuestion
    line: int
    words: str
    kind: str = ""
    title: str = ""
    category: CaseCategory | None = None
    names: str = ""  # whom it names (CaseAccused.Who)


@dataclass(frozen=True, slots=True)
class Keyed:
    """A sheet as it was typed: `code` from the paper ("" on a form that was not ours), question id → value, and the lines."""

    values: Mapping[int, int]
    lines: Sequence[Line] = ()
    code: str = ""
    photographed: SurveyResponse | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    sheet: SurveyResponse
    cases: tuple[Case, ...]


@transaction.atomic
def key_sheet(round_: SurveyRound, team: LabourTeam, *, by: "User", keyed: Keyed) -> Kept:
    """Save the sheet and register its cases. Raises Refused for a code that is keyed already or was not printed for this team."""
    locked = working_on(round_, by)
    sheet = _sheet(locked, team, keyed)
    sheet.keyed_on, sheet.keyed_by = timezone.localdate(), by
    sheet.save()
    SurveyAnswer.objects.bulk_create(
        SurveyAnswer(response=sheet, question_id=question, value=value) for question, value in keyed.values.items()
    )
    written = [line for line in keyed.lines if line.words]
    SurveyAnswer.objects.bulk_create(
        SurveyAnswer(response=sheet, question=line.question, value=None, words=line.words) for line in written
    )
    return Kept(sheet, tuple(_case(sheet, locked, line, by) for line in written if line.kind and line.category))


@transaction.atomic
def take_back(sheet: SurveyResponse, *, by: "User") -> str:
    """Make a sheet keyed today as if it had not been keyed, with the cases that it began; gives its code.

    Only by whoever keyed it, and only as long as nobody has begun to deal with one of its cases. Raises Refused.
    """
    working_on(sheet.round, by)
    row = SurveyResponse.objects.select_for_update(of=("self",)).get(pk=sheet.pk)
    if row.keyed_on != timezone.localdate() or row.keyed_by_id != by.pk:
        raise Refused(_("A sheet is taken back on the day on which it was keyed, by whoever keyed it."))
    begun = cases_of(row)
    for case in begun:
        _forget(case)
    numbers = [case.number for case in begun]
    record(AuditKind.DELETE, by=by, what="survey sheet taken back", sheet=row.code, cases=numbers)
    row.answers.all().delete()
    row.keyed_on = row.keyed_by = None
    if row.printed_on or row.photo_id:
        row.save()
    else:
        row.delete()
    return row.code


def cases_of(sheet: SurveyResponse) -> list[Case]:
    return list(Case.objects.filter(origin=Case.Origin.SURVEY, item_code__startswith=f"{sheet.code}-").order_by("item_code"))


def _sheet(round_: SurveyRound, team: LabourTeam, keyed: Keyed) -> SurveyResponse:
    """The printed sheet of that code, with the photo that was typed from; or a new one for a form that was not ours."""
    photographed = keyed.photographed
    if photographed is not None:
        photographed = SurveyResponse.objects.select_for_update(of=("self",)).filter(pk=photographed.pk, keyed_on=None).first()
        if photographed is None:
            raise Refused(_("This photo is keyed already. Go on with the next one."))
    if not keyed.code:
        return photographed or with_free_codes([SurveyResponse(round=round_, team=team)])[0]
    sheet = SurveyResponse.objects.filter(round=round_, team=team, code=keyed.code).first()
    if sheet is None:
        said = _("No form of this team and month has the code %(code)s. Look again; a form without a code is keyed without one.")
        raise Refused(said % {"code": keyed.code}, fields={"code": said % {"code": keyed.code}})
    if sheet.keyed_on:
        said = _("The sheet %(code)s is keyed already. Compare the code on the paper; if it is right, put the sheet aside.")
        raise Refused(said % {"code": keyed.code}, fields={"code": said % {"code": keyed.code}})
    if photographed is not None and photographed.pk != sheet.pk:
        old, sheet.photo = sheet.photo, photographed.photo
        sheet.save()
        photographed.delete()
        if old:
            drop(old)
    return sheet


def _case(sheet: SurveyResponse, round_: SurveyRound, line: Line, by: "User") -> Case:
    assert line.category is not None  # noqa: S101 - for the type checker
    team = sheet.team if line.names in OF_A_TEAM else None
    matter = Matter(
        category=line.category,
        title=line.title,
        words=line.words,
        origin=Case.Origin.SURVEY,
        kind=line.kind,
        project=round_.project,
        team=sheet.team,
        item_code=f"{sheet.code}-{line.line}",
        named=[Named(line.names, team=team)] if line.names else (),
    )
    return register(matter, by=by)


def _forget(case: Case) -> None:
    """A case on which nothing has happened but that it was typed."""
    if case.version or case.status != Case.Status.REGISTERED or case.events.count() > 1 or case.followers.exists():
        said = _("The case %(number)s is being dealt with already, so the sheet stays as it is.")
        raise Refused(said % {"number": case.number})
    case.events.all().delete()
    case.delete()
