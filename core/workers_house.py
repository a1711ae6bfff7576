"""The workers' house: the addresses under /w/, whose visitors nobody can name afterwards, because nobody was told who they are.

A WSGI application around the site's own. Before the site sees a request under the prefix, its environment loses what no answer
needs: where the request comes from, on which device, with which cookies. It loses that in place, so that the access log, which
the server writes from the same environment, has nothing either. What leaves the house carries no cookie.

What stays is a list: whatever a server or a browser invents next is gone without anybody having thought of it.

What is sent to the house is counted before that (core/flood.py), in memory, under a key that lives for a minute. A letter that
has to wait reaches the site all the same, with `WAIT` saying how many seconds: only the site can give its words back.
"""

import logging
import posixpath
import traceback
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import unquote
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from core.flood import Doorkeeper

PREFIX = "/w/"
WAIT = "lianxin.wait"

STAYS = frozenset(
    {
        "REQUEST_METHOD",
        "SCRIPT_NAME",
        "PATH_INFO",
        "QUERY_STRING",
        "RAW_URI",  # gunicorn cannot log without it; shortened to the path below
        "CONTENT_TYPE",
        "CONTENT_LENGTH",
        "SERVER_NAME",
        "SERVER_PORT",
        "SERVER_PROTOCOL",
        "HTTP_HOST",
        "HTTP_ACCEPT",
        "HTTP_ACCEPT_LANGUAGE",
        "HTTP_X_FORWARDED_PROTO",  # or the site would send a visitor to HTTPS who is there already
        "wsgi.version",
        "wsgi.url_scheme",
        "wsgi.input",
        "wsgi.input_terminated",
        "wsgi.errors",
        "wsgi.multithread",
        "wsgi.multiprocess",
        "wsgi.run_once",
        "wsgi.file_wrapper",
        WAIT,
    }
)
log = logging.getLogger(__name__)
SCHEMES = ("http", "https")
BROKEN = "500 Internal Server Error"
IN_NEED = "未送达。有急事打 120，也可以打 12348。\nNot delivered. In an emergency call 120, or call 12348.\n"
TURNED_AWAY = "429 Too Many Requests"
NO_SUCH = "404"


class WorkersHouse:
    """`application` without knowledge of who asks for the addresses under `prefix`, which begins and ends with a slash."""

    def __init__(self, application: WSGIApplication, prefix: str = PREFIX, doorkeeper: Doorkeeper | None = None) -> None:
        self.application = application
        self.prefix = prefix
        self.doorkeeper = doorkeeper or Doorkeeper()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if not self.holds(environ):
            return self.application(environ, start_response)
        if environ.get("REQUEST_METHOD") != "POST":
            forget_visitor(environ)
            return self._answered(environ, _without_cookies(start_response))
        return self._received(environ, start_response)

    def _received(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        turn = self.doorkeeper.turn(environ)
        forget_visitor(environ)
        if not turn.is_read:
            start_response(TURNED_AWAY, [("Retry-After", str(turn.wait)), ("Content-Length", "0"), ("Connection", "close")])
            return []
        if turn.wait:
            environ[WAIT] = turn.wait

        def noted(status: str) -> None:
            if status.startswith(NO_SUCH):
                self.doorkeeper.guessed(turn)

        return self._answered(environ, _without_cookies(start_response, noted))

    def _answered(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """The site's answer. What it cannot answer at all ends here: the server would note it down with the sender's address."""
        try:
            return self.application(environ, start_response)
        except Exception as error:
            note_failure(log, error)
            start_response(BROKEN, [("Content-Type", "text/plain; charset=utf-8"), ("Cache-Control", "no-store")])
            return [IN_NEED.encode()]

    def holds(self, environ: WSGIEnvironment) -> bool:
        """However the address is written: rather too many requests lose their sender than one too few."""
        path: str = environ.get("PATH_INFO", "")
        return any(
            written.startswith(self.prefix) for whole in (path, environ.get("SCRIPT_NAME", "") + path) for written in _ways(whole)
        )


def forget_visitor(environ: WSGIEnvironment) -> None:
    """Empties the environment in place but for what `STAYS`."""
    for key in [key for key in environ if key not in STAYS]:
        del environ[key]
    environ.pop(WAIT, None)
    if "RAW_URI" in environ:
        environ["RAW_URI"] = environ["RAW_URI"].partition("?")[0]
    if environ.get("HTTP_X_FORWARDED_PROTO") not in SCHEMES:
        environ.pop("HTTP_X_FORWARDED_PROTO", None)


def note_failure(logger: logging.Logger, error: Exception) -> None:
    """What kind of failure and where in the code; never its message, which may quote what somebody said."""
    places = [f"{frame.filename}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)]
    logger.error("The workers' house failed: %s at %s", type(error).__name__, " < ".join(places[-1:-6:-1]))


class Unremarked(logging.Filter):
    """Django notes each refusal with its moment. In the house it is somebody's: only what broke is noted, with its trace."""

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        is_refusal = request is not None and not record.exc_info
        return not (is_refusal and any(written.startswith(PREFIX) for written in _ways(getattr(request, "path", ""))))


def _ways(path: str) -> Iterable[str]:
    """The path as it came, and as somebody could understand it who resolves dots, escapes, back slashes and capitals."""
    yield f"/{path.lstrip('/')}/"
    plain = "/" + unquote(path).replace("\\", "/").lstrip("/").lower()
    yield f"{posixpath.normpath(plain)}/"


def _without_cookies(start_response: StartResponse, noted: Callable[[str], None] | None = None) -> StartResponse:
    """`noted` hears the status of the answer."""

    def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
        if noted:
            noted(status)
        return start_response(status, [(name, value) for name, value in headers if name.lower() != "set-cookie"], *more)

    return start
