"""A real browser against a real server."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from accounts.models import User
from coordinators.models import ProvisionEdition
from feedback.models import CaseCategory
from handbook.models import VisitTopic
from reports.models import ReportTemplate
from tests.conftest import CHROMIUM
from tests.house.crawl import client_for
from tests.settings import SCRATCH

WIDTHS = {"phone": (360, 780), "desk": (1280, 900)}
# Half of a browser's time went into the buttons and boxes around the page, which are pages themselves and which nobody sees
# here. Chromium obeys the last list of these: what Playwright leaves out and matters here is named again.
LEFT_OUT = (
    *("InitialWebUI", "PreloadTopChromeWebUI", "WebUILocationBar", "WebUIReloadButton", "WebUIToolbar"),
    *("WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup", "WebUIOmniboxPopup"),
    *(
        "AvoidUnnecessaryBeforeUnloadCheckSync",
        "DestroyProfileOnBrowserClose",
        "HttpsFirstBalancedModeAutoEnable",
        "HttpsUpgrades",
    ),
    *("LensOverlay", "MediaRouter", "NetworkTimeServiceQuerying", "OptimizationHints", "PaintHolding", "PreconnectToSearch"),
)
ARGS = [
    f"--disable-features={','.join(LEFT_OUT)}",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        yield browser
        browser.close()


Opener = Callable[..., Page]


@pytest.fixture
def open_as(chromium: Browser, live_server: Any) -> Iterator[Opener]:
    """`open_as(user, "phone", theme="dark")` gives a page in a context of its own, signed in unless user is None."""
    contexts: list[BrowserContext] = []

    def opened(user: User | None, size: str = "desk", *, theme: str = "light", language: str = "zh-hans") -> Page:
        width, height = WIDTHS[size]
        context = chromium.new_context(
            viewport={"width": width, "height": height}, base_url=live_server.url, locale="zh-CN", timezone_id="Asia/Shanghai"
        )
        contexts.append(context)
        cookies = {"theme": theme, "django_language": language}
        if user:
            cookies["session"] = session_of(client_for(user))
        context.add_cookies([{"name": name, "value": value, "url": live_server.url} for name, value in cookies.items()])
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()


def session_of(client: Client) -> str:
    return client.cookies["session"].value


def seed_demo(scale: float) -> None:
    """The demonstration organisation: made once, afterwards put back as it was made."""
    kept = made_demo(scale, timezone.localdate())
    with closing(sqlite3.connect(kept)) as source:
        connection.ensure_connection()
        source.backup(connection.connection)


@cache
def made_demo(scale: float, today: date) -> Path:
    """A copy of the database with the demonstration in it; an earlier test may have emptied the tables that migrations fill."""
    if not ReportTemplate.objects.exists():
        import_module("reports.migrations.0002_first_template").seed(apps, None)
    if not ProvisionEdition.objects.exists():
        import_module("coordinators.migrations.0003_first_provisions_and_schemes").write(apps, None)
    if not CaseCategory.objects.exists():
        import_module("feedback.migrations.0002_first_rules_and_form").seed(apps, None)
    if not VisitTopic.objects.exists():
        import_module("handbook.migrations.0002_first_words_and_lists").seed(apps, None)
    call_command("seed_demo", scale=scale, verbosity=0)
    kept = SCRATCH / f"demo-{scale}-{today}.sqlite3"
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(kept)])
    return kept
