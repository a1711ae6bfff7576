#!/usr/bin/env python3
"""Everything a newcomer types, with nothing but Python 3.11 or newer on the machine.

    python3 dev.py run [--port N]            the demonstration, on http://127.0.0.1:8000/
    python3 dev.py test [pytest arguments]   the whole suite, on SQLite and again on PostgreSQL
    python3 dev.py lint                      format, lint, types, import contracts, templates, migrations, deployment, language
    python3 dev.py manage COMMAND ...        any management command, quietly, with its exit status
    python3 dev.py bench import [--help]     how fast a roster is imported, beside the floor and a stock import

Standard library only. The packages go into .venv, the demonstration's database into .var, its keys into .env: delete the last two
together for a fresh start.
"""

from __future__ import annotations

import sys

if sys.version_info < (3, 11):
    sys.exit(f"Lianxin needs Python 3.11 or newer; this is {sys.version.split()[0]}.")

import argparse
import base64
import errno
import hashlib
import importlib.util
import json
import os
import secrets
import shutil
import socket
import subprocess
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "installed.json"
ENV_FILE = ROOT / ".env"
VAR = ROOT / ".var"
DATABASE = VAR / "lianxin.sqlite3"
SEEDED = VAR / "seeded"
# Each core begins with one half of the suite: neighbours look at one world, which is then built once (tests/shared_world.py).
BOTH_CORES = ("-n", "2", "--dist", "worksteal")

# Several management commands (lists), announcements (texts) and one script to run beside them, in one start of Django, which
# takes longer than they do.
ONE_START = """
import json, os, subprocess, sys
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
try:
    from django.core.management import execute_from_command_line
    for step in json.loads(sys.argv[1]):
        if isinstance(step, str):
            print(step, flush=True)
        elif isinstance(step, dict):
            beside = subprocess.Popen([sys.executable, "-c", step["beside"]], stdin=subprocess.PIPE)
        else:
            execute_from_command_line(["manage.py", *step])
except KeyboardInterrupt:
    sys.exit(130)
"""

# The worker of background tasks. It ends with the server, however that ends: then nobody holds the other end of its input.
WORKER = """
import os, sys, threading
threading.Thread(target=lambda: (sys.stdin.buffer.read(), os._exit(0)), daemon=True).start()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
from django.core.management import execute_from_command_line
execute_from_command_line(["manage.py", "db_worker", "--no-startup-delay", "--verbosity", "0"])
"""

LINT_STEPS = {
    "format": ("-m", "ruff", "format", "--check", "--quiet", "."),
    "lint": ("-m", "ruff", "check", "."),
    "types": ("-m", "mypy"),
    "import contracts": ("-c", "from importlinter.cli import lint_imports_command as main; main(['--no-logo'])"),
    "templates": ("-m", "djlint", "templates", "--lint", "--quiet"),
    "migrations": ("manage.py", "makemigrations", "--check", "--dry-run"),
    "deployment": ("manage.py", "check", "--deploy", "--fail-level", "WARNING"),
    "language": ("-m", "pytest", "-q", "tests/house/test_language.py"),
}
PRODUCTION_LIKE = {
    "DEMO": "0",
    "DEMO_PASSWORD": "",
    "DEBUG": "0",
    "HTTPS": "1",
    "DATABASE_URL": "sqlite://:memory:",
    "ALLOWED_HOSTS": "lianxin.example.org",
    "SECRET_KEY": secrets.token_urlsafe(48),
    "PERSONAL_DATA_KEYS": "k1:" + base64.b64encode(secrets.token_bytes(32)).decode(),
    "PERSONAL_DATA_HASH_KEY": secrets.token_urlsafe(48),
}


def main() -> None:
    commands = {"run": run, "test": test, "lint": lint, "manage": manage, "bench": bench}
    name, *arguments = sys.argv[1:] or [""]
    if name not in commands:
        sys.exit(__doc__)
    os.chdir(ROOT)
    os.environ.setdefault("PYTHONUTF8", "1")  # Windows, and shells without a locale, would stumble over Chinese
    try:
        commands[name](arguments)
    except KeyboardInterrupt:
        sys.exit(130)


def say(text: str) -> None:
    """Progress goes to standard error, so that `manage` prints what the command prints and nothing else."""
    print(text, file=sys.stderr, flush=True)


