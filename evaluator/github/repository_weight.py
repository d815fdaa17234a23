"""What a repository can show, from its facts alone. Pure; stars and followers are not among them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..models.base import Value
from ..models.portfolio import Authorship, MergedPullRequest, Profile, Repository, Unknown
from ..models.vocabulary import Agency
from ..structure.folding import fold
from .history import (
    LONG_COMMITS,
    SUSTAINED_DAYS,
    authored_since,
    days_of_work,
    is_backdated,
    is_brought,
    is_imported,
    is_long_lived,
)

MIN_OWN_COMMITS = 3
SUSTAINED_COMMITS = 10
SUSTAINED_AUTHORED_DAYS = 4
"""Different days among the newest commits, so that no evening passes for weeks."""
FORK_COMMITS = 20
"""Own commits that make a fork a work of one's own, where they are most of all."""
OWN_SHARE = 0.25
"""Of the commits; with less and with few, a repository is one of others."""
MERGED_LINES = 10
KNOWN_STARS = 20
BULK_KILOBYTES = 100
_WORTH_READING = (
    r"readme(\.(md|rst|txt))?$",
    r"pyproject\.toml$|requirements[\w.-]*\.txt$|environment\.ya?ml$|setup\.(py|cfg)$",
    r"\.github/workflows/[^/]+\.ya?ml$|\.gitlab-ci\.yml$",
    r"dvc\.yaml$|mlproject$|bentofile\.yaml$|feature_store\.yaml$|dockerfile$|docker-compose[\w.-]*\.ya?ml$|makefile$",
)
_EXERCISE = re.compile(
    r"\b(?:home ?work|bootcamp|course(?:work| project| assignment)|assignment \d|capstone of|udemy|coursera|udacity|datacamp"
    r"|specialization|(?:code|coded|coding) along|clone of|(?:following|from|based on) (?:the |a |this )?(?:\w+ ){0,3}tutorial)\b"
    r"|[-_](?:tutorial|homework|clone|course|bootcamp)$",
    re.I,
)
_PROSE_ONLY = re.compile(
    r"^(?:readme|license|licence|\.gitignore|contributing|code_of_conduct)[\w.-]*$", re.I
)
_CODE = re.compile(
    r"\.(?:ipynb|py|go|rs|java|scala|kt|cpp|cc|cu|c|r|jl|ts|js|tf|sh|sql|ya?ml|toml)$", re.I
)
_SAYS_NOTHING = re.compile(
    r"(?:wip|fix|fixes|fixed|more|update[sd]?|changes?|stuff|test|tests|commit|asdf|tmp|temp|done|edit|minor|misc|cleanup|typo|first|initial|"
    r"(?:create|update|delete|rename) \S+|add files via upload)?[\s.!\d]*",
    re.I,
)
_README_START = 600
_TELLING_CHARACTERS = 80
_TRIVIAL = "most commit messages are identical or say nothing"
_SHORT_NAME = 3
_TESTS = re.compile(r"(?:^|/)(?:tests?/|test_\w+\.py$|[\w-]+_test\.(?:py|go)$|tests?$)")


class Weight(Value):
    """How much of a repository is the candidate's own, and why it counts less."""

    agency: Agency | None
    """The most that its evidence may claim; None: it shows nothing."""
    sustained: bool
    """Own commits over weeks, and tests or releases."""
    notes: tuple[str, ...] = ()
    """Facts for the report, not accusations."""


def weigh(repository: Repository) -> Weight:
    """Weigh one repository."""
    reason = _shows_nothing(repository)
    if reason:
        return Weight(agency=None, sustained=False, notes=(reason,))
    authorship = repository.authorship
    if isinstance(authorship, Unknown):
        return Weight(agency=Agency.EXPOSED, sustained=False)
    notes: list[str] = []
    share = authorship.own / max(1, authorship.total)
    if share < 0.1 and authorship.total >= FORK_COMMITS:
        notes.append(f"{authorship.own} of {authorship.total} commits are the candidate's")
    days = days_of_work(repository, authorship)
    since = authored_since(repository, authorship)
    spread = authorship.days is None or authorship.days >= SUSTAINED_AUTHORED_DAYS
    steady = since >= SUSTAINED_COMMITS and days >= SUSTAINED_DAYS and spread
    if not steady and authorship.own >= MIN_OWN_COMMITS:
        notes.append(f"{authorship.own} own commits within {days} days")
    if is_backdated(repository, authorship):
        notes.append(
            "commits are dated before the repository was made; only GitHub's own dates count"
        )
    if _is_scripted(authorship):
        notes.append(_TRIVIAL)
        steady = False
    notebooks = _is_notebooks(repository)
    if notebooks:
        notes.append("notebooks and no code beside them")
    releases = repository.releases if isinstance(repository.releases, int) else 0
    owned = steady and share >= 0.5 and not notebooks
    agency = Agency.OWNED if owned else Agency.CONTRIBUTED
    return Weight(
        agency=agency if steady or authorship.own >= MIN_OWN_COMMITS else Agency.EXPOSED,
        sustained=steady and (releases > 0 or has_tests(repository)),
        notes=tuple(notes),
    )


