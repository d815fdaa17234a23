"""What the REST endpoints bring back, as GitHub's own description of them types it."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from ..models.portfolio import MergedPullRequest, Profile, Repository, Unknown
from .wire import Address, Day, Many, Name, Paragraph, Whole, Wire, Word

NEEDS_TOKEN = Unknown(reason="needs a token")


class Account(Wire):
    """An account by itself, or as the owner of a repository, which tells less."""

    id: Whole
    login: str
    kind: str = Field("User", alias="type")
    name: Name = ""
    bio: Paragraph = ""
    website: Address = Field("", alias="blog")
    email: Address = ""
    repositories: Whole = Field(0, alias="public_repos")

    def profile(self) -> Profile:
        """As a fact of the portfolio."""
        return Profile(
            login=self.login,
            account_id=self.id,
            name=self.name or None,
            bio=self.bio or None,
            website=self.website or None,
            email=self.email or None,
        )


class Kind(Wire):
    """Of an account, whatever else is told of it."""

    kind: str = Field("User", alias="type")


class Listed(Wire):
    """One repository of the list."""

    full_name: str
    owner: Account
    description: Paragraph = ""
    topics: Many[Word] = ()
    fork: bool = False
    size_kb: Whole = Field(0, alias="size")
    mirror_url: str = ""
    created: Day = Field(None, alias="created_at")
    pushed: Day = Field(None, alias="pushed_at")
    language: str = ""

    def repository(self) -> Repository:
        """As a fact of the portfolio."""
        only = f"only the main language, {self.language}, without a token"
        return Repository(
            full_name=self.full_name,
            description=self.description,
            topics=self.topics,
            fork=self.fork,
            empty=self.size_kb == 0,
            mirror=bool(self.mirror_url),
            created=self.created,
            pushed=self.pushed,
            size_kb=self.size_kb,
            languages=Unknown(reason=only) if self.language else NEEDS_TOKEN,
            releases=NEEDS_TOKEN,
        )


class _Merge(Wire):
    merged: Day = Field(None, alias="merged_at")


class FoundRequest(Wire):
    """A merged pull request, among the issues that a search finds."""

    repository_url: str
    number: Whole
    title: Address
    pull_request: _Merge | None = None

    def fact(self) -> MergedPullRequest:
        """As a fact of the portfolio."""
        return MergedPullRequest(
            repository="/".join(self.repository_url.split("/")[-2:]),
            number=self.number,
            title=self.title,
            merged=self.pull_request.merged if self.pull_request else None,
        )


class Search(Wire):
    """The reply of a search; its members are read one by one."""

    items: Many[Any]


class _TreeEntry(Wire):
    path: Address
    kind: str = Field(alias="type")


class Tree(Wire):
    """All files and folders of a commit."""

    tree: Many[_TreeEntry]

    def paths(self, most: int) -> tuple[str, ...]:
        """Of files alone."""
        return tuple(entry.path for entry in self.tree[:most] if entry.kind == "blob")


class Contributor(Wire):
    """Somebody with commits; without a login where the mail address belongs to no account."""

    login: str = ""
    contributions: Whole
