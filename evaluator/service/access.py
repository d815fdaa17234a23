"""Who comes in: token or password, then a session's cookie; forms carry the session's own token.

Everything that is answered passes the gate: the name by which the server was called is checked, because a page
elsewhere can have its own name lead to this machine, and each answer carries the headers that keep a page to itself.
"""

from __future__ import annotations

import asyncio
import hmac
import secrets
import time
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlencode, urlsplit

from starlette.datastructures import FormData, Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ..errors import ConfigurationError
from ..secret_masking import learn
from .api.problems import answer, problem
from .configuration import ServiceSettings, is_loopback
from .proxied import check_proxies, name_by_proxy

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
ENTER = "/enter"
_OPEN = ("/static/", "/health", "/ready")
"""Pages for those who are not in yet need these; nothing in them is about anybody."""
_MOST_SESSIONS = 500
_TRIES, _TRIES_SECONDS = 5, 60.0
_BOUND = 200
"""Characters of a token or password that are looked at."""

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    # Browsers name no origin in a form's request where they may say nothing at all.
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=()",
}


def refuse_open_door(settings: ServiceSettings) -> None:
    """From other machines nobody comes in without a password.

    Raises:
        ConfigurationError: the server would listen for others, and neither a password is set nor a proxy named that lets
            people in; or what is said of the proxy makes no sense.
    """
    check_proxies(settings)
    is_proxied = settings.trust_header is not None
    if not is_loopback(settings.host) and settings.password is None and not is_proxied:
        message = f"--host {settings.host} would let other machines in, and no password is set."
        raise ConfigurationError(
            message, hint="Set EVALUATOR_PASSWORD, or leave --host out and use this machine alone."
        )


@dataclass(slots=True)
class Session:
    """One browser that came in.

    Attributes:
        id: the cookie's value.
        csrf: what its forms carry.
        until: when it ends, on the monotonic clock.
        is_blind: names, contacts and pictures are hidden.
        reviewer: who decides, as they told or as the proxy says; empty until they do.
        login: whom the proxy let in; None where it was the token or the password.
    """

    id: str
    csrf: str
    until: float
    is_blind: bool = False
    reviewer: str = ""
    login: str | None = None


@dataclass(slots=True)
class Sessions:
    """Who is in, and how often somebody tried in vain."""

    settings: ServiceSettings
    clock: Callable[[], float] = time.monotonic
    _found: dict[str, Session] = field(default_factory=dict)
    _failures: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        password = self.settings.password
        learn(self.settings.token.get_secret_value())
        learn(password.get_secret_value() if password else None)

    @property
    def cookie(self) -> str:
        """Its name; cookies do not tell ports apart, and two servers may run."""
        return f"evaluator-{self.settings.port}"

    def find(self, id_: str | None) -> Session | None:
        """The session of a cookie, which lives on from now."""
        session = self._found.get(id_ or "")
        if session is None:
            return None
        now = self.clock()
        if session.until < now:
            del self._found[session.id]
            return None
        session.until = now + self.settings.session_seconds
        return session

    def begin(self, login: str | None = None) -> Session:
        """Let a browser in; the one that was away longest goes when there are too many.

        Args:
            login: whom the proxy let in.
        """
        if len(self._found) >= _MOST_SESSIONS:
            oldest = min(self._found.values(), key=lambda session: session.until)
            del self._found[oldest.id]
        until = self.clock() + self.settings.session_seconds
        session = Session(
            secrets.token_urlsafe(32), secrets.token_urlsafe(24), until, reviewer=login or "", login=login
        )  # fmt: skip
        self._found[session.id] = session
        return session

    def end(self, session: Session) -> None:
        """Let nobody in with this cookie again."""
        self._found.pop(session.id, None)

    def admits(self, given: str) -> bool:
        """Whether this is the token, which nobody can guess, or the password while few guess at it."""
        if same(given, self.settings.token.get_secret_value()):
            return True
        password = self.settings.password
        if password is None or self.is_besieged:
            return False
        if same(given, password.get_secret_value()):
            return True
        self._failures.append(self.clock())
        return False

    @property
    def is_besieged(self) -> bool:
        """Whether so many passwords were wrong within a minute that none is looked at now."""
        since = self.clock() - _TRIES_SECONDS
        self._failures[:] = [at for at in self._failures if at > since]
        return len(self._failures) >= _TRIES


