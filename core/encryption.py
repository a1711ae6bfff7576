"""Encryption of personal data at rest and the keyed hash that finds it again.

AES-256-GCM with a fresh 96-bit nonce for each value. The stored text is "<key id>:<base64 of nonce + ciphertext>"; the first
key of PERSONAL_DATA_KEYS encrypts, every key decrypts, so keys can be rotated (`manage.py rotate_personal_data_keys`). The hash
is HMAC-SHA-256 under a key of its own: equal values find each other, nothing can be recovered from it without the key.
"""

import base64
import hashlib
import hmac
import os
from collections.abc import Callable
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

NONCE_BYTES = 12
KEY_BYTES = 32


class Undecryptable(Exception):
    """A stored value does not open with any known key: wrong key, or the row was tampered with."""


@lru_cache(maxsize=8)
def _ciphers(keys: tuple[str, ...]) -> dict[str, AESGCM]:
    ciphers = {}
    for entry in keys:
        key_id, _, encoded = entry.partition(":")
        key = base64.b64decode(encoded)
        if not key_id or len(key) != KEY_BYTES:
            raise ImproperlyConfigured("PERSONAL_DATA_KEYS needs 'id:base64' entries of 32-byte keys.")
        ciphers[key_id] = AESGCM(key)
    return ciphers


def current_key_id() -> str:
    return settings.PERSONAL_DATA_KEYS[0].partition(":")[0]


def encrypt(text: str) -> str:
    """Encrypt `text` under the current key."""
    return encryptor()(text)


def encryptor() -> Callable[[str], str]:
    """`encrypt` under the key of this moment, for whoever has thousands of texts to encrypt at once."""
    key_id = current_key_id()
    cipher, name, prefix = _ciphers(tuple(settings.PERSONAL_DATA_KEYS))[key_id], key_id.encode(), f"{key_id}:"

    def seal(text: str) -> str:
        nonce = os.urandom(NONCE_BYTES)
        return prefix + base64.b64encode(nonce + cipher.encrypt(nonce, text.encode(), name)).decode()

    return seal


def decrypt(stored: str) -> str:
    """Decrypt what `encrypt` made; raises Undecryptable."""
    key_id, _, encoded = stored.partition(":")
    return _opened(base64.b64decode(encoded), key_id).decode()


def encrypt_bytes(content: bytes) -> bytes:
    """A file or a block of rows under the current key: "<key id>:" and the sealed bytes as they are."""
    key_id, nonce = current_key_id(), os.urandom(NONCE_BYTES)
    sealed = _ciphers(tuple(settings.PERSONAL_DATA_KEYS))[key_id].encrypt(nonce, content, key_id.encode())
    return key_id.encode() + b":" + nonce + sealed


def decrypt_bytes(stored: bytes) -> bytes:
    """Decrypt what `encrypt_bytes` made; raises Undecryptable."""
    key_id, _, blob = stored.partition(b":")
    return _opened(blob, key_id.decode("ascii", "replace"))


def _opened(blob: bytes, key_id: str) -> bytes:
    cipher = _ciphers(tuple(settings.PERSONAL_DATA_KEYS)).get(key_id)
    if cipher is None:
        raise Undecryptable(f"no key {key_id!r}")
    try:
        return cipher.decrypt(blob[:NONCE_BYTES], blob[NONCE_BYTES:], key_id.encode())
    except InvalidTag as error:
        raise Undecryptable(f"a value under key {key_id!r} does not open") from error


def keyed_hash(kind: str, text: str) -> str:
    """64 hexadecimal characters that stand for `text`; `kind` keeps equal digits of different kinds apart."""
    return hasher(kind)(text)


def hasher(kind: str) -> Callable[[str], str]:
    """`keyed_hash` of a kind, for whoever has thousands of texts to hash at once."""
    return _hasher(settings.PERSONAL_DATA_HASH_KEY, kind)


@lru_cache(maxsize=8)
def _hasher(key: str, kind: str) -> Callable[[str], str]:
    """Holds the state that every hash of a kind begins with: a roster has hundreds of thousands of them."""
    begun = hmac.new(key.encode(), f"{kind}\x00".encode(), hashlib.sha256).copy

    def hashed(text: str) -> str:
        state = begun()
        state.update(text.encode())
        return state.hexdigest()

    return hashed
