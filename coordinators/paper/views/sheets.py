"""A printed version as it goes to the printer: from what was stored with it, never from today's data."""

import re
from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from coordinators.models import BoardPrinting, NoticeBoard, RightsBoard
from coordinators.paper import content, layout
from coordinators.paper.faces import with_photo
from coordinators.paper.live import PAPER_LANGUAGE
from coordinators.paper.qr import qr_of
from coordinators.paper.states import states_of
from coordinators.paper.views.fetching import board_of
from core.attachments import served
from core.models import Attachment

QUIET = 4
TEMPLATES = {
    NoticeBoard.Kind.PARTY_MASS: "coordinators/paper/sheet_party_mass.html",
    NoticeBoard.Kind.RIGHTS: "coordinators/paper/sheet_rights.html",
}


@require_safe
def board_sheet(request: HttpRequest, code: str, number: int) -> HttpResponse:
    board = board_of(request, code)
    printing = _version(request, board, number)
    said, address = printing.content["said"], printing.content["address"]
    context: dict[str, Any] = {
        "board": board,
        "printing": printing,
        "said": said,
        "qr": qr_of(address, quiet=QUIET),
        "address": spelt(address),
        "frame": layout.frame_of(said),
        "state": states_of([board], timezone.now())[board.pk],
        **(_rights(said) if board.kind == NoticeBoard.Kind.RIGHTS else _people(said, printing.content)),
    }
    with translation.override(PAPER_LANGUAGE):
        return render(request, TEMPLATES[NoticeBoard.Kind(board.kind)], context)


def spelt(address: str) -> list[str]:
    """As it is printed under the code: without the scheme, which nobody types, in parts after which a line may break."""
    short = address.removeprefix("https://").removeprefix("http://")
    return [part for part in re.split(r"(?<=/)", short) if part]


def _version(request: HttpRequest, board: NoticeBoard, number: int) -> BoardPrinting:
    return get_object_or_404(BoardPrinting.objects.visible_to(request.user).filter(board=board), number=number)


def _people(said: content.Said, stored: Mapping[str, Any]) -> dict[str, Any]:
    sheets = layout.sheets_of(said)
    return {"sheets": sheets, "has_leads": bool(sheets[0].leads), "with_photo": with_photo(stored)}


def _rights(said: content.Said) -> dict[str, Any]:
    """The three blocks of article 34 as pairs of label and value, each block under its heading."""
    with translation.override(PAPER_LANGUAGE):
        blocks = [
            (block.key, [(str(RightsBoard._meta.get_field(name).verbose_name), said.get(name, "")) for name in block.fields])
            for block in content.BLOCKS
        ]
    pairs = [pair for _key, inside in blocks for pair in inside]
    return {"blocks": blocks, "step": layout.rights_step(pairs, blocks=len(blocks))}


@require_safe
def board_face(request: HttpRequest, code: str, number: int, index: int) -> HttpResponse:
    """The photo of one person on one version: only photos that the version shows can be asked for."""
    return face_of(_version(request, board_of(request, code), number).content, index)


def face_of(stored: Mapping[str, Any], index: int) -> HttpResponse:
    people = stored["said"].get("people", [])
    if index >= len(people) or people[index]["photo"] not in stored["photos"]:
        raise Http404
    return served(get_object_or_404(Attachment, pk=stored["photos"][people[index]["photo"]]))