def same(given: str, secret: str) -> bool:
    """Compare in a time that tells nothing of the secret."""
    return hmac.compare_digest(given[:_BOUND].encode(), secret[:_BOUND].encode())


def session_of(request: Request) -> Session | None:
    """Whose request this is; None for a program with the token in its header."""
    found: Session | None = request.state.session
    return found


def local(path: str) -> str:
    """A path of this server that somebody may be sent to; anything else is the first page."""
    parts = urlsplit(path)
    # Browsers read a backslash as a slash, and two slashes as another host.
    is_ours = path.startswith("/") and not path.startswith(("//", "/\\"))
    return path if is_ours and not parts.netloc and path.isprintable() else "/"


async def form_of(
    request: Request, *, files: int = 0, fields: int = 200, part: int = 256 * 1024
) -> FormData:
    """A form that came from a page of ours. The only way in which pages read one.

    Raises:
        HTTPException: it carries not the session's token, or is larger than it may be.
    """
    form = await request.form(max_files=files, max_fields=fields, max_part_size=part)
    refuse_foreign(request, str(form.get("csrf", "")))
    return form


def refuse_foreign(request: Request, csrf: str | None = None) -> None:
    """A request that changes something says by the session's token that a page of ours made it.

    Args:
        request: of a browser, or of a program with the token in its header, which no page elsewhere has.
        csrf: from the form; None is the header ``X-CSRF-Token``.

    Raises:
        HTTPException: it does not.
    """
    session = session_of(request)
    given = request.headers.get("x-csrf-token", "") if csrf is None else csrf
    if session is not None and not same(given, session.csrf):
        raise HTTPException(
            403, "This form is from another visit. Open the page again and resend the form."
        )


