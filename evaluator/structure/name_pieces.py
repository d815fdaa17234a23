"""Pieces of a line that could be somebody's name, without what is written around names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from .folding import fold, is_name_letter
from .known_names import given_names, is_place, letters_of, names_vocabulary

ADDRESS = re.compile(
    r"\S{1,80}@\S{1,120}|(?:https?://|www\.)\S+|(?<![\w.])(?:[\w-]{1,40}\.){1,4}[A-Za-z]{2,12}/\S*|\(?\+?\d[\d ()./-]{5,24}\d"
)
"""Mail, links and telephone numbers, which part a line."""
_LETTERS_APART = re.compile(
    r"\s*[^\W\d_](?: ?[.'’-]? [^\W\d_]){2,}(?:\s{2,}[^\W\d_](?: [^\W\d_])*)*\s*"
)
_PRONOUNS = re.compile(r"[(\[]?\s*(?:pronouns?\s*[:：]\s*)?\w+(?:\s?/\s?\w+){1,3}\s*[)\]]?", re.I)
_MARKUP = re.compile(r"[*`~#]+|\[(?=[^\]]{1,60}\]\()|(?<=\])\([^)\s]*\)|^\s*>+|</?[a-z]\w{0,9}>")
_GAP = re.compile(
    r"\t+|\s{2,}|[|•·●‖¦/\\{}\[\]«»‹›=<>★☆✦;；:：_]+|\s[-–—―@]+\s|\s[-–—]+$|^[-–—]+\s"
)
_APART = re.compile(
    r"(?P<before>\s*)(?P<given>[^\W\d_][^\s,]*(?: [^\W\d_][^\s,]*){0,2}) {2,4}(?P<family>[^\W\d_][^\s,|]*)(?=[\s,|]|$)"
)
_ASIDE = re.compile(
    r" ?(?:\(([^()]{1,60})\)|（([^（）]{1,60})）|[\"“”„«]([^\"“”„«»]{1,30})[\"“”»]|\[([^\[\]]{1,60})\]) ?"
)
_QUOTED = re.compile(r" ?(?<!\w)['‘]([^'‘’]{2,20})['’](?!\w) ?")
_ORNAMENTS = re.compile(r"[$+<=>|~\x00-\x08\x0a-\x1f\x7f]")
"""The symbols and controls of ASCII, but those that are written within names."""
_POSSESSIVE = re.compile(
    r"['’]s?\s+(?:r[eé]sum[eé]|cv|curriculum vitae|portfolio|profile)\s*$", re.I
)
_HAN = re.compile(r"[\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\u3040-\u30ff]")
_HANGUL = re.compile(r"[\uac00-\ud7af]")
_MOST_WORDS, _MOST_LETTERS = 9, 64
_GLUED = 11
_GIVEN_CHARACTERS = 3
"""Letters of a word that may be several."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that have the form of a name."""

    name: str
    """As a person would write it, given name first."""
    words: tuple[str, ...]
    """Without titles and degrees."""
    whole: bool
    """Nothing but marks and contact details stands beside it on its line."""
    first: bool
    """Nothing but these, titles of documents and greetings stands before it."""
    others: tuple[str, ...] = ()
    """Nicknames, former names and other scripts that stand with it."""


@cache
def script_of(letter: str) -> str:
    """``cjk``, ``hangul``, or the script's name as Unicode gives it."""
    if _HAN.match(letter):
        return "cjk"
    if _HANGUL.match(letter):
        return "hangul"
    return unicodedata.name(letter, "?").split()[0].lower()


def has_no_spaces(text: str) -> bool:
    """Whether names in its script are written without a space between their parts."""
    return bool(_HAN.search(text) or _HANGUL.search(text))


def pieces_of(line: str) -> list[Piece]:
    """Names that could stand on a line, from the left."""
    text = unicodedata.normalize("NFC", line)
    if _LETTERS_APART.fullmatch(text):
        text = " ".join(part.replace(" ", "") for part in re.split(r"\s{2,}", text.strip()))
    text = ADDRESS.sub("\t", _MARKUP.sub(" ", text))
    text = _PRONOUNS.sub(_without_pronouns, text)
    text, asides = _without_asides(text)
    text = _with_family(_without_symbols(text))
    segments = [part for part in _GAP.split(text) if _has_letters(part)]
    found: list[Piece] = []
    first = True
    for segment in segments:
        named = _without_opening(segment.strip(), names_vocabulary("openings"))
        named = _without_former(named, asides)
        parts = [part.strip() for part in re.split(r"[,，、]", named) if _has_letters(part)]
        joined = _surname_first(parts)
        if joined is not None:
            found.append(_piece(joined, len(segments) == 1, first, asides))
            first = False
            continue
        for part in parts:
            words = shaped(_bare(part))
            if words is not None:
                beside = [p for p in parts if p is not part and not _is_suffix(p)]
                found.append(_piece(words, len(segments) == 1 and not beside, first, asides))
            first = first and fold(part).strip(".:") in names_vocabulary("titles")
    return found


