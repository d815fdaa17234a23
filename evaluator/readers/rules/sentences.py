"""The sentences of a resume, each with the concepts that it speaks of in the sense of this trade."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from ...models.reading import ShownPassage
from ...models.vocabulary import AXIS_OF, Agency, Axis, Context, Dimension
from ...structure.sentences import sentences
from .entries import AROUND_A_MODEL, LIKELY_A_MENTION, Entry
from .learned import known_words, mention, probabilities
from .lexicon import Hit, Lexicon, Said, Strength, is_ml
from .parts import Span
from .scope import own_clauses, own_words
from .statements import agency_of, has_effect

_FEWEST_KNOWN, _ENOUGH_TO_TELL = 3, 5
"""Words that the classifier has met: of fewer it can say nothing of the subject, or of whose work it is."""
_USUAL, _LIKELY, _SURE, _ALMOST_SURE = 0.2, 0.2, 0.6, 0.9
"""The surer the less the title and the words around are of this trade."""
_SECOND = 0.2
"""How likely a second subject of one statement must be; it is of the same axis."""
_BESIDE = 0.85
"""The same beside a subject that the forms know."""
_A_MENTION_WITH_CARE, _SURELY_A_MENTION = 0.7, 0.95


class Sentence:
    """``passage.text[start:end]`` and what it says, worked out as far as somebody asks."""

    def __init__(
        self, passage: ShownPassage, start: int, end: int, entry: Entry, lexicon: Lexicon
    ) -> None:
        self.start, self.end = start, end
        self.said = Said.of(passage.text[start:end])
        self._heading = None if passage.context is Context.WORK else entry.heading
        self._entry, self._lexicon = entry, lexicon
        self.beside: list[Sentence] = []
        """The other parts of the same sentence."""

    @cached_property
    def found(self) -> list[Hit]:
        """All concepts, homonyms too."""
        return self._lexicon.find(self.said)

    @cached_property
    def sure(self) -> list[Hit]:
        """Concepts in the sense of this trade."""
        sure = _sure(self.found, self.said, self._heading, self._entry, self._lexicon)
        if self._is_model_with_figure:
            return [_named(hit) if hit.dimension is Dimension.MODELING else hit for hit in sure]
        return sure

    @cached_property
    def _is_model_with_figure(self) -> bool:
        """In a job by whose title models are made, a model with a figure of effect is one's own."""
        in_job = self._heading is None and self._lexicon.says("ml", self._entry.heading)
        return in_job and has_effect(self.said, self._lexicon)

    @cached_property
    def hits(self) -> list[Hit]:
        """What the forms know of the own clauses and what the words are likely about beside; none of a mention."""
        found = self.known + self._guessed()
        return [] if found and self._is_mention() else found

    def _is_mention(self) -> bool:
        """Whether it likely tells of what others did, or of a wish; an own result says the opposite."""
        lexicon, told = self._lexicon, self.told
        if self._heading is not None or not lexicon.fits:
            return False
        likely = mention(told.text)
        if likely < LIKELY_A_MENTION:
            return False
        if self.agency is Agency.OWNED and has_effect(told, lexicon):
            return likely >= _SURELY_A_MENTION
        title = self._entry.heading
        sure = self.agency is not None and any(h.strength > Strength.UNSURE for h in self.known)
        few = known_words(told.text) < _ENOUGH_TO_TELL
        in_trade = lexicon.says("ml", title) or lexicon.says("ops_title", title)
        with_care = sure or few or in_trade
        return likely >= (_A_MENTION_WITH_CARE if with_care else LIKELY_A_MENTION)

    def _guessed(self) -> list[Hit]:
        """Told as sure forms are, so that agency and result decide what it is worth."""
        told = self.told.text
        if self._heading is not None or not self._lexicon.fits:
            return []
        if known_words(told) < _FEWEST_KNOWN or any(not part.told.text for part in self.beside):
            return []
        likely = probabilities(told)
        known = {hit.dimension for hit in self.known if hit.strength is not Strength.UNSURE}
        least = _BESIDE if known else 0.0
        axes = {AXIS_OF[dimension] for dimension in known} or set(Axis)
        found = [
            d
            for d, p in likely.items()
            if d not in known and AXIS_OF[d] in axes and p >= max(least, self._least(d))
        ]
        first, last = self.own[0][0], self.own[-1][1]
        found.sort(key=lambda d: -likely[d])
        subjects = found[:1] + [
            d for d in found[1:2] if likely[d] >= _SECOND and AXIS_OF[d] is AXIS_OF[found[0]]
        ]
        return [Hit(d, Strength.SAYS, first, last) for d in subjects]

    def _least(self, dimension: Dimension) -> float:
        """How likely it must be: surer in an entry of another trade."""
        entry, title = self._entry, "ml" if is_ml(dimension) else "ops_title"
        if entry.models and dimension in AROUND_A_MODEL:
            return _USUAL
        told = entry.models if is_ml(dimension) else entry.operations
        if told or self._lexicon.says(title, entry.heading):
            return _LIKELY
        of_trade = entry.ml if is_ml(dimension) else entry.ml or entry.software
        return _SURE if of_trade else _ALMOST_SURE

    @cached_property
    def known(self) -> list[Hit]:
        """What the forms say of the candidate's own clauses."""
        if not self.sure:
            return []
        own = [hit for hit in self.sure if any(a <= hit.start < b for a, b in self.own)]
        return _without_mere_objects(own, self.said.text, self._lexicon)

    @cached_property
    def own(self) -> list[tuple[int, int]]:
        """Spans of clauses that are neither denied nor wished nor somebody else's."""
        return own_clauses(self.said, self._lexicon)

    @cached_property
    def told(self) -> Said:
        """The own clauses."""
        return own_words(self.said, self.own)

    @cached_property
    def agency(self) -> Agency | None:
        """Who did it, or None when nothing is said to have been done."""
        return agency_of(self.told, self._lexicon)