class Gate:
    """Middleware around the whole service.

    Args:
        app: what is behind it.
        settings: of the server.
        sessions: who is in.
        entrance: the page for those who are not.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        settings: ServiceSettings,
        sessions: Sessions,
        entrance: Callable[[Request], Response],
    ) -> None:
        self._app = app
        self._settings = settings
        self._sessions = sessions
        self._entrance = entrance

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through or answer it."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        send = _with_headers(send)
        request = Request(scope)
        refusal = self._refusal(request) or self._admission(request)
        if refusal is not None:
            await refusal(scope, receive, send)
            return
        await self._app(scope, self._bounded(receive, request), send)

    def _refusal(self, request: Request) -> Response | None:
        if not self._is_called_rightly(request.headers):
            return _plain(request, 400, "This server is not reached by that name. Start it with --name to allow one more.")  # fmt: skip
        if request.method not in SAFE and _is_from_elsewhere(request.headers):
            return _plain(request, 403, "This request comes from a page of another site.")
        try:
            length = int(request.headers.get("content-length", "0"))
        except ValueError:
            length = -1
        if not 0 <= length <= self._most(request):
            return _plain(request, 413, "That is more than this server accepts at once.")
        return None

    def _is_called_rightly(self, headers: Headers) -> bool:
        """A name that is not ours may be a page's own, made to lead here; an address cannot be made so."""
        try:
            called = urlsplit(f"//{headers.get('host', '')}").hostname or ""
        except ValueError:
            return False
        if called in {"localhost", self._settings.host.lower(), *map(str.lower, self._settings.names)}:  # fmt: skip
            return True
        try:
            address = ip_address(called)
        except ValueError:
            return False
        return address.is_loopback or not is_loopback(self._settings.host)

    def _admission(self, request: Request) -> Response | None:
        """None lets the request in; it has a session, carries the token, or asks for what is open to all."""
        session = self._sessions.find(request.cookies.get(self._sessions.cookie))
        scheme, _, bearer = request.headers.get("authorization", "").partition(" ")
        is_program = scheme.lower() == "bearer" and self._sessions.admits(bearer)
        login = name_by_proxy(self._settings, request)
        if session is not None and session.login not in {None, login}:
            session = None  # the proxy let in somebody else since, or did not send this
        request.state.session = None if is_program else session
        request.state.sessions = self._sessions
        token = request.query_params.get("token")
        if token is not None and request.method == "GET" and self._sessions.admits(token):
            return self._first_visit(request, session or self._sessions.begin())
        path = request.url.path
        if login is not None and session is None and request.method == "GET" and not path.startswith(_OPEN):  # fmt: skip
            return self._first_visit(request, self._sessions.begin(login))
        if session or is_program or path == ENTER or path.startswith(_OPEN):
            return None
        if path.startswith(("/api/", "/metrics")):
            return _unknown_program()
        return self._entrance(request)

    def _first_visit(self, request: Request, session: Session) -> Response:
        """The token leaves the address at once: addresses are kept in histories and sent on."""
        left = [(name, value) for name, value in request.query_params.multi_items() if name != "token"]  # fmt: skip
        path = local(request.url.path)
        answer = RedirectResponse(f"{path}?{urlencode(left)}" if left else path, 303)
        give_cookie(answer, request, session)
        return answer

    def _most(self, request: Request) -> int:
        limits = self._settings.limits
        return limits.upload_bytes if may_be_large(request.url.path) else limits.form_bytes

    def _bounded(self, receive: Receive, request: Request) -> Receive:
        """What a sender does not say in the length is counted; who falls silent is not waited for."""
        most, silence = self._most(request), self._settings.limits.silence
        got, ended = 0, False

        async def bounded() -> Message:
            nonlocal got, ended
            if ended:  # the body is here; what may follow is that the sender leaves
                return await receive()
            message = await _within(receive(), silence)
            got += len(message.get("body", b""))
            ended = not message.get("more_body", False)
            if got > most:
                raise HTTPException(413, "That is more than this server accepts at once.")
            return message

        return bounded


async def _within(waited: Awaitable[Message], seconds: float) -> Message:
    try:
        async with asyncio.timeout(seconds):
            return await waited
    except TimeoutError as error:
        raise HTTPException(408, "The rest of the request did not arrive.") from error


def may_be_large(path: str) -> bool:
    """Whether files are uploaded there."""
    is_form = path in {"/runs", "/openings"} or (
        path.startswith("/runs/") and path.endswith("/files")
    )
    return is_form or path in {"/api/v1/evaluate", "/api/v1/jobs"}


def give_cookie(answer: Response, request: Request, session: Session) -> None:
    """Keep the session in the browser: not for scripts, not for other sites."""
    sessions: Sessions = request.state.sessions
    answer.set_cookie(
        sessions.cookie,
        session.id,
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
        path="/",
    )


def _is_from_elsewhere(headers: Headers) -> bool:
    """Whether the browser says that another site made the request; programs say nothing."""
    if headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        return True
    origin = headers.get("origin")
    return origin is not None and urlsplit(origin).netloc != headers.get("host")


def _plain(request: Request, status: int, message: str) -> Response:
    if request.url.path.startswith("/api/"):
        return answer(problem(status, message))
    return PlainTextResponse(f"{message}\n", status)


def _unknown_program() -> Response:
    return answer(
        problem(401, "Send the session token as a bearer token."), {"www-authenticate": "Bearer"}
    )


def _with_headers(send: Send) -> Send:
    async def sent(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers.setdefault(name, value)
            headers.setdefault("cache-control", "no-store")
        await send(message)

    return sent
