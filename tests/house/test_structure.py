"""The rules of the house that a reader of the source can check. Each test names every place that breaks its rule."""

import ast
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
APPS = (
    "accounts",
    "coordinators",
    "core",
    "feedback",
    "figures",
    "handbook",
    "imports",
    "inbox",
    "labour_teams",
    "overview",
    "regions",
    "reports",
    "wages",
)
WEB_LAYER = {"views", "forms", "filters", "admin", "resources", "providers", "shortcuts", "navigation", "admin_site", "boards"}
# Sign-in looks a person up by name before there is a user whose reach could be asked.
BEFORE_SIGN_IN = {"accounts/views.py"}
BANNED_MODULES = {"utils", "helpers", "services", "selectors", "managers", "signals"}
DANGEROUS = {"csrf_exempt", "mark_safe", "RawSQL", "eval", "exec", "pickle", "extra"}
# "extra" is also the number of empty rows of an inline.
# The workers' page takes posts without a cookie, and so without Django's check of one: a signed token in the form stands in its
# place, and a post acts with nobody's rights, since every cookie is gone before it arrives (core/workers_house.py).
ALLOWED: dict[str, set[str]] = {"core/admin.py": {"extra"}, "feedback/voice/door.py": {"csrf_exempt"}}
IN_REACH = {"visible_to", "with_records_for"}
# Who may hold a personal number in the clear: encrypted staging, the check that gives a file back to its sender, the sheets of
# invented people that a demonstration begins with, and the mobile of somebody in post who agreed that workers may call him.
IN_THE_CLEAR = {
    "coordinators/disclosure.py",
    "imports/staging.py",
    "labour_teams/management/commands/check_roster.py",
    "overview/demo/imports.py",
}
MAX_FILE, MAX_FUNCTION, MAX_TEMPLATE = 300, 25, 120

Found = dict[str, Any]


@lru_cache(maxsize=1)
def sources() -> dict[str, tuple[str, ast.Module]]:
    """Name → text and tree of every source file of the project, migrations apart."""
    paths = [path for app in (*APPS, "config") for path in sorted((ROOT / app).rglob("*.py")) if "migrations" not in path.parts]
    return {path.relative_to(ROOT).as_posix(): (path.read_text(), ast.parse(path.read_text())) for path in paths}


def templates() -> dict[str, str]:
    return {path.relative_to(ROOT).as_posix(): path.read_text() for path in sorted((ROOT / "templates").rglob("*.html"))}


def wherever(check: Callable[[str, ast.Module], Any]) -> Found:
    """File → what `check` found there, for the files in which it found something."""
    return {name: found for name, (_text, tree) in sources().items() if (found := check(name, tree))}


def attributes(tree: ast.Module) -> Iterator[ast.Attribute]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Attribute))


def test_the_sources_are_found() -> None:
    assert {"reports/views.py", "labour_teams/models.py", "core/scope.py", "config/settings.py"} <= set(sources())
    assert "templates/base.html" in templates()


def test_rows_in_the_web_layer_come_from_visible_to() -> None:
    def beyond_reach(name: str, tree: ast.Module) -> list[str]:
        path = Path(name)
        if name in BEFORE_SIGN_IN or not WEB_LAYER & {path.stem, path.parent.name}:
            return []
        after_objects = (
            node for node in attributes(tree) if isinstance(node.value, ast.Attribute) and node.value.attr == "objects"
        )
        return [f"{node.lineno}: .objects.{node.attr}" for node in after_objects if node.attr not in IN_REACH]

    assert wherever(beyond_reach) == {}


def test_only_core_reads_the_full_value_of_personal_data() -> None:
    def peeping(name: str, tree: ast.Module) -> list[int]:
        banned = {"_plain"} if name in IN_THE_CLEAR else {"_plain", "in_the_clear"}
        return [] if name.startswith("core/") else [node.lineno for node in attributes(tree) if node.attr in banned]

    assert wherever(peeping) == {}


def assigned(tree: ast.Module) -> Iterator[ast.expr]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            yield from node.targets
        elif isinstance(node, ast.AugAssign | ast.AnnAssign):
            yield node.target


def test_status_is_written_by_the_lifecycle_engine_alone() -> None:
    def writing(name: str, tree: ast.Module) -> list[int]:
        statuses = [target for target in assigned(tree) if isinstance(target, ast.Attribute) and target.attr == "status"]
        return [] if name == "core/moves.py" else [target.lineno for target in statuses]

    assert wherever(writing) == {}


def body_length(node: ast.FunctionDef) -> int:
    """Lines of a function without its docstring."""
    first = node.body[1] if ast.get_docstring(node) and len(node.body) > 1 else node.body[0]
    return (node.end_lineno or 0) - first.lineno + 1


def test_functions_keep_their_budget() -> None:
    def too_long(name: str, tree: ast.Module) -> dict[str, int]:
        functions = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))
        return {node.name: length for node in functions if (length := body_length(node)) > MAX_FUNCTION}

    assert wherever(too_long) == {}


def test_files_keep_their_budget_and_their_names() -> None:
    lengths = {name: text.count("\n") for name, (text, _tree) in sources().items()}
    assert {name: lines for name, lines in lengths.items() if lines > MAX_FILE} == {}
    assert {name for name in sources() if Path(name).stem in BANNED_MODULES} == set()


def test_nothing_dangerous_is_called() -> None:
    def dangers(name: str, tree: ast.Module) -> set[str]:
        names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)} | {node.attr for node in attributes(tree)}
        return names & DANGEROUS - ALLOWED.get(name, set())

    assert wherever(dangers) == {}


def test_templates_keep_their_budget_and_the_policy() -> None:
    banned = (" style=", "<style", "<script>", "onclick=", "|safe", "javascript:")
    broken = {name: [word for word in banned if word in text] for name, text in templates().items()}
    assert {name: words for name, words in broken.items() if words} == {}
    lengths = {name: text.count("\n") for name, text in templates().items()}
    assert {name: lines for name, lines in lengths.items() if lines > MAX_TEMPLATE} == {}
