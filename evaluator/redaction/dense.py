"""Names in scripts that put no space between words: whole, in parts, and as friends and colleagues say them.

*小燕*, *阿强*, *老王*, *王工*, *健ちゃん*: a letter of the name with one that makes a form of address of it. Their letters are
those of ordinary words, too (*小程序*, *施工*), so a form goes only where a word can begin and none of these stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from ..structure.known_names import letters_of
from ..structure.name_pieces import script_of
from .forms import listed

SCRIPTS = frozenset({"cjk", "hangul", "thai", "lao", "khmer", "myanmar", "tibetan"})
"""Scripts whose words no space parts, or only from their particles."""
_KANA = frozenset({"hiragana", "katakana"})


def dense_spans(
    text: str, parts: Sequence[str], called: Sequence[str]
) -> Iterator[tuple[int, int]]:
    """Where somebody is named.

    Args:
        text: that may name them.
        parts: of the name, longest first.
        called: of :func:`called_densely`.
    """
    for part in parts:
        for at, end in _found(text, part):
            if len(part) > 1 or _stands_alone(text, at, end):
                yield at, _with_honorific(text, end)
    for form in called:
        for at, end in _found(text, form):
            spaced = script_of(form[0]) != "hangul" or _ends(text, end)
            if spaced and _may_begin(text, at) and not text.startswith(_ordinary(form[0]), at):
                yield at, _with_honorific(text, end)


def _found(text: str, form: str) -> Iterator[tuple[int, int]]:
    at = text.find(form)
    while at >= 0:
        yield at, at + len(form)
        at = text.find(form, at + len(form))


def _stands_alone(text: str, start: int, end: int) -> bool:
    around = text[start - 1 : start] + text[end : end + 1]
    if any(text.startswith(title, end) for title in letters_of("cjk_honorifics")):
        return True
    return not any(c.isalpha() and script_of(c) in SCRIPTS for c in around)


def _with_honorific(text: str, end: int) -> int:
    """The end of a name with its title; Korean sets a space between them, or none."""
    spaced = text[end : end + 1] == " " and script_of(text[end - 1]) == "hangul"
    titles = letters_of("cjk_honorifics") | frozenset(listed("address", "dense_behind"))
    for begin in (end, end + 1) if spaced else (end,):
        known = [title for title in titles if text.startswith(title, begin)]
        if known and (begin == end or _ends(text, begin + len(max(known, key=len)))):
            return begin + len(max(known, key=len))
    return end


def _ends(text: str, at: int) -> bool:
    """Whether a Korean word ends here, but for one particle."""
    after, beyond = text[at : at + 1], text[at + 1 : at + 2]
    if not after.isalpha():
        return True
    return after in listed("address", "dense_particles") and not beyond.isalpha()


def _may_begin(text: str, at: int) -> bool:
    before = text[at - 1 : at] if at else ""
    if not before.isalpha() or script_of(before) not in SCRIPTS:
        return True
    return before in listed("address", "dense_leads")


@cache
def _ordinary(first: str) -> tuple[str, ...]:
    return tuple(word for word in listed("address", "dense_words") if word[0] == first)


def called_densely(family: str, given: str) -> Iterator[str]:
    """What somebody is called by letters of the name.

    Args:
        family: as it stands, or nothing.
        given: as it stands, or nothing.
    """
    script = script_of((family or given)[0])
    if script == "hangul":
        if family:
            yield from (family + title for title in listed("address", "dense_behind"))
        return
    if script != "cjk":
        return
    if family:
        yield from (f"{before}{family}" for before in "老小")
        yield from (family + title for title in listed("address", "dense_colleagues"))
        yield from (family + title for title in listed("address", "dense_behind"))
    for letter in dict.fromkeys(given):
        yield from (f"{before}{letter}" for before in "小阿")
    if given:
        last = given[-1]
        yield last + last
        yield from (last + title for title in listed("address", "dense_friends"))
    for length in range(1, len(given)):
        yield from (given[:length] + title for title in listed("address", "dense_pets"))
