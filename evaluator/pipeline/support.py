"""Whether the words that a reading cites carry what it claims.

A model that obeys a document, or flatters, claims beyond the words: several dimensions for each line, dimensions of which
no word stands in the line, results and ownership for everything. Of 200 honest readings of real and written resumes
none looks like that (docs/judgement.md).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from ..models.document import Document
from ..models.evidence import Evidence, LowerReason
from ..models.vocabulary import AXIS_OF, Agency, Axis, Context, Dimension, Outcome
from ..readers.rules.lexicon import Hit, Lexicon, PreparedText, Strength, lexicon_for
from ..rubric import SupportRules
from ..scoring.tenure import DONE
from ..structure.outline import Outline, Passage

_RESULTS = frozenset({Outcome.STATED, Outcome.QUANTIFIED})


class Support:
    """The words of one resume, asked what they speak of.

    Args:
        document: the resume.
        parts: its outline.
        rules: thresholds of the rubric.
    """

    def __init__(self, document: Document, parts: Outline, rules: SupportRules) -> None:
        self._document = document
        self._parts = parts
        self._rules = rules
        self._lexicon: Lexicon = lexicon_for(document.language, document.text)
        self._named: dict[int | None, set[Axis]] = {}

    def capped(self, items: Sequence[Evidence]) -> list[Evidence]:
        """Items are mentions where neither their passage nor the names used in its job speak of their axis."""
        if not self._lexicon.fits:
            return list(items)
        return [
            item
            if not _is_done(item) or self._speaks_of_its_axis(item)
            else item.brought_down(LowerReason.AXIS, context=Context.LISTED)
            for item in items
        ]

    def named_in_place(self, items: Sequence[Evidence]) -> list[Evidence]:
        """Items beside whose own words a word of their dimension stands; where a document tries to steer, only these."""
        return [
            item
            for item in items
            if any(hit.dimension is item.dimension for hit in self._hits_at(item))
        ]

    def is_missing(self, items: Sequence[Evidence]) -> bool:
        """Whether a reading as a whole claims what its quotes do not carry."""
        done = [item for item in items if _is_done(item)]
        if len(done) < self._rules.few_items:
            return False
        if self._is_crowded(done):
            return True
        if not self._lexicon.fits:
            return False
        named = [{hit.dimension for hit in self._hits_at(item)} for item in done]
        if not any(named):
            return True
        share = sum(i.dimension in at for i, at in zip(done, named, strict=True)) / len(done)
        if all(i.agency is Agency.OWNED and i.outcome in _RESULTS for i in done):
            many = len(done) >= self._rules.flattered_items
            return share < (
                self._rules.flattered_share if many else self._rules.flattered_few_share
            )
        return len(done) >= self._rules.items and share < self._rules.share

    def _is_crowded(self, done: Sequence[Evidence]) -> bool:
        """Most places are cited for more dimensions than one achievement can show."""
        at: dict[tuple[int | None, int | None], set[Dimension]] = defaultdict(set)
        for item in done:
            at[item.location.start, item.location.end].add(item.dimension)
        crowded = sum(len(found) > self._rules.dimensions_of_one for found in at.values())
        return len(at) >= self._rules.few_places and 2 * crowded > len(at)

    def _hits_at(self, item: Evidence) -> list[Hit]:
        passage = self._parts.passage_at(item.location.start or 0)
        text = self._text(passage) if passage else item.quote
        return self._lexicon.find(PreparedText.of(f"{text} {item.result_quote or ''}"))

    def _speaks_of_its_axis(self, item: Evidence) -> bool:
        axis = AXIS_OF[item.dimension]
        if any(AXIS_OF[hit.dimension] is axis for hit in self._hits_at(item)):
            return True
        passage = self._parts.passage_at(item.location.start or 0)
        return passage is not None and axis in self._axes_named_in(passage.entry)

    def _axes_named_in(self, entry: int | None) -> set[Axis]:
        """Axes of which the passages and the title of a job use a name or a plain description."""
        if entry not in self._named:
            texts = [self._text(other) for other in self._parts.passages if other.entry == entry]
            texts += [self._parts.entries[entry].title] if entry is not None else []
            self._named[entry] = {
                AXIS_OF[hit.dimension]
                for text in texts
                for hit in self._lexicon.find(PreparedText.of(text))
                if hit.strength is not Strength.UNSURE
            }
        return self._named[entry]

    def _text(self, passage: Passage) -> str:
        return self._document.text[passage.start : passage.end]


def _is_done(item: Evidence) -> bool:
    return item.context in DONE and item.agency is not Agency.EXPOSED
