"""Where a model endpoint is: an address as people paste it, as it is called, remembered and shown."""

from __future__ import annotations

import hashlib
import re
from urllib.parse import parse_qsl, urlencode, urlsplit

from ..errors import ConfigurationError
from ..models.base import Value
from ..secret_masking import apart

_RESOURCE = re.compile(r"(?:/+(?:chat/+)?completions|/+chat|/+responses|(?<=/v1)/+models)$", re.I)
_AZURE = (".azure.com", ".azure.us", ".azure.cn", ".azure-api.net")
_SHOWN = "api-version"
"""The only part of a query that tells something and is no secret."""
_KEY_WORDS = re.compile(r"key|token|secret|sig|pass|auth|code|cred", re.I)


def unquoted(text: str) -> str:
    """A text without the quotes that env files leave around it."""
    return text.strip().strip("\"'“”„‘’<>").strip()


class ModelAddress(Value):
    """The base of an OpenAI-compatible endpoint."""

    base: str
    """Without user information, query, resource or a slash at its end."""
    query: tuple[tuple[str, str], ...] = ()
    """Sent with every call; gateways take versions and keys there."""

    @classmethod
    def parse(cls, text: str) -> ModelAddress:
        """An address as it was pasted: the whole of a call's, with slashes, quotes, or a query.

        Raises:
            ConfigurationError: it is not an http or https address.
        """
        bare = apart(unquoted(text))[0]
        try:
            parts = urlsplit(bare)
            is_sound = parts.scheme in {"http", "https"} and bool(parts.hostname)
            is_sound = is_sound and parts.port != 0 and not re.search(r"\s", bare)
        except ValueError:
            is_sound = False
        if not is_sound:
            shown = "" if "@" in bare else f" “{bare[:80]}”"
            message = f"The model's address{shown} is not an http or https address."
            raise ConfigurationError(
                message, hint="Write --base-url http://HOST:PORT/v1, or OPENAI_BASE_URL."
            )
        path = re.sub(r"/{2,}", "/", _RESOURCE.sub("", parts.path.rstrip("/"))).rstrip("/")
        base = parts._replace(path=path, query="", fragment="").geturl()
        return cls(base=base, query=tuple(parse_qsl(parts.query, keep_blank_values=True)))

    @property
    def shown(self) -> str:
        """For messages."""
        told = [(name, value) for name, value in self.query if name == _SHOWN]
        return f"{self.base}?{urlencode(told)}" if told else self.base

    @property
    def identity(self) -> str:
        """What replies and capabilities are kept for: no key, and nothing that a key could be read from."""
        others = [(n, v) for n, v in self.query if n != _SHOWN and not _KEY_WORDS.search(n)]
        if not others:
            return self.shown
        digest = hashlib.sha256(urlencode(others).encode("utf-8")).hexdigest()[:16]
        return f"{self.shown} {digest}"

    @property
    def takes_api_key_header(self) -> bool:
        """Whether this is Azure's, or a gateway to it, which wants the key in a header of its own."""
        host = urlsplit(self.base).hostname or ""
        return host.endswith(_AZURE) or any(name == _SHOWN for name, _ in self.query)
