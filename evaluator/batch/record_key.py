"""The key of a run's records, which somebody who may change the run does not have.

It is read from the environment alone: a key that lies beside what it protects protects nothing.
"""

from __future__ import annotations

import hashlib
import hmac
from functools import lru_cache

from ..environment import key_of_records
from ..errors import ConfigurationError
from ..secret_masking import learn

VARIABLE = "EVALUATOR_RECORD_KEY"
KEYED = "hmac:"
"""How a hash begins that was made with the key."""
_LEAST = 16


def record_key() -> bytes | None:
    """The key, or None where none is set.

    Raises:
        ConfigurationError: it is so short that it could be guessed.
    """
    secret = key_of_records()
    return _key(secret.get_secret_value()) if secret else None


@lru_cache(maxsize=4)
def _key(value: str) -> bytes:
    learn(value)
    if len(value) < _LEAST:
        message = f"{VARIABLE} is shorter than {_LEAST} characters."
        raise ConfigurationError(
            message, hint="Take a random one, as “openssl rand -hex 32” gives."
        )
    return value.encode("utf-8", "surrogateescape")


def hash_of(text: str, key: bytes | None) -> str:
    """SHA-256 in hex; with a key its HMAC, marked as such."""
    if key is None:
        return hashlib.sha256(text.encode()).hexdigest()
    return KEYED + hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
