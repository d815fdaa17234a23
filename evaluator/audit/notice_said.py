"""What the words of a quote say on their face, for telling a candidate why it counts as it does; it moves no verdict."""

from __future__ import annotations

from ..models.document import RESUME
from ..models.evidence import Evidence
from ..models.vocabulary import Agency, Outcome
from ..readers.rules.lexicon import Lexicon, PreparedText, lexicon_for
from ..readers.rules.statements import agency_of, has_effect, outcome_of
from ..report import CandidateReport


class Said:
    """The quotes of one report, read with the words of its language."""

    def __init__(self, report: CandidateReport) -> None:
        quotes = (item.quote for item in report.evidence if item.source == RESUME)
        self._lexicon: Lexicon = lexicon_for(report.document.language, "\n".join(quotes))

    def has_result(self, text: str) -> bool:
        """Whether some words tell what came of it, and not only how large it was."""
        outcome = self.outcome_of(text)
        is_size = outcome is Outcome.QUANTIFIED and not self.has_effect(text)
        return outcome is not Outcome.NONE and not is_size

    def outcome_of(self, text: str) -> Outcome:
        """What some words say came of it."""
        return outcome_of(PreparedText.of(text), self._lexicon)

    def has_effect(self, text: str) -> bool:
        """Whether a number in some words tells what came of it, and not only how large it was."""
        return has_effect(PreparedText.of(text), self._lexicon)

    def doing(self, item: Evidence) -> Agency | None:
        """Who its words say did it; None where they name nobody's doing."""
        return agency_of(PreparedText.of(item.quote), self._lexicon)

    def is_help(self, item: Evidence) -> bool:
        """Whether its words say that the candidate was there or helped."""
        return self.doing(item) is Agency.EXPOSED

    def speaks_of_models(self, item: Evidence) -> bool:
        """Whether a word of machine learning stands in it."""
        return self._lexicon.says("ml", PreparedText.of(item.quote))
