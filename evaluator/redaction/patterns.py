"""Identity by its form: addresses, dates of birth, statements about a person, schools and links of anybody."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from ..structure.contact import EMAIL
from ..structure.dates import date_spans
from ..structure.folding import fold
from ..structure.known_names import names_vocabulary, ordinary_words, tool_names
from ..structure.phones import phone_spans
from ..structure.sections import Section
from ..text.forms import Finder
from .forms import words_of
from .speech import speech
from .studies import YEAR, Cut, school_spans, study_cuts

URL = re.compile(
    r"(?:https?://|www\.)\S+|(?<![\w@.-])(?:[\w-]{1,63}\.){0,4}(?:github|gitlab|linkedin|bitbucket|twitter|x|medium|kaggle|huggingface|stackoverflow|scholar\.google|orcid|researchgate|facebook|fb|instagram|xing|t)\.(?:com|co|org|io|net|me)(?:/\S*)?"
    r"|(?<![\w@.-])[\w-]{1,63}\.github\.io\S*",
    re.I,
)
SPELLED_EMAIL = re.compile(
    r"(?<![\w.])[\w.+-]{1,64}\s?[(\[{<]\s?(?:at|@|arroba|chez)\s?[)\]}>]\s?[\w.-]{1,64}(?:\s?[(\[{<]\s?(?:dot|punkt|punto|\.)\s?[)\]}>]\s?[\w-]{2,24}){0,3}",
    re.I,
)
_PRONOUN_SETS = re.compile(r"[(\[]?\s?(?<![\w/])(\w{2,6})(?:\s?/\s?\w{2,6}){1,3}(?![\w/])\s?[)\]]?")


_MOST_SCHOOLS = 256
_HANDLE = re.compile(r"(?<![\w.])@([a-z][\w-]{2,38})\b")


def _is_word(account: str) -> bool:
    return fold(account) in ordinary_words() or fold(account) in tool_names()


_VALUE = r"\s*[:：]\s*[^\n;|·]{1,60}"


@cache
def _spaced_labels() -> Finder:
    return Finder([words_of("personal", "labels")], _VALUE)


@cache
def _labelled() -> re.Pattern[str]:
    return re.compile(
        rf"(?<!\w)(?:{words_of('personal', 'labels')}){_VALUE}"
        rf"|(?:{words_of('personal', 'dense_labels')})\s*[:：]\s*[^\n;|·\s，。；]{{1,30}}",
        re.I | re.M,
    )


@cache
def _stated() -> Finder:
    return Finder([words_of("personal", "statements")])


def _personal(text: str) -> Iterator[re.Match[str]]:
    if ":" in text or "：" in text:
        yield from (_labelled() if _DENSE.search(text) else _spaced_labels()).finditer(text)
    heads = {word[:_HEAD].lower() for word in _WORDS.findall(text)}
    if not heads.isdisjoint(_triggers()) or _FOREIGN.search(text):
        yield from _stated().finditer(text)


@cache
def _triggers() -> frozenset[str]:
    """The first letters of words without which no statement is made in Latin letters."""
    words = _WORDS.findall(words_of("personal", "triggers"))
    return frozenset(word[:_HEAD].lower() for word in words)


_WORDS = re.compile(r"[^\W_]{2,}")
_FOREIGN = re.compile(r"[^\W\d_a-zA-Z]")
"""A letter beyond the English ones."""
_DENSE = re.compile("[\u2e80-\u9fff\uac00-\ud7af]")
"""Written without spaces between words, so that labels begin anywhere."""
_HEAD = 4


@cache
def _title() -> re.Pattern[str]:
    titles, behind = words_of("address", "anybody"), words_of("personal", "behind_titles")
    return re.compile(rf"(?<!\w)(?:{titles})(?!\w)(?={behind})")


@cache
def _street() -> re.Pattern[str]:
    return re.compile(words_of("personal", "streets"))


@cache
def _handle() -> re.Pattern[str]:
    networks = words_of("accounts", "networks")
    return re.compile(
        rf"(?<!\w)(?:{networks})\s?[:：/@]?\s?(?:live:|@)[\w.-]{{2,39}}(?:@[\w.-]{{3,60}})?"
        rf"|(?<!\w)(?:{networks})\s?[:：/]\s?(?=[\w.-]{{0,38}}[\d_.-])[\w.-]{{3,39}}(?=\s*(?:[|,;·)]|$))",
        re.I | re.M,
    )


@cache
def _marks() -> tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...]:
    """What is shown instead, a sign without which the form stands nowhere and which is found sooner, and the form."""
    return (
        ("[LINK]", re.compile(r"://|www\.|\.(?:com?|org|io|net|me)", re.I), URL),
        ("[EMAIL]", re.compile("@"), EMAIL),
        ("[EMAIL]", re.compile(r"[(\[{<]"), SPELLED_EMAIL),
        ("[NAME]", re.compile(r"[:：/@]"), _handle()),
        ("[PERSONAL]", re.compile(r"\s[A-ZÀ-Ý]"), _title()),
        ("[ADDRESS]", re.compile(r"\d"), _street()),
    )


def patterns_in(text: str, section: Section, schools: frozenset[str]) -> list[Cut]:
    """Everything in ``text`` that would tell who, where from or how old.

    Args:
        text: of one passage or title.
        section: years and foreign words are identity in studies only.
        schools: names found elsewhere in the document.
    """
    cuts = [
        (m.start(), m.end(), mark)
        for mark, sign, form in _marks()
        if sign.search(text)
        for m in form.finditer(text)
    ]
    cuts += [(m.start(), m.end(), "[PERSONAL]") for m in _personal(text)]
    if "@" in text:
        cuts += [
            (m.start(), m.end(), "[NAME]") for m in _HANDLE.finditer(text) if not _is_word(m[1])
        ]
    cuts += [(start, end, "[PERSONAL]") for start, end in _pronouns_stated(text)]
    cuts += [(start, end, "[SCHOOL]") for start, end in school_spans(text)]
    cuts += [(start, end, "[PHONE]") for start, end in phone_spans(text)]
    small = text.lower()
    cuts += [
        (m.start(), m.end(), "[SCHOOL]")
        for school in schools
        if not (small.isascii() and school.isascii() and school.lower() not in small)
        if " " in school or section is Section.EDUCATION or not _is_word(school.strip(".,"))
        for m in _spelled(school).finditer(text)
    ]
    if section in {Section.CERTIFICATIONS, Section.COURSES}:
        cuts += [(m.start(), m.end(), "[YEAR]") for m in YEAR.finditer(text)]
    if section in {Section.CERTIFICATIONS, Section.COURSES, Section.EDUCATION}:
        cuts += [(start, end, "[YEAR]") for start, end in date_spans(text, bare=True)]
    if section is Section.EDUCATION:
        cuts += study_cuts(text)
    return cuts


@lru_cache(_MOST_SCHOOLS)
def _spelled(school: str) -> re.Pattern[str]:
    return re.compile(re.escape(school), re.I)


def _pronouns_stated(text: str) -> list[tuple[int, int]]:
    """*(she/her)*, *they/them*: the candidate's own statement."""
    if "/" not in text:
        return []
    known = names_vocabulary("pronouns")
    return [
        (m.start(), m.end())
        for m in _PRONOUN_SETS.finditer(text)
        if (words := {fold(word) for word in re.findall(r"\w+", m.group())}) <= known
        and not words <= names_vocabulary("not_only_pronouns")
    ]


