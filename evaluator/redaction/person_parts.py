"""From a person's names to the words that are looked for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..structure.folding import fold
from ..structure.known_names import letters_of, names_vocabulary
from ..structure.name_pieces import script_of
from .call_names import call_names
from .dense import SCRIPTS, called_densely
from .inflections import MOST_INFLECTED
from .name_in_text import TOKEN, Person
from .short_names import called, monograms


def person_of(names: Sequence[str], taken: frozenset[str]) -> Person:
    """Parts to look for.

    Args:
        names: of one person: the name, and others in other scripts.
        taken: folded words that mean something else as well.
    """
    words = [w for name in names for w in TOKEN.findall(name)]
    dense = [word for word in words if script_of(word[0]) in SCRIPTS]
    plain = [w for name in names for w in _parts_of(name) if script_of(w[0]) not in SCRIPTS]
    together = [re.sub(r"[\W_]+", "", word) for name in names for word in name.split()]
    titles = {w for w in together if fold(w) in names_vocabulary("honorifics")} - set(plain)
    together = [word for word in together if word not in titles]
    whole = [w for w in together if len(w) > MOST_INFLECTED and script_of(w[0]) not in SCRIPTS]
    long = {form for w in (*plain, *whole) if len(fold(w)) > 2 for form in _spellings(w)}
    short = {word.title() for word in plain if len(fold(word)) == 2}
    short |= {n.replace(".", "").replace(" ", "") for n in names if _is_all_initials(n)}
    other = {form for word in plain for form in called(word)} - long
    foreign = {form for form in other if len(form) > 2 and script_of(form[0]) != "latin"}
    return Person(
        parts=frozenset((long | foreign) - taken),
        taken=frozenset((long & taken) | {fold(w) for w in short if fold(w) in taken}),
        exact=frozenset(word for word in short if fold(word) not in taken),
        short=frozenset(other - foreign),
        monograms=frozenset(m for name in names for m in monograms(_parts_of(name)))
        - {word.upper() for word in short},
        initials=frozenset(fold(word)[:1] for word in plain),
        particles=frozenset(map(fold, words))
        & names_vocabulary("particles") - set(map(fold, plain)),
        dense=tuple(sorted(set(_dense_parts(names, dense)), key=len, reverse=True)),
        dense_called=tuple(sorted(set(_dense_called(names)), key=len, reverse=True)),
        calls=frozenset(call_names(plain)) - long - other,
    )


def _is_all_initials(name: str) -> bool:
    """*T.J.*"""
    words = TOKEN.findall(name)
    return len(words) > 1 and all(len(word) == 1 and word.isupper() for word in words)


def _parts_of(name: str) -> list[str]:
    """Words of a name but titles and the particles between them; *Do* and *An* are families, too."""
    words = TOKEN.findall(name)
    last = len(words) - 1
    return [
        word
        for at, word in enumerate(words)
        if not (fold(word) in names_vocabulary("honorifics") and at < last)
        and not (fold(word) in names_vocabulary("generations") and at == last)
        and not (
            fold(word) in names_vocabulary("particles")
            and ((not word.istitle() and 0 < at < last) or word.islower())
        )
    ] or words


def _spellings(word: str) -> set[str]:
    """A word folded, and with its umlauts spelled out or not."""
    lower = word.lower()
    spelled = lower
    for letter, letters in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("å", "aa"), ("ø", "oe")):
        spelled = spelled.replace(letter, letters)
    short = lower
    for letters, letter in (("ae", "a"), ("oe", "o"), ("ue", "u")):
        short = short.replace(letters, letter)
    return {fold(lower), fold(spelled), *([fold(short)] if len(short) > 4 else [])}


def _dense_parts(names: Sequence[str], words: Sequence[str]) -> Iterator[str]:
    """Whole names and their halves; a name written together is taken apart by its family's name."""
    for name in names:
        parts = [w for w in TOKEN.findall(name) if script_of(w[0]) in SCRIPTS]
        if parts:
            yield "".join(parts)
        if len(parts) == 1:
            yield from _halves(parts[0])
    yield from words


def _dense_called(names: Sequence[str]) -> Iterator[str]:
    """What the person is called by letters of each name, the family's standing first."""
    for name in names:
        words = [w for w in TOKEN.findall(name) if script_of(w[0]) in SCRIPTS]
        if len(words) == 1:
            family = _surname_of(words[0])
            words = [words[0][:family], words[0][family:]]
        if len(words) == 2 and any(words):
            yield from called_densely(*words)


def _halves(word: str) -> Iterator[str]:
    surnames = {_surname_of(word)}
    if word[:2] in letters_of("korean_double_surnames"):
        surnames |= {1, 2}  # 선우진 is 선 우진 or 선우 진
    halves = [half for surname in surnames for half in (word[:surname], word[surname:])]
    for half in halves:
        if half and half not in letters_of("cjk_words"):
            yield half


def _surname_of(word: str) -> int:
    """How many characters of a name written together are the family's."""
    if script_of(word[0]) == "hangul":
        return 1 if len(word) <= 4 else 2
    if script_of(word[0]) != "cjk":
        return 0
    for kind in ("japanese_surnames", "chinese_double_surnames"):
        found = [name for name in letters_of(kind) if word.startswith(name) and len(name) > 1]
        if found and len(word) > (2 if kind == "chinese_double_surnames" else 3):
            return len(max(found, key=len))
    return 2 if len(word) > 3 else 1