def sentences_of(
    passage: ShownPassage, spans: Sequence[Span], entry: Entry, lexicon: Lexicon
) -> list[Sentence]:
    """The statements of one passage."""
    parts = [Sentence(passage, start, end, entry, lexicon) for start, end in spans]
    if len(parts) > 1:
        for first, last in sentences(passage.text):
            together = [part for part in parts if first <= part.start < last]
            for part in together:
                part.beside = [other for other in together if other is not part]
    return parts


def _sure(
    found: Sequence[Hit], said: Said, heading: Said | None, entry: Entry, lexicon: Lexicon
) -> list[Hit]:
    """Drop words of another trade: an entry must speak of software, for ML also of machine learning."""
    if not found:
        return []

    def speaks(phrase: str) -> bool:
        return lexicon.says(phrase, said) or (heading is not None and lexicon.says(phrase, heading))

    strong = speaks("ml")
    of_trade = entry.ml or entry.software or entry.ml_anywhere
    near = (
        strong
        or any(is_ml(hit.dimension) and hit.strength is Strength.NAME for hit in found)
        or (of_trade and speaks("ml_weak"))
    )
    axes = {AXIS_OF[hit.dimension] for hit in found if hit.strength is not Strength.UNSURE}
    if strong:
        axes.add(Axis.ML)

    def is_sure(hit: Hit) -> bool:
        if hit.strength is Strength.UNSURE and AXIS_OF[hit.dimension] not in axes:
            return False
        if is_ml(hit.dimension):
            named = entry.ml or hit.dimension is Dimension.THEORY
            return near or (hit.strength is Strength.SAYS and named)
        if hit.dimension is Dimension.COLLABORATION:
            return (entry.software or entry.ml) and (near or lexicon.says("colleagues", said))
        return entry.software_anywhere or entry.ml

    return [hit for hit in found if is_sure(hit)]


def _named(hit: Hit) -> Hit:
    return replace(hit, strength=max(hit.strength, Strength.NAME))


def _without_mere_objects(hits: Sequence[Hit], text: str, lexicon: Lexicon) -> list[Hit]:
    """Who releases, serves or watches models has not made them: a noun after operations is no modeling."""
    first = min(
        (h.start for h in hits if not is_ml(h.dimension) and h.strength is not Strength.UNSURE),
        default=len(text),
    )
    return [
        hit
        for hit in hits
        if hit.dimension is not Dimension.MODELING
        or hit.start < first
        or agency_of(Said.of(text[hit.start : hit.end]), lexicon)
        in {Agency.OWNED, Agency.CONTRIBUTED}
    ]
