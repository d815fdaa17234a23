"""Masking of secrets: what looks like a key, and the keys, tokens and passwords that this process was given.

Whatever leaves the process as words passes here once: every error when it is made, every line of the record, every
row of the database, every answer of a server before it is kept. Servers echo requests in their errors.
"""

from __future__ import annotations

import base64
import html
import json
import re
from typing import Any
from urllib.parse import parse_qsl, quote, urlsplit, urlunsplit

MASK = "[secret]"
_LEAST = 4
"""Characters of a value that is looked for; shorter ones are parts of ordinary words."""
_LEAST_BEGUN = 8
"""Characters by which a value is known that was cut: servers and we ourselves shorten what is said."""
_PLACEHOLDERS = frozenset(
    "none null empty dummy test token secret password changeme ollama lm-studio local not-needed "
    "no-key sk-no-key-required".split()
)
"""Keys of servers that want none."""
_KEYS = re.compile(
    r"""
      -----BEGIN\ [A-Z ]*PRIVATE\ KEY-----[A-Za-z0-9+/=\s\\]*
    | (?<![A-Za-z0-9])(?:
          sk-[A-Za-z0-9_-]{16,} | gh[opusr]_[A-Za-z0-9]{12,} | github_pat_\w{20,} | gl(?:pat|ptt)-[\w-]{16,}
        | xox[abeoprs]-[\w-]{10,} | (?:AKIA|ASIA)[0-9A-Z]{16} | AIza[\w-]{30,} | hf_[A-Za-z0-9]{20,}
        | (?:gsk|pplx|nvapi|xai|r8|csk|fw|tgp|sg)[_-][A-Za-z0-9_-]{20,} | eyJ[\w-]{10,}\.[\w-]{8,}\.?[\w-]*
      )
    | (?:(?<=bearer\s)|(?<=basic\s)|(?<=bearer%20)|(?<=basic%20))[\w.~+/=-]{8,}
    """,
    re.VERBOSE | re.IGNORECASE,
)
_NAMED = re.compile(
    r"""(?P<name>\b(?:authorization|(?:x-|x_)?(?:api|access|auth|private|subscription|ocp-apim-subscription)
        [-_ ]?(?:key|token)(?:\ provided)?|client[-_]secret|secret|password|passwd|pwd|token|sig|key)
        \\?["']?\s{0,3}[:=]\s{0,3}\\?["']?)
        (?P<value>(?=[^\s"',;&<>\\]{0,60}[0-9])[^\s"',;&<>\\]{8,})""",
    re.VERBOSE | re.IGNORECASE,
)
_KEY_NAME = re.compile("key|token|secret|passw|sig|code|auth", re.IGNORECASE)
_LOGIN = re.compile(r"(?<=://)[^\s/?#\"'<>]*@")

_ODD = re.compile("[\ud800-\udfff]")
"""Half of a character, by which Python stands in for a byte of a name."""

_known: dict[re.Pattern[str], set[str]] = {}
"""What a secret begins with, and all forms of secrets that begin so."""
_whole: dict[str, re.Pattern[str]] = {}
"""Forms of those secrets that are no words, by themselves."""


def learn(*values: str | None) -> None:
    """Mask these values from now on, in every form in which they are written."""
    for value in values:
        if value and len(value) >= _LEAST and value.lower() not in _PLACEHOLDERS:
            for form in _forms(value):
                no_word = _is_no_word(value)
                beginning = _beginning(form, is_no_word=no_word)
                _known.setdefault(beginning, set()).add(form)
                if no_word:
                    _whole[form] = re.compile(re.escape(form), re.IGNORECASE)


def _is_no_word(value: str) -> bool:
    mixed = any(c.isdigit() for c in value) and any(c.isalpha() for c in value)
    return len(value) >= _LEAST_BEGUN and (mixed or len(value) >= 2 * _LEAST_BEGUN)


