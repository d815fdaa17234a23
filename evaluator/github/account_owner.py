"""Whether an account and a resume are the same person's: levels with reasons, decided by code."""

from __future__ import annotations

import re
from enum import Enum

from ..models.portfolio import IdentityFinding, Portfolio, Profile
from ..models.vocabulary import Identity
from ..structure.contact import Contact, fold, host_and_path
from ..structure.known_names import given_names

CONFIRMED = frozenset({Identity.PROVED, Identity.STRONG, Identity.CONSISTENT})
"""Levels whose account may show anything for a candidate."""
_TELLING = 3
"""Letters of a name's part that is looked for within addresses."""


class _Names(Enum):
    AGREE = "the names agree"
    PART = "the names agree in part"
    NOTHING = "the account shows no name"
    HANDLE = "the account's name is a handle"
    DIFFER = "the account shows another name"


def identify(
    contact: Contact, profile: Profile, *, proof: str | None = None, about: str = ""
) -> IdentityFinding:
    """Compare public profile and resume; only the owner of an account can put a ``proof`` into its bio.

    Anybody can write somebody's account, site or mail address into a resume, so that a link alone is never enough:
    the names are compared always. A differing name alone is no finding about the person; it only stops automatic use.

    Args:
        contact: what the resume says of the person.
        profile: the account's public statements.
        proof: the agreed code.
        about: the text that the account shows with its profile.
    """
    if proof and proof in (profile.bio or ""):
        return IdentityFinding(
            level=Identity.PROVED, reason="the account's bio holds the agreed code"
        )
    if not contact.name:
        return _weak("the resume's name was not found")
    names = _compare(contact, profile)
    back = _link_back(contact, profile, about)
    if names is _Names.AGREE:
        level = Identity.STRONG if back else Identity.CONSISTENT
        return IdentityFinding(level=level, reason=back or names.value)
    if names is _Names.DIFFER:
        if back:
            return _weak(f"{back}, but {names.value}")
        reason = f"{names.value} and nothing links back"
        return IdentityFinding(level=Identity.CONFLICT, reason=reason)
    if back and (_owns_mail(contact, profile) or _is_seen(contact, profile, about)):
        return IdentityFinding(level=Identity.STRONG, reason=back)
    return _weak(names.value)


def profile_text(portfolio: Portfolio) -> str:
    """The README that GitHub shows with a profile: that of the repository with the account's own name."""
    login = portfolio.profile.login.casefold()
    for repository in portfolio.repositories:
        if repository.full_name.casefold() == f"{login}/{login}":
            return "\n".join(f.text for f in repository.files if f.path.casefold() == "readme.md")
    return ""


def _weak(reason: str) -> IdentityFinding:
    return IdentityFinding(level=Identity.WEAK, reason=f"named by the resume; {reason}")


def _compare(contact: Contact, profile: Profile) -> _Names:
    """The nearest of the resume's names; a login that holds a whole name is as good as one that is shown."""
    names = [name for name in (contact.name, *contact.others) if name]
    shown = profile.name or ""
    letters = re.sub(r"[\W\d_]", "", fold(profile.login))
    found = [_compare_two(name, shown) for name in names]
    if _Names.AGREE in found:
        return _Names.AGREE
    if not shown or _is_handle(shown):
        if any(_holds(letters, name) for name in names):
            return _Names.AGREE
        return _Names.HANDLE if shown else _Names.NOTHING
    return _Names.PART if _Names.PART in found else _Names.DIFFER


def _compare_two(resume: str, account: str) -> _Names:
    """Both as words; a hyphenated word counts once, so that two given names are no name and surname."""
    ours, theirs = _words(resume), _words(account)
    matched, back = _matched(ours, theirs), _matched(theirs, ours)
    if len(ours) == len(theirs) == 1:
        # Scripts that write a whole name as one word; elsewhere many share one.
        same = ours == theirs
        whole = same and not resume.isascii() and len(ours[0][0]) > 1 and not resume.islower()
        return _Names.AGREE if whole else _Names.PART if same else _Names.DIFFER
    whole_name = (len(matched) == len(ours) > 1) or (len(back) == len(theirs) > 1)
    surname = any(part not in given_names() for word in matched for part in word)
    if whole_name or (min(len(matched), len(back)) > 1 and surname):
        return _Names.AGREE
    return _Names.PART if matched or back else _Names.DIFFER


def _words(name: str) -> list[tuple[str, ...]]:
    return [
        parts
        for word in re.split(r"[\s,.;()/]+", fold(name))
        if (parts := tuple(p for p in re.split(r"[\W_]+", word) if p))
    ]


def _matched(words: list[tuple[str, ...]], others: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    parts = {part for word in others for part in word}
    return [word for word in words if parts.issuperset(word)]


def _is_handle(name: str) -> bool:
    words = _words(name)
    return not words or (len(words) == 1 and not any(len(part) > 2 for part in words[0]))


def _holds(letters: str, name: str) -> bool:
    """Whether a login's letters hold all words of a name, of which there are two or more."""
    words = ["".join(word) for word in _words(name)]
    long_enough = len(words) > 1 and sum(len(word) > 2 for word in words) > 1
    return long_enough and all(word in letters for word in words if len(word) > 1)


def _is_seen(contact: Contact, profile: Profile, about: str) -> bool:
    """Whether the account's other statements hold the resume's name: two parts, or one that is no given name."""
    told = [profile.login, profile.website or "", profile.email or "", profile.bio or "", about]
    said = re.sub(r"[\W_]", "", fold(" ".join((*told, *profile.social))))
    parts = {part for word in _words(contact.name or "") for part in word if len(part) >= _TELLING}
    seen = {part for part in parts if part in said}
    return len(seen) > 1 or any(part not in given_names() for part in seen)


def _owns_mail(contact: Contact, profile: Profile) -> bool:
    """Whether the account's public mail is the only one the resume gives: a stranger's would reach the stranger."""
    mails = {mail.casefold() for mail in contact.emails}
    return bool(profile.email) and mails == {(profile.email or "").casefold()}


def _link_back(contact: Contact, profile: Profile, about: str) -> str | None:
    mails = {mail.casefold() for mail in contact.emails}
    if profile.email and profile.email.casefold() in mails:
        return "the account's public mail is the resume's"
    ours = {_address(link) for link in contact.links} - {
        "",
        _address(f"github.com/{profile.login}"),
    }
    theirs = {_address(link) for link in (profile.website or "", *profile.social)}
    if ours & theirs:
        return "the account links an address that the resume links"
    told = f"{profile.bio or ''}\n{about}".casefold()
    if any(mail in told for mail in mails):
        return "the account's own text gives the resume's mail address"
    linked = {_address(word.strip("()[]<>.,;\"'")) for word in re.split(r"\s|\]\(", told)}
    if ours & (linked - {""}):
        return "the account's own text links an address that the resume links"
    return None


def _address(link: str) -> str:
    """Host and path; a bare host is one only with a dot in it."""
    host, path = host_and_path(link)
    if "." not in host:
        return ""
    return f"{host.removeprefix('www.')}{path.rstrip('/')}".casefold()
