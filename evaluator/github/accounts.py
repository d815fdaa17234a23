"""The GitHub account that a resume names: from links, addresses and labels, never from a name."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from ..models.document import Document, Link, LinkOrigin
from ..models.portfolio import AccountChoice, AccountMention

LOGIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9]|-(?=[A-Za-z0-9])){0,38}(?:_[a-z0-9]{2,8})?")
_PROFILE_HOSTS = {"github.com", "www.github.com", "m.github.com"}
_OWNER_HOSTS = {"gist.github.com", "raw.githubusercontent.com"}
_PAGES = ".github.io"
RESERVED = frozenset(
    [
        "about",
        "account",
        "apps",
        "assets",
        "blog",
        "business",
        "codespaces",
        "collections",
        "contact",
        "copilot",
        "customer-stories",
        "dashboard",
        "developer",
        "discussions",
        "docs",
        "education",
        "enterprise",
        "events",
        "explore",
        "features",
        "gist",
        "gists",
        "github",
        "home",
        "issues",
        "join",
        "login",
        "logout",
        "marketplace",
        "mobile",
        "new",
        "news",
        "notifications",
        "oauth",
        "open-source",
        "organizations",
        "orgs",
        "pages",
        "partners",
        "password_reset",
        "pricing",
        "privacy",
        "profile",
        "projects",
        "pulls",
        "readme",
        "resources",
        "search",
        "security",
        "sessions",
        "settings",
        "showcases",
        "signup",
        "site",
        "site-policy",
        "skills",
        "solutions",
        "sponsors",
        "stars",
        "status",
        "support",
        "team",
        "teams",
        "terms",
        "tools",
        "topics",
        "training",
        "trending",
        "users",
        "watching",
        "wiki",
        "www",
    ]
)
_LABEL = re.compile(
    r"(?<![\w.@/-])git\s?hub(?!\.)(?:\s+(?:profile|account|user(?:name)?|handle|id))?\s*[:：=@|–—-]+\s*@?"
    r"(?!https?\b)([A-Za-z0-9][A-Za-z0-9-]{0,38})(?![\w./@-])(?=\s*(?:$|[|,;•·/()\t]|\.(?:\s|$)))",
    re.I | re.M,
)
_NOT_LABELLED = frozenset(
    "none no yes n a na see here link private public portfolio profile projects repo repos code "
    "actions available various daily git copilot enterprise desktop".split()
)
"""What follows the label without being anybody."""
_ADDRESS = re.compile(
    r"(?<![\w@./=?&%#-])(?:https?://)?(?:[\w-]{1,63}\.){0,4}github(?:usercontent)?\.(?:com|io)"
    r"(?!\.?[\w-])(?:/[^\s<>\"'|,;]*)?",
    re.I,
)


def choose_account(document: Document) -> AccountChoice:
    """The one account the resume names, or the reason why none is used."""
    mentions = find_mentions(document)
    if not mentions:
        return AccountChoice(login=None, reason="the resume names no GitHub account")
    best = min(m.rank for m in mentions)
    logins = {m.login.casefold(): m.login for m in mentions if m.rank == best}
    if len(logins) > 1 and best == 2:
        # Repositories of several owners: the candidate may own one of them or none.
        return AccountChoice(
            login=None, reason="the resume links repositories of several owners", mentions=mentions
        )
    if len(logins) > 1:
        named = ", ".join(sorted(logins.values()))
        return AccountChoice(
            login=None, reason=f"the resume names several accounts ({named})", mentions=mentions
        )
    login = next(iter(logins.values()))
    reason = next(m.reason for m in mentions if m.rank == best)
    return AccountChoice(login=login, reason=reason, mentions=mentions)


def find_mentions(document: Document) -> tuple[AccountMention, ...]:
    """Every place that names an account, best first."""
    found: dict[tuple[str, int], AccountMention] = {}
    for link in document.links:
        mention = _from_link(link)
        if mention:
            found.setdefault((mention.login.casefold(), mention.rank), mention)
    for match in _ADDRESS.finditer(document.text):
        mention = mention_of(match.group().rstrip(".,;:)]}"), "an address in the text")
        if mention:
            found.setdefault((mention.login.casefold(), mention.rank), mention)
    for match in _LABEL.finditer(document.text):
        login = match.group(1).rstrip("-")
        if _is_login(login) and login.casefold() not in _NOT_LABELLED and not login.isdigit():
            mention = AccountMention(login=login, reason="a label in the text", rank=1)
            found.setdefault((login.casefold(), 1), mention)
    return tuple(sorted(found.values(), key=lambda m: (m.rank, m.login.casefold())))


def _from_link(link: Link) -> AccountMention | None:
    where = "a link" if link.origin is LinkOrigin.ANNOTATION else "an address in the text"
    return mention_of(link.target, where)


def mention_of(target: str, where: str) -> AccountMention | None:
    """The account an address names: 0 profile, 2 repository or gist or pages (its owner, a hint)."""
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
    if not plain or not host.isascii():
        return None
    if host.endswith(_PAGES) and host.count(".") == 2:
        return _mention(host.removesuffix(_PAGES), f"{where} to its pages", 2)
    path = [unquote(piece) for piece in parts.path.split("/") if piece]
    if not path or any(piece in {".", ".."} for piece in path):
        return None
    if host in _PROFILE_HOSTS:
        if path[0].casefold() == "sponsors" and len(path) > 1:
            return _mention(path[1], f"{where} to its sponsors page", 0)
        rank = 0 if len(path) == 1 else 2
        what = "its profile" if rank == 0 else "one of its repositories"
        return _mention(path[0], f"{where} to {what}", rank)
    if host in _OWNER_HOSTS:
        return _mention(path[0], f"{where} to one of its files", 2)
    return None


def _is_login(text: str) -> bool:
    return bool(LOGIN.fullmatch(text)) and text.casefold() not in RESERVED


def _mention(login: str, reason: str, rank: int) -> AccountMention | None:
    login = login.lstrip("@").rstrip(".,;:)!")
    if not _is_login(login):
        return None
    return AccountMention(login=login, reason=reason, rank=rank)
