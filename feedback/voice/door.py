"""How a page of the workers' channel answers: without sign-in, session, cookie or script, in the phone's language; and whatever
goes wrong, with the words still in the box and 「未送达」 above it.

Django's own protection against forged posts needs a cookie. Here a post acts with nobody's rights: core.workers_house has taken
every cookie from it, so that a page elsewhere can send nothing in a visitor's name that it could not send by itself. A token
that this site has signed (feedback.voice.codes) stands in the form all the same.

Nothing of what was sent is ever logged: of a failure only what kind it is and where in the code, never its message.
"""

import logging
import time
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.db import InterfaceError, OperationalError, connection
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from core.workers_house import WAIT, note_failure
from feedback.voice import upload

HEADERS = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
PAUSES = (0.1, 0.5)  # seconds
RETRY_AFTER = 30  # seconds, while the database is away
HIDDEN = ("token", "code", "picture", "team", "answer", "phone", "direct", "about", "settled")  # given back with the words
WORDS = 4000  # signs given back

log = logging.getLogger(__name__)
View = Callable[..., HttpResponse]
Posted = Mapping[str, str]


def workers_page(view: View) -> View:
    """The decorator of every view here. The view finds what was posted read, and no more than the limits in memory."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        language = translation.get_language_from_request(request)
        with translation.override(language):
            response = _answer(view, request, *args, **kwargs)
        for name, value in {"Content-Language": language, "Vary": "Accept-Language", **HEADERS}.items():
            response[name] = value
        return response

    return login_not_required(csrf_exempt(require_http_methods(["GET", "HEAD", "POST"])(answered)))


def page(template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """Without the request, so that no template can ask for the visitor's session."""
    return HttpResponse(render_to_string(template, {**_house(), **context}), status=status)


def _answer(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    posted: Posted | None = {} if request.method == "POST" else None
    try:
        if posted is not None:
            posted = upload.read(request)
            if request.META.get(WAIT):
                return _too_many(posted, int(request.META[WAIT]))
        return _patiently(view, request, *args, **kwargs)
    except RequestDataTooBig:
        return _again(posted, 413, _("That was too much at once: at most 8 MB, photo and recording together."))
    except (BadRequest, MultiPartParserError, SuspiciousOperation, UnreadablePostError):
        return _again(posted, 400, _("It arrived incomplete. The signal may have broken off."))
    except (OperationalError, InterfaceError):
        response = _again(posted, 503, _("The system does not answer at this moment. Wait half a minute and send it once more."))
        response["Retry-After"] = str(RETRY_AFTER)
        return response
    except Http404:
        raise
    except Exception as error:  # whatever it is: the words go back to whoever wrote them
        note_failure(log, error)
        return _again(posted, 500, _("Something broke on our side. Wait a minute and send it once more, or call."))


def _patiently(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """Once more, and once more, where the database was just starting anew or busy: what is sent twice is here once anyway."""
    for pause in PAUSES:
        try:
            return view(request, *args, **kwargs)
        except (OperationalError, InterfaceError):
            if not connection.in_atomic_block:
                connection.close()
            time.sleep(pause)
            files: Any = request.FILES.values()
            for file in files:
                file.seek(0)
    return view(request, *args, **kwargs)


def _too_many(posted: Posted, seconds: int) -> HttpResponse:
    words = _("A lot is being sent from your network at this moment. Wait %(seconds)d seconds and send it once more.")
    response = _again(posted, 429, words % {"seconds": seconds})
    response["Retry-After"] = str(seconds)
    return response


def _again(posted: Posted | None, status: int, why: str) -> HttpResponse:
    """The page that needs no database: why, the words in their box, the way to send them once more, and numbers to call.

    `posted`: what could be read of it; None where the page was only to be opened.
    """
    context = {
        "why": why,
        "is_post": posted is not None,
        "words": (posted or {}).get("words", "")[:WORDS],
        "hidden": {name: posted[name][:500] for name in HIDDEN if name in posted} if posted else {},
        "hotline": settings.COMPANY_HOTLINE,
    }
    return page("feedback/voice/again.html", context, status)


def _house() -> dict[str, Any]:
    return {"company_name": settings.COMPANY_NAME, "demo": settings.DEMO}
