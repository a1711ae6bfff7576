"""Production settings: an unsafe start is impossible, a safe one passes Django's own deployment check."""

import os
import subprocess
import sys
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command

from config.guards import refuse_unsafe

SAFE: dict[str, Any] = {
    "debug": False,
    "secret_key": "0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJKLMNOPQ",
    "allowed_hosts": ["lianxin.example.org"],
    "demo_password": "",
}
UNSAFE = [
    ({"debug": True}, "DEBUG"),
    ({"secret_key": "short-key"}, "SECRET_KEY"),
    ({"secret_key": "abcd" * 20}, "SECRET_KEY"),
    ({"secret_key": "django-insecure-" + SAFE["secret_key"]}, "SECRET_KEY"),
    ({"allowed_hosts": ["*"]}, "ALLOWED_HOSTS"),
    ({"allowed_hosts": []}, "ALLOWED_HOSTS"),
    ({"demo_password": "lianxin-demo-2026"}, "DEMO_PASSWORD"),
]


@pytest.mark.parametrize(("change", "named"), UNSAFE, ids=str)
def test_each_unsafe_setting_stops_the_start_and_is_named(change: dict[str, Any], named: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=named):
        refuse_unsafe(**{**SAFE, **change})


def test_safe_settings_are_let_through() -> None:
    refuse_unsafe(**SAFE)


def manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A management command as production would run it, whatever a developer's .env says."""
    production = {
        "DEMO": "0",
        "DEMO_PASSWORD": "",
        "DEBUG": "0",
        "HTTPS": "1",
        "SECRET_KEY": SAFE["secret_key"],
        "ALLOWED_HOSTS": "lianxin.example.org",
        "DATABASE_URL": "sqlite://:memory:",
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    inherited = {name: value for name, value in os.environ.items() if name != "DJANGO_ALLOW_ASYNC_UNSAFE"}  # for browser tests
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR,
        env={**inherited, **production, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_deployment_check_finds_nothing() -> None:
    outcome = manage("check", "--deploy", "--fail-level", "WARNING")
    assert outcome.returncode == 0, outcome.stderr


def test_the_real_settings_refuse_a_wildcard_host() -> None:
    outcome = manage("check", ALLOWED_HOSTS="*")
    assert outcome.returncode != 0
    assert "ALLOWED_HOSTS must name the hosts of this site" in outcome.stderr


def test_a_demonstration_cannot_be_seeded_into_production(settings: Any) -> None:
    """Before the database is asked anything, which pytest-django would not permit here."""
    settings.DEMO = False
    with pytest.raises(CommandError, match="DEMO=1"):
        call_command("seed_demo")
