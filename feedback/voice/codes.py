"""The secrets of the workers' page: the token of a page, the key of a submission in it, and the code to look the matter up.

A page carries a signed token: the board that it belongs to and a key of 128 bits, drawn for this page alone. It stands where a
form usually has a cookie's counterpart, and says nothing of when it was made. The key makes a submission one: its hash is unique
in the database. The code is worked out from the key with a key of the server, so that the same page sent twice, or a thousand
times, shows the same code; and whoever holds the database alone can work out neither.

    token = new_token("K7M3PX2ABC")        key = key_of(token, "K7M3PX2ABC")        code = code_of(key)     # 16 digits
    Case.objects.get(submission_hash=hash_of(key))                                  Case.objects.get(code_hash=sealed(code))
"""

import hashlib
import re
import secrets

from django.conf import settings
from django.core.signing import BadSignature, Signer

from core.encryption import keyed_hash
from core.personal import plain_digits

SALT = "feedback.voice"
KEY_BYTES, DIGITS, GROUP = 16, 16, 4
SCRYPT = {"r": 8, "p": 1, "maxmem": 64 * 1024 * 1024, "dklen": 32}
ANY_CODE = re.compile(r"\d{16}")


class NotOurs(Exception):
    """A token that was not made here, or for another board: an old page, or somebody tries."""


def new_token(board: str) -> str:
    """Without a time: it would tell when the page was opened."""
    return Signer(salt=SALT).sign_object([board, secrets.token_hex(KEY_BYTES)])


def key_of(token: str, board: str) -> str:
    """The key in the token of a board's page. Raises NotOurs."""
    try:
        found = Signer(salt=SALT).unsign_object(token)
    except (BadSignature, ValueError, UnicodeError) as error:
        raise NotOurs from error
    if not isinstance(found, list) or len(found) != 2 or found[0] != board:
        raise NotOurs
    return str(found[1])


def hash_of(key: str) -> str:
    """What is kept of a submission's key."""
    return keyed_hash("voice submission", key)


def code_of(key: str) -> str:
    """Sixteen digits (53 bits)."""
    return f"{int(keyed_hash('voice code', key), 16) % 10**DIGITS:0{DIGITS}d}"


def sealed(code: str) -> str:
    """What is kept of a code: slow to make, so that nobody tries them all who has the database and even the server's key."""
    return slow_hash(code, "voice code kept", salt="voice salt")


def slow_hash(code: str, kind: str, *, salt: str) -> str:
    """A keyed hash that takes memory and time to make (CODE_COST); `kind` and `salt` keep codes of different kinds apart."""
    salted, keyed = keyed_hash(salt, "").encode(), keyed_hash(kind, code).encode()
    return hashlib.scrypt(keyed, salt=salted, n=settings.CODE_COST, **SCRYPT).hex()


def read_code(typed: str) -> str:
    """The digits of a code as people type it: with spaces, hyphens, full-width. "" for what is no code, which opens nothing."""
    digits = plain_digits(typed[:100])
    return digits if ANY_CODE.fullmatch(digits) else ""


def in_fours(code: str) -> list[str]:
    return [code[place : place + GROUP] for place in range(0, DIGITS, GROUP)]
