"""How the service runs, as values: where the runs are, where it listens, who may come in, how much it takes."""

from __future__ import annotations

import secrets
from ipaddress import ip_address
from pathlib import Path

from pydantic import Field, SecretStr

from ..models.base import Value
from ..settings import Settings

DEFAULT_PORT = 8765
_MEGABYTE = 1024 * 1024


def is_loopback(host: str) -> bool:
    """Whether an address is reached from this machine alone."""
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


class Limits(Value):
    """How much one request may bring."""

    upload_bytes: int = Field(default=512 * _MEGABYTE, ge=1)
    """Of one upload, all its files together."""
    upload_files: int = Field(default=1000, ge=1)
    form_bytes: int = Field(default=_MEGABYTE, ge=1)
    """Of any other request."""
    per_minute: int = Field(default=6000, ge=1)
    """Requests to the API that one caller may make in the long run."""
    burst: int = Field(default=300, ge=1)
    """And at once."""
    silence: float = Field(default=30.0, gt=0)
    """Seconds that a sender may say nothing in the middle of a request."""


class WebhookSettings(Value):
    """Where the ends of jobs may be told."""

    to: tuple[str, ...] = ()
    """Scheme, host and, where it is another, port, such as ``https://hooks.example.com``."""
    private: bool = False
    """Whether names may lead to addresses of the own network; an address in the place of a name always may."""
    secret: SecretStr | None = None
    """That signs; several, divided by spaces, sign side by side while one takes the place of another."""


class ServiceSettings(Value):
    """One server.

    Attributes:
        runs: folder of run folders, or one run folder.
        host: where it listens; anything but loopback needs a password.
        port: 0 takes any free port.
        names: under which it is reached beside its own address, for example behind a reverse proxy.
        token: of this start; whoever opens an address with it comes in.
        password: lets people in from elsewhere.
        trust_header: in which a reverse proxy names whom it let in.
        proxies: addresses and networks of that proxy; without any, this machine where it listens for this machine alone.
        evaluation: how uploaded resumes are read.
    """

    runs: Path
    host: str = "127.0.0.1"
    port: int = Field(default=DEFAULT_PORT, ge=0, le=65535)
    names: tuple[str, ...] = ()
    token: SecretStr = Field(default_factory=lambda: SecretStr(secrets.token_urlsafe(24)))
    password: SecretStr | None = None
    trust_header: str | None = None
    proxies: tuple[str, ...] = ()
    evaluation: Settings = Field(default_factory=Settings)
    limits: Limits = Limits()
    session_seconds: float = Field(default=12 * 3600.0, gt=0)
    """After so long without a visit a session ends."""

    webhooks: WebhookSettings = WebhookSettings()
    jobs_at_once: int = Field(default=2, ge=1)
    """Jobs that are worked on at the same time, each with processes of its own; the others wait."""
    ahead: int = Field(default=5, ge=0)
    """Runs that are read when the server starts, before anybody asks."""

    @property
    def address(self) -> str:
        """Where a browser finds it, without the token."""
        host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(self.host, self.host)  # noqa: S104 - a name, not a binding
        shown = f"[{host}]" if ":" in host and not host.startswith("[") else host
        return f"http://{shown}:{self.port}/"
