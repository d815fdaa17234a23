"""Accounts that no plain address names: labels in many languages, addresses spaced out or broken over lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from ..structure.known_names import tool_names
from .addresses import forms, is_login
from .person import Person

_LOGIN = r"([A-Za-z0-9][A-Za-z0-9-]{0,38})"
_S = r"[ \t\xa0]"
_AFTER = rf"(?![\w/@-]|\.\w|\.(?=[-/]))(?={_S}*(?:$|[|,;•·/()\[\]\t–—.]|{_S}{_S}|[A-Z][A-Za-z]+{_S}*[:：]))"
"""What may follow an account, so that no sentence begins with it."""


class Labelled(NamedTuple):
    login: str
    place: int


class _Forms(NamedTuple):
    plain: re.Pattern[str]
    """A colon, an equals sign, an at-sign or "is": what follows is the account."""
    loose: re.Pattern[str]
    """A dash, a bar, a gap or a bracket: lists of skills look the same."""
    behind: re.Pattern[str]
    below: re.Pattern[str]
    short: re.Pattern[str]
    work: re.Pattern[str]
    """A colon, owner and repository."""


@cache
def _services() -> str:
    return "|".join(re.escape(s).replace(r"\ ", r"\s?") for s in forms()["services"])


@cache
def _forms() -> _Forms:
    services = _services()
    nouns = "|".join(re.escape(n) for n in sorted(forms()["nouns"], key=len, reverse=True))
    named = rf"(?<![\w.@/-])(?:{services})(?!\.)(?:[ \xa0-]?(?:{nouns}))?(?!\w)"
    others = r"(?:\s?[/&,+]\s?[A-Za-z]{4,12}){0,2}"
    marks = r"[*_\])]{0,3}"
    prepositions = "|".join(dict.fromkeys(forms()["prepositions"]))
    return _Forms(
        plain=re.compile(
            rf"{named}{others}{marks}(?:{_S}*(?:[:：=]{_S}?){{1,3}}|{_S}is{_S}|{_S}*[-–—|]{{0,2}}{_S}*(?=@)){marks}{_S}*[@~/]{{0,2}}{_S}?"
            rf"(?!https?\b){_LOGIN}{_AFTER}",
            re.I | re.M,
        ),
        loose=re.compile(
            rf"{named}{marks}{_S}*(?:[-–—|·•>/(\[→»›]|->|\]){{0,2}}{_S}*{_LOGIN}{_AFTER}",
            re.I | re.M,
        ),
        behind=re.compile(
            rf"(?<![\w./@-])(@?){_LOGIN}{_S}{{1,2}}(?:[(\[]{_S}?|(?:{prepositions}){_S}(?:the{_S})?)(?:{services})\b",
            re.I,
        ),
        below=re.compile(
            rf"^[^\w\n]{{0,6}}{named}{_S}*[:：]?{_S}*\n(?:{_S}*\n)?{_S}*@?{_LOGIN}{_S}*$",
            re.I | re.M,
        ),
        short=re.compile(
            rf"(?<![\w.@/-])gh(?:{_S}?[:：/]{_S}?@?|{_S}@){_LOGIN}{_AFTER}", re.I | re.M
        ),
        work=re.compile(rf"{named}{_S}*[:：]{_S}*{_LOGIN}/([\w.-]{{1,100}})(?![\w/@-])", re.I),
    )


@cache
def _signs() -> re.Pattern[str]:
    return re.compile(rf"{_services()}|(?<!\w)gh(?!\w)|g i t h u b", re.I)


def may_name(text: str) -> bool:
    """Whether the service is named at all: without it no form of this module finds an account."""
    return _signs().search(text) is not None


def labelled(text: str, person: Person) -> Iterator[Labelled]:
    """Accounts behind, before or below the name of the service."""
    found = _forms()
    for match in found.plain.finditer(text):
        login = match.group(1).rstrip("-")
        if _may_be(login) and (_is_no_tool(login) or person.resembles(login)):
            yield Labelled(login, match.start(1))
    for pattern in (found.loose, found.below, found.short):
        for match in pattern.finditer(text):
            if _is_likely(match.group(1), match.start(1), person):
                yield Labelled(match.group(1), match.start(1))
    for match in found.behind.finditer(text):
        login = match.group(2)
        if _may_be(login) and (match.group(1) or _is_likely(login, match.start(2), person)):
            yield Labelled(login, match.start(2))


def _is_no_tool(login: str) -> bool:
    """Whether a word behind a colon is no tool: "GitHub: Docker, Terraform" is a list."""
    return login.casefold() not in tool_names()


def _may_be(login: str) -> bool:
    return (
        is_login(login) and login.casefold() not in forms()["not_accounts"] and not login.isdigit()
    )


def _is_likely(login: str, place: int, person: Person) -> bool:
    """Where the form alone does not tell: a part of the name, or a made-up word among the first lines."""
    if not _may_be(login):
        return False
    return person.resembles(login) or (place < person.header_end and person.is_distinct(login))


_BREAK = re.compile(
    r"(github\.com/(?:[A-Za-z0-9-]{0,38}))\n[ \t]*([A-Za-z0-9-]{1,39})(?=[ \t]*(?:$|[|,;•·]))",
    re.I | re.M,
)


def rejoined(text: str, person: Person) -> str:
    """The text with accounts made whole that a line's end cut within an address."""

    def join(match: re.Match[str]) -> str:
        start, rest = match.groups()
        before = start.rpartition("/")[2]
        whole = before + rest
        cut = before.endswith("-") or rest.startswith("-")
        if not before:
            fits = _is_likely(rest, match.start(2), person)
        else:
            fits = cut or person.likeness(whole) > person.likeness(before)
        return start + rest if fits and is_login(whole) else match.group()

    return _BREAK.sub(join, text)


