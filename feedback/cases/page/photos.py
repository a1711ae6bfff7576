"""Photos and voice notes of a case, to whoever sees the case; those of a sensitive one while it lies open.

What a worker sent is served as the kind that it was made into, and nothing else: a type that a row claims is not believed.
"""

import re
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from core.attachments import HEADERS, served
from core.models import Attachment
from feedback.cases.page.opening import lies_open
from feedback.cases.page.reading import case_of, file_of
from feedback.models import Case

ENDINGS = {
    "image/jpeg": "jpg",
    "audio/mpeg": "mp3",
    "audio/mp4": "m4a",
    "audio/aac": "aac",
    "audio/ogg": "ogg",
    "audio/webm": "webm",
    "audio/wav": "wav",
    "audio/x-wav": "wav",
    "audio/amr": "amr",
}
UNKNOWN = "application/octet-stream"
RANGE = re.compile(r"bytes=([0-9]{1,12})-([0-9]{0,12})")


@require_safe
def photo(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """A photo by somebody who deals with the case: added by itself, of the settlement, or of a promise that was kept."""
    case = _open_case(request, number)
    of_case = Q(pk__in=case.photos.values("photo")) | Q(pk__in=case.promises.values("photo")) | Q(pk=case.settled_photo_id)
    kept = get_object_or_404(Attachment.objects.filter(of_case), pk=pk)
    return served(kept, small="small" in request.GET)


@require_safe
def file(request: HttpRequest, number: str, place: int) -> HttpResponse:
    """A photo or voice note that the worker sent. Players ask for a part of it, and get that part."""
    sent = file_of(_open_case(request, number), place)
    base = sent.content_type.partition(";")[0].strip().lower()
    kind = base if base in ENDINGS else UNKNOWN
    response = _part(bytes(sent.content), request.headers.get("Range", ""))
    response["Content-Type"] = kind
    name = f"{number}.{ENDINGS.get(kind, 'bin')}"
    response["Content-Disposition"] = content_disposition_header(kind == UNKNOWN, name) or "inline"
    return response


def _open_case(request: HttpRequest, number: str) -> Case:
    case = case_of(request, number)
    if not lies_open(request, case):
        raise Http404
    return case


def _part(content: bytes, wanted: str) -> HttpResponse:
    """The whole, or the one stretch of bytes that was asked for."""
    headers: dict[str, Any] = HEADERS | {"Accept-Ranges": "bytes"}
    found = RANGE.fullmatch(wanted)
    first, last = (int(found[1]), int(found[2] or len(content) - 1)) if found else (0, -1)
    if not first <= last or first >= len(content):
        return HttpResponse(content, headers=headers)
    last = min(last, len(content) - 1)
    headers["Content-Range"] = f"bytes {first}-{last}/{len(content)}"
    return HttpResponse(content[first : last + 1], status=206, headers=headers)
