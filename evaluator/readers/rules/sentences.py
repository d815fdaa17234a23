"""The sentences of a resume, each with the concepts that it speaks of in the sense of this trade."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from ...models.reading import ShownPassage
from ...models.vocabulary import AXIS_OF, Agency, Axis, Context, Dimension
from ...structure.outline import sentences
from .learned import known_words, mention, probabilities
from .lexicon import Hit, Lexicon, Said, Strength, is_ml
from .scope import own_clauses
from .statements import agency_of, has_effect

_BORDER = re.compile(
    r"\s*(?:[;；]\s*|\t+\s*)|,\s+(?:(?:and|et|und)\s+)?(?=(?:I|j[’']ai|je|ich|habe ich|wir|nous|we)\b)"
)
_FEWEST_WORDS = 4
_FEWEST_KNOWN, _ENOUGH_TO_TELL = 3, 5
"""Words that the classifier has met: of fewer it can say nothing of the subject, or of whose work it is."""
_USUAL, _LIKELY, _SURE, _ALMOST_SURE = 0.2, 0.2, 0.6, 0.9
"""The surer the less the title and the words around are of this trade."""
_AROUND_A_MODEL = frozenset({Dimension.DATA, Dimension.EXPERIMENTATION, Dimension.OPTIMIZATION})
_DONE = frozenset({Context.WORK, Context.PROJECT})
"""Lists and summaries tell of no work that could be guessed."""
_SECOND = 0.2
"""How likely a second subject of one statement must be."""
_BESIDE = 0.85
"""The same beside a subject that the forms know."""
_MENTION, _MENTION_WITH_CARE, _SURELY_MENTION = 0.6, 0.7, 0.95
"""How likely a statement must be somebody else's work or a wish to count for nothing."""
_LIKELY_MADE = 0.4
_TOLD_ML, _TOLD_ML_IN_TRADE, _TOLD_OPS = 1.1, 0.9, 1.8
"""Sums of likelihoods: of a model and what belongs to one, and of the three likeliest subjects of operations."""
_TOOLS_OF_THE_TRADE = 2
"""A single name may be a homonym: sailors have spinnakers, too."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What the passages under one heading speak of, taken together."""

    heading: Said
    ml: bool
    software: bool
    ml_anywhere: bool
    """Whether any part of the resume speaks of machine learning, titles and skills too."""
    software_anywhere: bool
    models: bool = False
    """Whether it tells of a model made: what else it tells is likely how."""
    operations: bool = False
    """Whether several of its statements are likely about running software."""


class Sentence:
    """``passage.text[start:end]`` and what it says, worked out as far as somebody asks."""

    def __init__(
        self, passage: ShownPassage, start: int, end: int, entry: Entry, lexicon: Lexicon
    ) -> None:
        self.start, self.end = start, end
        self.said = Said(passage.text[start:end])
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
        if likely < _MENTION:
            return False
        if self.agency is Agency.OWNED and has_effect(told, lexicon):
            return likely >= _SURELY_MENTION
        title = self._entry.heading
        sure = self.agency is not None and any(h.strength > Strength.UNSURE for h in self.known)
        few = known_words(told.text) < _ENOUGH_TO_TELL
        in_trade = lexicon.says("ml", title) or lexicon.says("ops_title", title)
        with_care = sure or few or in_trade
        return likely >= (_MENTION_WITH_CARE if with_care else _MENTION)

    def _guessed(self) -> list[Hit]:
        """Told as sure forms are, so that agency and result decide what it is worth."""
        told = self.told.text
        if self._heading is not None or not self._lexicon.fits:
            return []
        if known_words(told) < _FEWEST_KNOWN or any(not part.told.text for part in self.beside):
            return []
        likely = probabilities(told)
        known = {hit.dimension for hit in self.known if hit.strength is not Strength.UNSURE}
        # What follows a semicolon and tells of nobody's doing mostly tells what came of it.
        follows = self.agency is None and any(part.start < self.start for part in self.beside)
        least = _BESIDE if known else _SURE if follows else 0.0
        said = self.known + [
            h for part in self.beside if part.start < self.start for h in part.known
        ]
        axes = {AXIS_OF[h.dimension] for h in said if known or follows} or set(Axis)
        found = [
            d
            for d, p in likely.items()
            if d not in known and AXIS_OF[d] in axes and p >= max(least, self._least(d))
        ]
        first, last = self.own[0][0], self.own[-1][1]
        found.sort(key=lambda d: -likely[d])
        second = [d for d in found[1:2] if likely[d] >= _SECOND]
        return [Hit(d, Strength.SAYS, first, last) for d in [*found[:1], *second]]

    def _least(self, dimension: Dimension) -> float:
        """How likely it must be: surer in an entry of another trade."""
        entry, title = self._entry, "ml" if is_ml(dimension) else "ops_title"
        if entry.models and dimension in _AROUND_A_MODEL:
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
        text = self.said.text
        if self.own == [(0, len(text))]:
            return self.said
        return Said(" ".join(text[a:b] for a, b in self.own))

    @cached_property
    def agency(self) -> Agency | None:
        """Who did it, or None when nothing is said to have been done."""
        return agency_of(self.told, self._lexicon)


