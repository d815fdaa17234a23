"""The end of a job told to another server: signed, to places that the operator named, until it was taken.

The form is that of Standard Webhooks (standardwebhooks.com): ``webhook-id`` stays the same however often it is sent,
``webhook-signature`` is an HMAC-SHA256 over ``id.timestamp.body``. An address is looked up for each try, and the
connection goes to what was looked up and found allowed, so that a name cannot lead elsewhere in between.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import ipaddress
import logging
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from ...errors import ConfigurationError, UsageError
from ...events import log_event
from ...secret_masking import learn
from ...transport import RetryPolicy, Transient

if TYPE_CHECKING:
    from ..configuration import WebhookSettings

_log = logging.getLogger(__name__)
_SECONDS = 15.0
_DAY = 24 * 3600.0
_LEAST_SECRET = 16
_BASE64 = "whsec_"
_PORTS = {"https": 443, "http": 80}
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
PATIENCE = RetryPolicy(attempts=60, total_wait=_DAY, longest_step=3600.0)
"""Of one start of the server; what is not taken by then is tried again after the next start."""


class Origin(NamedTuple):
    """Scheme, host and port."""

    scheme: str
    host: str
    port: int

    @classmethod
    def of(cls, address: str) -> Origin:
        """Of an address.

        Raises:
            ValueError: it is none that webhooks are sent to.
        """
        parts = urlsplit(address)
        port = parts.port or _PORTS.get(parts.scheme, 0)
        if not (parts.scheme in _PORTS and parts.hostname and port) or "@" in parts.netloc or not address.isprintable():  # fmt: skip
            raise ValueError(address)
        return cls(parts.scheme, parts.hostname, port)

    @property
    def is_address(self) -> bool:
        """Whether the host is an address and no name."""
        try:
            ipaddress.ip_address(self.host)
        except ValueError:
            return False
        return True


def is_public(address: str) -> bool:
    """Whether an address is of the internet at large; those that only wrap another are what they wrap."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        within = found.ipv4_mapped or found.sixtofour
        if found in _NAT64:
            within = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if within is not None:
            return is_public(str(within))
    return found.is_global and not found.is_multicast


def keys_of(secrets: str) -> list[bytes]:
    """The keys that sign, the newest first: base64 behind ``whsec_``, any other text as it is.

    Raises:
        ConfigurationError: one is too short to keep anybody from guessing it, or is no base64.
    """
    found = []
    for secret in secrets.split():
        try:
            key = base64.b64decode(secret.removeprefix(_BASE64), validate=True) if secret.startswith(_BASE64) else secret.encode()  # fmt: skip
        except ValueError:
            key = b""
        if len(key) < _LEAST_SECRET:
            message = f"EVALUATOR_WEBHOOK_SECRET holds a secret of less than {_LEAST_SECRET} bytes, or no base64 behind {_BASE64}."
            raise ConfigurationError(message, hint="Make one with “openssl rand -base64 32”.")
        found.append(key)
    return found


def signature(key: bytes, id_: str, timestamp: str, body: bytes) -> str:
    """As ``webhook-signature`` has it."""
    made = hmac.new(key, f"{id_}.{timestamp}.".encode() + body, hashlib.sha256).digest()
    return f"v1,{base64.b64encode(made).decode()}"


@dataclass
class Sender:
    """Sends what the operator allows to be sent.

    Args:
        settings: where to, and with which secret.
        policy: how long an event is tried.
        clock: seconds since the epoch.

    Raises:
        ConfigurationError: a place is none, or there is no secret to sign with.
    """

    settings: WebhookSettings
    policy: RetryPolicy = PATIENCE
    clock: Callable[[], float] = time.time
    _allowed: frozenset[Origin] = field(init=False)
    _keys: list[bytes] = field(init=False)

    def __post_init__(self) -> None:
        secret = self.settings.secret
        text = secret.get_secret_value() if secret else ""
        learn(text, *text.split())
        self._keys = keys_of(text)
        try:
            self._allowed = frozenset(map(Origin.of, self.settings.to))
        except ValueError as error:
            message = f"“{error}” is no place that webhooks are sent to."
            hint = "Give scheme and host, such as https://hooks.example.com."
            raise ConfigurationError(message, hint=hint) from error
        if self._allowed and not self._keys:
            message = "Webhooks are allowed, and there is no secret to sign them with."
            raise ConfigurationError(message, hint="Set EVALUATOR_WEBHOOK_SECRET, 16 bytes or more.")  # fmt: skip

    def check(self, address: str) -> None:
        """Look at an address before a job is accepted.

        Raises:
            UsageError: nothing may be sent there.
        """
        try:
            origin = Origin.of(address)
        except ValueError:
            origin = None
        if origin not in self._allowed:
            message = "Webhooks are not sent to that address."
            raise UsageError(message, hint="The operator allows places with “serve --webhook-to”.")

    async def send(self, address: str, id_: str, body: bytes) -> bool:
        """Send an event until it is taken. Gives False when it was given up."""

        async def attempt() -> None:
            await self._try(address, id_, body)

        try:
            await self.policy.run(attempt)
        except (Transient, UsageError) as error:
            log_event(_log, logging.WARNING, "webhook given up", id=id_, error=type(error).__name__)
            return False
        return True

    async def _try(self, address: str, id_: str, body: bytes) -> None:
        import httpx

        self.check(address)
        timestamp = str(int(self.clock()))
        signed = " ".join(signature(key, id_, timestamp, body) for key in self._keys)
        try:
            async with asyncio.timeout(_SECONDS):
                status = await self._posted(address, body, {
                    "content-type": "application/json", "user-agent": "evaluator",
                    "webhook-id": id_, "webhook-timestamp": timestamp, "webhook-signature": signed,
                })  # fmt: skip
        except (httpx.HTTPError, OSError, UnicodeError) as error:
            log_event(_log, logging.INFO, "webhook", id=id_, error=type(error).__name__)
            message = "The webhook's server was not reached."
            raise Transient(message) from error
        log_event(_log, logging.INFO, "webhook", id=id_, status=status)
        if not 200 <= status < 300:
            message = f"The webhook's server answered {status}."
            raise Transient(message, tries=1 if status == 410 else None)

    async def _posted(self, address: str, body: bytes, headers: dict[str, str]) -> int:
        import httpx

        origin = Origin.of(address)
        place = await self._looked_up(origin)
        url = httpx.URL(address)
        headers["host"] = url.netloc.decode("ascii")
        # The proxy of the environment would do the looking up, and nobody could tell where it leads.
        async with httpx.AsyncClient(trust_env=False, timeout=_SECONDS, verify=_verified(origin)) as client:  # fmt: skip
            sent = client.build_request("POST", url.copy_with(host=place), content=body, headers=headers, extensions={"sni_hostname": url.raw_host.decode("ascii")})  # fmt: skip
            answer = await client.send(sent, stream=True, follow_redirects=False)
            await answer.aclose()
            return answer.status_code

    async def _looked_up(self, origin: Origin) -> str:
        """An address of the host that may be connected to."""
        loop = asyncio.get_running_loop()
        found = await loop.getaddrinfo(origin.host, origin.port, type=socket.SOCK_STREAM)
        places = [str(place[0]) for *_, place in found]
        if not (self.settings.private or origin.is_address or all(map(is_public, places))):
            message = "The webhook's host leads to an address that is not public."
            raise Transient(message)
        return places[0]


def _verified(origin: Origin) -> bool:
    """Certificates are read for TLS alone; it takes a while."""
    return origin.scheme == "https"
