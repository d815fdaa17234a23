"""Addresses that name a GitHub account: profiles, repositories, gists, pages, also behind a redirect."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from ..models.portfolio import AccountMention

LOGIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9]|-(?=[A-Za-z0-9])){0,38}(?:_[a-z0-9]{2,8})?")
OF_A_PROFILE = 0
OF_A_LABEL = 1
OF_AN_OWNER = 2
"""The owner of a repository, gist or page: a hint, as people link the work of others too."""

_PROFILE_HOSTS = {"github.com", "www.github.com", "m.github.com"}
_PAGES = ".github.io"
_GIST_ID = re.compile(r"[0-9a-f]{20,40}|\d{5,}")
_FEED = re.compile(r"\.(?:keys|gpg|png|atom)$")
_MOST_REDIRECTS = 3


@cache
def forms() -> dict[str, Any]:
    """The words and hosts of ``accounts.toml``."""
    return tomllib.loads(files(__package__).joinpath("accounts.toml").read_text(encoding="utf-8"))


RESERVED: frozenset[str] = frozenset(forms()["reserved"])
"""First parts of GitHub's own addresses, which are no accounts."""


@dataclass(frozen=True)
class Named:
    """What one address names."""

    mention: AccountMention
    work: str = ""
    """The repository, gist or page; empty for a profile."""


def is_login(text: str) -> bool:
    """Whether a word can be an account: GitHub's grammar, no page of GitHub's own, no placeholder."""
    folded = text.casefold()
    return (
        bool(LOGIN.fullmatch(text))
        and folded not in RESERVED
        and folded not in forms()["placeholders"]
    )


def mention_of(target: str, where: str) -> AccountMention | None:
    """The account that an address names; the rank is 0 for a profile and 2 for the owner of something."""
    named = named_by(target, where)
    return named.mention if named else None


def named_by(target: str, where: str) -> Named | None:
    """The account that an address names, and the work of it that the address leads to."""
    found = _arrival(target)
    if found is None:
        return None
    host, path, _ = found
    if host.endswith(_PAGES) and host.count(".") == 2:
        return _owner(host.removesuffix(_PAGES), f"{where} to its pages", host)
    pieces = [unquote(piece) for piece in path.split("/") if piece]
    if not pieces or any(piece in {".", ".."} for piece in pieces):
        return None
    if host in _PROFILE_HOSTS:
        return _on_github(pieces, where)
    if host == "gist.github.com":
        if len(pieces) == 1 and _GIST_ID.fullmatch(pieces[0]):
            return None  # a gist without its owner
        return _owner(pieces[0], f"{where} to one of its files", "/".join(pieces[1:2]) or host)
    if host == "raw.githubusercontent.com":
        return _owner(pieces[0], f"{where} to one of its files", "/".join(pieces[1:2]))
    if host == "img.shields.io" and pieces[:2] == ["github", "followers"] and len(pieces) > 2:
        return _profile(pieces[2], f"{where} to its badge")
    return None


def _on_github(pieces: list[str], where: str) -> Named | None:
    first = pieces[0]
    if first.casefold() == "sponsors" and len(pieces) > 1:
        return _profile(pieces[1], f"{where} to its sponsors page")
    if len(pieces) == 1:
        return _profile(_FEED.sub("", first), f"{where} to its profile")
    work = pieces[1].removesuffix(".git")
    return _owner(first, f"{where} to one of its repositories", work)


def _profile(login: str, reason: str) -> Named | None:
    return _named(login, reason, OF_A_PROFILE, "")


def _owner(login: str, reason: str, work: str) -> Named | None:
    return _named(login, reason, OF_AN_OWNER, work.casefold())


def _named(login: str, reason: str, rank: int, work: str) -> Named | None:
    login = login.lstrip("@").rstrip(".,;:)!")
    if not is_login(login):
        return None
    return Named(AccountMention(login=login, reason=reason, rank=rank), work)


def _arrival(target: str) -> tuple[str, str, str] | None:
    """The place of an address, behind known redirects."""
    found = _place(target)
    for _ in range(_MOST_REDIRECTS):
        onward = _onward(*found) if found else None
        if onward is None:
            break
        found = _place(onward)
    return found


def _place(target: str) -> tuple[str, str, str] | None:
    """Host, path and query of a web address without user, odd port or letters beyond ASCII in its host."""
    address = target if re.match(r"[a-z][a-z0-9+.-]*:", target, re.I) else f"https://{target}"
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").lower()
        plain = (
            parts.scheme in {"http", "https"}
            and parts.username is None
            and parts.port in {None, 443, 80}
        )
    except ValueError:
        return None
    return (host, parts.path, parts.query) if plain and host.isascii() else None


def _onward(host: str, path: str, query: str) -> str | None:
    """Where a known service of redirects leads."""
    for known in forms()["redirect"]:
        if not _is_of(host, known) or not path.startswith(known.get("path", "/")):
            continue
        if "until" in known:
            return _within_path(path, query, known)
        values = parse_qs(query)
        for parameter in known["parameters"]:
            for value in values.get(parameter, []):
                if known.get("proofpoint"):
                    value = unquote(value.replace("-", "%").replace("_", "/"))
                if re.match(r"https?://", value, re.I):
                    return value
    return None


def _is_of(host: str, known: dict[str, Any]) -> bool:
    name = known["host"]
    if known.get("any_domain"):
        labels = host.removeprefix("www.").split(".")
        return labels[0] == name and 2 <= len(labels) <= 3
    return host == name or host.endswith(f".{name}")


def _within_path(path: str, query: str, known: dict[str, Any]) -> str | None:
    place = re.search(r"https?:/{1,2}(?=\w)", path, re.I)
    if place is None:
        return None
    rest = path[place.end() :] + (f"?{query}" if query else "")
    if known["until"]:
        rest = rest.partition(known["until"])[0]
    return f"https://{rest}"
