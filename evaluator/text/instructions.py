"""Sentences that speak to the reader of a resume or a repository instead of about its writer.

What is found is flagged and kept from every reader. The words stand in ``instructions.toml``. This is a
tripwire, not the defence: what escapes it is still only text, from which a verdict needs verified
quotes that carry what an item claims.
"""

from __future__ import annotations

import base64
import binascii
import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from .homoglyphs import as_seen
from .signs import Signs

_SHORTEST = 8
"""Characters of the shortest order in Latin letters; other scripts need fewer."""
_ENCODED = re.compile(r"(?<![\w+/=-])[A-Za-z0-9+/_-]{24,}={0,2}(?![\w+/=-])")
_OTHER_SIGNS = re.compile(r" = |[A-Za-z0-9+/_-]{24,}")
"""Of equations, and of letters that stand for others."""
_LONGEST = 600
"""Characters of the longest sentence; longer ones are cut, so that the work grows with the text and no faster."""
_SENTENCE = re.compile(rf"[^.!?;\n。！？；]{{1,{_LONGEST}}}[.!?;。！？；]{{0,3}}")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_EQUATION = re.compile(r"\b[^\W\d_][\w -]{1,18} = [^\W\d_][\w /&-]{1,24}(?=[,;.]|$)")
_EQUATIONS = 3
_LETTERS_OF_TEXT = 0.9
_NEAR = 80
"""Characters between a verb and what it orders."""
_RUBRIC_WORDS = 2
_QUOTED = re.compile(r"[\"“„«][^\"“”„«»]{3,200}[\"”“»]")
_WORDS_AROUND = 8


@cache
def _forms() -> dict[str, Any]:
    told = files(__package__).joinpath("instructions.toml").read_text(encoding="utf-8")
    return tomllib.loads(told)


@cache
def _words() -> dict[str, re.Pattern[str]]:
    raw = dict(_forms())
    free_order = raw.pop("free_order")
    marks = raw.pop("marks")
    words = {
        # Chinese and Japanese have no borders between words.
        name: re.compile(rf"(?<![a-zà-ÿ])(?:{'|'.join(forms)})(?![a-zà-ÿ])", re.I)
        for name, forms in raw.items()
    }
    words["free_order"] = re.compile(free_order, re.I)
    words["marks"] = re.compile("|".join(marks), re.I | re.M)
    openings = "|".join(raw["openings"])
    words["opening"] = re.compile(
        rf"(?:^|[.!?;:,—–\-•*(\"“”'»])\s*(?:(?:{openings})\s+)*$|(?<!\w)(?:{openings})\s+$", re.I
    )
    return words


@cache
def _signs() -> Signs:
    """What some test asks of every sentence that it finds, and the marks. Few texts hold any of it."""
    needed = (
        form for name in ("set_aside", "targets", "itself", "marks") for form in _forms()[name]
    )
    return Signs([*needed, _ABOUT_LINES.pattern])


def find_instructions(text: str) -> list[tuple[int, int]]:
    """Spans of ``text`` that address its reader, in order and apart; each is a whole sentence."""
    seen, forms = _as_read(text)
    signs = _signs().places(seen)
    others = [match.span() for match in _OTHER_SIGNS.finditer(seen)]
    spans: list[tuple[int, int]] = []
    for match in _near(seen, _apart(sorted(signs + others))):
        sentence = match.group()
        if len(sentence) < _SHORTEST and sentence.isascii():
            continue
        if any(test(sentence) for test in _TESTS):
            start, end = _trimmed(match)
            if start < end:
                spans.append((start, end))
    spans += _marks(seen) if signs else ()
    if spans:
        places = _places(text, forms)
        spans = [(places[start], places[end - 1] + 1) for start, end in spans]
    return _apart(sorted(spans))


def _near(text: str, signs: list[tuple[int, int]]) -> Iterator[re.Match[str]]:
    """Sentences that share letters with a sign, or begin within a word, where a long one was cut and no sign was looked for."""
    number = 0
    is_cut = any(len(line) > _LONGEST for line in text.split("\n"))
    for match in _SENTENCE.finditer(text) if signs or is_cut else ():
        start, end = match.span()
        while number < len(signs) and signs[number][1] <= start:
            number += 1
        if (number < len(signs) and signs[number][0] < end) or text[start - 1 : start].isalpha():
            yield match


def holds_instruction(text: str) -> bool:
    """Whether any sentence addresses its reader."""
    return bool(find_instructions(text))


def _as_read(text: str) -> tuple[str, dict[str, str]]:
    """Text as a person sees it, compatible forms and look-alike letters made plain, with those forms."""
    if text.isascii():
        return text, {}
    found = {character: _plain_form(character) for character in _BEYOND_ASCII.findall(text)}
    forms = {character: form for character, form in found.items() if form != character}
    plain = text
    for character, form in forms.items():
        plain = plain.replace(character, form)
    seen = as_seen(plain, [])
    return (seen if len(seen) == len(plain) else plain), forms


