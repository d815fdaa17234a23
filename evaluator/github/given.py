"""The account that a user gives: a login as people write it."""

from __future__ import annotations

from .addresses import mention_of

NO_PORTFOLIO = "none"
_OF_A_PROFILE = 0


def given_account(text: str) -> str:
    """The login of ``@login``, of a profile's address or of a login; ``none`` in any case of letters is that word.

    What names no account, such as the address of a repository, stays as it is and is refused where it is used.
    """
    bare = text.strip().strip("\"'“”<>").strip()
    if bare.casefold() == NO_PORTFOLIO:
        return NO_PORTFOLIO
    if "/" not in bare:
        return bare.removeprefix("@")
    mention = mention_of(bare.removeprefix("@"), "an address that was given")
    return mention.login if mention and mention.rank == _OF_A_PROFILE else bare
