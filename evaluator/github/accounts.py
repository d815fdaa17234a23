"""The GitHub account that a resume names: from links, addresses and labels, never from a name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..models.document import Document, Link, LinkOrigin
from ..models.portfolio import AccountChoice, AccountMention
from .account_labels import in_mail_addresses, in_remotes, labelled, may_name, rejoined, spaced_out
from .addresses import OF_A_LABEL, OF_AN_OWNER, mention_of, named_by
from .person import Person

__all__ = ["choose_account", "find_mentions", "mention_of"]

_ADDRESS = re.compile(
    r"(?<![\w@./=?&%#-])(?:https?:/{2,3})?(?:[\w-]{1,63}\.){0,4}github(?:usercontent)?\.(?:com|io)"
    r"(?!\.?[\w-])(?:/[^\s<>\"'|,;“”‘’«»（）【】「」、。，；]*)?",
    re.I,
)
_WEB = re.compile(r"(?<![\w@./=?&%#-])https?://[^\s<>\"'|,;“”‘’«»]+", re.I)
_ENDS = ".,;:)]}>"


@dataclass(frozen=True)
class _Found:
    mention: AccountMention
    work: str
    """The repository, gist or page; empty for a profile or a label."""
    in_header: bool

    @property
    def login(self) -> str:
        return self.mention.login.casefold()


def choose_account(document: Document, names: tuple[str, ...] = ()) -> AccountChoice:
    """The one account the resume names, or the reason why none is used.

    Args:
        document: the resume.
        names: the candidate's, where they are known; they tell own repositories from those of others.
    """
    person = Person(document, names)
    found = list(_all(document, person))
    mentions = _mentions(found)
    if not mentions:
        return AccountChoice(login=None, reason="the resume names no GitHub account")
    best = mentions[0].rank
    if best == OF_AN_OWNER:
        return _choose_owner(found, mentions, person)
    logins = {m.login.casefold(): m for m in reversed(mentions) if m.rank == best}
    if len(logins) > 1:
        named = ", ".join(sorted(m.login for m in logins.values()))
        return AccountChoice(
            login=None, reason=f"the resume names several accounts ({named})", mentions=mentions
        )
    (chosen,) = logins.values()
    return AccountChoice(login=chosen.login, reason=chosen.reason, mentions=mentions)


def _choose_owner(
    found: list[_Found], mentions: tuple[AccountMention, ...], person: Person
) -> AccountChoice:
    """Repositories, gists and pages may be anybody's: the candidate's, an employer's, or one that was used."""
    by_login = {m.login.casefold(): m for m in reversed(mentions)}
    own = [login for login in by_login if person.resembles(login)]
    if not own and len(by_login) == 1:
        (login,) = by_login
        works = {f.work for f in found}
        is_own = len(works) > 1 or any(f.in_header for f in found)
        own = [login] if is_own and not person.is_named_otherwise(login) else []
    if len(own) == 1:
        chosen = by_login[own[0]]
        return AccountChoice(login=chosen.login, reason=chosen.reason, mentions=mentions)
    reason = (
        "the resume links repositories of several owners"
        if len(by_login) > 1
        else "the resume links work of an owner who need not be the candidate"
    )
    return AccountChoice(login=None, reason=reason, mentions=mentions)


def find_mentions(document: Document) -> tuple[AccountMention, ...]:
    """Every place that names an account, best first."""
    return _mentions(_all(document, Person(document)))


def _mentions(found: Iterator[_Found] | list[_Found]) -> tuple[AccountMention, ...]:
    by_rank: dict[tuple[str, int], AccountMention] = {}
    for each in found:
        by_rank.setdefault((each.login, each.mention.rank), each.mention)
    return tuple(sorted(by_rank.values(), key=lambda m: (m.rank, m.login.casefold())))


def _all(document: Document, person: Person) -> Iterator[_Found]:
    for each in _everywhere(document, person):
        # An employer's or a project's page is not the candidate's, although it looks like a profile.
        if each.in_header or each.work or not person.is_named_otherwise(each.login):
            yield each


def _everywhere(document: Document, person: Person) -> Iterator[_Found]:
    is_named = may_name(document.text)
    text = rejoined(document.text, person) if is_named else document.text
    header = text[: person.header_end]
    for link in document.links:
        # What a line's end cut is whole in the text alone.
        if link.origin is LinkOrigin.ANNOTATION or text == document.text:
            found = _from_link(link, header)
            if found:
                yield found
    for pattern in (*([_ADDRESS] if is_named else []), *([_WEB] if "://" in text else [])):
        for match in pattern.finditer(text):
            named = named_by(match.group().rstrip(_ENDS), "an address in the text")
            if named:
                yield _Found(named.mention, named.work, match.start() < len(header))
    if is_named:
        yield from _without_address(text, person)


def _without_address(text: str, person: Person) -> Iterator[_Found]:
    end = person.header_end
    for login, place in labelled(text, person):
        yield _Found(_mention(login, "a label in the text", OF_A_LABEL), "", place < end)
    for login, place in spaced_out(text, person):
        yield _Found(_mention(login, "an address in the text to its profile", 0), "", place < end)
    for login, place in in_mail_addresses(text):
        yield _Found(_mention(login, "its mail address", OF_A_LABEL), "", place < end)
    for (login, place), work in in_remotes(text):
        reason = "an address in the text to one of its repositories"
        yield _Found(_mention(login, reason, OF_AN_OWNER), work, place < end)


def _mention(login: str, reason: str, rank: int) -> AccountMention:
    return AccountMention(login=login, reason=reason, rank=rank)


def _from_link(link: Link, header: str) -> _Found | None:
    where = "a link" if link.origin is LinkOrigin.ANNOTATION else "an address in the text"
    named = named_by(link.target, where)
    if named is None:
        return None
    shown = link.label.strip()
    return _Found(named.mention, named.work, bool(shown) and shown in header)
