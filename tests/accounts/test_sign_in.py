"""Signing in, throttling, sessions and first passwords."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from axes.models import AccessAttempt
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts import devices, workflow
from accounts.models import User
from core.models import AuditEvent
from core.refusals import Refused
from core.roles import Role
from tests.factories import PASSWORD, UserFactory, person_with

pytestmark = pytest.mark.django_db
WRONG = "no-such-password-1"


def sign_in(client: Client, user: User, password: str = PASSWORD, **extra: str) -> int:
    return client.post("/sign-in/", {"username": user.username, "password": password}, **extra).status_code


@pytest.fixture
def owner() -> User:
    return person_with(Role.PROJECT_CLERK)


def test_sign_in_opens_home_and_leaves_a_trace(client: Client, owner: User) -> None:
    response = client.post("/sign-in/", {"username": owner.username, "password": PASSWORD})
    assert (response.status_code, response.headers["Location"]) == (302, "/")
    assert AuditEvent.objects.get(kind="sign_in").by == owner
    assert client.get("/").status_code == 200


def test_sign_in_changes_the_session_key(client: Client, owner: User) -> None:
    client.get("/sign-in/")
    session = client.session
    session["before"] = 1
    session.save()
    client.cookies["session"] = session.session_key
    before = session.session_key
    sign_in(client, owner)
    assert client.session.session_key != before


def test_unknown_name_wrong_password_and_stopped_account_get_the_same_words(client: Client, owner: User) -> None:
    stopped = UserFactory(is_active=False)
    texts = set()
    for username, password in ((owner.username, WRONG), ("nobody", WRONG), (stopped.username, PASSWORD)):
        response = client.post("/sign-in/", {"username": username, "password": password})
        assert response.status_code == 200
        texts.add(response.content.decode().replace(username, "X").split("csrfmiddlewaretoken")[0])
        form = response.context["form"]
        assert str(form.non_field_errors()[0]) == str(form.error_messages["invalid_login"])
    assert len(texts) == 1


def test_a_stranger_cannot_lock_the_owner_out_of_a_known_device(client: Client, owner: User) -> None:
    assert sign_in(client, owner) == 302
    client.post("/sign-out/")
    stranger = Client()
    codes = [sign_in(stranger, owner, WRONG) for _ in range(12)]
    assert codes[:4] == [200] * 4
    assert set(codes[5:]) == {429}
    assert sign_in(stranger, owner) == 429
    assert sign_in(client, owner) == 302


def test_a_known_device_is_throttled_too(client: Client, owner: User) -> None:
    sign_in(client, owner)
    client.post("/sign-out/")
    assert [sign_in(client, owner, WRONG) for _ in range(6)][-1] == 429
    assert AccessAttempt.objects.get().ip_address.startswith("fd")


def test_a_known_device_of_somebody_else_is_a_stranger(client: Client, owner: User) -> None:
    sign_in(client, person_with(Role.PROJECT_CLERK))
    client.post("/sign-out/")
    for _ in range(6):
        sign_in(client, owner, WRONG)
    assert AccessAttempt.objects.get(username=owner.username).ip_address == "127.0.0.1"


def test_a_forged_device_cookie_counts_for_nothing(client: Client, owner: User) -> None:
    client.cookies[devices.COOKIE] = "eyJpZCI6IngifQ:1abc:forged"
    assert sign_in(client, owner, WRONG) == 200
    assert AccessAttempt.objects.get().ip_address == "127.0.0.1"


@pytest.mark.parametrize(
    ("behind_proxy", "forwarded", "place"),
    [
        (False, "203.0.113.77", "127.0.0.1"),
        (True, "203.0.113.77", "203.0.113.77"),
        (True, "198.51.100.1, 203.0.113.77", "203.0.113.77"),
        (True, "nonsense", "::"),
        (True, "", "::"),
    ],
)
def test_failures_count_at_the_address_that_our_own_proxy_saw(
    client: Client, owner: User, settings: Any, behind_proxy: bool, forwarded: str, place: str
) -> None:
    settings.BEHIND_PROXY = behind_proxy
    assert sign_in(client, owner, WRONG, HTTP_X_FORWARDED_FOR=forwarded) == 200
    assert AccessAttempt.objects.get().ip_address == place


def test_the_pause_ends_by_itself(client: Client, owner: User) -> None:
    for _ in range(6):
        sign_in(client, owner, WRONG)
    assert sign_in(client, owner) == 429
    with time_machine.travel(timezone.now() + timedelta(minutes=16), tick=False):
        assert sign_in(client, owner) == 302


@pytest.mark.parametrize(("minutes", "code"), [(29, 200), (31, 302)])
def test_an_idle_session_ends(client: Client, owner: User, minutes: int, code: int) -> None:
    sign_in(client, owner)
    with time_machine.travel(timezone.now() + timedelta(minutes=minutes), tick=False):
        assert client.get("/").status_code == code


def test_a_busy_session_ends_after_twelve_hours(client: Client, owner: User) -> None:
    """Busy on a small page, as often as keeps it from ending for being idle."""
    start = timezone.now()
    with time_machine.travel(start, tick=False) as clock:
        sign_in(client, owner)
        codes = []
        for minutes in range(24, 12 * 60 + 2, 24):
            clock.move_to(start + timedelta(minutes=minutes))
            codes.append(client.get("/password/").status_code)
        clock.move_to(start + timedelta(hours=12, minutes=20))
        last = client.get("/password/")
    assert codes == [200] * 30
    assert (last.status_code, last.headers["Location"].partition("?")[0]) == (302, "/sign-in/")


def test_a_session_cut_by_deactivation_stays_dead_after_activation(client: Client, owner: User) -> None:
    sign_in(client, owner)
    boss = person_with(Role.SYSTEM_ADMINISTRATOR)
    workflow.deactivate(owner, by=boss)
    assert client.get("/").status_code == 302
    workflow.activate(owner, by=boss)
    assert client.get("/").status_code == 302
    assert sign_in(client, owner) == 302
    assert client.get("/").status_code == 200


def test_a_stolen_session_dies_with_a_new_password(client: Client, owner: User) -> None:
    sign_in(client, owner)
    other = Client()
    sign_in(other, owner)
    new = "a-much-better-word-77"
    answer = client.post("/password/", {"old_password": PASSWORD, "new_password1": new, "new_password2": new})
    assert answer.status_code == 302
    assert client.get("/").status_code == 200
    assert other.get("/").status_code == 302


def test_first_password_comes_before_everything_else(client: Client) -> None:
    owner = person_with(Role.PROJECT_CLERK)
    one_time = workflow.reset_password(owner, by=person_with(Role.SYSTEM_ADMINISTRATOR))
    assert sign_in(client, owner, one_time) == 302
    response = client.get("/projects/")
    assert (response.status_code, response.headers["Location"]) == (302, "/password/")
    new = "a-much-better-word-77"
    client.post("/password/", {"old_password": one_time, "new_password1": new, "new_password2": new})
    assert client.get("/projects/").status_code == 200
    assert not User.objects.get(pk=owner.pk).must_change_password


@pytest.mark.parametrize("password", ["short-1", "password1234", "lianxin-2026-abc", "党群工作协理员2026"])
def test_weak_passwords_are_refused(client: Client, owner: User, password: str) -> None:
    sign_in(client, owner)
    client.post("/password/", {"old_password": PASSWORD, "new_password1": password, "new_password2": password})
    assert User.objects.get(pk=owner.pk).check_password(PASSWORD)


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.SYSTEM_ADMINISTRATOR, Role.PARTY_PERSONNEL)])
def test_accounts_are_managed_by_two_posts_only(owner: User, role: Role) -> None:
    by = person_with(role)
    for act in (workflow.deactivate, workflow.activate, workflow.reset_password):
        with pytest.raises(Refused):
            act(owner, by=by)
    assert User.objects.get(pk=owner.pk).is_active


def test_nobody_deactivates_himself() -> None:
    boss = person_with(Role.SYSTEM_ADMINISTRATOR)
    with pytest.raises(Refused):
        workflow.deactivate(boss, by=boss)


def test_demonstration_accounts_stay_outside_production(client: Client, settings: Any) -> None:
    demo = UserFactory(is_demo=True)
    assert sign_in(client, demo) == 302
    client.post("/sign-out/")
    settings.DEMO = False
    assert sign_in(client, demo) == 200


def test_sign_out_tells_the_browser_to_forget(client: Client, owner: User) -> None:
    sign_in(client, owner)
    response = client.post("/sign-out/")
    assert response.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert client.get("/").status_code == 302


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_next_leads_nowhere_else(client: Client, owner: User, target: str) -> None:
    response = client.post("/sign-in/", {"username": owner.username, "password": PASSWORD, "next": target})
    assert response.headers["Location"] == "/"
    response = client.post("/theme/", {"theme": "dark", "next": target})
    assert response.headers["Location"] == "/"


def test_healthz_answers_strangers(client: Client) -> None:
    assert client.get("/healthz").json() == {"status": "ok", "database": connection.vendor}


@pytest.mark.parametrize("accept", ["en", "en-GB,en;q=0.9", "fr", ""])
def test_chinese_unless_chosen(client: Client, accept: str) -> None:
    assert client.get("/sign-in/", headers={"accept-language": accept}).headers["Content-Language"] == "zh-hans"
    client.post("/language/", {"language": "en", "next": "/sign-in/"})
    assert client.get("/sign-in/").headers["Content-Language"] == "en"


def test_signed_in_pages_are_never_stored(client: Client, owner: User) -> None:
    sign_in(client, owner)
    headers = client.get("/").headers
    assert headers["Cache-Control"] == "no-store"
    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe-inline" not in policy
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
