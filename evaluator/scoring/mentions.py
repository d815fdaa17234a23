"""Where a resume and public code name what an opening asks for, and how much each mention carries."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from ..models.document import RESUME
from ..models.evidence import Evidence
from ..roles.advert_words import known_trades, places_of_trade
from ..roles.copying import AdvertWords
from ..roles.names import places_of, that_may_stand, words_of
from ..roles.speech import says, turns
from ..roles.warnings import orders_verdict
from ..structure.sentences import part_borders, sentences
from .requirement_grounds import Grounds, Place, Rank
from .text_index import Named, indexed_as, unpacked

_LONGEST_QUOTE = 300
_NEAR = 80
_BESIDE_IT = 30
_LONGEST_SUMMARY = 1000
_LISTS = frozenset({"skills", "other", "summary", "header", "unnamed"})
_BESIDE = re.compile(r"\s*\(([^()\n]{3,80})\)")
_LEAD = re.compile(r"\W*([\w ]{2,30}):")
_BULLET = re.compile(r"\s*[•▪◦‣·●○■□➢►▸❖✓*–—-]\s+")
_BULLETS = frozenset("•-–*▪●\n")
"""What begins a paragraph or an item behind a line's end."""
_RANK_OF_SECTION = {
    "employment": Rank.DONE, "projects": Rank.DONE, "publications": Rank.DONE, "unnamed": Rank.DONE,
    "education": Rank.STUDIED, "courses": Rank.STUDIED, "certifications": Rank.STUDIED,
}  # fmt: skip
_RANKS = tuple(Rank)


def _is_little(said: str, start: int, end: int) -> bool:
    """Whether a clause tells of help, of a trial, or of something small beside ``said[start:end]``."""
    beside = said[max(0, start - _BESIDE_IT) : end + _BESIDE_IT].split(",")
    around = next((part for part in beside if said[start:end] in part), said[start:end])
    return turns("helped", said, start, end) or says("small", around)


