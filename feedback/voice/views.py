"""Two addresses without sign-in: where a worker says something, and where he looks up what became of it."""

from typing import Any

from django.conf import settings
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from coordinators.models import NoticeBoard
from coordinators.public.page import find_board, page_of
from core.refusals import Refused
from feedback.cases import workflow
from feedback.models import CaseCategory
from feedback.voice.codes import NotOurs, hash_of, in_fours, key_of, new_token, read_code
from feedback.voice.door import page, workers_page
from feedback.voice.forms import MOST_WORDS, NAMED, About, Answer, VoiceForm
from feedback.voice.matter import by_code, matter_of
from feedback.voice.places import teams_of
from feedback.voice.receipt import receipt_of
from feedback.voice.submission import Letter, known, submit

Picture = CaseCategory.Picture
ICONS = {
    Picture.WAGES: "cash-coin",
    Picture.SAFETY: "cone-striped",
    Picture.LIVING: "cup-hot",
    Picture.HEALTH: "bandaid",
    Picture.WORK: "calendar3",
    Picture.OTHER: "three-dots",
}
REPLY = "reply"  # stands in a token where a board's code would


@workers_page
def say(request: HttpRequest, code: str) -> HttpResponse:
    """The page of a board, and the receipt at the same address. What is not in order comes back with everything still in it."""
    board = find_board(code)
    if board is None:
        return page("coordinators/public/lost.html", {"hotline": settings.COMPANY_HOTLINE}, status=404)
    if request.method != "POST":
        return _form(board, _voice_form(board))
    try:
        key = key_of(request.POST.get("token", ""), board.code)
    except NotOurs:
        return _form(board, _voice_form(board, request), _("This page had grown old. Look it over and send it once more."))
    case = known(key)
    if case is None:
        form = _voice_form(board, request)
        if not form.is_valid():
            return _form(board, form, _("Not sent yet: something is missing."), request.POST["token"])
        case = submit(_letter(board, form.cleaned_data), key)
    shown = page_of(board, timezone.localdate())
    return page("feedback/voice/receipt.html", {"receipt": receipt_of(case, key), "shown": shown, "code": board.code})


@workers_page
def reply(request: HttpRequest) -> HttpResponse:
    """Steps and answers for whoever has the code; it is typed, and never stands in an address."""
    if request.method != "POST":
        return _lookup()
    code = read_code(request.POST.get("code", ""))
    case = by_code(code)
    if case is None:
        return _lookup(_("No matter opens with this code. Compare it with what you wrote down: sixteen digits."), 404)
    why, words = "", request.POST.get("words", "").strip()
    settled = {"yes": True, "no": False}.get(request.POST.get("settled", ""))
    if words or settled is not None:
        why = _hear(case, request, words, settled)
        case.refresh_from_db()
    context = {
        "matter": matter_of(case),
        "why": why,
        "words": words if why else "",
        "code": code,
        "fours": in_fours(code),
        "token": new_token(REPLY),
    }
    return page("feedback/voice/matter.html", context)


def _hear(case: Any, request: HttpRequest, words: str, settled: bool | None) -> str:
    """What the worker adds, once for each page. Says why it was not taken, or nothing."""
    if len(words) > MOST_WORDS:
        return _("At most 2,000 signs. Send the rest as a second matter.")
    try:
        key = key_of(request.POST.get("token", ""), REPLY)
    except NotOurs:
        return _("This page had grown old. Look it over and send it once more.")
    try:
        with translation.override(settings.LANGUAGE_CODE):  # what is kept tells nothing of the phone
            workflow.worker_says(case, words=words, is_settled=settled, submission_hash=hash_of(key))
    except IntegrityError:
        return ""  # the same page sent twice
    except Refused as refused:
        return refused.message
    return ""


def _lookup(why: str = "", status: int = 200) -> HttpResponse:
    return page("feedback/voice/reply.html", {"why": why, "hotline": settings.COMPANY_HOTLINE}, status)


def _voice_form(board: NoticeBoard, request: HttpRequest | None = None) -> VoiceForm:
    teams = teams_of(board.project, timezone.localdate())
    return VoiceForm(request.POST, request.FILES, teams=teams) if request else VoiceForm(teams=teams)


def _form(board: NoticeBoard, form: VoiceForm, why: str = "", token: str = "") -> HttpResponse:
    context = {
        "form": form,
        "why": why,
        "token": token or new_token(board.code),
        "code": board.code,
        "shown": page_of(board, timezone.localdate()),
        "teams": form.fields["team"].queryset,  # type: ignore[attr-defined]
        "pictures": [(picture.value, picture.label, ICONS[picture]) for picture in Picture],
        "answers": Answer.choices,
        "chosen_answer": form["answer"].value() or Answer.CODE,
        "abouts": About.choices,
        "address": reverse("voice", args=[board.code]),
        "has_files": bool(form.files),
    }
    return page("feedback/voice/say.html", context)


def _letter(board: NoticeBoard, said: dict[str, Any]) -> Letter:
    about = said["about"]
    return Letter(
        project=board.project,
        picture=said["picture"] or Picture.OTHER,
        words=said["words"],
        team=said["team"],
        who=NAMED[About(about)] if about else "",
        phone=said["phone"],
        is_direct=said["direct"],
        photo=said["photo"],
        voice=said["voice"],
    )
