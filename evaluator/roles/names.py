"""Names of tools and methods that openings ask for, with their other spellings, families and first years.

They stand in ``names.tsv``. A name that is not there is sought as it is written.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from .beginnings import NO_LETTER_AFTER, NO_LETTER_BEFORE, UNSPACED

METHOD = "method"
"""The family of ways to work, which are no product and no field of their own."""
PROFESSION = "profession"
"""The family of what people call themselves, which titles of jobs tell."""
FIELD = "field"
"""The family of kinds of problems and techniques, which people name where they worked on them."""
UMBRELLAS = {
    "CI/CD": "ci",
    "deployment pipeline": "ci",
    "infrastructure as code": "infrastructure-as-code",
    "feature store": "features",
    "experiment tracking": "tracking",
    "model registry": "tracking",
    "orchestration": "workflow",
    "observability": "observability",
    "vector database": "vector-stores",
    "data warehouse": "warehouses",
    "streaming": "streaming",
    "public cloud": "clouds",
    "data quality": "data-quality",
}
"""Names of what a whole family does: any member of it is meant."""
_ALIKE = frozenset(
    {
        "ci", "clouds", "data-quality", "deep-learning", "features", "infrastructure-as-code", "managed-kubernetes", "ml-platforms", "serving",
        "streaming", "tracking", "vector-stores", "warehouses", "web-services", "workflow",
    }
)  # fmt: skip
"""Families of which who knows one can soon work with another."""
_ALONE = frozenset({"C", "Go", "R"})
"""Words of their own: they are names only where a list or a sentence of such names has them."""
_NEXT = (
    r"(?=\s*(?:[,;/|)\n]|\.(?:\s|$)|$)|\s+(?:and|or|und|oder|et|ou|y|o|e|en|of|is|ist|est|es|é)\s)"
)
_WRITTEN_IN = r"(?<=\bin )|(?<=\ben )|(?<=\bem )|(?<=\bw )"
_BEFORE = rf"{NO_LETTER_BEFORE}(?<![&@/.-])"
_SLASHED = rf"{NO_LETTER_BEFORE}(?<![&@.-])"
_AFTER = rf"{NO_LETTER_AFTER}(?![+#&@])"
_WORDS = re.compile(rf"[^\W{UNSPACED}]+|[{UNSPACED}]")


@dataclass(frozen=True, slots=True)
class Name:
    """One name with everything that is known of it."""

    name: str
    family: str
    since: int | None
    """The year in which it could first be used."""
    spellings: tuple[str, ...]
    """As in the file, the name itself first."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A known name at ``text[start:end]``."""

    name: str
    start: int
    end: int


@cache
def known_names() -> dict[str, Name]:
    """Every name of the file, by name."""
    found = {}
    text = files(__package__).joinpath("names.tsv").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            family, name, year, others = line.split("\t")
            spellings = (name, *filter(None, others.split("|")))
            plain = name.lstrip("=")
            since = int(year) if year.isdigit() else None
            found[plain] = Name(plain, family, since, spellings)
    return found


@cache
def _by_spelling() -> dict[str, Name]:
    return {
        spelling.lstrip("=").casefold(): name
        for name in reversed(known_names().values())
        for spelling in name.spellings
    }


def known_name(words: str) -> Name | None:
    """What a spelling is known as."""
    return _by_spelling().get(" ".join(words.split()).casefold())


def _letters(spelling: str) -> str:
    """Lower-case letters that a text must hold."""
    low = spelling.lstrip("=").lower()
    return low.split()[0] if low.split() else low


@lru_cache(4096)
def _pattern(spelling: str) -> re.Pattern[str]:
    exact, plain = spelling.startswith("="), spelling.lstrip("=")
    form = r"[\s-]+".join(map(re.escape, plain.split()))
    told = rf"{_SLASHED}{form}{_AFTER}"
    if plain in _ALONE:
        told = rf"{_BEFORE}{form}{_NEXT}|(?:{_WRITTEN_IN}){form}{_AFTER}(?!-)"
    return re.compile(told, 0 if exact else re.I)


@lru_cache(1024)
def spellings_of(words: str) -> tuple[str, ...]:
    """All spellings of what somebody calls ``words``."""
    name = known_name(words)
    if name is None:
        return (words,)
    own = () if words.casefold() in {s.lstrip("=").casefold() for s in name.spellings} else (words,)
    return (*name.spellings, *own)


def words_of(low: str) -> frozenset[str]:
    """The words of a text in lower case, for :func:`that_may_stand`."""
    return frozenset(_WORDS.findall(low))


@dataclass(frozen=True, slots=True)
class _Beginnings:
    """The first words of some names, by which most of them are known not to stand in a text."""

    words: frozenset[str]
    by_word: dict[str, frozenset[int]]
    """Places of the names whose spellings begin with it."""
    untold: frozenset[int]
    """Places of names that begin with a mark."""