def _with_family(text: str) -> str:
    """A line that sets a given name and the family's apart by spaces, with one space there."""
    match = _APART.match(text)
    while match:
        given, family = match["given"].split(), match["family"]
        titles = names_vocabulary("honorifics")
        names = [word for word in given if fold(word).strip(".") not in titles]
        if not names or not all(map(_is_given, names)) or shaped(family) is None:
            break
        if is_no_name([family]) or is_place(fold(family)):
            break
        text = f"{match['before']}{' '.join(given)} {family}{text[match.end() :]}"
        match = _APART.match(text)
    return text


def _is_given(word: str) -> bool:
    return any(half in given_names() for half in re.split(r"[-'’‐‑]", fold(word)))


def _piece(words: list[str], whole: bool, first: bool, asides: list[str]) -> Piece:
    titles = names_vocabulary("honorifics")
    start = next((n for n, w in enumerate(words) if fold(w).strip(".") not in titles), 0)
    others = [other for aside in asides if (other := _other_name(aside))]
    scripts = {script_of(letter) for word in words[start:] for letter in word[:1]}
    if len(scripts) == 2 and scripts & {"cjk", "hangul"}:
        others += _by_script(words[start:])
    return Piece(" ".join(words), tuple(words[start:]), whole, first, tuple(others))


def _by_script(words: list[str]) -> list[str]:
    dense = [word for word in words if has_no_spaces(word)]
    return [" ".join(dense), " ".join(word for word in words if word not in dense)]


def _without_former(text: str, asides: list[str]) -> str:
    """*Ada Fictional née Sample* without what she was called."""
    words = text.split()
    for at, word in enumerate(words[2:-1], start=2):
        plain, following = fold(word).strip("."), fold(words[at + 1]).strip(".")
        known = names_vocabulary("formerly")
        if word.islower() and (plain in known or f"{plain} {following}" in known):
            asides.append(" ".join(words[at:]))
            return " ".join(words[:at])
    return text


def _other_name(aside: str) -> str | None:
    """The name in brackets beside a name: nickname, former name or another script."""
    words = aside.split()
    known = names_vocabulary("formerly")
    while words and fold(words[0]).strip(".,:") in known:
        words = words[1:]
    if fold(" ".join(words[:2])).strip(".") in known:
        words = words[2:]
    found = shaped(" ".join(words)) if words else None
    return " ".join(found) if found and len(found) <= 4 else None


def _surname_first(parts: list[str]) -> list[str] | None:
    """*Family, Given*; what follows are degrees."""
    if len(parts) < 2 or any(not _is_suffix(part) for part in parts[2:]):
        return None
    if has_no_spaces(parts[0]):
        return _dense_surname_first(parts)
    family, given = shaped(_bare(parts[0])), shaped(_bare(parts[1]))
    if not family or not given or _is_suffix(parts[1]):
        return None
    if (
        is_place(fold(parts[1]))
        or is_place(fold(parts[0]))
        or is_no_name(given)
        or is_no_name(family)
    ):
        return None
    core = [w for w in family if fold(w) not in names_vocabulary("particles")]
    is_given = any(fold(word) in given_names() for word in given)
    if len(core) <= 1 + is_given and len(given) <= 3 and not is_place(fold(given[-1])):
        return [*given, *family]
    return None


def _dense_surname_first(parts: list[str]) -> list[str] | None:
    """The same of China, Japan and Korea, where the family stands first anyway."""
    family, given = parts[0], parts[1]
    if not is_dense_family(family) or not has_no_spaces(given) or len(given) > _GIVEN_CHARACTERS:
        return None
    return [family, given] if shaped(f"{family} {given}") else None


def is_dense_family(word: str) -> bool:
    """Whether a word is a family's name of China, Japan or Korea."""
    if len(word) == 1:
        return word in letters_of("chinese_surnames") or word in letters_of("korean_surnames")
    kinds = ("chinese_double_surnames", "japanese_surnames", "korean_double_surnames")
    return any(word in letters_of(kind) for kind in kinds)


def is_no_name(words: list[str] | tuple[str, ...]) -> bool:
    """Whether one of the words belongs to trades, organisations, studies or places."""
    return any(is_foreign(fold(word).strip(".")) for word in words)


def is_foreign(word: str) -> bool:
    """The same for one folded word, also where an engine glued it to the words before it."""
    if word in names_vocabulary("not_names"):
        return True
    return len(word) > _GLUED and word.endswith(_endings())


@cache
def _endings() -> tuple[str, ...]:
    return tuple(sorted(word for word in names_vocabulary("not_names") if len(word) > 6))


def _bare(part: str) -> str:
    """Without *Resume of*, *my name is* before the name, *'s resume* behind it."""
    text = _POSSESSIVE.sub("", part.strip(" \t.-–—_!?,")).strip()
    for kind in ("openings", "titles"):
        text = _without_opening(text, names_vocabulary(kind))
    if has_no_spaces(text):
        titles = (title for title in names_vocabulary("titles") if has_no_spaces(title))
        ends = max((t for t in titles if text.endswith(t)), key=len, default="")
        text = text.removesuffix(ends).rstrip("的の ") or text
    words = text.split()
    while len(words) > 1 and fold(" ".join(words[-1:])).strip(".") in names_vocabulary("titles"):
        words = words[:-1]
    return " ".join(words)


