"""What a resume tells whatever is asked: known names and trades and what each mention carries, years, languages, studies.

It is offsets, numbers and names of the program's own lists, and none of the resume's words in clear. To look all of it up takes
longer than to judge one opening's requirements, so a run keeps it for the openings to come.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from importlib.abc import Traversable
from importlib.resources import files
from struct import pack, unpack
from typing import Annotated, NamedTuple

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError

from ..roles.names import known_name, spellings_of

_DECIDING = ("models", "roles", "scoring", "structure", "text")
"""Packages whose words and code say what stands in it."""
_READ = (".py", ".tsv", ".toml")
_Offset = Annotated[int, Field(ge=0)]
_Rank = Annotated[int, Field(ge=0, le=4)]
Named = tuple[_Offset, _Offset, _Offset, _Offset, _Rank]
"""A name at ``text[0:1]`` in the sentence ``text[2:3]``, by these places of the tuple, and what the mention carries."""
Spoken = tuple[_Offset, _Offset, _Offset, _Offset, _Rank, str, int | None]
"""The same of a spoken language, with its code and how well it is told to be spoken."""


Dated = tuple[_Offset, int, int]
"""Months of a period, half-open, with the start of the stretch that it stands in."""


class Studies(NamedTuple):
    """What stands among the studies of a resume."""

    degrees: list[int]
    """That they name, by rank."""
    is_technical: bool
    is_taught: bool
    """Whether courses are told, and no vocational training."""
    is_unfinished: bool
    first: tuple[_Offset, _Offset] | None
    """Their first line."""


class TextIndex(NamedTuple):
    """What stands in one resume, and where; also what repeats an advert, which depends on the advert."""

    made_of: str
    """Digest of everything that decides about the rest."""
    names: dict[str, list[Named]]
    """Mentions of each known name that has any, in the order in which they are looked up."""
    years: list[tuple[float, _Offset, _Offset]]
    languages: list[Spoken]
    studies: Studies
    trades: dict[str, list[Named]]
    """Mentions of each known trade that has any."""
    periods: list[Dated]
    """Of the stretches whose entry tells no months."""
    runs: bytes
    """Numbers for the runs of words by which copies of an advert are known."""


_FORM = TypeAdapter(TextIndex, config=ConfigDict(ser_json_bytes="base64", val_json_bytes="base64"))


def written_index(index: TextIndex) -> str:
    """As a run keeps it."""
    return _FORM.dump_json(index).decode()


def read_index(written: str, made_of: str) -> TextIndex | None:
    """One that a run keeps; None where it was made of something else, or is none."""
    if made_of not in written:
        return None
    try:
        index = _FORM.validate_json(written)
    except ValidationError:
        return None
    return index if index.made_of == made_of and not len(index.runs) % 4 else None


def digest_of_input(text: str, stretches: Iterable[object], present: str) -> str:
    """What an index is made of: the text, its stretches as they are shown, the present, and this program's code and words."""
    told = f"{_program()} {present} {list(stretches)} {text}"
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()


def packed(numbers: Sequence[int]) -> bytes:
    """Numbers of 32 bits, four bytes each."""
    return pack(f"<{len(numbers)}I", *numbers)


def unpacked(content: bytes) -> tuple[int, ...]:
    """The numbers of :func:`packed`."""
    return unpack(f"<{len(content) // 4}I", content)


@cache
def _program() -> str:
    root = files(__package__.rpartition(".")[0])
    found = hashlib.sha256()
    for package in _DECIDING:
        for name, content in sorted(_contents(root.joinpath(package), package)):
            found.update(f"{name} {len(content)} ".encode() + content)
    return found.hexdigest()


def _contents(folder: Traversable, name: str) -> Iterator[tuple[str, bytes]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _contents(entry, f"{name}/{entry.name}")
        elif entry.name.endswith(_READ):
            yield f"{name}/{entry.name}", entry.read_bytes()


@lru_cache(4096)
def indexed_as(words: str) -> str | None:
    """The known name that is looked up by just the spellings of ``words``; None where no known one is."""
    name = known_name(words)
    return name.name if name and spellings_of(words) == spellings_of(name.name) else None
