"""Reading responses as an adversary would."""

import io
import re
import zipfile

from core.personal import BankCard, IdNumber, Malformed

ID_LIKE = re.compile(r"(?<![0-9A-Za-z])[1-9][0-9]{16}[0-9Xx](?![0-9A-Za-z])")
PHONE_LIKE = re.compile(r"(?<![0-9A-Za-z.])1[3-9][0-9]{9}(?![0-9A-Za-z])")
CARD_LIKE = re.compile(r"(?<![0-9A-Za-z.])[0-9]{16,19}(?![0-9A-Za-z])")
VOLATILE = (
    re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"'),
    re.compile(rb"csrfToken: '[^']+'"),
    re.compile(rb'name="token" value="[^"]+"'),  # the key of one submission on the workers' page
    re.compile(rb'name="key" value="[^"]+"'),  # … of one entry of the handbook
    re.compile(rb'"token": "[^"]+"'),  # for what a telephone kept and sends now
)


def full_numbers(text: str) -> list[str]:
    """Whatever in `text` is a full ID number, mobile number or bank card number."""
    found = [number for number in ID_LIKE.findall(text) if _is(IdNumber, number)]
    found += PHONE_LIKE.findall(text)
    return found + [number for number in CARD_LIKE.findall(text) if _is(BankCard, number)]


def _is(kind: type[IdNumber] | type[BankCard], text: str) -> bool:
    try:
        kind.parse(text)
    except Malformed:
        return False
    return True


def steady(body: bytes) -> bytes:
    """The body without what differs from one request to the next by design. Of a workbook the parts: its archive has the time."""
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            return b"\n".join(archive.read(name) for name in archive.namelist())
    for pattern in VOLATILE:
        body = pattern.sub(b"", body)
    return body