def _without_opening(text: str, openings: frozenset[str]) -> str:
    words = text.split(maxsplit=6)
    if len(words) < 2 or fold(words[0]).replace("’", "'").strip(".:,!") not in _first_of(openings):
        return text
    words = text.split()
    for length in range(min(5, len(words) - 1), 0, -1):
        if fold(" ".join(words[:length])).replace("’", "'").strip(".:,!") in openings:
            return " ".join(words[length:])
    return text


@cache
def _first_of(openings: frozenset[str]) -> frozenset[str]:
    return frozenset(opening.split()[0].strip(".:,!") for opening in openings if opening.strip())


def shaped(text: str) -> list[str] | None:
    """The words of a text that has the form of a name; None for any other."""
    text = text.strip(" \t.,-–—")
    if not text or len(text) > _MOST_LETTERS or any(c.isdigit() or c in "@&+%$?!" for c in text):
        return None
    if fold(text) in names_vocabulary("titles"):
        return None
    words = _without_suffixes(text.split())
    if not 1 <= len(words) <= _MOST_WORDS or not all(map(_is_word, words)):
        return None
    if has_no_spaces(text):
        return words if _is_dense_name(words) else None
    if not any(len(word.strip(".")) > 1 for word in words) or _is_suffix(text):
        return None
    return words if _is_cased(words) else None


def _without_suffixes(words: list[str]) -> list[str]:
    while (
        len(words) > 1
        and _is_suffix(words[-1])
        and not words[-1].islower()
        and not (words[-1].istitle() and fold(words[-1]) in names_vocabulary("suffixes_and_names"))
        and (len(words) > 2 or not words[-1].isalpha() or not words[-1].istitle())
    ):
        words = words[:-1]
    return words


def _is_suffix(part: str) -> bool:
    """Degrees, certificates and generations behind a name."""
    plain = [fold(word).strip(".,()") for word in part.split()]
    return bool(plain) and all(word in names_vocabulary("suffixes") for word in plain)


def _is_word(word: str) -> bool:
    if word.isascii() and word.isalpha():
        return True
    # A typeface that lacks a letter of the name puts a box or a replacement character there.
    letters = [c for c in word if is_name_letter(c)]
    starts = is_name_letter(word[:1]) or word[:1] in "'’"
    return (
        bool(letters)
        and starts
        and word[-1] not in "-‐‑"
        and all(is_name_letter(c) or c in "'’ʼ`´.-‐‑・·■□\ufffd" for c in word)
    )


def _is_cased(words: list[str]) -> bool:
    """Capitals as names have them; all small as some write theirs; scripts without case pass."""
    particles = names_vocabulary("particles")
    proper = [w for w in words if fold(w).strip(".'’") not in particles or w[:1].isupper()]
    if not proper:
        return False
    small = [w for w in proper if is_small(w)]
    return not small or len(small) == len([w for w in proper if w[0].lower() != w[0].upper()])


def is_small(word: str) -> bool:
    """Whether a word has no capital although its script has them in names."""
    return word.islower() and script_of(word[0]) != "georgian"


def _is_dense_name(words: list[str]) -> bool:
    dense = "".join(word for word in words if has_no_spaces(word))
    latin = [word for word in words if not has_no_spaces(word)]
    if any(part in dense for part in letters_of("not_cjk")) or fold(dense) in names_vocabulary(
        "titles"
    ):
        return False
    if latin and not (_is_cased(latin) and len(latin) <= 4):
        return False
    return 2 <= len(dense) <= (5 if _HANGUL.search(dense) else 8)


def _without_pronouns(match: re.Match[str]) -> str:
    words = re.findall(r"\w+", match.group())
    known = names_vocabulary("pronouns")
    said = [word for word in words if fold(word) not in {"pronoun", "pronouns"}]
    return "\t" if all(fold(word) in known for word in said) else match.group()


def _without_asides(text: str) -> tuple[str, list[str]]:
    """A line without what it says in brackets or quotes, and that."""
    asides: list[str] = []

    def cut(match: re.Match[str]) -> str:
        inner = next(group for group in match.groups() if group is not None)
        # Brackets around the whole line are ornaments.
        if match.group().strip() == text.strip():
            return f"\t{inner}\t"
        asides.append(inner.strip())
        return " "

    return _QUOTED.sub(cut, _ASIDE.sub(cut, text)), asides


def _without_symbols(text: str) -> str:
    """Emoji, arrows and ornaments part a line."""
    if text.isascii():
        return _ORNAMENTS.sub("\t", text)
    return "".join(
        "\t" if unicodedata.category(c)[0] in "SC" and c not in "`´^\u200c\u200d\t\ufffd□■" else c
        for c in text
    )


def _has_letters(text: str) -> bool:
    return any(c.isalpha() for c in text)


def words_in(text: str) -> Iterator[str]:
    """Folded words, for a look-up."""
    return (fold(word) for word in re.findall(r"[^\W\d_]{2,}", text))