_SPACED = re.compile(
    r"(?<![\w.@/-])(?:https?\s?:\s?/\s?/\s?)?(?:www\s?\.\s?)?github\s?(?:\.|\[\.\]|\(\.\)|[\[(]\s?dot\s?[\])])\s?com\s?/(\s?)@?"
    r"([A-Za-z0-9][A-Za-z0-9-]{0,38})(?![\w@-]|\.\w)",
    re.I,
)
_LETTERS = re.compile(
    r"(?<!\S)(?:h t t p s? ?: ?/ ?/ ?)?g i t h u b ?\. ?c o m ?/ ?((?:[A-Za-z0-9-] ){1,38}[A-Za-z0-9-])(?!\S)"
)
_SSH = re.compile(rf"(?<![\w.@-])(?:ssh://)?git@github\.com[:/]{_LOGIN}/([\w.-]{{1,100}})", re.I)
_NOREPLY = re.compile(
    rf"(?<![\w.@+-])(?:\d{{1,12}}\+)?{_LOGIN}@users\.noreply\.github\.com(?![\w-])", re.I
)


def spaced_out(text: str, person: Person) -> Iterator[Labelled]:
    """Accounts of addresses with spaces, or with words and brackets for their dots."""
    for match in _SPACED.finditer(text):
        gap, login = match.groups()
        if re.search(r"\s|[\[(]", match.group()) is None or not _may_be(login):
            continue
        if not gap or _is_likely(login, match.start(2), person):
            yield Labelled(login, match.start(2))
    for match in _LETTERS.finditer(text):
        login = match.group(1).replace(" ", "")
        if _may_be(login):
            yield Labelled(login, match.start(1))


def in_mail_addresses(text: str) -> Iterator[Labelled]:
    """Accounts of the addresses that GitHub gives for commits."""
    for match in _NOREPLY.finditer(text):
        if is_login(match.group(1)):
            yield Labelled(match.group(1), match.start(1))


def in_remotes(text: str) -> Iterator[tuple[Labelled, str]]:
    """Owners of repositories that stand as git writes them or behind a label, with the repository."""
    for pattern in (_SSH, _forms().work):
        for match in pattern.finditer(text):
            if _may_be(match.group(1)):
                work = match.group(2).rstrip(".").removesuffix(".git").casefold()
                yield Labelled(match.group(1), match.start(1)), work
