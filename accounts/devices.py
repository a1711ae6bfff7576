"""Known devices, and the "place" that sign-in failures are counted at.

Failures are counted per user name and place (django-axes). A device on which somebody has signed in before carries a signed
cookie and is a place of its own; everything else counts at its network address. So a stranger on the site's Wi-Fi can fail a
thousand times as "rc-nw" and the owner still signs in from his own phone. A device's place is written as a unique-local IPv6
address (fd00::/8), which no client can have on the public network and which fits the library's address column.
"""

import secrets
from hashlib import sha256
from ipaddress import IPv6Address, ip_address
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from core.encryption import keyed_hash

COOKIE = "device"
SALT = "accounts.devices"
MAX_AGE = 180 * 24 * 3600
MAX_PEOPLE = 5
UNKNOWN_PLACE = "::"


def place_of(request: HttpRequest) -> str:
    """Where this sign-in comes from: a known device of just this user name, or the network address."""
    device = _read(request)
    if device and _mark(request.POST.get("username", "")) in device["people"]:
        digest = sha256(f"{SALT}:{device['id']}".encode()).digest()
        return str(IPv6Address(b"\xfd" + digest[:15]))
    return network_address(request)


def network_address(request: HttpRequest) -> str:
    """The peer's address; behind our own proxy the last one that it wrote: what stands before it is the client's invention."""
    if settings.BEHIND_PROXY:
        last = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
        return last if _is_address(last) else UNKNOWN_PLACE
    return request.META.get("REMOTE_ADDR", UNKNOWN_PLACE)


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def remember(request: HttpRequest, response: HttpResponse, username: str) -> None:
    """After a successful sign-in, this device is known for this user name."""
    device = _read(request) or {"id": secrets.token_hex(16), "people": []}
    people = [mark for mark in device["people"] if mark != _mark(username)]
    device["people"] = [_mark(username), *people][:MAX_PEOPLE]
    response.set_cookie(
        COOKIE, signing.dumps(device, salt=SALT), max_age=MAX_AGE, httponly=True, samesite="Lax", secure=settings.HTTPS
    )


def _mark(username: str) -> str:
    return keyed_hash("device", username.strip())[:16]


def _read(request: HttpRequest) -> dict[str, Any] | None:
    try:
        return signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=MAX_AGE)
    except signing.BadSignature:
        return None
