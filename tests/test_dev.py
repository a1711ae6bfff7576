"""The command that a newcomer types first (dev.py), as far as it can be tested without a bare machine."""

import base64
import json
import re
import socket
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

import dev


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A directory that dev.py takes for a fresh clone."""
    monkeypatch.setattr(dev, "ENV_FILE", tmp_path / ".env")
    monkeypatch.setattr(dev, "VAR", tmp_path / ".var")
    monkeypatch.setattr(dev, "DATABASE", tmp_path / ".var" / "lianxin.sqlite3")
    monkeypatch.setattr(dev, "SEEDED", tmp_path / ".var" / "seeded")
    for name in ("SECRET_KEY", "DEMO_PASSWORD", "DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def test_first_start_writes_keys_of_its_own_for_the_owner_alone(clone: Path) -> None:
    dev.write_env()
    first = dict(line.split("=", 1) for line in (clone / ".env").read_text("utf-8").splitlines())
    assert len(first["SECRET_KEY"]) >= 50
    key_id, _, key = first["PERSONAL_DATA_KEYS"].partition(":")
    assert (key_id, len(base64.b64decode(key))) == ("k1", 32)
    assert (first["DEMO"], first["DEMO_PASSWORD"]) == ("1", "lianxin-demo-2026")
    assert stat.S_IMODE((clone / ".env").stat().st_mode) == 0o600 or sys.platform == "win32"

    (clone / ".env").unlink()
    dev.write_env()
    second = dict(line.split("=", 1) for line in (clone / ".env").read_text("utf-8").splitlines())
    assert {name for name in first if first[name] == second[name]} == {"DEMO", "DEMO_PASSWORD", "ALLOWED_HOSTS"}


def test_later_starts_keep_the_keys(clone: Path) -> None:
    (clone / ".env").write_text("SECRET_KEY=kept\n", "utf-8")
    dev.write_env()
    assert (clone / ".env").read_text("utf-8") == "SECRET_KEY=kept\n"


def test_new_keys_are_never_written_beside_data_that_others_encrypted(clone: Path) -> None:
    (clone / ".var").mkdir()
    (clone / ".var" / "lianxin.sqlite3").touch()
    with pytest.raises(SystemExit, match="restore \\.env"):
        dev.write_env()
    assert not (clone / ".env").exists()


def test_keys_in_the_environment_are_enough(clone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "from the environment")
    dev.write_env()
    assert not (clone / ".env").exists()


def test_the_environment_wins_over_the_file(clone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (clone / ".env").write_text("DEMO_PASSWORD=file\nDEMO=1\n", "utf-8")
    monkeypatch.setenv("DEMO_PASSWORD", "environment")
    monkeypatch.delenv("DEMO")
    assert (dev.setting("DEMO_PASSWORD"), dev.setting("DEMO"), dev.setting("NOWHERE")) == ("environment", "1", "")


def test_the_demonstration_is_seeded_once_for_each_database_and_password(clone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seedings = []
    monkeypatch.setattr(dev.subprocess, "call", lambda command: seedings.append(command[-1]) or dev.DATABASE.touch())
    dev.write_env()
    dev.seed()
    dev.seed()
    assert [json.loads(steps)[-1] for steps in seedings] == [["seed_demo"]]
    monkeypatch.setenv("DEMO_PASSWORD", "another-password-2026")
    dev.seed()
    assert len(seedings) == 2
    dev.DATABASE.unlink()
    dev.seed()
    assert len(seedings) == 3


def test_a_failed_seeding_is_tried_again(clone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev.subprocess, "call", lambda command: 1)
    dev.write_env()
    with pytest.raises(SystemExit, match="could not be prepared"):
        dev.seed()
    assert not dev.SEEDED.exists()


def test_a_port_in_use_is_named() -> None:
    with socket.create_server(("127.0.0.1", 0)) as busy:
        port = busy.getsockname()[1]
        with pytest.raises(SystemExit, match=f"Port {port} is in use"):
            dev.require_free(port)
    dev.require_free(port)


def test_an_unknown_command_prints_what_there_is() -> None:
    outcome = subprocess.run(
        [sys.executable, "dev.py", "fly"], cwd=settings.BASE_DIR, capture_output=True, text=True, check=False
    )
    assert outcome.returncode == 1
    assert "python3 dev.py run" in outcome.stderr


def test_every_pinned_dependency_is_pinned_alike_in_the_constraints() -> None:
    lists = (settings.BASE_DIR / "pyproject.toml").read_text("utf-8")
    constraints = (settings.BASE_DIR / "constraints.txt").read_text("utf-8").lower().replace("_", "-").splitlines()
    pins = re.findall(r'^  "([a-z0-9-]+==[0-9.]+)"', lists, flags=re.MULTILINE)
    assert len(pins) > 20
    assert [pin for pin in pins if pin not in constraints] == []


def test_every_setting_is_described_in_the_example() -> None:
    source = (settings.BASE_DIR / "config" / "settings.py").read_text("utf-8")
    read = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', source))
    described = set(re.findall(r"^([A-Z_]+)=", (settings.BASE_DIR / ".env.example").read_text("utf-8"), flags=re.MULTILINE))
    assert read == described
