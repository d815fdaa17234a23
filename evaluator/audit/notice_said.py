"""What the words of a quote say on their face, for telling a candidate why it counts as it does; it moves no verdict."""

from __future__ import annotations

from ..models.document import RESUME
from ..models.evidence import Evidence
from ..models.vocabulary import Agency, Outcome
from ..readers.rules.lexicon import Lexicon, PreparedText, lexicon_for
from ..readers.rules.statements import agency_of, outcome_of
from ..report import CandidateReport


class Said:
    """The quotes of one report, read with the words of its language."""

    def __init__(self, report: CandidateReport) -> None:
        quotes = (item.quote for item in report.evidence if item.source == RESUME)
        self._lexicon: Lexicon = lexicon_for(report.document.language, "\n".join(quotes))

    def has_figure(self, item: Evidence) -> bool:
        """Whether a number tells what came of it."""
        return any(self._outcome(text) is Outcome.QUANTIFIED for text in _texts(item))

    def has_outcome(self, item: Evidence) -> bool:
        """Whether its words tell what came of it."""
        return any(self._outcome(text) is not Outcome.NONE for text in _texts(item))

    def is_help(self, item: Evidence) -> bool:
        """Whether its words say that the candidate was there or helped."""
        return agency_of(PreparedText.of(item.quote), self._lexicon) is Agency.EXPOSED

    def speaks_of_models(self, item: Evidence) -> bool:
        """Whether a word of machine learning stands in it."""
        return self._lexicon.says("ml", PreparedText.of(item.quote))

    def _outcome(self, text: str) -> Outcome:
        return outcome_of(PreparedText.of(text), self._lexicon)


def _texts(item: Evidence) -> tuple[str, ...]:
    return tuple(filter(None, (item.quote, item.result_quote)))