@cache
def _neutral() -> dict[str, str]:
    """What is shown for each pronoun of one person."""
    return {
        word: shown
        for shown, words in speech()["pronouns"].items()
        if shown not in {"either", "after_object"}
        for word in words
    }


@cache
def _pronoun() -> re.Pattern[str]:
    either = speech()["pronouns"]["either"]
    return re.compile(rf"\b(?:{'|'.join([*_neutral(), *either])})\b(?![/.]\w)", re.I)


def neutral_pronouns(text: str, language: str | None) -> list[Cut]:
    """Pronouns that tell a gender, and the neutral ones shown instead; *they* of a team stays as it is.

    Args:
        text: of one passage.
        language: of the resume; the same letters are other words elsewhere.
    """
    if language not in {None, "en"} and not _is_english(text):
        return []
    cuts = []
    for match in _pronoun().finditer(text):
        word = match.group()
        if word.isupper():
            continue  # an abbreviation
        shown = _neutral().get(word.lower()) or _her(text, match.end())
        cuts.append(
            (match.start(), match.end(), shown.capitalize() if word[0].isupper() else shown)
        )
    return cuts


def _is_english(text: str) -> bool:
    words = set(re.findall(r"[a-z]+", text.lower()))
    return len(words & set(speech()["english"])) > 1


def _her(text: str, end: int) -> str:
    """Whether *her* is a possessive depends on what follows."""
    following = re.match(r"\s+([^\W\d_]+)", text[end : end + 40])
    if following is None or following.group(1).lower() in speech()["pronouns"]["after_object"]:
        return "them"
    return "their"
