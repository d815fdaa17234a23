"""Facts about a candidate's public repositories. Each part is known, or unknown with a reason."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from pydantic import ConfigDict

from .base import Value
from .vocabulary import Identity


class PortfolioStatus(StrEnum):
    OK = "ok"
    PARTIAL = "partial"
    NONE = "none"
    """The resume names no account. Not a fault and not scored."""
    UNKNOWN = "unknown"
    CONFLICT = "conflict"
    """The account seems to be somebody else's; shown, not scored."""


class Unknown(Value):
    """A fact that could not be had, and why. Never scored, never shown as zero."""

    reason: str


class Fact(Value):
    """A part of a portfolio; what another version kept beside it is left aside, so that snapshots outlive versions."""

    model_config = ConfigDict(extra="ignore")


class Profile(Fact):
    """The account's own public statements. Used for identity, never sent to a model."""

    login: str
    account_id: int
    name: str | None = None
    bio: str | None = None
    website: str | None = None
    email: str | None = None
    social: tuple[str, ...] = ()


class Authorship(Fact):
    """Commits on the default branch."""

    own: int
    """Linked to the candidate's account."""
    total: int
    first: date | None = None
    last: date | None = None
    """Of the candidate's newest commits, as far as they were asked for."""
    messages: tuple[str, ...] = ()
    days: int | None = None
    """Different days among the dates of those commits."""
    dates: tuple[date, ...] = ()
    """On which those commits were authored, the oldest first."""


class RepositoryFile(Fact):
    path: str
    text: str


class Repository(Fact):
    """One repository as GitHub describes it."""

    full_name: str
    description: str = ""
    topics: tuple[str, ...] = ()
    fork: bool = False
    empty: bool = False
    mirror: bool = False
    template: str | None = None
    """The template it was generated from."""
    created: date | None = None
    pushed: date | None = None
    size_kb: int = 0
    languages: dict[str, int] | Unknown = {}
    """Bytes by language."""
    paths: tuple[str, ...] | Unknown = Unknown(reason="not asked for")
    files: tuple[RepositoryFile, ...] = ()
    authorship: Authorship | Unknown = Unknown(reason="not asked for")
    releases: int | Unknown = Unknown(reason="not asked for")


class MergedPullRequest(Fact):
    """A pull request of the candidate's that somebody else merged into somebody else's code."""

    repository: str
    number: int
    title: str
    merged: date | None = None
    additions: int | None = None
    deletions: int | None = None
    stars: int | None = None
    """Of the repository."""
    by_person: bool = False
    """The repository is a person's, not an organisation's, as far as was told."""


class Portfolio(Fact):
    """Everything that was fetched about one account."""

    profile: Profile
    repositories: tuple[Repository, ...] = ()
    repository_count: int = 0
    merged_elsewhere: tuple[MergedPullRequest, ...] | Unknown = Unknown(reason="not asked for")
    contributed_to: tuple[str, ...] | Unknown = Unknown(reason="not asked for")
    """Full names of repositories of others with recent contributions. Shown, not scored: what was contributed is
    not among the facts."""
    rung: str = ""
    """Which plan fetched it: ``graphql``, or the rung of the REST ladder."""
    notes: tuple[str, ...] = ()
    """What is unknown in it, one sentence each."""
    fetched: str = ""
    """ISO 8601 time, in snapshots only; never in a report."""
    query_version: str = ""
    requests: int = 0
    """What fetching it cost; a snapshot keeps the number, so that its reports stay equal."""


class AccountMention(Value):
    """One place where a resume names a GitHub account."""

    login: str
    reason: str
    rank: int
    """Lower is better: 0 profile link, 1 profile address in the text, 2 label, 3 repository link."""


class AccountChoice(Value):
    """The account a resume names, or why there is none to use."""

    login: str | None
    reason: str
    mentions: tuple[AccountMention, ...] = ()


class IdentityFinding(Value):
    """How the account and the resume fit together."""

    level: Identity
    reason: str
