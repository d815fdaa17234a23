"""What one candidate shows, and how a verdict is put together from it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import copy
from functools import cached_property, lru_cache
from typing import NamedTuple, Protocol, TypeVar

from ...models.document import RESUME, Location
from ...roles.copying import AdvertWords
from ...roles.model import Kind, Requirement, RequirementVerdict
from ...roles.names import members_of, shown_by
from ..mentions import Mention, Mentions
from ..requirement_grounds import Citation, Grounds, Judged, Quote, Rank

SHARES = {
    RequirementVerdict.FOUND: 1.0,
    RequirementVerdict.PARTLY: 0.5,
    RequirementVerdict.UNCLEAR: 0.0,
    RequirementVerdict.MISSING: 0.0,
}
"""Silence and what is missing weigh the same: whoever tells more is never worse off."""
VERDICTS = {
    Rank.DONE: RequirementVerdict.FOUND,
    Rank.LITTLE: RequirementVerdict.PARTLY,
    Rank.STUDIED: RequirementVerdict.PARTLY,
    Rank.NAMED: RequirementVerdict.UNCLEAR,
    Rank.DENIED: RequirementVerdict.MISSING,
}
_READ_FOR = frozenset({Kind.DIMENSION, Kind.DOMAIN})
OFTEN_SILENT = "not mentioned, as in many resumes"
_MOST_QUOTES = 2
_MOST_MENTIONS = 8
"""Places that evidence is looked for at; further ones say the same again."""


NOWHERE = "found nowhere in the resume or the public code"


class _Told(NamedTuple):
    """Words that a verdict stands on, before they are quoted."""

    source: str
    start: int
    end: int
    quote: str
    """Empty where it stands in the resume."""


class _Sourced(Protocol):
    @property
    def source(self) -> str: ...


T = TypeVar("T", bound=_Sourced)


class CandidateFacts:
    """One candidate, asked about by every kind of requirement.

    Args:
        grounds: of the candidate.
        words: of the advert; what repeats them is nothing that the candidate says.

    Attributes:
        grounds: of the candidate.
        mentions: of names in the resume and in public code.
    """

    def __init__(self, grounds: Grounds, words: AdvertWords) -> None:
        self.grounds = grounds
        self.mentions = Mentions(grounds, words)
        self._words = words
        self._aside: Sequence[Citation] = ()
        self._carrying = Rank.DONE

    def beside(self, citations: Sequence[Citation], carrying: Rank) -> CandidateFacts:
        """The same without the lines of some citations, of which a reader knows more than code.

        Args:
            citations: whose lines are left out.
            carrying: what a mention in them carries at least to be left out.
        """
        found = copy(self)
        found._aside, found._carrying = citations, carrying
        return found

    @property
    def leaves_out(self) -> bool:
        """Whether any line is left out."""
        return bool(self._aside)

    def is_aside(self, start: int, end: int, source: str = RESUME) -> bool:
        """Whether a span shares words with a line that is left out."""
        return any(
            c.source == source and (c.location.start or 0) < end and start < (c.location.end or 0)
            for c in self._aside
        )

    def standing(self, mentions: Iterable[Mention]) -> list[Mention]:
        """Those that are not left out."""
        return [m for m in mentions if self._stands(m)] if self._aside else list(mentions)

    def _stands(self, m: Mention) -> bool:
        return m.rank < self._carrying or not self.is_aside(m.start, m.end, m.source)

    def judged(
        self,
        requirement: Requirement,
        verdict: RequirementVerdict,
        found: Iterable[Mention],
        why: str,
    ) -> Judged:
        """A verdict with the mentions it stands on, told as quotes and evidence."""
        told = [
            _Told(m.source, m.start, m.end, m.quote)
            for m in list(dict.fromkeys(found))[:_MOST_MENTIONS]
        ]
        return Judged(
            requirement=requirement,
            verdict=verdict,
            share=SHARES[verdict] if requirement.is_scored else 0.0,
            evidence=self._touching(told),
            quotes=tuple(map(self._quote_of, of_both_sources(dict.fromkeys(told)))),
            why=why,
        )

    def _quote_of(self, told: _Told) -> Quote:
        text, (source, start, end, quote) = self.grounds.text, told
        line = text.count("\n", 0, start) + 1 if source == RESUME else None
        location = Location(line=line, start=start, end=end)
        return Quote(quote=quote or text[start:end], source=source, location=location)

    def quoted(
        self,
        requirement: Requirement,
        verdict: RequirementVerdict,
        quotes: Sequence[Quote],
        why: str,
    ) -> Judged:
        """A verdict with its quotes, and the evidence that shares words with them."""
        return Judged(
            requirement=requirement,
            verdict=verdict,
            share=SHARES[verdict] if requirement.is_scored else 0.0,
            evidence=self._touching(
                [_Told(q.source, q.location.start or 0, q.location.end or 0, "") for q in quotes]
            ),
            quotes=of_both_sources(dict.fromkeys(quotes)),
            why=why,
        )

    @cached_property
    def _items(self) -> list[tuple[str, str, int, int]]:
        return [
            (item.id, item.source, item.location.start or 0, item.location.end or 0)
            for item in self.mentions.counted
        ]

    def _touching(self, spans: Sequence[_Told]) -> tuple[str, ...]:
        """Evidence that shares words with any of some spans."""
        if not spans:
            return ()
        found = dict.fromkeys(
            id_
            for id_, source, first, last in self._items
            for where, start, end, _ in spans
            if start < last and first < end and where == source
        )
        return tuple(found)

    def named(self, names: tuple[str, ...], *, trades: bool = False) -> list[Mention]:
        """Mentions of some names and of what they stand for; of what shows them where no work with them is told.

        Args:
            names: tools, methods, certificates or trades.
            trades: names of trades are meant.
        """
        own, showing = _meant(names)
        found = self.standing(self.mentions.of(own, trades=trades))
        if not showing or any(m.rank is Rank.DONE for m in found):
            return found
        return [*found, *self.standing(self.mentions.of(showing))]

    def names_any(self, names: tuple[str, ...]) -> bool:
        """Whether there are mentions of some names, of what they stand for or of what shows them; ends at the first."""
        return any(map(self._stands, self.mentions.of(_all_meant(names))))

    def text_of(self, mention: Mention) -> str:
        """The words of a mention's sentence."""
        return mention.quote or self.grounds.text[mention.start : mention.end]

    def was_asked(self, requirement: Requirement) -> bool:
        """Whether a reader was asked for the words of a dimension or a trade that an advert states."""
        return (
            self.grounds.was_asked
            and requirement.kind in _READ_FOR
            and requirement.quote is not None
        )

    def citations(self, requirement: Requirement) -> list[Citation]:
        """What a reader cites for a requirement, without what repeats the advert."""
        return [
            c
            for c in self.grounds.citations
            if c.requirement == requirement.id
            and not (
                c.source == RESUME
                and self.mentions.is_in_copy(c.location.start or 0, c.location.end or 0)
            )
            and not self._words.is_copy(c.quote)
        ]


@lru_cache(1024)
def _meant(names: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Names with all that they stand for, and what shows any of these."""
    own = tuple(dict.fromkeys(m for n in names for m in (n, *members_of(n))))
    return own, tuple(dict.fromkeys(m for n in own for m in shown_by(n) if m not in own))


@lru_cache(1024)
def _all_meant(names: tuple[str, ...]) -> tuple[str, ...]:
    own, showing = _meant(names)
    return *own, *showing


def of_both_sources(quotes: Iterable[T]) -> tuple[T, ...]:
    """A few different quotes, both sources among them where both are there."""
    every = list(quotes)
    resume = [q for q in every if q.source == RESUME]
    code = [q for q in every if q.source != RESUME]
    return (*resume[: _MOST_QUOTES - bool(code)], *code[:1])
