"""What one candidate shows, and how a verdict is put together from it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ...models.document import RESUME, Location
from ...roles.copying import AdvertWords
from ...roles.model import Kind, Requirement, RequirementVerdict
from ...roles.names import members_of, shown_by
from ..grounds import Citation, Grounds, Judged, Quote, Rank
from ..mentions import Mention, Mentions

SHARES = {
    RequirementVerdict.FOUND: 1.0,
    RequirementVerdict.PARTLY: 0.5,
    RequirementVerdict.UNCLEAR: 0.0,
    RequirementVerdict.MISSING: 0.0,
}
"""Silence and what is missing weigh the same: whoever tells more is never worse off."""
VERDICTS = {
    Rank.DONE: RequirementVerdict.FOUND,
    Rank.STUDIED: RequirementVerdict.PARTLY,
    Rank.NAMED: RequirementVerdict.UNCLEAR,
    Rank.DENIED: RequirementVerdict.MISSING,
}
OFTEN_SILENT = "not mentioned, as in many resumes"
_MOST_QUOTES = 2
_MOST_MENTIONS = 8
"""Places that evidence is looked for at; further ones say the same again."""


NOWHERE = "found nowhere in the resume or the public code"


class Findings:
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

    def judged(
        self,
        requirement: Requirement,
        verdict: RequirementVerdict,
        found: Iterable[Mention],
        why: str,
    ) -> Judged:
        """A verdict with the mentions it stands on, told as quotes and evidence."""
        text = self.grounds.text
        quotes = []
        for m in list(dict.fromkeys(found))[:_MOST_MENTIONS]:
            line = text.count("\n", 0, m.start) + 1 if m.source == RESUME else None
            quotes.append(
                Quote(
                    quote=self.text_of(m),
                    source=m.source,
                    location=Location(line=line, start=m.start, end=m.end),
                )
            )
        return self.quoted(requirement, verdict, quotes, why)

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
            evidence=self._touching(quotes),
            quotes=of_both_sources(quotes),
            why=why,
        )

    def _touching(self, quotes: Sequence[Quote]) -> tuple[str, ...]:
        return tuple(
            item.id
            for item in self.mentions.counted
            if any(
                quote.source == item.source
                and (quote.location.start or 0) < (item.location.end or 0)
                and (item.location.start or 0) < (quote.location.end or 0)
                for quote in quotes
            )
        )

    def named(self, names: Iterable[str], *, trades: bool = False) -> list[Mention]:
        """Mentions of some names and of what they stand for; of what shows them where no work with them is told.

        Args:
            names: tools, methods, certificates or trades.
            trades: names of trades are meant.
        """
        own = dict.fromkeys(m for n in names for m in (n, *members_of(n)))
        found = list(self.mentions.of(own, trades=trades))
        if any(m.rank is Rank.DONE for m in found):
            return found
        showing = dict.fromkeys(m for n in own for m in shown_by(n) if m not in own)
        return [*found, *self.mentions.of(showing)]

    def text_of(self, mention: Mention) -> str:
        """The words of a mention's sentence."""
        return mention.quote or self.grounds.text[mention.start : mention.end]

    def was_asked(self, requirement: Requirement) -> bool:
        """Whether a reader was asked for the words of a dimension that an advert states."""
        return (
            self.grounds.was_asked
            and requirement.kind is Kind.DIMENSION
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


def of_both_sources(quotes: Iterable[Quote]) -> tuple[Quote, ...]:
    """A few quotes, both sources among them where both are there."""
    every = list(dict.fromkeys(quotes))
    resume = [q for q in every if q.source == RESUME]
    code = [q for q in every if q.source != RESUME]
    return (*resume[: _MOST_QUOTES - bool(code)], *code[:1])
