"""A portfolio by the best way there is: a fresh snapshot, GraphQL with a token, REST without."""

from __future__ import annotations

from ..errors import GitHubError
from ..models.portfolio import Portfolio
from .accounts import LOGIN, RESERVED
from .client import GitHubClient
from .graphql import fetch_by_graphql
from .rest import fetch_by_rest
from .snapshots import SnapshotStore


async def portfolio_of(
    login: str, *, snapshots: SnapshotStore, client: GitHubClient | None
) -> Portfolio:
    """Facts about an account.

    Args:
        login: the account; checked against GitHub's own grammar.
        snapshots: read first, written after a fetch.
        client: None means offline: snapshots only, whatever their age.

    Raises:
        GitHubError: the portfolio is unknown, with the reason.
        StorageError: the snapshot cannot be written.
    """
    if not LOGIN.fullmatch(login) or login.casefold() in RESERVED:
        message = f"“{login}” is not a GitHub account name"
        raise GitHubError(message, lasting=True)
    kept = snapshots.load(login)
    if client is None:
        if kept is None:
            message = "offline, and there is no snapshot of the account"
            raise GitHubError(message, mend="Run without --offline once.")
        return kept
    if kept is not None and snapshots.is_fresh(kept):
        return kept
    fetch = fetch_by_graphql if client.has_token else fetch_by_rest
    portfolio = await fetch(client, login)
    snapshots.save(portfolio)
    return portfolio
