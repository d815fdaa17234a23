"""How long the candidate worked on a repository, and whether most of it came from elsewhere.

Authors set the dates of commits as they like. GitHub sets those of a repository.
"""

from __future__ import annotations

from datetime import timedelta

from ..models.portfolio import Authorship, Repository, Unknown

SUSTAINED_DAYS = 28
LONG_COMMITS = 30
LONG_DAYS = 90
COMMITS_A_DAY = 40
"""Nobody authors more for long; a history with more was brought from elsewhere."""
IMPORTED_BYTES = 40_000
"""Of code for each own commit, about a thousand lines: more was not written in these commits."""
IMPORTED_BYTES_WITHIN_MONTHS = 20_000
"""The same where the work is no older than three months."""
SAMPLE = 20
"""Newest commits that carry dates."""
_NOT_WRITTEN = frozenset(
    {
        "Jupyter Notebook",
        "HTML",
        "CSS",
        "SCSS",
        "Less",
        "TeX",
        "BibTeX Style",
        "Roff",
        "PostScript",
        "Rich Text Format",
    }
)
"""Languages whose bytes are mostly made by programs, or are prose."""


def is_brought(repository: Repository) -> bool:
    """Whether there are more own commits than anybody makes in so many days."""
    authorship = repository.authorship
    if isinstance(authorship, Unknown) or authorship.own < 2 * COMMITS_A_DAY:
        return False
    if authorship.last is None and repository.pushed is None:
        return False
    return authorship.own > COMMITS_A_DAY * max(1, days_of_work(repository, authorship))


def is_imported(repository: Repository) -> bool:
    """Whether a repository holds more code than the own commits since it was made can have brought.

    A first push of one's own is large too; work over months after it is what tells them apart.
    """
    authorship, languages = repository.authorship, repository.languages
    if isinstance(authorship, Unknown) or isinstance(languages, Unknown) or not authorship.own:
        return False
    written = sum(size for name, size in languages.items() if name not in _NOT_WRITTEN)
    each = written / max(1, authored_since(repository, authorship))
    is_young = days_of_work(repository, authorship) < LONG_DAYS
    return each > (IMPORTED_BYTES_WITHIN_MONTHS if is_young else IMPORTED_BYTES)


def authored_since(repository: Repository, authorship: Authorship) -> int:
    """Own commits since the repository was made, as far as the dated ones show that others are older."""
    if repository.created is None or not is_backdated(repository, authorship):
        return authorship.own
    start = repository.created - timedelta(days=SUSTAINED_DAYS)
    if not authorship.dates:
        return min(authorship.own, SAMPLE - 1)
    return sum(day >= start for day in authorship.dates)


def is_long_lived(repository: Repository) -> bool:
    """Whether own commits are many and span months, so that the README is likely to tell of them."""
    authorship = repository.authorship
    if isinstance(authorship, Unknown) or authored_since(repository, authorship) < LONG_COMMITS:
        return False
    return days_of_work(repository, authorship) >= LONG_DAYS


def days_of_work(repository: Repository, authorship: Authorship) -> int:
    """Days that own commits span. Authors set the dates of commits; GitHub sets a repository's own."""
    first, last = authorship.first, authorship.last or repository.pushed
    if authorship.own > SAMPLE and repository.created and last:
        # Only the newest commits carry dates; the repository's own clock bounds the rest.
        first = min(first or repository.created, repository.created)
    if first is None or last is None:
        return 0
    if repository.created:
        first = max(first, repository.created)
    if repository.pushed:
        last = min(last, repository.pushed)
    return max(0, (last - first).days)


def is_backdated(repository: Repository, authorship: Authorship) -> bool:
    """Whether commits were authored well before the repository was made.

    They may come from another host; their dates are the author's own word all the same.
    """
    first, created = authorship.first, repository.created
    return bool(first and created and (created - first).days > SUSTAINED_DAYS)
