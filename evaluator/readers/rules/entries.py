"""Which trade the entries of a resume are of: machine learning, software, or another that uses their words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ...models.reading import ShownPassage
from ...models.vocabulary import Context, Dimension
from .learned import mention, probabilities
from .lexicon import Hit, Lexicon, Said, Strength, is_ml
from .parts import Span

AROUND_A_MODEL = frozenset({Dimension.DATA, Dimension.EXPERIMENTATION, Dimension.OPTIMIZATION})
LIKELY_A_MENTION = 0.6
"""How likely a statement must be somebody else's work or a wish to count for nothing."""
_DONE = frozenset({Context.WORK, Context.PROJECT})
"""Lists and summaries tell of no work that could be guessed."""
_LIKELY_MADE = 0.4
_TOLD_ML, _TOLD_ML_IN_TRADE, _TOLD_OPS = 1.1, 0.9, 1.8
"""Sums of likelihoods: of a model and what belongs to one, and of the three likeliest subjects of operations."""
_TOOLS_OF_THE_TRADE = 2
"""A single name may be a homonym: sailors have spinnakers, too."""

Place = tuple[str, str]
"""A section and a heading in it."""


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


@dataclass(slots=True)
class _Told:
    """The statements under one heading, what the forms find in them and what each dimension's likeliest is."""

    heading: Said
    statements: list[str]
    found: list[Hit]
    likely: dict[Dimension, float]
    ml: bool = False
    software: bool = False


def entries_of(
    passages: Iterable[tuple[ShownPassage, Sequence[Span]]], lexicon: Lexicon
) -> dict[Place, Entry]:
    """By section and heading; with each passage the spans of its statements."""
    places: dict[Place, _Told] = {}
    for passage, spans in passages:
        place = passage.section, passage.heading
        told = places.get(place)
        if told is None:
            # A job's title alone says nothing of what was done in it.
            first = [] if passage.context is Context.WORK else [passage.heading]
            told = _Told(Said.of(passage.heading), first, [], dict.fromkeys(Dimension, 0.0))
            places[place] = told
        statements = [passage.text[start:end] for start, end in spans]
        if lexicon.fits and passage.context in _DONE:
            for text in statements:
                _weigh(text, told.likely)
        if lexicon.fits and passage.context is Context.WORK:
            # Others' work tells nothing of the candidate's trade.
            statements = [text for text in statements if mention(text) < LIKELY_A_MENTION]
        told.statements += statements
    for told in places.values():
        told.found = [hit for text in told.statements for hit in lexicon.find(Said.of(text))]
        told.ml, told.software = _trade(told, lexicon)
    ml = any(told.ml or lexicon.says("ml", told.heading) for told in places.values())
    software = any(
        told.software or lexicon.says("software", told.heading) for told in places.values()
    )
    return {
        place: Entry(
            told.heading,
            told.ml,
            told.software,
            ml,
            software,
            told.ml and _makes_models(told),
            _is_told_of_operations(told.likely),
        )
        for place, told in places.items()
    }


def _weigh(text: str, likely: dict[Dimension, float]) -> None:
    """Raise each dimension to how likely this statement is about it and nobody else's."""
    own = 1.0 - mention(text)
    for dimension, p in probabilities(text).items():
        likely[dimension] = max(likely[dimension], p * own)


def _trade(told: _Told, lexicon: Lexicon) -> tuple[bool, bool]:
    """Whether an entry speaks of machine learning, and of software."""
    ml, software = _speaks_of("\n".join(told.statements), lexicon)
    # A title alone says nothing, but it tells the trade of words that others use too.
    titled = lexicon.says("ml", told.heading) and _says_ml(told.found)
    return ml or titled or _is_told_of_ml(told, lexicon), software


def _is_told_of_operations(likely: Mapping[Dimension, float]) -> bool:
    ops = sorted((p for d, p in likely.items() if not is_ml(d)), reverse=True)
    return sum(ops[:3]) >= _TOLD_OPS


def _makes_models(told: _Told) -> bool:
    made = any(
        hit.dimension is Dimension.MODELING and hit.strength is Strength.SAYS for hit in told.found
    )
    return made or told.likely[Dimension.MODELING] >= _LIKELY_MADE


def _is_told_of_ml(told: _Told, lexicon: Lexicon) -> bool:
    """Whether it tells of a model and of what belongs to one, in words that other trades use too.

    Either the forms say so, or several statements are likely to by the classifier.
    """
    said = {hit.dimension for hit in told.found if hit.strength is Strength.SAYS}
    if Dimension.MODELING in said and said & AROUND_A_MODEL:
        return True
    around = max(told.likely[d] for d in AROUND_A_MODEL)
    least = _TOLD_ML_IN_TRADE if lexicon.says("trade_title", told.heading) else _TOLD_ML
    made = told.likely[Dimension.MODELING]
    return made >= _LIKELY_MADE and made + around >= least


def _says_ml(found: Sequence[Hit]) -> bool:
    return any(is_ml(hit.dimension) and hit.strength is not Strength.UNSURE for hit in found)


def _speaks_of(text: str, lexicon: Lexicon) -> tuple[bool, bool]:
    """Whether a text speaks of machine learning, and of software."""
    said = Said.of(text)
    ml, software = lexicon.says("ml", said), lexicon.says("software", said)
    if ml and software:
        return True, True
    tools = {(text[h.start : h.end].casefold(), is_ml(h.dimension)) for h in lexicon.names(said)}
    names = {name for name, _ in tools}
    return ml or any(of_ml for _, of_ml in tools), software or len(names) >= _TOOLS_OF_THE_TRADE
