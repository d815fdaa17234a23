"""From the account a resume names to an outcome for the report, sources of quotes, and findings."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from ..errors import GitHubError
from ..github.account_owner import CONFIRMED, identify, profile_text
from ..github.accounts import choose_account
from ..github.client import GitHubClient
from ..github.evidence import (
    RepositoryText,
    instructions_in,
    merged_evidence,
    merged_findings,
    merged_text,
    repository_findings,
    repository_text,
    shown_lines,
)
from ..github.fetching import portfolio_of
from ..github.given import NO_PORTFOLIO, given_account
from ..github.repository_weight import duplicates, rank_for_depth, weigh
from ..github.snapshots import SnapshotStore
from ..grounding import GroundedSource
from ..models.base import Value
from ..models.document import Document, Flag, FlagKind
from ..models.evidence import Finding
from ..models.portfolio import IdentityFinding, Portfolio, PortfolioStatus, Repository
from ..models.reading import ShownPassage, ShownSource
from ..models.shown import Piece, ShownText
from ..models.vocabulary import Context, Identity, Severity
from ..redaction import Checker, KnownValues, redact_text
from ..report import PortfolioOutcome
from ..scoring import Artifact
from ..structure.contact import Contact
from .deadlines import STRUCTURE, Deadlines, within

MAX_SHOWN_REPOSITORIES = 10
_SHOWN_CHARACTERS = 3_400
"""Of all repositories of one candidate together, so that most of a request is the part all share."""
_SHOWN_LINE = 160
_LINE_COST = 24
"""Characters of what stands before a line: its source, number and origin."""


class PublicCode(Value):
    """Everything that public repositories add to one candidate."""

    outcome: PortfolioOutcome
    sources: tuple[GroundedSource, ...] = ()
    findings: tuple[Finding, ...] = ()
    artifacts: dict[str, Artifact] = {}
    repositories: dict[str, Repository] = {}
    identity_values: tuple[str, ...] = ()
    flags: tuple[Flag, ...] = ()


async def read_public_code(
    document: Document,
    contact: Contact,
    *,
    account: str | None,
    proof: str | None = None,
    snapshots: SnapshotStore,
    client: Callable[[], GitHubClient] | None,
    deadlines: Deadlines,
) -> PublicCode:
    """Find the account, fetch it, weigh it.

    Args:
        document: the resume.
        contact: for the identity check.
        account: a login, ``none``, or None for the account the resume names.
        proof: a code that proves the account when its bio holds it.
        snapshots: where portfolios are kept.
        client: makes a client for one candidate; None means offline.
        deadlines: of the candidate.

    Raises:
        DocumentError: finding the account in the resume took too long.
    """
    account = given_account(account) if account else account
    if account == NO_PORTFOLIO:
        return PublicCode(
            outcome=PortfolioOutcome(
                status=PortfolioStatus.NONE, reason="public code was not asked for"
            )
        )
    login, why = account, "given by the user"
    if login is None:
        with within(deadlines.stage, STRUCTURE):
            choice = choose_account(document, _names(contact))
        login, why = choice.login, choice.reason
        if login is None:
            status = PortfolioStatus.UNKNOWN if choice.mentions else PortfolioStatus.NONE
            return PublicCode(
                outcome=PortfolioOutcome(status=status, reason=why),
                identity_values=tuple(m.login for m in choice.mentions),
            )
    try:
        asked, unreachable = _made(client)
        async with asyncio.timeout(deadlines.portfolio):
            portfolio = await portfolio_of(
                login, snapshots=snapshots, client=asked, unreachable=unreachable
            )
    except TimeoutError:
        message = f"GitHub took longer than {deadlines.portfolio:g} seconds"
        return _unknown(
            login, GitHubError(message, hint="Run it again later, or raise --deadline.")
        )
    except GitHubError as error:
        return _unknown(login, error)
    return weigh_account(portfolio, contact, given=account is not None, proof=proof)


def _names(contact: Contact) -> tuple[str, ...]:
    return (contact.name, *contact.others) if contact.name else ()


def _made(
    client: Callable[[], GitHubClient] | None,
) -> tuple[GitHubClient | None, GitHubError | None]:
    """A client, or why there is none though GitHub may be asked."""
    try:
        return (client() if client else None), None
    except GitHubError as error:
        return None, error


def _unknown(login: str, error: GitHubError) -> PublicCode:
    hint = f" {error.hint}" if error.hint else ""
    flag = Flag(
        kind=FlagKind.PORTFOLIO,
        severity=Severity.MEDIUM,
        message=f"The portfolio of {login} is unknown: {error.reason}.{hint}",
    )
    outcome = PortfolioOutcome(
        status=PortfolioStatus.UNKNOWN,
        reason=error.reason,
        login=login,
        identity=IdentityFinding(
            level=Identity.UNKNOWN, reason="the account could not be compared with the resume"
        ),
    )
    return PublicCode(outcome=outcome, identity_values=(login,), flags=(flag,))


def weigh_account(
    portfolio: Portfolio, contact: Contact, *, given: bool, proof: str | None
) -> PublicCode:
    """What an account adds, once it is fetched.

    Args:
        portfolio: its facts.
        contact: for the identity check.
        given: the user named the account, so that doubts about its owner do not set it aside.
        proof: a code that stands in the bio of the candidate's own account.
    """
    profile = portfolio.profile
    identity = identify(contact, profile, proof=proof, about=profile_text(portfolio))
    values = tuple(v for v in (profile.login, profile.name, profile.email, profile.website) if v)
    counted = given or identity.level in CONFIRMED
    copies = duplicates(portfolio.repositories)
    weights = {r.full_name: weigh(r) for r in portfolio.repositories if r.full_name not in copies}
    notes = {name: weight.notes for name, weight in weights.items()}
    notes |= {copy: (f"the same files as {first}",) for copy, first in copies.items()}
    outcome = PortfolioOutcome(
        status=_status(portfolio, identity, counted=counted),
        reason=_reason(portfolio, identity, counted=counted),
        portfolio=portfolio,
        identity=identity,
        login=profile.login,
        notes=notes,
        requests=portfolio.requests,
    )
    if not counted:
        return PublicCode(
            outcome=outcome, identity_values=values, flags=(_not_counted(profile.login, identity),)
        )
    repositories = tuple(r for r in portfolio.repositories if r.full_name not in copies)
    texts, findings = _texts_and_findings(portfolio, repositories)
    return PublicCode(
        outcome=outcome,
        sources=tuple(_grounded(text) for text in texts),
        findings=tuple(findings),
        artifacts={
            r.full_name: Artifact(
                sustained=weights[r.full_name].sustained,
                releases=r.releases if isinstance(r.releases, int) else 0,
            )
            for r in repositories
        },
        repositories={r.full_name: r for r in repositories},
        identity_values=values,
        flags=tuple(
            _instruction_flag(r.full_name, name, words)
            for r in repositories
            for name, words in instructions_in(r).items()
        ),
    )


def _instruction_flag(repository: str, name: str, words: str) -> Flag:
    flat = "".join(c if c.isprintable() else " " for c in words)
    shown = flat if len(flat) <= _SHOWN_LINE else flat[: _SHOWN_LINE - 1] + "…"
    return Flag(
        kind=FlagKind.INSTRUCTION,
        severity=Severity.MEDIUM,
        message=f"A text in {repository} ({name}) speaks to whoever evaluates it, not counted: “{shown}”",
    )


def _status(portfolio: Portfolio, identity: IdentityFinding, *, counted: bool) -> PortfolioStatus:
    if identity.level is Identity.CONFLICT and not counted:
        return PortfolioStatus.CONFLICT
    return PortfolioStatus.PARTIAL if portfolio.notes else PortfolioStatus.OK


def _reason(portfolio: Portfolio, identity: IdentityFinding, *, counted: bool) -> str | None:
    if identity.level is Identity.CONFLICT and not counted:
        return identity.reason
    told = () if counted else ("Not counted, as nothing but the resume ties it to the candidate.",)
    return " ".join((*told, *portfolio.notes)) or None


def _not_counted(login: str, identity: IdentityFinding) -> Flag:
    if identity.level is Identity.CONFLICT:
        message = f"The account {login} was not scored: {identity.reason}."
        return Flag(kind=FlagKind.IDENTITY, severity=Severity.HIGH, message=message)
    message = (
        f"The account {login} was not counted: {identity.reason}. "
        "Ask the candidate; then name it with --github, or agree a code for its bio (--github-proof)."
    )
    return Flag(kind=FlagKind.IDENTITY, severity=Severity.MEDIUM, message=message)


def _texts_and_findings(
    portfolio: Portfolio, repositories: tuple[Repository, ...]
) -> tuple[list[RepositoryText], list[Finding]]:
    texts: list[RepositoryText] = []
    findings: list[Finding] = []
    for repository in repositories:
        text = repository_text(repository)
        found = repository_findings(repository, text)
        texts.append(text)
        findings += found
    own = {r.full_name for r in portfolio.repositories}
    for name, requests in merged_findings(portfolio).items():
        if name not in own:
            text = merged_text(name, requests)
            texts.append(text)
            findings += merged_evidence(text)
    return texts, findings


def _grounded(text: RepositoryText) -> GroundedSource:
    """Each line a passage of its own, verbatim: code reads the true text."""
    shown = tuple(
        ShownText(
            number=number,
            section="repository",
            context=Context.PROJECT,
            heading="",
            text=line,
            pieces=(
                Piece(
                    shown_start=0,
                    shown_end=len(line),
                    source_start=start,
                    source_end=start + len(line),
                    verbatim=True,
                ),
            ),
        )
        for number, (line, start) in enumerate(zip(text.lines, text.starts(), strict=True), start=1)
        if line
    )
    return GroundedSource(name=text.name, text=text.text, shown=shown, extend=False)


class ShownRepositories(Value):
    """What a model is shown of repositories, under names that say nothing."""

    sources: tuple[ShownSource, ...] = ()
    names: dict[str, str] = {}
    """Shown name to full name."""
    grounded: tuple[GroundedSource, ...] = ()
    """The redacted lines, so that what the model cites is found again."""
    withheld: int = 0
    """Lines in which a second look still found something of the person's; no reader is shown them."""


