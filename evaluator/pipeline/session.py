"""The stages as a run of many needs them: with what reports depend on, what is waited for and what it costs."""

from __future__ import annotations

from ..errors import ConfigurationError
from ..models.reading import Usage
from ..plugins import CONVERTERS, installed, version_of
from ..readers.llm import ModelReader
from ..readers.messages import expected_input, expected_output
from .inputs import Input
from .preparation import Candidate
from .stages import Stages

_USUAL_PORTFOLIO = 700
"""Input tokens of a portfolio that is not known yet."""


class Session(Stages):
    """The stages of one run; arguments as :class:`Stages`."""

    @property
    def identity(self) -> dict[str, str]:
        """Everything beside the resume and its portfolio that a report depends on, by name."""
        s = self.settings
        parts = {
            "rubric": self._rubric.key,
            "reader": "model" if self._model else "rules",
            "model": self.model_name,
            # Equal readings are asked for with any key, also where it stands in the address.
            "endpoint": s.endpoint if self._model else None,
            "prompts": " ".join(sorted(self._model.prompts.values())) if self._model else None,
            "samples": s.samples,
            "effort": s.effort,
            "temperature": s.temperature,
            "account": s.github,
            "proof": s.github_proof,
            "offline": s.offline,
            "role": self._role.model_dump_json(),
            "stage": s.stage,
            "fallback": s.fallback if self._model else None,
            "present": str(self._present),
        }
        if converters := installed(CONVERTERS):
            parts["extensions"] = ", ".join(sorted({version_of(p) for p in converters.values()}))
        return {name: "" if value is None else str(value) for name, value in parts.items()}

    def snapshot_of(self, candidate: Candidate) -> str | None:
        """File name and SHA-256 of the snapshot that a candidate's portfolio came from or went to."""
        portfolio = candidate.code.outcome.portfolio
        if portfolio is None:
            return None
        return self._snapshots.state(f"{portfolio.profile.account_id}.json")

    def snapshot_state(self, name: str) -> str | None:
        """The same for a file name; None when the file is gone."""
        return self._snapshots.state(name)

    def waiting(self) -> str | None:
        """What candidates in flight wait for, in words; None when nothing holds them up."""
        told = [
            wait for wait in (self._model_waits.describe(), self._github_waits.describe()) if wait
        ]
        return " and ".join(told) or None

    def log_facts(self) -> dict[str, object]:
        """What a run's record says of the settings: no secret, nothing about a person."""
        s = self.settings
        return {
            "reader": "model" if self._model else "rules",
            "model": self.model_name,
            "samples": s.samples,
            "offline": s.offline,
            "role": s.role,
            "rubric": self._rubric.key,
        }

    async def questions(
        self, loaded: Input, *, github: str | None = None
    ) -> list[tuple[str, dict[str, object]]]:
        """Request bodies that reading this resume with the model would send, under their keys.

        What is kept already is left out, so this is what an overnight batch has to ask.

        Raises:
            ConfigurationError: no model is named.
            DocumentError: the resume cannot be read.
        """
        if not isinstance(self._model, ModelReader):
            message = f"{self.model_name or 'The embedded rules'} cannot be asked by a file."
            raise ConfigurationError(message, hint="Give --reader model and --model NAME.")
        candidate = await self.candidate(await self.read_document(loaded), github=github)
        return [
            question
            for sample in range(1 if self.settings.samples == "auto" else self.settings.samples)
            for question in self._model.questions(candidate.request, sample=sample)
        ]

    def expected_tokens(self, candidate: Candidate) -> tuple[int, int]:
        """Input and output tokens of one reading, from the request and from what the rules find."""
        found = self._rules.read_now(candidate.request).findings
        named = candidate.code.outcome.login and not candidate.repositories.sources
        unseen = _USUAL_PORTFOLIO if named else 0
        return expected_input(candidate.request) + unseen, expected_output(len(found))

    def price_of(self, input_tokens: int, output_tokens: int) -> float | None:
        """Dollars of so many tokens; None when the model's price is unknown."""
        usage = Usage(input_tokens=input_tokens, output_tokens=output_tokens)
        return self._prices.cost(self.settings.model or "", usage, self.settings.service_tier)

    @property
    def spent(self) -> float:
        """US dollars that the model calls of this evaluator cost, failed candidates included."""
        return self._spending.dollars
