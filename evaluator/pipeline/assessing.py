"""From what was read to a candidate's report. Pure, and small enough to be sent to another process."""

from __future__ import annotations

from ..models.vocabulary import Stage
from ..readers.prices import PriceList
from ..readers.rules.reader import RulesReader
from ..report import CandidateReport
from ..rubric import RoleProfile, Rubric
from ..structure.dates import Month
from .judging import judged
from .preparing import Candidate
from .reading import Answers, read_by_model, read_by_rules


class Assessor:
    """Reads with the rules, merges what a model answered, and judges.

    Args:
        rubric: that is judged by.
        role: that the candidate is compared with.
        stage: of the organisation, for the hire-first advice.
        present: the month that "present" means in a resume.
        model: its name, for prices and reports.
        samples: independent readings that are asked for.
        prices: of models.
    """

    def __init__(
        self,
        *,
        rubric: Rubric,
        role: RoleProfile,
        stage: Stage | None,
        present: Month,
        model: str,
        samples: int,
        prices: PriceList,
    ) -> None:
        self._rubric = rubric
        self._role = role
        self._stage = stage
        self._present = present
        self._model = model
        self._samples = samples
        self._prices = prices
        self._rules = RulesReader()

    def report(self, candidate: Candidate, answers: Answers | None) -> CandidateReport:
        """The report of one candidate.

        Args:
            candidate: made ready.
            answers: of the model; None when the rules alone read.
        """
        read = read_by_rules(candidate, self._rules)
        if answers is not None:
            read = read_by_model(
                candidate, answers, read,
                name=self._model, planned=self._samples, prices=self._prices,
            )  # fmt: skip
        return judged(
            candidate, read, rubric=self._rubric, role=self._role, stage=self._stage,
            present=self._present,
        )  # fmt: skip
