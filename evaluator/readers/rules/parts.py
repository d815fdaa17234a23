"""A passage taken into statements: its sentences, and parts of them that tell of something else."""

from __future__ import annotations

from ...structure.sentences import part_borders, sentences
from .lexicon import Lexicon, PreparedText
from .scope import own_clauses, own_words
from .statements import agency_of, has_effect

_FEWEST_WORDS = 4

Span = tuple[int, int]


def statements_in(text: str, lexicon: Lexicon) -> list[Span]:
    """Spans of the statements of a text: a semicolon, a cell's border or a clause with *I* opens one.

    Unless it only tells what came of the one before.
    """
    spans: list[Span] = []
    for first, last in sentences(text):
        borders = list(part_borders(text, first, last))
        start = first
        ends = [*(border.start() for border in borders[1:]), last]
        for border, end in zip(borders, ends, strict=False):
            before, told = text[start : border.start()], text[border.end() : end]
            if min(len(before.split()), len(told.split())) < _FEWEST_WORDS:
                continue
            if not _is_result(_own(told, lexicon), _own(before, lexicon), lexicon):
                spans.append((start, border.start()))
                start = border.end()
        spans.append((start, last))
    return spans


def _own(text: str, lexicon: Lexicon) -> PreparedText:
    said = PreparedText.of(text)
    return own_words(said, own_clauses(said, lexicon))


def _is_result(told: PreparedText, before: PreparedText, lexicon: Lexicon) -> bool:
    """Whether it names nobody's doing after what does, goes on with it, or tells what fell or rose by it."""
    effect = has_effect(told, lexicon) and not has_effect(before, lexicon)
    if agency_of(told, lexicon) is None:
        return effect or agency_of(before, lexicon) is not None or lexicon.says("continues", told)
    leads = lexicon.place("owned", told) == 0 or lexicon.says("first_person", told)
    return effect and not leads and agency_of(before, lexicon) is not None