@lru_cache(4096)
def _beginnings(names: tuple[str, ...]) -> _Beginnings:
    by_word: dict[str, set[int]] = defaultdict(set)
    untold: set[int] = set()
    for at, name in enumerate(names):
        for spelling in spellings_of(name):
            first = _WORDS.match(_letters(spelling))
            (by_word[first.group()] if first else untold).add(at)
    found = {word: frozenset(places) for word, places in by_word.items()}
    return _Beginnings(frozenset(found), found, frozenset(untold))


def that_may_stand(names: tuple[str, ...], among: frozenset[str]) -> list[str]:
    """Those of some names that a text of these words may hold, in their order; mostly none, which is quickly told."""
    first = _beginnings(names)
    places = first.untold.union(*(first.by_word[word] for word in first.words & among))
    return [names[at] for at in sorted(places)]


@lru_cache(1024)
def _lettered(words: str) -> tuple[tuple[str, str], ...]:
    """Spellings with the letters that a text must hold."""
    return tuple((_letters(spelling), spelling) for spelling in spellings_of(words))


def places_of(words: str, text: str, low: str) -> Iterator[tuple[int, int]]:
    """Where a text names something, by any of its spellings.

    Args:
        words: the name.
        text: is searched.
        low: the text in lower case.
    """
    is_aligned = len(low) == len(text)
    for letters, spelling in _lettered(words):
        if letters not in low:
            continue
        pattern = _pattern(spelling)
        if not is_aligned:  # a capital whose small letter is longer
            yield from (match.span() for match in pattern.finditer(text))
            continue
        at = low.find(letters)
        while at >= 0:
            match = pattern.match(text, at)
            if match:
                yield match.span()
            at = low.find(letters, match.end() if match else at + 1)


@lru_cache(1024)
def members_of(words: str) -> tuple[str, ...]:
    """The products that a general name stands for; none of a product."""
    name = known_name(words)
    family = UMBRELLAS.get(name.name) if name else None
    return tuple(n.name for n in known_names().values() if family and n.family == family)


@cache
def _shown() -> dict[str, tuple[str, ...]]:
    text = files(__package__).joinpath("shows.tsv").read_text(encoding="utf-8")
    lines = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return {name: tuple(others.split("|")) for name, others in lines}


@lru_cache(1024)
def shown_by(words: str) -> tuple[str, ...]:
    """Names whose use shows this one, such as Helm for Kubernetes, with what shows them in turn."""
    name = known_name(words)
    found: dict[str, None] = {}
    waiting = [name.name if name else words]
    while waiting:
        for other in _shown().get(waiting.pop(), ()):
            if other not in found:
                found[other] = None
                waiting.append(other)
    return tuple(found)


@lru_cache(1024)
def relatives_of(words: str) -> tuple[str, ...]:
    """Names of the same family where they do the same, such as another cloud."""
    name = known_name(words)
    if name is None or name.family not in _ALIKE:
        return ()
    return tuple(n.name for n in known_names().values() if n.family == name.family and n != name)


@cache
def _every() -> tuple[tuple[str, str], ...]:
    """All spellings, the longest first, with the names they belong to."""
    pairs = [(s, name.name) for name in known_names().values() for s in name.spellings]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


def find_names(text: str) -> list[Mention]:
    """Every known name in a text, the longest where several begin together, in order."""
    low = text.lower()
    taken: list[Mention] = []
    for spelling, name in _every():
        if _letters(spelling) not in low:
            continue
        for match in _pattern(spelling).finditer(text):
            start, end = match.span()
            if not any(m.start < end and start < m.end for m in taken):
                taken.append(Mention(name, start, end))
    return sorted(taken, key=lambda m: m.start)


_LISTED = re.compile(r"\(([^()]{3,80})\)")
_ITEM = re.compile(r"\s*(?:[,;/]|\b(?:or|and|oder|und|ou|et|o|y|e|of|en)\b)\s*")
_LOOKS_NAMED = re.compile(
    r"(?<![\w-])(?:[A-Z]{2,}\d*(?:[-/ ]\d+)?|[A-Za-z]+-?\d+|[A-Z]?[a-z]+[A-Z]\w*)(?![\w-])"
)
_NO_NAMES = frozenset(
    "EU UK US USA IT HR CEO CTO CET CEST GMT UTC PST EST PHD MSC BSC ML AI KI IA API APIS B2B CV EUR USD GBP CHF OK TV PM AM PR PRS".split()
)
_LONGEST_NAME, _MOST_NAMES = 30, 6


def unknown_names(text: str) -> tuple[str, ...]:
    """What looks like a name and is not known: capitals, digits, short items of a list in brackets."""
    found = [m.group() for m in _LOOKS_NAMED.finditer(text)]
    for brackets in _LISTED.finditer(text):
        items = [item.strip(" .’'") for item in _ITEM.split(brackets[1])]
        if len(items) > 1 and all(
            0 < len(i) <= _LONGEST_NAME and len(i.split()) <= 3 for i in items
        ):
            found += [i for i in items if i[:1].isupper() or i[:1].isdigit()]
    names = dict.fromkeys(n for n in found if n.upper() not in _NO_NAMES and len(n) > 1)
    return tuple(names)[:_MOST_NAMES]