# The environment


def install(*extras: str) -> None:
    """Make .venv hold the dependencies and `extras`; at once when a stamp says that it does."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    constraints = (ROOT / "constraints.txt").read_text("utf-8")
    wanted = [project["dependencies"], project["optional-dependencies"], constraints, sys.version_info[:2]]
    digest = hashlib.sha256(json.dumps(wanted).encode()).hexdigest()
    stamp = json.loads(STAMP.read_text("utf-8")) if STAMP.is_file() and PYTHON.exists() else {}
    installed = stamp.get("extras", []) if stamp.get("digest") == digest else None
    if installed is not None and set(extras) <= set(installed):
        return
    if not is_usable():
        make_venv()
    extras = tuple(sorted({*extras, *(installed or ())}))
    say("Installing packages into .venv (only when they change) …")
    uv = shutil.which("uv")
    pip = [str(PYTHON), "-m", "pip", "install", "-qq"]
    installer = [uv, "pip", "install", "--quiet", "--python", str(PYTHON)] if uv else pip
    packages = project["dependencies"] + [line for extra in extras for line in project["optional-dependencies"][extra]]
    if subprocess.call([*installer, "--constraint", "constraints.txt", *packages], stdout=sys.stderr):
        sys.exit("The packages could not be installed (see above). PIP_INDEX_URL (UV_DEFAULT_INDEX) may name a mirror.")
    STAMP.write_text(json.dumps({"digest": digest, "extras": extras}), "utf-8")


def is_usable() -> bool:
    """Whether .venv can be installed into: there, and not left half made or made by a uv that is gone."""
    quiet = subprocess.DEVNULL
    return PYTHON.exists() and bool(
        shutil.which("uv") or not subprocess.call([PYTHON, "-m", "pip", "--version"], stdout=quiet, stderr=quiet)
    )


def make_venv() -> None:
    shutil.rmtree(VENV, ignore_errors=True)
    uv = shutil.which("uv")
    if not uv:
        require_ensurepip()
    maker = [uv, "venv", "--quiet", "--python", sys.executable] if uv else [sys.executable, "-m", "venv"]
    if subprocess.call([*maker, str(VENV)], stdout=sys.stderr):
        sys.exit("The environment .venv could not be made (see above).")


def require_ensurepip() -> None:
    """Debian's python3 comes without ensurepip: as root install it, otherwise say what to type."""
    if importlib.util.find_spec("ensurepip"):
        return
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    if shutil.which("apt-get") and os.geteuid() == 0:
        say(f"Installing {package} …")
        apt = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for line in (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", "--no-install-recommends", package]):
            subprocess.call(line, env=apt, stdout=sys.stderr)
        if not subprocess.call([sys.executable, "-c", "import ensurepip"]):
            return
    sys.exit(f"This Python cannot make environments. Type this once, then try again:\n\n    sudo apt install {package}\n")


def write_env() -> None:
    """On the first start, give the demonstration its own keys. Never beside data that other keys encrypted."""
    VAR.mkdir(exist_ok=True)
    if ENV_FILE.exists() or "SECRET_KEY" in os.environ:
        return
    if DATABASE.exists():
        sys.exit(".env is missing, and only its keys open the data in .var: restore .env, or delete .var to start afresh.")
    lines = {
        "DEMO": "1",
        "DEMO_PASSWORD": os.environ.get("DEMO_PASSWORD") or "lianxin-demo-2026",
        "ALLOWED_HOSTS": "localhost,127.0.0.1,[::1]",
        "SECRET_KEY": secrets.token_urlsafe(48),
        "PERSONAL_DATA_KEYS": "k1:" + base64.b64encode(secrets.token_bytes(32)).decode(),
        "PERSONAL_DATA_HASH_KEY": secrets.token_urlsafe(48),
    }
    ENV_FILE.touch(mode=0o600)
    ENV_FILE.write_text("".join(f"{name}={value}\n" for name, value in lines.items()), "utf-8")


def setting(name: str) -> str:
    """From the environment, else from .env: the order in which the project's settings look."""
    lines = ENV_FILE.read_text("utf-8").splitlines() if ENV_FILE.exists() else []
    written = dict(line.split("=", 1) for line in lines if "=" in line)
    return os.environ.get(name, written.get(name, ""))


# The commands


def run(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="dev.py run")
    parser.add_argument("--port", type=int, default=8000)
    port = parser.parse_args(arguments).port
    require_free(port)
    install()
    write_env()
    say("Preparing the database …")
    steps: list[str | list[str] | dict[str, str]] = [["migrate", "--verbosity", "0"]]
    if setting("DEMO").lower() in {"1", "true", "yes", "on"}:
        seed()
        password = f"以上账号的密码均为 {setting('DEMO_PASSWORD')}，人员和数据均为虚构。"
        steps += [["open_reports"], ["demo_accounts"], f"\n{password}"]
    address = f"http://127.0.0.1:{port}/"
    steps += [f"\n连心 Lianxin    {address}    (Ctrl-C ends it)\n", {"beside": WORKER}]
    steps.append(["runserver", "--noreload", f"127.0.0.1:{port}"])
    os.environ.setdefault("DJANGO_RUNSERVER_HIDE_WARNING", "true")
    become("-c", ONE_START, json.dumps(steps))


def seed() -> None:
    """Fill the database with the demo organisation, once for each database and demo password."""
    identity = hashlib.sha256(f"{setting('DATABASE_URL')} {setting('DEMO_PASSWORD')}".encode()).hexdigest()
    there = DATABASE.exists() or setting("DATABASE_URL")
    if there and SEEDED.is_file() and SEEDED.read_text("utf-8") == identity:
        return
    if subprocess.call([PYTHON, "-c", ONE_START, json.dumps([["migrate", "--verbosity", "0"], ["seed_demo"]])]):
        sys.exit("The demonstration could not be prepared (see above).")
    SEEDED.write_text(identity, "utf-8")


def require_free(port: int) -> None:
    try:
        socket.create_server(("127.0.0.1", port)).close()
    except (OSError, OverflowError) as error:
        why = "is in use" if getattr(error, "errno", None) == errno.EADDRINUSE else f"cannot be used ({error})"
        sys.exit(f"Port {port} {why}. Choose another: python3 dev.py run --port 8001")


def test(arguments: list[str]) -> None:
    """One run for each engine; tests/conftest.py stops a run that is not on the engine it was asked for."""
    install("test")
    outcomes = {}
    for engine in ("sqlite", "postgresql"):
        print(f"\n===== The suite on {engine} =====", flush=True)
        outcomes[engine] = call("-m", "pytest", *BOTH_CORES, *arguments, environment={"TEST_ENGINE": engine})
    nothing_chosen = 5  # pytest's status when every chosen test belongs to the other engine
    print()
    for engine, status in outcomes.items():
        print(f"{engine}: {'passed' if status == 0 else f'pytest status {status}'}")
    sys.exit(0 if 0 in outcomes.values() and set(outcomes.values()) <= {0, nothing_chosen} else 1)


def lint(arguments: list[str]) -> None:
    """What .ci/run checks after the tests; every step runs, the failed ones are named at the end."""
    install("test", "lint")
    failed = []
    for name, step in LINT_STEPS.items():
        print(f"\n===== {name} =====", flush=True)
        if call(*step, environment=PRODUCTION_LIKE if step[0] == "manage.py" else {}):
            failed.append(name)
    sys.exit(f"\nFailed: {', '.join(failed)}" if failed else 0)


def manage(arguments: list[str]) -> None:
    install()
    write_env()
    become("manage.py", *arguments)


def bench(arguments: list[str]) -> None:
    name, *options = arguments or [""]
    if name != "import":
        sys.exit("There is one benchmark: python3 dev.py bench import [--rows N] [--runs R] [--json]")
    install("test")
    become("-m", "tests.bench.imports", *options)


def call(*arguments: str, environment: dict[str, str]) -> int:
    """Run Python in .venv to its end. Ctrl-C reaches the child too, which ends its PostgreSQL and browsers in its own time."""
    with subprocess.Popen([PYTHON, *arguments], env={**os.environ, **environment}) as child:
        while True:
            try:
                return child.wait()
            except KeyboardInterrupt:
                say("Ending …")


def become(*arguments: str) -> None:
    """Let Python in .venv take over this process, so that signals and the exit status are its own."""
    if os.name == "nt":
        sys.exit(call(*arguments, environment={}))
    os.execv(PYTHON, [str(PYTHON), *arguments])


if __name__ == "__main__":
    main()