def _shows_nothing(repository: Repository) -> str | None:
    """The reason why a repository is no evidence at all, if there is one."""
    authorship = repository.authorship
    own = authorship.own if isinstance(authorship, Authorship) else None
    checks = (
        (repository.empty, "empty"),
        (repository.mirror, "a mirror"),
        (repository.fork and not own, "a fork without own commits"),
        (repository.fork and not _is_own_fork(authorship), "a fork with little own work"),
        (own == 0, "no commit is linked to the account"),
        (bool(repository.template) and (own or 0) < LONG_COMMITS, "a copy of a template"),
        (is_brought(repository), "a history brought from elsewhere: too many commits a day"),
        (
            own is not None and own <= 2 and repository.size_kb >= BULK_KILOBYTES,
            "imported in one or two commits",
        ),
        (is_imported(repository), "most of its code came at once, and little was done since"),
        (_is_others(authorship), "nearly all commits are by other people"),
        (_is_trivial(repository), _TRIVIAL),
        (_is_prose_only(repository), "only a README, and no other work"),
        (_is_exercise(repository), "says itself that it is an exercise of a course or tutorial"),
    )
    return next((reason for holds, reason in checks if holds), None)


def _is_trivial(repository: Repository) -> bool:
    authorship = repository.authorship
    scripted = isinstance(authorship, Authorship) and _is_scripted(authorship)
    return scripted and not is_long_lived(repository)


def _is_others(authorship: Authorship | Unknown) -> bool:
    """What was brought with its authors is theirs, as it is in a fork."""
    if isinstance(authorship, Unknown) or authorship.own >= FORK_COMMITS:
        return False
    return authorship.total >= FORK_COMMITS and authorship.own < OWN_SHARE * authorship.total


def _is_own_fork(authorship: Authorship | Unknown) -> bool:
    """What stands in a fork is the original's; own commits must outweigh it."""
    if isinstance(authorship, Unknown):
        return False
    return authorship.own >= FORK_COMMITS and 2 * authorship.own >= authorship.total


def duplicates(repositories: Sequence[Repository]) -> dict[str, str]:
    """Repositories with the very files of another one, to that one: work counts once."""
    seen: dict[tuple[str, ...], str] = {}
    found: dict[str, str] = {}
    for repository in repositories:
        texts = tuple(sorted(" ".join(file.text.split()) for file in repository.files))
        if sum(map(len, texts)) < _TELLING_CHARACTERS:
            continue
        first = seen.setdefault(texts, repository.full_name)
        if first != repository.full_name:
            found[repository.full_name] = first
    return found


def shows_work_for_others(request: MergedPullRequest, profile: Profile) -> bool:
    """Whether strangers took in more than a title: enough lines, into what is no second account of the candidate's.

    The size and the repository's standing are unknown without a token; what is unknown speaks for nobody and
    against nobody.
    """
    lines = [n for n in (request.additions, request.deletions) if n is not None]
    if lines and sum(lines) < MERGED_LINES:
        return False
    owner = _letters(request.repository.partition("/")[0])
    login = _letters(profile.login)
    names = [w for w in map(_letters, (profile.name or "").split()) if len(w) > _SHORT_NAME]
    if owner == login or (len(login) > _SHORT_NAME and login in owner):
        return False
    if any(name in owner for name in names):
        return False
    return not (request.by_person and request.stars is not None and request.stars < KNOWN_STARS)


def _letters(text: str) -> str:
    return re.sub(r"[^a-z]", "", fold(text))


def _is_prose_only(repository: Repository) -> bool:
    paths = repository.paths
    return (
        not isinstance(paths, Unknown)
        and bool(paths)
        and all(_PROSE_ONLY.match(path) for path in paths)
    )


def _is_notebooks(repository: Repository) -> bool:
    """Notebooks show that something was tried; code beside them shows that it was built."""
    paths = repository.paths
    if isinstance(paths, Unknown):
        return False
    code = [path for path in paths if _CODE.search(path)]
    return bool(code) and all(path.lower().endswith(".ipynb") for path in code)


def _is_exercise(repository: Repository) -> bool:
    readme = next((f.text for f in repository.files if f.path.lower().startswith("readme")), "")
    name = repository.full_name.partition("/")[2]
    texts = (name, repository.description, " ".join(readme.split())[:_README_START])
    return any(_EXERCISE.search(text) for text in texts)


def _is_scripted(authorship: Authorship) -> bool:
    messages = authorship.messages
    if len(messages) < SUSTAINED_COMMITS:
        return False
    empty = sum(_SAYS_NOTHING.fullmatch(message.strip()) is not None for message in messages)
    most = max(messages.count(m) for m in set(messages))
    share = 0.8 * len(messages)
    return most >= share or empty >= share


def has_tests(repository: Repository) -> bool:
    """Whether the listed paths hold tests."""
    paths = repository.paths
    return not isinstance(paths, Unknown) and any(_TESTS.search(p.lower()) for p in paths)


def rank_for_depth(repositories: Sequence[Repository]) -> list[Repository]:
    """Repositories worth a closer look: forks and copies of templates last, then the larger first, then by name."""
    worth = [
        r
        for r in repositories
        if not r.empty
        and not r.mirror
        and not (r.fork and r.pushed and r.created and r.pushed <= r.created)
    ]
    return sorted(
        worth,
        key=lambda r: (r.fork, bool(r.template), -min(r.size_kb, 20_000), r.full_name.casefold()),
    )


def worth_reading(repository: Repository) -> list[str]:
    """Paths whose text tells what a repository does, README first."""
    if isinstance(repository.paths, Unknown):
        return []
    found: list[str] = []
    for form in _WORTH_READING:
        matching = [p for p in repository.paths if re.search(form, p, re.I) and p.count("/") <= 2]
        found += sorted(matching, key=lambda p: (p.count("/"), p))[:3]
    return found
