"""Which kind of section a heading opens, and what its content counts as.

Headings are known from ``headings.toml``: as a whole, or made of its words. Case, accents, numbers, ornaments, letters set
apart, singular and plural, a slip of a letter or two and a second language beside the first make no difference.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files
from itertools import chain

from ..models.vocabulary import Context


class Section(StrEnum):
    HEADER = "header"
    """Everything before the first heading: name, contact, sometimes a headline."""
    SUMMARY = "summary"
    EMPLOYMENT = "employment"
    PROJECTS = "projects"
    EDUCATION = "education"
    COURSES = "courses"
    SKILLS = "skills"
    PUBLICATIONS = "publications"
    CERTIFICATIONS = "certifications"
    INTERESTS = "interests"
    ACHIEVEMENTS = "achievements"
    """What came of the work, told apart from the jobs."""
    VOLUNTEERING = "volunteering"
    LANGUAGES = "languages"
    """That somebody speaks."""
    ADVERT = "advert"
    """Text pasted from a job advert. Not about the candidate."""
    OTHER = "other"
    """Personal details, references: a heading that is known to open nothing about the work."""
    UNNAMED = "unnamed"
    """What stands under a heading that nobody knows; its text says what it is."""


CONTEXT_OF: dict[Section, Context] = {
    Section.HEADER: Context.LISTED,
    Section.SUMMARY: Context.LISTED,
    Section.EMPLOYMENT: Context.WORK,
    Section.PROJECTS: Context.PROJECT,
    Section.EDUCATION: Context.COURSEWORK,
    Section.COURSES: Context.COURSEWORK,
    Section.SKILLS: Context.LISTED,
    Section.PUBLICATIONS: Context.PUBLICATION,
    Section.CERTIFICATIONS: Context.CREDENTIAL,
    Section.INTERESTS: Context.LISTED,
    Section.ACHIEVEMENTS: Context.WORK,
    Section.VOLUNTEERING: Context.PROJECT,
    Section.LANGUAGES: Context.LISTED,
    Section.ADVERT: Context.LISTED,
    Section.OTHER: Context.LISTED,
    Section.UNNAMED: Context.PROJECT,
}

_JOINERS = re.compile(
    r"\s*(?:&|/|,|\||·|\+|\band\b|\bund\b|\by\b|\bet\b|\be\b|\bi\b|と|和|与|及)\s*"
)
_MAX_WORDS = 7
_MAX_LENGTH = 90
_SPACED = re.compile(r"(?<=\b\w) (?=\w\b)")
"""Between letters that are set apart: S K I L L S."""
_APART = re.compile(r"\w(?: \w){3,40}")
_IN_SENTENCE = re.compile(r"^\s*[a-zß-ÿ].*[.,;]\s*$|[^.]\.\s*$|,\s*$")
_CLOSED = re.compile(r"[^([]{4,}[)\]]")
"""A bracket that was opened on the line above."""
_NUMBERING = re.compile(r"^(?:\d{1,2}(?: \d)?|[ivx]{1,4}|[a-h]|[一二三四五六七八九十])\s+")
_BRACKETED = re.compile(r"\s*[(（\[【][^()（）\[\]【】]{0,40}[)）\]】]\s*")
_MEASURE = re.compile(r"\b(?:\d{1,2}|years?|yrs?|months?)\b")
"""What counts the content beside a heading: (8 years), (12)."""
_YEAR = re.compile(r"\d{4}")
_DASH, _DASHES = re.compile(r"[-–—]\s"), 2
"""Two of them part a skill, what it is measured in and the measure: Go - experience - 24 months."""
_SCRIPTS = re.compile(
    r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+|[\u0400-\u04ff]+|[\u0600-\u06ff]+"
)
_FEW_SLIPS, _TWO_SLIPS = 5, 11
"""Letters of a word from which on one, and two, may be wrong."""
_SHORT = frozenset({4, 5})
_ALIKE = 0.9
_ALONE = 8
"""Letters of a heading of one word from which on some may be wrong."""
_LED = re.compile(r"\s*((?:[^\W\d_][\w&/'’-]*\s+){0,3}[^\W\d_][\w&/'’-]*)\s*[:：]\s*(?=\S)")
_CAPITAL_LEAD = re.compile(
    r"\s*((?:[^\W\d_a-zß-ÿ]{2,}(?:\s+|\s*[&/]\s*)){0,3}[^\W\d_a-zß-ÿ]{4,})\s+(?=[^\W\d_a-zß-ÿ]?[a-zß-ÿ]|[^\w\s(/&])"
)
_TITLE_LEAD = re.compile(
    r"\s*((?:[^\W\d_]\w+\s+){1,2}[^\W\d_]\w+)(?:\s+(?=[^\W\d_a-zß-ÿ•❖✓➢▪])|\s*$)"
)
_BULLETED = re.compile(
    r"\s*((?:(?:[^\W\d_][\w&/'’-]*|&)\s+){0,3}[^\W\d_][\w&/'’-]*)\s*[•❖✓➢▪●✶►]\s*(?=\S)"
)
_DASHED = re.compile(r"\s*((?:[^\W\d_]+\s+){1,2}[^\W\d_]+)\s+[-–—]\s+(?=\S)")
"""Key skills - pricing - selling."""
_INITIALS = re.compile(r"\b([a-z])\.([a-z])\.")
"""I.T. skills."""
_LONG_LINE = 25


@dataclass(frozen=True)
class _Vocabulary:
    whole: dict[str, Section]
    """Whole headings, each word without its plural."""
    closed: dict[str, Section]
    """The same without spaces, for letters set apart."""
    nouns: dict[str, Section]
    """Words that name a kind of section in headings of several words."""
    qualifiers: frozenset[str]
    known: frozenset[str]
    """All words of headings."""
    slips: dict[str, str]
    """What is left of a word when a letter is taken out, to the word."""
    tails: re.Pattern[str]
    """Headings that some forms print at the end of the line before."""
    sublabels: frozenset[str]
    vague: frozenset[str]
    """Headings of which the content tells what they are."""
    topics: frozenset[str]
    studies: frozenset[str]
    own: frozenset[str]
    """Words that set projects apart from the jobs."""


@cache
def _vocabulary() -> _Vocabulary:
    raw = tomllib.loads(files(__package__).joinpath("headings.toml").read_text(encoding="utf-8"))
    words = raw.pop("words")
    qualifiers = frozenset(map(_stem, words.pop("qualifiers")))
    tails, sublabels = words.pop("tails"), words.pop("sublabels")
    vague, topics, studies = (words.pop(name) for name in ("vague", "topics", "studies"))
    own = words.pop("own")
    whole = {
        _stemmed(_folded(phrase)): Section(kind)
        for kind, phrases in raw.items()
        for phrase in phrases
    }
    nouns = {_stem(noun): Section(kind) for kind, found in words.items() for noun in found}
    usual = set(nouns) | qualifiers
    known = {word for phrase in whole for word in phrase.split()} | usual
    return _Vocabulary(
        whole=whole,
        closed={phrase.replace(" ", ""): section for phrase, section in whole.items()},
        nouns=nouns,
        qualifiers=qualifiers,
        known=frozenset(known),
        slips=_slips(known - usual) | _turned(usual) | _slips(usual),
        tails=re.compile(rf"(?:{'|'.join(tails)})\s*$"),
        sublabels=frozenset(_stemmed(_folded(label)) for label in sublabels),
        vague=frozenset(_stemmed(_folded(heading)) for heading in vague),
        topics=frozenset(_stemmed(_folded(topic)) for topic in topics),
        studies=frozenset(_stemmed(_folded(study)) for study in studies),
        own=frozenset(_stemmed(_folded(word)) for word in own),
    )


def _slips(words: Iterable[str]) -> dict[str, str]:
    """Each word by itself without one letter, and without two where it is long."""
    found: dict[str, str] = {}
    for word in sorted(words):
        if len(word) >= _FEW_SLIPS and word.isalpha():
            for form in chain.from_iterable(_shortened(word)):
                found.setdefault(form, word)
    return found


def _turned(words: Iterable[str]) -> dict[str, str]:
    """Short words by their letters: two of them may have changed places."""
    return {_letters(word): word for word in sorted(words) if len(word) in _SHORT}


def _letters(word: str) -> str:
    return word[0] + "·" + "".join(sorted(word[1:]))


def _shortened(word: str) -> Iterator[set[str]]:
    """The word itself, then all forms without one letter, then, where it is long, without two."""
    yield {word}
    once = {word[:at] + word[at + 1 :] for at in range(len(word))}
    yield once
    if len(word) >= _TWO_SLIPS:
        yield {s[:at] + s[at + 1 :] for s in once for at in range(len(s))}


@lru_cache(maxsize=4096)
def heading_section(line: str) -> Section | None:
    """The section that ``line`` opens, or None when it is not a heading."""
    if len(line) > _MAX_LENGTH:
        return None
    text = _folded(line)
    if not text or (len(text.split()) > _MAX_WORDS and not _APART.fullmatch(text)):
        return None
    found = _known(text)
    if found is None:
        found = next(filter(None, map(_known, _without_measures(line, text))), None)
    if line.lstrip().startswith("(") or _IN_SENTENCE.search(line) or _CLOSED.match(line):
        # The last words of a paragraph may be those of a heading.
        return None
    return found or _joined(text) or _of_two_scripts(text) or _composed(text)


def is_sublabel(line: str) -> bool:
    """Whether a line names a part of an entry, such as *Responsibilities*; it opens no section there."""
    if len(line) > _MAX_LENGTH:
        return False
    text = _folded(line).replace("&", " and ").replace("/", " and ")
    return _stemmed(text) in _vocabulary().sublabels


def is_vague(line: str) -> bool:
    """Whether a heading stands above anything: *Highlights*, *Qualifications*."""
    return len(line) <= _MAX_LENGTH and _stemmed(_folded(line)) in _vocabulary().vague


def is_of_own(line: str) -> bool:
    """Whether a heading says that projects belong to no job: *Academic projects*."""
    words = map(_stem, _folded(line).split())
    return len(line) <= _MAX_LENGTH and any(word in _vocabulary().own for word in words)


def is_topic(line: str) -> bool:
    """Whether what reads like a heading may also be the name of a skill: *Leadership*, *Presentations*."""
    if len(line) > _MAX_LENGTH:
        return False
    words = _folded(line).split()
    forms = (" ".join(map(_stem, words)), " ".join(map(_corrected, words)))
    return any(form in _vocabulary().topics for form in forms)


def ends_study(line: str) -> bool:
    """Whether what reads like a heading may also end the name of what somebody studies: *Technology*."""
    return len(line) <= _MAX_LENGTH and _stemmed(_folded(line)) in _vocabulary().studies


def leading_heading(line: str) -> tuple[Section, int] | None:
    """The section of a heading that stands at the start of a line of content, and where the content starts."""
    for form in (_LED, _BULLETED):
        led = form.match(line)
        section = _known(_folded(led[1])) if led else None
        if led and form is _BULLETED:
            section = section or _joined(_folded(led[1])) or _composed(_folded(led[1]))
        if led and section:
            return section, led.end()
    dashed = _DASHED.match(line)
    if dashed and _exact(dashed[1]) is Section.SKILLS:
        return Section.SKILLS, dashed.end()
    for form in (_CAPITAL_LEAD, _TITLE_LEAD):
        match = form.match(line[:_MAX_LENGTH])
        if match and (form is _CAPITAL_LEAD or line.count(" ", 0, 400) > _LONG_LINE):
            words = match[1].split()
            for count in range(len(words), 0 if form is _CAPITAL_LEAD else 1, -1):
                section = _exact(" ".join(words[:count]))
                if section:
                    return section, match.start(1) + _length_of(match[1], count)
    return None


def _length_of(text: str, words: int) -> int:
    """Characters that the first words of a text take."""
    return [m.end() for m in re.finditer(r"\S+", text)][words - 1]


def trailing_heading(line: str) -> tuple[Section, int] | None:
    """The section of a heading that stands at the end of a line of content, and where the heading starts."""
    match = _vocabulary().tails.search(line, max(0, len(line) - _MAX_LENGTH))
    if match is None or not line[: match.start()].strip():
        return None
    section = _exact(match.group())
    return (section, match.start()) if section else None


def _exact(text: str) -> Section | None:
    return _vocabulary().whole.get(_stemmed(_folded(text)))


def _known(text: str) -> Section | None:
    """A whole heading, its letters perhaps set apart or one or two of them wrong."""
    whole = _vocabulary().whole
    if not text:
        return None
    for tried in (text, _SPACED.sub("", text) if _SPACED.search(text) else text):
        if (found := whole.get(_stemmed(tried))) is not None:
            return found
    if _SPACED.search(text):
        return _vocabulary().closed.get(_stem(text.replace(" ", "")))
    words = text.split()
    corrected = " ".join(map(_corrected, words))
    if len(words) == 1 and (len(text) < _ALONE or _likeness(_stem(text), corrected) < _ALIKE):
        return None
    return whole.get(corrected)


def _likeness(word: str, other: str) -> float:
    return SequenceMatcher(None, word, other, autojunk=False).ratio()


def _without_measures(line: str, text: str) -> Iterator[str]:
    """The same without what stands in brackets, and without numbers."""
    if _BRACKETED.search(line):
        yield _folded(_BRACKETED.sub(" ", line))
    if _MEASURE.search(text) and not _YEAR.search(text) and len(_DASH.findall(line)) < _DASHES:
        yield " ".join(_MEASURE.sub(" ", text).split())


def _joined(text: str) -> Section | None:
    """Several headings in one: skills and tools."""
    parts = [part for part in _JOINERS.split(text) if part]
    if len(parts) < 2:
        return None
    found = [_known(part) or _composed(part) for part in parts]
    return found[0] if all(found) else None


def _of_two_scripts(text: str) -> Section | None:
    """One heading in two languages: each says the same."""
    other = " ".join(m.group() for m in _SCRIPTS.finditer(text))
    latin = " ".join(_SCRIPTS.sub(" ", text).split())
    if not other or not latin or not any(c.isalpha() for c in latin):
        return None
    return _known(latin) or _composed(latin) or _known(other.replace(" ", ""))


def _composed(text: str) -> Section | None:
    """A heading made of words that headings are made of; the last that names a kind says which."""
    words = _vocabulary()
    corrected = [_corrected(word) for word in _JOINERS.sub(" ", text).split()]
    kinds = [words.nouns[word] for word in corrected if word in words.nouns]
    if not kinds or len(corrected) < 2:
        return None
    if all(word in words.nouns or word in words.qualifiers for word in corrected):
        if Section.VOLUNTEERING in kinds:
            return Section.VOLUNTEERING
        strong = [kind for kind in kinds if kind is not Section.SUMMARY]
        return (strong or kinds)[-1]
    return None


@lru_cache(maxsize=4096)
def _corrected(word: str) -> str:
    """A word as headings spell it, where one letter, or two of a long word, are wrong."""
    stem = _stem(word)
    words = _vocabulary()
    if stem in words.known:
        return stem
    if len(stem) in _SHORT and _letters(stem) in words.slips:
        return words.slips[_letters(stem)]
    for written in dict.fromkeys((stem, word)) if len(word) >= _FEW_SLIPS else ():
        for forms in _shortened(written):
            for form in sorted(form for form in forms if form in words.slips):
                meant = words.slips[form]
                if meant[0] == word[0] and abs(len(meant) - len(written)) < 2:
                    return meant
    return stem


def _stemmed(text: str) -> str:
    return " ".join(map(_stem, text.split()))


def _stem(word: str) -> str:
    """Without the *s* of the plural."""
    return word[:-1] if len(word) > 3 and word[-1] == "s" and word[-2] != "s" else word


def _folded(line: str) -> str:
    """A heading without case, accents, numbering and ornament."""
    text = unicodedata.normalize("NFKD", line).casefold()
    text = "".join(c for c in text if not unicodedata.combining(c) or "\u0900" <= c <= "\u097f")
    text = _INITIALS.sub(r"\1\2 ", unicodedata.normalize("NFC", text))
    text = re.sub(r"[^\w&/,|·+\u0900-\u097f ]+|_", " ", text).strip(" ,|/&·+_")
    text = _NUMBERING.sub("", " ".join(text.split()))
    return " ".join(text.split())
