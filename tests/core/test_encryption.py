"""Keys of personal data."""

import base64
from typing import Any

import pytest

from core.encryption import Undecryptable, decrypt, encrypt, keyed_hash

NEW_KEY = "k2:" + base64.b64encode(b"n" * 32).decode()


def test_encryption_opens_with_its_key_and_is_never_twice_the_same() -> None:
    first, second = encrypt("430000"), encrypt("430000")
    assert first != second
    assert decrypt(first) == decrypt(second) == "430000"


def test_rotation_reads_old_values_and_writes_with_the_new_key(settings: Any) -> None:
    old = encrypt("430000")
    settings.PERSONAL_DATA_KEYS = [NEW_KEY, *settings.PERSONAL_DATA_KEYS]
    assert decrypt(old) == "430000"
    assert encrypt("430000").startswith("k2:")


def test_a_lost_key_fails_closed(settings: Any) -> None:
    stored = encrypt("430000")
    settings.PERSONAL_DATA_KEYS = [NEW_KEY]
    with pytest.raises(Undecryptable):
        decrypt(stored)


def test_a_tampered_value_fails_closed() -> None:
    key_id, _, blob = encrypt("430000").partition(":")
    raw = bytearray(base64.b64decode(blob))
    raw[-1] ^= 1
    with pytest.raises(Undecryptable):
        decrypt(f"{key_id}:{base64.b64encode(bytes(raw)).decode()}")


def test_hash_depends_on_kind_and_key(settings: Any) -> None:
    before = keyed_hash("phone", "15412345678")
    assert before != keyed_hash("bank_card", "15412345678")
    settings.PERSONAL_DATA_HASH_KEY = "another"
    assert before != keyed_hash("phone", "15412345678")
