"""A portfolio by the best way there is: a fresh snapshot, GraphQL with a token, REST without, a stale snapshot."""

from __future__ import annotations

from ..errors import GitHubError
from ..models.portfolio import Portfolio
from .addresses import LOGIN, RESERVED
from .client import Forbidden, GitHubClient, Missing
from .graphql import NoIndex, fetch_by_graphql
from .rest import fetch_by_rest
from .snapshots import SnapshotStore


async def portfolio_of(
    login: str,
    *,
    snapshots: SnapshotStore,
    client: GitHubClient | None,
    unreachable: GitHubError | None = None,
) -> Portfolio:
    """Facts about an account.

    Args:
        login: the account; checked against GitHub's own grammar.
        snapshots: read first, written after a fetch.
        client: None means that nobody is asked: snapshots only, whatever their age.
        unreachable: why there is no client, where that is not the user's wish.

    Raises:
        GitHubError: the portfolio is unknown, with the reason.
        StorageError: the snapshot cannot be written.
    """
    if not LOGIN.fullmatch(login) or login.casefold() in RESERVED:
        message = f"“{login}” is not a GitHub account name"
        raise GitHubError(message, lasting=True)
    kept = snapshots.load(login, offline=client is None)
    has_token = client is not None and client.has_token
    if kept is not None and snapshots.is_fresh(kept, has_token=has_token):
        return kept
    if client is None:
        if kept is None:
            raise unreachable or _never_fetched()
        return _stale(kept, unreachable) if unreachable else kept
    try:
        portfolio = await _fetched(client, login)
    except GitHubError as error:
        is_gone = isinstance(error, Missing) and not isinstance(error, Forbidden)
        if kept is None or is_gone:
            raise
        return _stale(kept, error)
    snapshots.save(portfolio)
    return portfolio


async def _fetched(client: GitHubClient, login: str) -> Portfolio:
    """By GraphQL where there is a token, and by REST where GraphQL cannot list the repositories."""
    if not client.has_token:
        return await fetch_by_rest(client, login)
    try:
        return await fetch_by_graphql(client, login)
    except NoIndex as error:
        return await fetch_by_rest(client, login, instead_of=error.reason)


def _stale(kept: Portfolio, error: GitHubError) -> Portfolio:
    note = f"GitHub could not be asked ({error.reason}); all this is as of {kept.fetched[:10] or 'an unknown day'}."
    return kept.model_copy(update={"notes": (note, *kept.notes)})


def _never_fetched() -> GitHubError:
    message = "offline, and there is no snapshot of the account"
    return GitHubError(message, hint="Run without --offline once.")