def _rank_of_others_or_course(place: Place, said: str) -> Rank | None:
    """What a sentence of work carries that tells of others' work, or of a course outside a job."""
    if says("others", said):
        return Rank.NAMED
    return Rank.STUDIED if place.kind != "employment" and says("taught", said) else None


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that name something: ``source[start:end]``."""

    rank: Rank
    start: int
    end: int
    place: Place | None = field(compare=False)
    source: str = RESUME
    quote: str = ""


class Mentions:
    """Looks names up in what one candidate shows.

    Args:
        grounds: of the candidate.
        words: of the advert; what repeats them is no mention.

    Attributes:
        copies: sentences of the resume that repeat the advert.
        counted: items that do not.
    """

    def __init__(self, grounds: Grounds, words: AdvertWords) -> None:
        self.grounds = grounds
        index = grounds.index
        self._indexed = frozenset[str]() if index is None else frozenset(index.names)
        digests = None if index is None else unpacked(index.runs)
        self.copies = words.copies_in(grounds.text, digests)
        self._kept: dict[tuple[str, bool], tuple[Mention, ...]] = {}
        self.counted = [item for item in grounds.evidence if not self._is_copied(item)]
        self._of_code = [
            (item, words_of(low), low)
            for item in self.counted
            if item.source != RESUME and (low := item.quote.lower())
        ]
        self._words_of_code = frozenset[str]().union(*(words for _, words, _ in self._of_code))

    def _is_copied(self, item: Evidence) -> bool:
        if item.source != RESUME:
            return False
        start, end = item.location.start or 0, item.location.end or 0
        return any(a < end and start < b for a, b in self.copies)

    def is_in_copy(self, start: int, end: int) -> bool:
        """Whether a span of the resume repeats the advert."""
        return any(a < end and start < b for a, b in self.copies)

    def sentence(self, start: int, end: int) -> tuple[int, int]:
        """The part of a sentence around a mention, within its paragraph."""
        first, last = self._item_around(start, end)
        text = self.grounds.text
        piece = text[first:last]
        for a, b in sentences(piece):
            if a <= start - first < b:
                borders = [m.span() for m in part_borders(piece, a, b)]
                begin = max((after for _, after in borders if after <= start - first), default=a)
                finish = min((before for before, _ in borders if before >= end - first), default=b)
                lead = _BULLET.match(text, first + begin, first + finish)
                return lead.end() if lead else first + begin, first + finish
        return start, end

    def _item_around(self, start: int, end: int) -> tuple[int, int]:
        """The paragraph or item of a list around a mention."""
        text, place = self.grounds.text, self.grounds.place_at(start)
        first, last = (place.start, place.end) if place else (start, end)
        first, last = max(first, start - _LONGEST_QUOTE), min(last, end + _LONGEST_QUOTE)
        before = text.rfind("\n", first, max(first, start - 1))
        while before >= 0 and text[before + 1] not in _BULLETS:
            before = text.rfind("\n", first, before)
        after = text.find("\n", end, last - 1)
        while after >= 0 and text[after + 1] not in _BULLETS:
            after = text.find("\n", after + 1, last - 1)
        return max(first, before + 1), after if after >= 0 else last

    def _rank_in_list(self, start: int, end: int, last: int) -> Rank:
        """A name in a list carries what is said beside it in brackets: daily use, some use, or nothing."""
        text = self.grounds.text
        beside = _BESIDE.match(text, end, min(last + 1, end + _NEAR))
        lead = _LEAD.match(re.split(r"\n|\.\s", text[max(0, start - _LONGEST_QUOTE) : start])[-1])
        told = f"{lead[1] if lead else ''} {beside[1] if beside else ''}"
        if says("heard", told):
            return Rank.DENIED
        if says("daily", told):
            return Rank.DONE
        if says("learned", told) or says("little", told):
            return Rank.NAMED
        return Rank.STUDIED if beside or says("some", told) else Rank.NAMED

    @staticmethod
    def _rank_of(place: Place) -> Rank:
        """What a name in a stretch carries at most; a summary of many lines is the career, told under no heading."""
        if place.kind == "summary" and place.end - place.start > _LONGEST_SUMMARY:
            return Rank.DONE
        return _RANK_OF_SECTION.get(place.kind, Rank.NAMED)

    def of(self, names: tuple[str, ...], *, trades: bool = False) -> Iterator[Mention]:
        """Every mention of some names, with what it carries.

        Args:
            names: tools, methods, certificates or trades.
            trades: names of trades are meant, with all words for them.
        """
        for name in names if trades else self._that_may_stand(names):
            key = name, trades
            if key not in self._kept:
                self._kept[key] = tuple(self._of(name, trades=trades))
            yield from self._kept[key]

    def _that_may_stand(self, names: tuple[str, ...]) -> list[str]:
        """Those of some names that may be mentioned, in their order."""
        g = self.grounds
        if g.index is None:
            return that_may_stand(names, g.words | self._words_of_code)
        told, known = self._indexed, _indexed(names)
        if not self._of_code:
            return known.that_stand_in(told)
        of_code = set(that_may_stand(names, self._words_of_code))
        return [name for name, key in known.each if key is None or key in told or name in of_code]

    def _of(self, name: str, *, trades: bool) -> Iterator[Mention]:
        g = self.grounds
        for start, end, first, last, rank in self._told(name, trades=trades):
            if not self.is_in_copy(start, end):
                yield Mention(_RANKS[rank], first, last, g.place_at(start))
        for item, words, low in self._of_code:
            if that_may_stand((name,), words) and any(places_of(name, item.quote, low)):
                location = item.location
                yield Mention(
                    Rank.DONE, location.start or 0, location.end or 0, None, item.source, item.quote
                )  # fmt: skip

    def _told(self, name: str, *, trades: bool) -> Iterable[Named]:
        """:meth:`in_resume` by the index, where it has such names."""
        index = self.grounds.index
        if index is not None and trades and name in known_trades():
            return index.trades.get(name, ())
        key = None if index is None or trades else indexed_as(name)
        if index is None or key is None:
            return self.in_resume(name, trades=trades)
        return index.names.get(key, ())

    def in_resume(self, name: str, *, trades: bool = False) -> Iterator[Named]:
        """Where the resume mentions a name, also where it repeats an advert; arguments as :meth:`of`."""
        g = self.grounds
        for start, end in (
            *places_of(name, g.text, g.low),
            *(places_of_trade(name, g.text, g.low) if trades else ()),
        ):
            place = g.place_at(start)
            if place is None:
                continue
            first, last = self.sentence(start, end)
            rank = self._rank_of(place)
            said = g.text[first:last]
            if rank is Rank.DONE and orders_verdict(said):
                continue  # what else speaks to a reader has no place
            if (
                says("lacking", g.text[first:start])
                or says("not", g.text[end : end + _NEAR].split("\n")[0])
                or any(turns(k, said, start - first, end - first) for k in ("denied", "wished"))
            ):
                rank = Rank.DENIED
            elif rank is Rank.DONE and (lower := _rank_of_others_or_course(place, said)):
                rank = lower
            elif rank is Rank.DONE and not trades and _is_little(said, start - first, end - first):
                rank = Rank.LITTLE
            elif rank is Rank.NAMED and place.kind in _LISTS:
                rank = self._rank_in_list(start, end, last)
            yield start, end, first, last, rank


class _Indexed(NamedTuple):
    """Some names as an index has them."""

    each: tuple[tuple[str, str | None], ...]
    """Each with what it stands under; None beside those that an index does not know."""
    places: dict[str, list[int]]
    """Where in :attr:`each` what stands under a key is."""
    unknown: list[int]
    keys: frozenset[str]

    def that_stand_in(self, told: frozenset[str]) -> list[str]:
        """Those that stand in an index, or that it does not know, in their order; mostly none."""
        found = self.keys & told
        if not found:
            return [self.each[at][0] for at in self.unknown]
        places = [at for key in found for at in self.places[key]]
        return [self.each[at][0] for at in sorted([*places, *self.unknown])]


@lru_cache(4096)
def _indexed(names: tuple[str, ...]) -> _Indexed:
    each = tuple((name, indexed_as(name)) for name in names)
    places: dict[str, list[int]] = {}
    for at, (_, key) in enumerate(each):
        if key is not None:
            places.setdefault(key, []).append(at)
    unknown = [at for at, (_, key) in enumerate(each) if key is None]
    return _Indexed(each, places, unknown, frozenset(places))
