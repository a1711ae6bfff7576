"""Two addresses without sign-in: the page of a board and the photos on it. Nothing is written, no cookie set, nobody known."""

import re
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from coordinators.public.address import public_address
from coordinators.public.page import find_board, page_of, photo_of
from core.attachments import served
from core.codes import ALPHABET

MARK = re.compile(f"[{ALPHABET}]{{8}}")
HEADERS = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}


@login_not_required
@require_safe
def board_page(request: HttpRequest, code: str, mark: str = "") -> HttpResponse:
    """In the language of the phone: whoever stands before a board has chosen none here."""
    language = translation.get_language_from_request(request)
    with translation.override(language):
        board = find_board(code)
        if board is None:
            return _answer("coordinators/public/lost.html", {"hotline": settings.COMPANY_HOTLINE}, language, status=404)
        mark = mark.upper() if MARK.fullmatch(mark.upper()) else ""
        context = {
            "code": board.code,
            "page": page_of(board, timezone.localdate()),
            "address": public_address(request, board, mark),
            "check_url": reverse("board-scan", args=[board.code, mark]) if mark else "",
        }
        return _answer("coordinators/public/board.html", context, language)


@login_not_required
@require_safe
def board_photo(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The small photo of somebody who stands on that page today, and of nobody else."""
    board = find_board(code)
    photo = photo_of(board, timezone.localdate(), number, request.GET.get("k", "")) if board else None
    if photo is None:
        raise Http404
    response = served(photo, small=True)
    response["Referrer-Policy"] = HEADERS["Referrer-Policy"]
    return response


def _answer(template: str, context: dict[str, Any], language: str, status: int = 200) -> HttpResponse:
    """Without the request, so that no template can ask for the visitor's session."""
    text = render_to_string(template, {"company_name": settings.COMPANY_NAME, "demo": settings.DEMO, **context})
    return HttpResponse(text, status=status, headers={"Content-Language": language, "Vary": "Accept-Language", **HEADERS})
