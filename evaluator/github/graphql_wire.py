"""What the queries of this package bring back, as GitHub's GraphQL schema types it."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from ..models.portfolio import Authorship, MergedPullRequest, Profile, Repository, Unknown
from .wire import Address, Counted, Day, Many, Message, Name, Named, Paragraph, Whole, Wire


class Fault(Wire):
    """One of the ``errors`` beside ``data``."""

    kind: str = Field("", alias="type")


class Reply(Wire):
    """Any reply: data, and errors for the parts of it that failed."""

    data: dict[str, Any] = {}
    errors: Many[Fault] = ()

    @property
    def kinds(self) -> set[str]:
        """The types of its errors, as far as they have one."""
        return {fault.kind for fault in self.errors} - {""}


class _Topic(Wire):
    topic: Named


class _Topics(Wire):
    nodes: Many[_Topic] = ()


class _Language(Wire):
    size: Whole
    node: Named


class _Languages(Wire):
    edges: Many[_Language] = ()


class _Template(Wire):
    name: str = Field(alias="nameWithOwner")


class IndexEntry(Wire):
    """One repository of the index."""

    id: str
    full_name: str = Field(alias="nameWithOwner")
    description: Paragraph = ""
    fork: bool = Field(False, alias="isFork")
    empty: bool = Field(False, alias="isEmpty")
    mirror: bool = Field(False, alias="isMirror")
    created: Day = Field(None, alias="createdAt")
    pushed: Day = Field(None, alias="pushedAt")
    size_kb: Whole = Field(0, alias="diskUsage")
    template: _Template | None = Field(None, alias="templateRepository")
    topics: _Topics = Field(_Topics(), alias="repositoryTopics")
    languages: _Languages = _Languages()

    def repository(self) -> Repository:
        """As a fact of the portfolio."""
        return Repository(
            full_name=self.full_name,
            description=self.description,
            topics=tuple(each.topic.name for each in self.topics.nodes),
            fork=self.fork,
            empty=self.empty,
            mirror=self.mirror,
            template=self.template.name if self.template else None,
            created=self.created,
            pushed=self.pushed,
            size_kb=self.size_kb,
            languages={each.node.name: each.size for each in self.languages.edges},
        )


class _Page(Wire):
    more: bool = Field(False, alias="hasNextPage")
    cursor: str = Field("", alias="endCursor")


class Index(Wire):
    """One page of the index; its members are read one by one, so that an odd one spoils no other."""

    total: Whole = Field(alias="totalCount")
    page: _Page | None = Field(None, alias="pageInfo")
    nodes: Many[Any] = ()

    @property
    def next(self) -> str:
        """Where the next page begins; nothing on the last."""
        return self.page.cursor if self.page and self.page.more else ""


class _Social(Wire):
    url: Address


class _SocialAccounts(Wire):
    nodes: Many[_Social] = ()


class User(Wire):
    """An account with a page of its index."""

    id: str
    number: Whole = Field(alias="databaseId")
    login: str
    name: Name = ""
    bio: Paragraph = ""
    website: Address = Field("", alias="websiteUrl")
    social: _SocialAccounts = Field(_SocialAccounts(), alias="socialAccounts")
    repositories: Index

    def profile(self) -> Profile:
        """As a fact of the portfolio."""
        return Profile(
            login=self.login,
            account_id=self.number,
            name=self.name or None,
            bio=self.bio or None,
            website=self.website or None,
            social=tuple(each.url for each in self.social.nodes),
        )


class _PageOfUser(Wire):
    repositories: Index


class NextPage(Wire):
    """A later page of the index."""

    user: _PageOfUser


class Found(Wire):
    """The members of a search."""

    nodes: Many[Any] = ()


class FoundRequests(Wire):
    """The reply of the search for pull requests."""

    search: Found


class _Login(Wire):
    login: str = ""


class _Owner(Wire):
    kind: str = Field("", alias="__typename")


class _Target(Wire):
    full_name: str = Field(alias="nameWithOwner")
    stars: Whole | None = Field(None, alias="stargazerCount")
    owner: _Owner | None = None


class PullRequest(Wire):
    """A merged pull request of the account's."""

    number: Whole
    title: Address
    merged: Day = Field(None, alias="mergedAt")
    additions: Whole | None = None
    deletions: Whole | None = None
    merged_by: _Login = Field(_Login(), alias="mergedBy")
    repository: _Target

    def fact(self) -> MergedPullRequest:
        """As a fact of the portfolio."""
        return MergedPullRequest(
            repository=self.repository.full_name,
            number=self.number,
            title=self.title,
            merged=self.merged,
            additions=self.additions,
            deletions=self.deletions,
            stars=self.repository.stars,
            by_person=self.repository.owner is not None and self.repository.owner.kind == "User",
        )


class _Full(Wire):
    name: str = Field(alias="nameWithOwner")


class _Contributed(Wire):
    nodes: Many[_Full] = ()


class _Contributor(Wire):
    to: _Contributed = Field(alias="repositoriesContributedTo")


class Contributions(Wire):
    """The reply of the query for repositories of others."""

    user: _Contributor


class _Commit(Wire):
    day: Day = Field(None, alias="authoredDate")
    message: Message = Field("", alias="messageHeadline")


class _Own(Wire):
    total: Whole = Field(alias="totalCount")
    nodes: Many[_Commit] = ()


class _Head(Wire):
    all: Counted
    mine: _Own


class _Branch(Wire):
    target: _Head


class _Below(Wire):
    name: Address


class _Folder(Wire):
    entries: Many[_Below] = ()


class _Entry(Wire):
    name: Address
    object: _Folder = _Folder()


class _Root(Wire):
    entries: Many[_Entry] = ()


class Depth(Wire):
    """Files, commits and releases of one repository."""

    full_name: str = Field(alias="nameWithOwner")
    released: Counted | None = Field(None, alias="releases")
    branch: _Branch | None = Field(None, alias="defaultBranchRef")
    root: _Root = _Root()
    workflows: _Folder = _Folder()

    @property
    def releases(self) -> int | Unknown:
        """How many; null where GitHub failed on them."""
        return self.released.total if self.released else Unknown(reason="GitHub gave no answer")

    @property
    def paths(self) -> tuple[str, ...]:
        """Two levels of its tree, and its workflows."""
        found: list[str] = []
        for entry in self.root.entries:
            found.append(entry.name)
            found += [f"{entry.name}/{below.name}" for below in entry.object.entries]
        found += [f".github/workflows/{entry.name}" for entry in self.workflows.entries]
        return tuple(dict.fromkeys(found))

    @property
    def authorship(self) -> Authorship:
        """The account's commits on the default branch, of which there are none without one."""
        if self.branch is None:
            return Authorship(own=0, total=0)
        mine = self.branch.target.mine
        dates = tuple(sorted(commit.day for commit in mine.nodes if commit.day))
        return Authorship(
            own=mine.total,
            total=self.branch.target.all.total,
            first=dates[0] if dates else None,
            last=dates[-1] if dates else None,
            messages=tuple(commit.message for commit in mine.nodes),
            days=len(set(dates)) if dates else None,
            dates=dates,
        )


class Deep(Wire):
    """The reply of the query for depth."""

    nodes: Many[Any] = ()


class Blob(Wire):
    """The text of one file."""

    text: str = ""
    binary: bool = Field(False, alias="isBinary")
