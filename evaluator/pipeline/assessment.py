"""From what was read to a candidate's report. Pure, and small enough to be sent to another process."""

from __future__ import annotations

from collections.abc import Sequence

from ..models.reading import Reading
from ..models.vocabulary import Stage
from ..readers.prices import PriceList
from ..readers.rules.reader import RulesReader
from ..report import CandidateReport
from ..roles.model import RoleProfile
from ..rubric import Rubric
from ..structure.dates import Month
from .evidence import Answers, Sample, read_by_model, read_by_rules, verified
from .preparation import Candidate
from .report_assembly import is_settled, judged


class Assessor:
    """Verifies and merges what a reader found, and judges.

    Args:
        rubric: that is judged by.
        role: that the candidate is compared with.
        stage: of the organisation, for the hire-first advice.
        present: the month that "present" means in a resume.
        model: its name, for prices and reports.
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
        prices: PriceList,
    ) -> None:
        self._rubric = rubric
        self._role = role
        self._stage = stage
        self._present = present
        self._model = model
        self._prices = prices
        self._rules = RulesReader()

    def report(self, candidate: Candidate, answers: Answers | None) -> CandidateReport:
        """The report of one candidate.

        Args:
            candidate: made ready.
            answers: of the model; None when the rules alone read.
        """
        read = read_by_rules(candidate, self._rules, self._present)
        if answers is not None and answers.unread is not None:
            why = f"{answers.unread.rstrip('.')}; the embedded rules read instead, as the settings ask"
            spent = answers.spent
            cost = self._prices.cost(self._model, spent) if spent.calls else 0.0
            paid = {"review": (why,), "usage": spent, "cost_usd": cost}
            read = read.model_copy(update={"by": read.by.model_copy(update=paid)})
        elif answers is not None:
            samples = [self.verified(candidate, reading) for reading in answers.readings]
            read = read_by_model(candidate, samples, read, name=self._model, prices=self._prices)
        return judged(
            candidate, read, rubric=self._rubric, role=self._role, stage=self._stage,
            present=self._present,
        )  # fmt: skip

    def verified(self, candidate: Candidate, reading: Reading) -> Sample:
        """What holds of one reading."""
        asked = [requirement.id for requirement in self._role.asked]
        return verified(reading, candidate, self._present, self._rubric.support, asked)

    def is_settled(self, candidate: Candidate, samples: Sequence[Sample]) -> bool:
        """Whether further readings are unlikely to change the track, a band or the seniority."""
        return is_settled(candidate, samples, rubric=self._rubric, present=self._present)
