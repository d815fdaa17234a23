"""The server itself: listens, answers, ends in order."""

from __future__ import annotations

import socket
from contextlib import suppress

import uvicorn

from ..errors import UsageError
from .app import make_app
from .configuration import ServiceSettings

_BACKLOG = 128
_CONNECTIONS = 256
_LINGER = 5
"""Seconds that answers under way get when the server ends."""


def listen(settings: ServiceSettings) -> tuple[socket.socket, ServiceSettings]:
    """Bind before anything is said, so that the address that is printed is true.

    Returns:
        The socket, and the settings with the port that it has.

    Raises:
        UsageError: the address is taken, or is none of this machine.
    """
    host = settings.host.strip("[]")
    try:
        family, kind, protocol, _, place = socket.getaddrinfo(
            host, settings.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        bound = socket.socket(family, kind, protocol)
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            bound.bind(place)
            bound.listen(_BACKLOG)
        except OSError:
            bound.close()
            raise
    except OSError as error:
        message = f"{settings.host} port {settings.port} cannot be listened on ({error.strerror})."
        raise UsageError(
            message, hint="Choose another --port, or 0 for any that is free."
        ) from error
    return bound, settings.model_copy(update={"port": bound.getsockname()[1]})


def server_of(settings: ServiceSettings) -> uvicorn.Server:
    """A server that logs no addresses, which hold what people search for."""
    return uvicorn.Server(
        uvicorn.Config(
            make_app(settings),
            access_log=False,
            log_level="warning",
            server_header=False,
            lifespan="on",
            ws="none",
            proxy_headers=False,  # the application asks first who is connected
            limit_concurrency=_CONNECTIONS,
            timeout_graceful_shutdown=_LINGER,
        )
    )


def serve(settings: ServiceSettings, bound: socket.socket) -> None:
    """Answer until somebody ends it."""
    with bound, suppress(KeyboardInterrupt):
        server_of(settings).run(sockets=[bound])