def _forms(value: str) -> set[str]:
    """As itself, quoted for JSON, an address or a page, and as Base64, whose end depends on what follows."""
    coded = base64.b64encode(value.encode("utf-8", "replace")).decode("ascii").rstrip("=")
    written = {
        value,
        json.dumps(value)[1:-1],
        json.dumps(value, ensure_ascii=False)[1:-1],
        quote(value, safe="", errors="surrogateescape"),
        html.escape(value),
    }
    return written | ({coded[:-1]} if len(coded) > _LEAST_BEGUN else set())


def _beginning(form: str, *, is_no_word: bool) -> re.Pattern[str]:
    if is_no_word:
        least = max(_LEAST_BEGUN, min(len(form) // 2, 2 * _LEAST_BEGUN))
        return re.compile(re.escape(form[:least]), re.IGNORECASE)
    # A word only whole and where it stands alone: as a part it is most often something else.
    return re.compile(rf"(?<!\w){re.escape(form)}(?!\w)", re.IGNORECASE)


def without_known(text: str) -> str:
    """The text without the secrets that were learnt and are no words; for what is data and may show anything else."""
    for whole in list(_whole.values()):
        text = whole.sub(MASK, text)
    return text


def _without_begun(text: str) -> str:
    """The text without any value that was learnt, also where it was cut."""
    for beginning, forms in list(_known.items()):
        if beginning.search(text):
            text = _cut(text, beginning, forms)
    return text


def _cut(text: str, beginning: re.Pattern[str], forms: set[str]) -> str:
    kept: list[str] = []
    at = 0
    for found in beginning.finditer(text):
        start = found.start()
        if start >= at:
            kept += [text[at:start], MASK]
            at = start + max(_alike(text[start : start + len(form)], form) for form in forms)
    return "".join([*kept, text[at:]])


def _alike(said: str, form: str) -> int:
    """How many characters go on like a secret."""
    pairs = zip(said, form, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a.lower() != b.lower()), len(said))


def without_known_in(value: Any) -> Any:
    """The same for all texts of a JSON value: a server may write a character in more than one way."""
    if isinstance(value, str):
        return without_known(value)
    if isinstance(value, list):
        return [without_known_in(item) for item in value]
    if isinstance(value, dict):
        return {without_known(name): without_known_in(item) for name, item in value.items()}
    return value


def masked(text: str) -> str:
    """The text without the values that were learnt and without anything that looks like a key."""
    text = _without_begun(text)
    if "://" in text:
        text = _LOGIN.sub("", text)
    return _NAMED.sub(rf"\g<name>{MASK}", _KEYS.sub(MASK, text))


def in_one_line(text: str) -> str:
    """Words of others as one line: nothing that moves a cursor, reorders or hides; odd bytes of names in hex."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(c if c.isprintable() else " " for c in readable(text))


def harmless(text: str) -> str:
    """Words of others as one line without secrets, also where characters that are not seen part a secret."""
    seen = "".join(c for c in text if c.isprintable() or c.isspace())
    without = masked(seen)
    return in_one_line(masked(text) if without == seen else without)


def readable(name: str) -> str:
    """A name of a file that may be no UTF-8: bytes that are none stand in hex, so that every name differs."""
    if _ODD.search(name) is None:
        return name
    return _ODD.sub(lambda found: f"\\x{ord(found.group()) & 0xFF:02x}", name)


def keys_in(address: str) -> list[str]:
    """Keys that stand in the query of an address."""
    query = address.partition("?")[2].partition("#")[0]
    return [value for name, value in parse_qsl(query) if _KEY_NAME.search(name)]


def apart(address: str) -> tuple[str, str | None]:
    """An address without user information, and that information; None when it has none."""
    try:
        parts = urlsplit(address)
    except ValueError:  # no address at all; whoever uses it says so
        return _LOGIN.sub("", address), None
    login, at, host = parts.netloc.rpartition("@")
    return (urlunsplit(parts._replace(netloc=host)), login) if at else (address, None)
