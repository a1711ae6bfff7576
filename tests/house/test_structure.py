"""The rules of the house that a reader of the source can check."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
APPS = ("accounts", "coordinators", "core", "figures", "imports", "inbox", "labour_teams", "overview", "regions", "reports")
WEB_LAYER = ("views", "forms", "filters", "admin", "resources", "providers", "navigation", "admin_site")
# Sign-in looks a person up by name before there is a user whose reach could be asked.
BEFORE_SIGN_IN = {"accounts/views.py"}
BANNED_MODULES = {"utils", "helpers", "services", "selectors", "managers", "signals"}
DANGEROUS = {"csrf_exempt", "mark_safe", "RawSQL", "eval", "exec", "pickle", "extra"}
# "extra" is also the number of empty rows of an inline.
ALLOWED: dict[str, set[str]] = {"core/admin.py": {"extra"}}
IN_REACH = {"visible_to", "with_records_for"}
MAX_FILE, MAX_FUNCTION, MAX_TEMPLATE = 300, 25, 120


def sources() -> list[Path]:
    return [path for app in (*APPS, "config") for path in sorted((ROOT / app).rglob("*.py")) if "migrations" not in path.parts]


def templates() -> list[Path]:
    return sorted((ROOT / "templates").rglob("*.html"))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def functions(path: Path) -> Iterator[ast.FunctionDef]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef):
            yield node


def calls_on_objects(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and name of whatever follows `.objects.`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Attribute) and node.value.attr == "objects":
            yield node.lineno, node.attr


def web_layer() -> list[Path]:
    return [
        path
        for path in sources()
        if (path.stem in WEB_LAYER or path.parent.name in WEB_LAYER) and name_of(path) not in BEFORE_SIGN_IN
    ]


def test_the_web_layer_is_found() -> None:
    assert {"reports/views.py", "labour_teams/views.py", "imports/views.py", "overview/views.py"} <= {
        name_of(path).replace("views/", "views.py").split(".py")[0] + ".py" for path in web_layer()
    }


@pytest.mark.parametrize("path", web_layer(), ids=name_of)
def test_rows_in_the_web_layer_come_from_visible_to(path: Path) -> None:
    found = [f"{line}: .objects.{attr}" for line, attr in calls_on_objects(ast.parse(path.read_text())) if attr not in IN_REACH]
    assert found == []


@pytest.mark.parametrize("path", sources(), ids=name_of)
def test_only_core_reads_the_full_value_of_personal_data(path: Path) -> None:
    if path.is_relative_to(ROOT / "core"):
        return
    nodes = ast.walk(ast.parse(path.read_text()))
    assert [node.lineno for node in nodes if isinstance(node, ast.Attribute) and node.attr == "_plain"] == []


def status_writes(path: Path) -> list[int]:
    return [
        target.lineno
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Assign | ast.AugAssign)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Attribute) and target.attr == "status"
    ]


@pytest.mark.parametrize("path", sources(), ids=name_of)
def test_status_is_written_by_the_lifecycle_engine_alone(path: Path) -> None:
    if name_of(path) != "core/moves.py":
        assert status_writes(path) == []


@pytest.mark.parametrize("path", sources(), ids=name_of)
def test_files_and_functions_keep_their_budgets(path: Path) -> None:
    lines = path.read_text().count("\n")
    too_long = {node.name: length for node in functions(path) if (length := body_length(node)) > MAX_FUNCTION}
    assert lines <= MAX_FILE
    assert too_long == {}
    assert path.stem not in BANNED_MODULES


def body_length(node: ast.FunctionDef) -> int:
    """Lines of a function without its docstring."""
    first = node.body[1] if ast.get_docstring(node) and len(node.body) > 1 else node.body[0]
    return (node.end_lineno or 0) - first.lineno + 1


@pytest.mark.parametrize("path", templates(), ids=name_of)
def test_templates_keep_their_budget_and_the_policy(path: Path) -> None:
    text = path.read_text()
    assert text.count("\n") <= MAX_TEMPLATE
    for banned in (" style=", "<style", "onclick=", "|safe", "javascript:"):
        assert banned not in text
    assert "<script>" not in text


@pytest.mark.parametrize("path", sources(), ids=name_of)
def test_nothing_dangerous_is_called(path: Path) -> None:
    names = {
        node.id if isinstance(node, ast.Name) else node.attr
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Name | ast.Attribute)
    }
    assert names.isdisjoint(DANGEROUS - ALLOWED.get(name_of(path), set()))
