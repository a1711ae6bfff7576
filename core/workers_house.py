"""The workers' house: the addresses under /w/, whose visitors nobody can name afterwards, because nobody was told who they are.

A WSGI application around the site's own. Before the site sees a request under the prefix, its environment loses what no answer
needs: where the request comes from, on which device, with which cookies. It loses that in place, so that the access log, which
the server writes from the same environment, has nothing either. What leaves the house carries no cookie.

What stays is a list: whatever a server or a browser invents next is gone without anybody having thought of it.
"""

import posixpath
from collections.abc import Iterable
from typing import Any
from urllib.parse import unquote
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

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
    }
)
SCHEMES = ("http", "https")


class WorkersHouse:
    """`application` without knowledge of who asks for the addresses under `prefix`, which begins and ends with a slash."""

    def __init__(self, application: WSGIApplication, prefix: str = "/w/") -> None:
        self.application = application
        self.prefix = prefix

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if not self.holds(environ):
            return self.application(environ, start_response)
        forget_visitor(environ)
        return self.application(environ, _without_cookies(start_response))

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
    if "RAW_URI" in environ:
        environ["RAW_URI"] = environ["RAW_URI"].partition("?")[0]
    if environ.get("HTTP_X_FORWARDED_PROTO") not in SCHEMES:
        environ.pop("HTTP_X_FORWARDED_PROTO", None)


def _ways(path: str) -> Iterable[str]:
    """The path as it came, and as somebody could understand it who resolves dots, escapes, back slashes and capitals."""
    yield f"/{path.lstrip('/')}/"
    plain = "/" + unquote(path).replace("\\", "/").lstrip("/").lower()
    yield f"{posixpath.normpath(plain)}/"


def _without_cookies(start_response: StartResponse) -> StartResponse:
    def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
        return start_response(status, [(name, value) for name, value in headers if name.lower() != "set-cookie"], *more)

    return start
