"""The clients of one evaluator, made from its settings when they are first needed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..errors import ConfigurationError, GitHubError
from ..github.client import GitHubClient
from ..network.proxies import proxy_for
from ..pacing import Limiter, MinuteLimits, RateLimiter, WaitTracker
from ..readers.llm import ModelReader
from ..readers.parameters import EndpointCapabilities, ModelOptions
from ..readers.prices import PriceList, Spending
from ..readers.replies import ReplyStore
from ..settings import DEFAULT_MODEL_URL, Settings
from ..transport import RetryPolicy, github_http, model_http, sendable, trusted

if TYPE_CHECKING:
    import httpx
    import httpx2

    from ..readers.endpoint import Endpoint

_MODEL_ATTEMPTS = 12
"""At three failures in ten calls, one candidate in two million is left; the wait is bounded beside."""
_FLEX_SECONDS = 900.0
"""The flex tier answers slowly; its providers ask for a limit of fifteen minutes."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What all evaluators of one run keep to together."""

    model: Limiter
    github: Limiter
    spending: Spending


class GitHubConnection:
    """One connection pool and one pace for all candidates.

    Args:
        settings: address, token and retries.
        transport: for tests: answers instead of GitHub.
        waits: sleeps, and tells until when.
        retries: how failing calls are repeated.
        pace: shared with other evaluators, or None for one of its own.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        transport: httpx.AsyncBaseTransport | None,
        waits: WaitTracker,
        retries: RetryPolicy,
        pace: Limiter | None,
    ) -> None:
        self._settings = settings
        self._transport = transport
        self._retries = RetryPolicy(
            attempts=retries.attempts, total_wait=settings.github_wait, sleep=waits.sleep
        )
        self._pace: Limiter = pace or RateLimiter(sleep=waits.sleep)
        self._http: httpx.AsyncClient | None = None

    def client(self) -> GitHubClient:
        """A client for one candidate.

        Raises:
            GitHubError: the environment's proxy, authorities or token cannot be used.
        """
        s = self._settings
        if self._http is None:
            token = s.github_token.get_secret_value() if s.github_token else None
            login = s.github_url_login.get_secret_value() if s.github_url_login else None
            try:
                self._http = github_http(
                    s.github_url, token=token, login=login, transport=self._transport
                )
            except ConfigurationError as error:
                raise GitHubError(error.message.rstrip("."), hint=error.hint) from error
        return GitHubClient(self._http, retries=self._retries, pace=self._pace)

    async def aclose(self) -> None:
        """Close the connections."""
        if self._http is not None:
            await self._http.aclose()


def model_reader(
    settings: Settings,
    *,
    rubric: str,
    replies: ReplyStore,
    transport: httpx2.AsyncBaseTransport | None,
    waits: WaitTracker,
    spending: Spending,
    limits: Limiter | None,
) -> ModelReader | None:
    """The reader that asks a model; None when the embedded rules read alone.

    Raises:
        ConfigurationError: the model has no name or no endpoint.
    """
    s = settings
    if s.reader_in_use == "rules" or s.installed_reader:
        return None
    options = ModelOptions(
        model=s.require_model(),
        base_url=s.base_url or DEFAULT_MODEL_URL,
        effort=s.effort,
        temperature=s.temperature,
        service_tier=s.service_tier,
    )
    flex = s.service_tier == "flex"
    seconds = max(s.model_seconds, _FLEX_SECONDS) if flex else s.model_seconds
    turns = limits or MinuteLimits(s.requests_per_minute, s.tokens_per_minute, sleep=waits.sleep)

    login = s.base_url_login.get_secret_value() if s.base_url_login else None
    # Told before anything is read; offline nobody is asked.
    key = s.api_key.get_secret_value() if s.api_key else "none"
    if not s.offline:
        key = sendable(key, "OPENAI_API_KEY")
    proxy = None if s.offline or transport else proxy_for(options.base_url)

    def connect(capabilities: EndpointCapabilities) -> Endpoint:
        from ..readers.endpoint import Endpoint

        trust = trusted(options.base_url, proxy)
        return Endpoint(
            options,
            capabilities,
            api_key=key,
            proxy=proxy,
            http=lambda: model_http(
                seconds=seconds, proxy=proxy, trust=trust, login=login, transport=transport
            ),
            retries=RetryPolicy(
                attempts=_MODEL_ATTEMPTS,
                total_wait=s.model_wait,
                total_time=s.model_wait + seconds,
                sleep=waits.sleep,
            ),
            limits=turns,
            spending=spending,
        )

    return ModelReader(
        options, rubric=rubric, store=replies, connect=connect, refresh=s.refresh, offline=s.offline
    )


def spending_of(settings: Settings, prices: PriceList) -> Spending:
    """What this evaluator's calls cost, against the settings' budget."""
    return Spending(prices, settings.model or "", settings.budget)
