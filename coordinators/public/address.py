"""The public address of a board, as it is printed on boards and cards and stands in their QR codes."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from coordinators.models import NoticeBoard


def public_address(request: HttpRequest, board: NoticeBoard, mark: str = "") -> str:
    """The whole address: at PUBLIC_ADDRESS, or where `request` came to. `mark` is the printed version's."""
    path = reverse("public-board", args=[board.code, mark] if mark else [board.code])
    return f"{settings.PUBLIC_ADDRESS.rstrip('/')}{path}" if settings.PUBLIC_ADDRESS else request.build_absolute_uri(path)
