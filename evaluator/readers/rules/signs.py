"""What a statement shows on its face: which forms of the lexicon stand in it. Signs for the classifier, no verdict."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from ...models.reading import ShownPassage
from ...models.vocabulary import Agency, Context, Dimension, Outcome
from ...structure.sections import Section
from .features import section_of
from .lexicon import Hit, Lexicon, PreparedText, Strength
from .parts import Span
from .scope import own_clauses, own_words
from .statements import agency_of, has_effect, outcome_of

_OF_SENTENCE = "ml software models not_production production colleagues course begun boast".split()
_OF_OWN_WORDS = "shared first_person".split()
_OF_HEADING = "ml ops_title trade_title bystander software academic course thesis".split()

SIGNS = (
    *(f"{dimension} {strength.name}" for dimension in Dimension for strength in Strength),
    *(f"own {dimension} {strength.name}" for dimension in Dimension for strength in Strength),
    *(f"agency {agency}" for agency in Agency),
    *(f"outcome {outcome}" for outcome in (Outcome.STATED, Outcome.QUANTIFIED)),
    "effect",
    "own words",
    *_OF_OWN_WORDS,
    *(f"says {phrase}" for phrase in _OF_SENTENCE),
    *(f"heading {phrase}" for phrase in _OF_HEADING),
    *(f"section {section}" for section in Section),
    *(f"context {context}" for context in Context),
)
"""Names of all signs; the number of a sign is its place here."""
_HEARD = Strength.NAME
Place = tuple[str, str]
_NUMBER = {name: number for number, name in enumerate(SIGNS)}


class Statement:
    """``passage.text[start:end]`` and what it says, worked out as far as somebody asks."""

    def __init__(self, passage: ShownPassage, span: Span, lexicon: Lexicon) -> None:
        self.passage = passage
        self.start, self.end = span
        self.text = passage.text[self.start : self.end]
        self.place: Place = passage.section, passage.heading
        """The section and the heading in it: one job, project or study."""
        self._lexicon = lexicon

    def under(self, heading: str) -> Statement:
        """The same words under another heading of the same section."""
        passage = self.passage.model_copy(update={"heading": heading})
        found = Statement(passage, (self.start, self.end), self._lexicon)
        found.said, found.hits, found.own, found.told = self.said, self.hits, self.own, self.told
        return found

    @cached_property
    def said(self) -> PreparedText:
        return PreparedText.of(self.text)

    @cached_property
    def hits(self) -> list[Hit]:
        """All concepts in it, whatever else they may mean."""
        return self._lexicon.find(self.said)

    @cached_property
    def own(self) -> Sequence[Span]:
        """Spans of clauses that are neither denied nor wished nor somebody else's."""
        return own_clauses(self.said, self._lexicon)

    @cached_property
    def told(self) -> PreparedText:
        """The own clauses."""
        return own_words(self.said, self.own)

    @cached_property
    def agency(self) -> Agency | None:
        """Who did it, or None when nothing is said to have been done."""
        return agency_of(self.told, self._lexicon)

    @property
    def tells_only_a_result(self) -> bool:
        """Whether it tells what came of something and names nobody's doing."""
        return self.outcome is not Outcome.NONE and self.agency is None

    @cached_property
    def outcome(self) -> Outcome:
        """What the own clauses say came of it."""
        return outcome_of(self.told, self._lexicon)

    def own_hits(self) -> list[Hit]:
        """Concepts in the own clauses."""
        if not self.hits:
            return []
        return [hit for hit in self.hits if any(a <= hit.start < b for a, b in self.own)]

    @cached_property
    def is_heard(self) -> bool:
        """Whether its own clauses hold a term of the trade.

        What holds none says nothing about the rest of a resume: however many such lines are added, everything else is
        read as before.
        """
        return any(hit.strength >= _HEARD for hit in self.own_hits())

    @cached_property
    def signs(self) -> tuple[int, ...]:
        """Numbers of the signs that it shows."""
        lexicon, told, said = self._lexicon, self.told, self.said
        found = [
            *(f"{name} {strength.name}" for name, strength in _strongest(self.hits)),
            *(f"own {name} {strength.name}" for name, strength in _strongest(self.own_hits())),
            f"section {section_of(self.passage)}",
            f"context {self.passage.context}",
        ]
        if self.agency is not None:
            found.append(f"agency {self.agency}")
        if self.outcome is not Outcome.NONE:
            found.append(f"outcome {self.outcome}")
            if has_effect(told, lexicon):
                found.append("effect")
        if told.text.strip():
            found.append("own words")
        found += [phrase for phrase in _OF_OWN_WORDS if lexicon.says(phrase, told)]
        found += [f"says {phrase}" for phrase in _OF_SENTENCE if lexicon.says(phrase, said)]
        heading = PreparedText.of(self.passage.heading)
        found += [f"heading {phrase}" for phrase in _OF_HEADING if lexicon.says(phrase, heading)]
        return tuple(_NUMBER[name] for name in found if name in _NUMBER)


def _strongest(hits: Sequence[Hit]) -> list[tuple[Dimension, Strength]]:
    strongest: dict[Dimension, Strength] = {}
    for hit in hits:
        strongest[hit.dimension] = max(strongest.get(hit.dimension, hit.strength), hit.strength)
    return list(strongest.items())
