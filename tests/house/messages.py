"""Every message that the project marks for translation, found without the gettext programs so that it works on any machine."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.utils.translation.template import templatize

Message = tuple[str, str]  # (context, msgid)

# Function -> (where its context stands, where its msgid stands); the plurals count as well.
PLACES = {
    "gettext": (None, 0),
    "gettext_lazy": (None, 0),
    "gettext_noop": (None, 0),
    "ngettext": (None, 0),
    "ngettext_lazy": (None, 0),
    "pgettext": (0, 1),
    "pgettext_lazy": (0, 1),
    "npgettext": (0, 1),
    "npgettext_lazy": (0, 1),
}
CALL_IN_TEMPLATE = re.compile(r"(?<!\w)(?:_|n?p?gettext)\(")


def marked_messages() -> dict[Message, str]:
    """Each message of the project, with the first file that marks it."""
    found: dict[Message, str] = {}
    for path in python_files():
        for message in in_python(path.read_text("utf-8")):
            found.setdefault(message, str(path.relative_to(settings.BASE_DIR)))
    for path in sorted((settings.BASE_DIR / "templates").rglob("*.html")):
        for message in in_template(path.read_text("utf-8")):
            found.setdefault(message, str(path.relative_to(settings.BASE_DIR)))
    return found


def python_files() -> list[Path]:
    """The project's own modules, without its tests."""
    packages = [child.parent for child in settings.BASE_DIR.glob("*/__init__.py") if child.parent.name != "tests"]
    return sorted(path for package in packages for path in package.rglob("*.py"))


def in_python(source: str) -> Iterator[Message]:
    """The messages of one module; whatever names it imported the functions by."""
    tree = ast.parse(source)
    names = dict(PLACES)
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
            names |= {alias.asname or alias.name: PLACES[alias.name] for alias in node.names if alias.name in PLACES}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and (message := _message_of(node, names)):
            yield message


def in_template(source: str) -> Iterator[Message]:
    """The messages of one template, as Django's own extraction rewrites it for xgettext."""
    rewritten = templatize(source)
    for match in CALL_IN_TEMPLATE.finditer(rewritten):
        message = _message_of(_call_at(rewritten, match.start()), PLACES | {"_": PLACES["gettext"]})
        assert message is not None, rewritten[match.start() : match.end() + 80]
        yield message


def _call_at(text: str, start: int) -> ast.Call:
    for closing in re.finditer(r"\)", text[start:]):
        try:
            expression = ast.parse(text[start : start + closing.end()], mode="eval").body
        except SyntaxError:
            continue
        assert isinstance(expression, ast.Call)
        return expression
    raise AssertionError(f"no call at {text[start : start + 80]!r}")


def _message_of(call: ast.Call, names: dict[str, tuple[int | None, int]]) -> Message | None:
    function = call.func
    name = function.id if isinstance(function, ast.Name) else function.attr if isinstance(function, ast.Attribute) else ""
    if name not in names:
        return None
    context, msgid = names[name]
    return (_text(call, context), _text(call, msgid)) if _text(call, msgid) else None


def _text(call: ast.Call, place: int | None) -> str:
    """The constant text at `place`; "" where there is none (a variable is marked elsewhere). An f-string finds no entry."""
    if place is None or place >= len(call.args):
        return ""
    argument = call.args[place]
    assert not isinstance(argument, ast.JoinedStr), f"line {call.lineno}: an f-string inside a translation finds no entry"
    return argument.value if isinstance(argument, ast.Constant) and isinstance(argument.value, str) else ""