def show_repositories(code: PublicCode, known: KnownValues) -> ShownRepositories:
    """Redact the telling lines of the repositories most worth reading."""
    ranked = rank_for_depth(list(code.repositories.values()))
    chosen = [r for r in ranked if weigh(r).agency is not None][:MAX_SHOWN_REPOSITORIES]
    checker, withheld = Checker(known), 0
    sources, names, grounded = [], {}, []
    for index, repository in enumerate(chosen, start=1):
        text = repository_text(repository)
        starts = text.starts()
        redacted = [
            redact_text(
                text.lines[n][:_SHOWN_LINE],
                known,
                offset=starts[n],
                number=n + 1,
                context=Context.PROJECT,
            )
            for n in _within(shown_lines(text), text, _SHOWN_CHARACTERS // len(chosen))
        ]
        lines = [line for line in redacted if not checker.finds(line.text)]
        withheld += len(redacted) - len(lines)
        name = f"repository {index}"
        names[name] = repository.full_name
        passages = tuple(
            ShownPassage(
                number=line.number,
                section=_origin(text.origins[line.number - 1]),
                context=Context.PROJECT,
                heading="",
                text=line.text,
            )
            for line in lines
        )
        sources.append(ShownSource(name=name, passages=passages))
        grounded.append(
            GroundedSource(
                name=repository.full_name, text=text.text, shown=tuple(lines), extend=False
            )
        )
    return ShownRepositories(
        sources=tuple(sources), names=names, grounded=tuple(grounded), withheld=withheld
    )


def _within(numbers: list[int], text: RepositoryText, most: int) -> list[int]:
    """The first of the telling lines that fit, in the order of the file list and the files."""
    kept: list[int] = []
    for number in numbers:
        most -= len(text.lines[number][:_SHOWN_LINE]) + _LINE_COST
        if most < 0 and kept:
            break
        kept.append(number)
    return sorted(kept)


def _origin(origin: str) -> str:
    if origin in {"about", "path"}:
        return origin
    return "workflow" if origin.startswith(".github/") else "README"