def _places(text: str, forms: dict[str, str]) -> Sequence[int]:
    """Where each letter of the text stands once compatible forms are made plain."""
    if not forms:
        return range(len(text))
    lengths = (len(forms.get(character, character)) for character in text)
    return [index for index, length in enumerate(lengths) for _ in range(length)]


@lru_cache(maxsize=4_096)
def _plain_form(character: str) -> str:
    """The same or several plain ones, of which none has another form."""
    compatible = unicodedata.normalize("NFKC", character)
    return "".join(c for c in compatible if unicodedata.category(c) not in {"Cf", "Mn"})


def _trimmed(match: re.Match[str]) -> tuple[int, int]:
    whole = match.group()
    lead = len(whole) - len(whole.lstrip(" \t-–—•*·"))
    return match.start() + lead, match.start() + len(whole.rstrip())


def _marks(text: str) -> Iterator[tuple[int, int]]:
    for match in _words()["marks"].finditer(text):
        line = text[text.rfind("\n", 0, match.start()) + 1 :].split("\n", 1)[0]
        inside = _words()["marks"].search(line)
        if inside is not None and _is_example(line, inside):
            continue
        end = text.find("\n", match.end())
        yield match.start(), len(text) if end < 0 else max(end, match.end())


def _apart(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    apart: list[tuple[int, int]] = []
    for start, end in spans:
        if apart and start < apart[-1][1]:
            apart[-1] = (apart[-1][0], max(end, apart[-1][1]))
        else:
            apart.append((start, end))
    return apart


def _is_ordered(sentence: str, verb: re.Match[str]) -> bool:
    """Whether a verb gives an order: it opens a clause, or its script lets it stand anywhere."""
    words = _words()
    return bool(
        words["free_order"].search(sentence)
        or words["opening"].search(sentence[max(0, verb.start() - _NEAR) : verb.start()])
    )


def _sets_orders_aside(sentence: str) -> bool:
    words = _words()
    return any(
        _is_ordered(sentence, verb)
        and _is_near(sentence, verb, words["orders"])
        and not _is_example(sentence, verb)
        for verb in words["set_aside"].finditer(sentence)
    )


def _is_example(text: str, found: re.Match[str]) -> bool:
    """Whether words are quoted within a sentence of others, as by somebody who works against such orders."""
    for quoted in _QUOTED.finditer(text):
        if quoted.start() < found.start() and found.end() <= quoted.end():
            return len((text[: quoted.start()] + text[quoted.end() :]).split()) >= _WORDS_AROUND
    return False


def _is_near(sentence: str, verb: re.Match[str], wanted: re.Pattern[str]) -> bool:
    around = sentence[max(0, verb.start() - _NEAR) : verb.end() + _NEAR]
    return wanted.search(around) is not None


def _asks_for_a_grade(sentence: str) -> bool:
    """An order to judge, about this candidate or these lines or to a reader, and what is asked for."""
    words = _words()
    if not words["grades"].search(sentence):
        return False
    about = words["targets"].search(sentence)
    addressed = words["readers"].search(sentence)
    if not about and not addressed:
        return False
    verbs = list(words["judge"].finditer(sentence))
    ordered = any(_is_ordered(sentence, verb) for verb in verbs)
    return bool((about and ordered) or (about and addressed and verbs))


def _tells_what_lines_show(sentence: str) -> bool:
    words = _words()
    shown = {match.group().casefold() for match in words["rubric_words"].finditer(sentence)}
    return len(shown) >= _RUBRIC_WORDS and bool(_ABOUT_LINES.search(sentence))


_ABOUT_LINES = re.compile(
    r"\b(?:every|each|all|any|the) (?:\w+ )?(?:lines?|items?|bullets?|statements?|entries) (?:above|below|here|of this)|\ball of the above\b|\beverything above\b",
    re.I,
)


def _makes_something_of_its_lines(sentence: str) -> bool:
    """The text speaks of its own lines and would have them be work of the trade."""
    words = _words()
    return all(words[name].search(sentence) for name in ("itself", "trade", "makes"))


def _redefines_words(sentence: str) -> bool:
    return len(_EQUATION.findall(sentence)) >= _EQUATIONS


def _hides_text(sentence: str) -> bool:
    """Base64 of readable words: nobody can read it, so it is for a program."""
    for match in _ENCODED.finditer(sentence):
        try:
            raw = base64.b64decode(match.group().translate(_URL_SAFE) + "==", validate=False)
            decoded = raw.decode("utf-8")
        except (binascii.Error, UnicodeDecodeError):
            continue
        letters = sum(c.isalpha() or c in " .,:;'-" for c in decoded)
        if " " in decoded and letters >= _LETTERS_OF_TEXT * len(decoded):
            return True
    return False


_URL_SAFE = str.maketrans("-_", "+/")
_TESTS: tuple[Callable[[str], bool], ...] = (
    _sets_orders_aside,
    _asks_for_a_grade,
    _tells_what_lines_show,
    _makes_something_of_its_lines,
    _redefines_words,
    _hides_text,
)