def entries_of(passages: Sequence[ShownPassage], lexicon: Lexicon) -> dict[tuple[str, str], Entry]:
    """By section and heading."""
    texts: dict[tuple[str, str], list[str]] = {}
    for passage in passages:
        # A job's title alone says nothing of what was done in it.
        first = [] if passage.context is Context.WORK else [passage.heading]
        place = texts.setdefault((passage.section, passage.heading), first)
        place += _own(passage, lexicon)
    spoken = {key: _speaks_of("\n".join(together), lexicon) for key, together in texts.items()}
    headings = {key: Said(key[1]) for key in texts}
    done = {(p.section, p.heading) for p in passages if p.context in _DONE}
    likely = {
        key: _likely(together if key in done else (), lexicon) for key, together in texts.items()
    }
    found = {
        key: [hit for text in together for hit in lexicon.find(Said(text))]
        for key, together in texts.items()
    }
    for key, (of_ml, of_software) in list(spoken.items()):
        # A title alone says nothing, but it tells the trade of words that others use too.
        if not of_ml and (
            _is_told_of_ml(headings[key], found[key], likely[key], lexicon)
            or (lexicon.says("ml", headings[key]) and _says_ml(found[key]))
        ):
            spoken[key] = (True, of_software)
    ml = any(a for a, _ in spoken.values()) or any(
        lexicon.says("ml", heading) for heading in headings.values()
    )
    software = any(b for _, b in spoken.values()) or any(
        lexicon.says("software", heading) for heading in headings.values()
    )
    return {
        key: Entry(
            headings[key],
            *spoken[key],
            ml,
            software,
            spoken[key][0]
            and (_makes_models(found[key]) or likely[key][Dimension.MODELING] >= _LIKELY_MADE),
            _is_told_of_operations(likely[key]),
        )
        for key in texts
    }


def _own(passage: ShownPassage, lexicon: Lexicon) -> list[str]:
    """The statements of a job but for what is likely others' work: it tells nothing of the candidate's trade."""
    text = passage.text
    if passage.context is not Context.WORK or not lexicon.fits:
        return [text]
    statements = (text[start:end] for start, end in statements_in(text))
    return [told for told in statements if mention(told) < _MENTION]


def _likely(told: Sequence[str], lexicon: Lexicon) -> dict[Dimension, float]:
    """How likely the likeliest statement of an entry is about each dimension."""
    found = dict.fromkeys(Dimension, 0.0)
    if lexicon.fits:
        for text in told:
            for start, end in statements_in(text):
                own = 1.0 - mention(text[start:end])
                for dimension, p in probabilities(text[start:end]).items():
                    found[dimension] = max(found[dimension], p * own)
    return found


def _is_told_of_operations(likely: Mapping[Dimension, float]) -> bool:
    ops = sorted((p for d, p in likely.items() if not is_ml(d)), reverse=True)
    return sum(ops[:3]) >= _TOLD_OPS


def _makes_models(found: Sequence[Hit]) -> bool:
    return any(
        hit.dimension is Dimension.MODELING and hit.strength is Strength.SAYS for hit in found
    )


def _is_told_of_ml(
    title: Said, found: Sequence[Hit], likely: Mapping[Dimension, float], lexicon: Lexicon
) -> bool:
    """Whether it tells of a model and of what belongs to one, in words that other trades use too.

    Either the forms say so, or several statements are likely to by the classifier.
    """
    said = {hit.dimension for hit in found if hit.strength is Strength.SAYS}
    if Dimension.MODELING in said and said & _AROUND_A_MODEL:
        return True
    around = max(likely[d] for d in _AROUND_A_MODEL)
    least = _TOLD_ML_IN_TRADE if lexicon.says("trade_title", title) else _TOLD_ML
    made = likely[Dimension.MODELING]
    return made >= _LIKELY_MADE and made + around >= least


def _says_ml(found: Sequence[Hit]) -> bool:
    return any(is_ml(hit.dimension) and hit.strength is not Strength.UNSURE for hit in found)


def _speaks_of(text: str, lexicon: Lexicon) -> tuple[bool, bool]:
    """Whether a text speaks of machine learning, and of software."""
    said = Said(text)
    ml, software = lexicon.says("ml", said), lexicon.says("software", said)
    if ml and software:
        return True, True
    tools = {(text[h.start : h.end].casefold(), is_ml(h.dimension)) for h in lexicon.names(said)}
    names = {name for name, _ in tools}
    return ml or any(of_ml for _, of_ml in tools), software or len(names) >= _TOOLS_OF_THE_TRADE


def sentences_of(passage: ShownPassage, entry: Entry, lexicon: Lexicon) -> list[Sentence]:
    """The sentences of one passage."""
    spans = statements_in(passage.text)
    parts = [Sentence(passage, start, end, entry, lexicon) for start, end in spans]
    if len(parts) > 1:
        for first, last in sentences(passage.text):
            together = [part for part in parts if first <= part.start < last]
            for part in together:
                part.beside = [other for other in together if other is not part]
    return parts


@lru_cache(maxsize=256)
def statements_in(text: str) -> tuple[tuple[int, int], ...]:
    """Spans of the sentences of a text, parts between semicolons and cells of a table each for itself."""
    spans: list[tuple[int, int]] = []
    for first, last in sentences(text):
        start = first
        for border in _BORDER.finditer(text, first, last):
            before, after = text[start : border.start()], text[border.end() : last]
            if min(len(before.split()), len(after.split())) >= _FEWEST_WORDS:
                spans.append((start, border.start()))
                start = border.end()
        spans.append((start, last))
    return tuple(spans)


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
        or agency_of(Said(text[hit.start : hit.end]), lexicon) in {Agency.OWNED, Agency.CONTRIBUTED}
    ]
