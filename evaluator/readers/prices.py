"""What a reading costs, from a dated file. Unknown is None, never 0."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from pathlib import Path

from pydantic import ValidationError

from ..errors import BudgetSpent, UsageError
from ..models.base import Value
from ..models.reading import Usage

_USUAL_OUTPUT = 900


class Price(Value):
    """US dollars for a million tokens."""

    dated: str
    input: float
    cached: float
    output: float


class PriceList(Value):
    """Prices of models, and what service tiers make of them."""

    models: dict[str, Price]
    tiers: dict[str, float] = {}
    """Factor of a tier; a tier that is not here has an unknown price."""

    def cost(self, model: str, usage: Usage, tier: str | None = None) -> float | None:
        """Dollars, or None when the price or the tokens are unknown."""
        price = self.models.get(model)
        factor = self.tiers.get(tier) if tier else 1.0
        if price is None or usage.input_tokens is None or usage.output_tokens is None:
            return None
        if factor is None:
            return None
        cached = usage.cached_tokens or 0
        fresh = max(0, usage.input_tokens - cached)
        total = fresh * price.input + cached * price.cached + usage.output_tokens * price.output
        return round(factor * total / 1_000_000, 9)


def load_prices(path: Path | None = None) -> PriceList:
    """The shipped prices, or a user's own file.

    Raises:
        UsageError: the user's file is missing or not of the form.
    """
    try:
        raw = (
            path.read_text(encoding="utf-8-sig")
            if path
            else files(__package__).joinpath("prices.toml").read_text(encoding="utf-8")
        )
        return PriceList.model_validate(tomllib.loads(raw))
    except UnicodeDecodeError as error:
        message = f"The price file {path} is not in UTF-8."
        raise UsageError(message, hint="Save it as UTF-8.") from error
    except (OSError, tomllib.TOMLDecodeError, ValidationError) as error:
        message = f"The price file {path} cannot be used ({type(error).__name__})."
        raise UsageError(message, hint="See evaluator/readers/prices.toml for the form.") from error


class Spending:
    """What the calls of this process cost, against a budget.

    Args:
        prices: of models.
        model: the one that is called.
        budget: dollars after which no call starts, or None.
    """

    def __init__(self, prices: PriceList, model: str, budget: float | None = None) -> None:
        self._prices = prices
        self._model = model
        self._budget = budget
        self.dollars = 0.0
        """Of the calls whose price is known."""
        self.elsewhere = 0.0
        """Dollars of other evaluators of the same run, as far as is known."""

    def check(self) -> None:
        """Before a call.

        Raises:
            BudgetSpent: the budget is used up; only calls in flight can still pass it.
        """
        if self._budget is not None and self.dollars + self.elsewhere >= self._budget:
            message = f"The budget of {self._budget:g} USD is used up."
            raise BudgetSpent(message, hint="Run it again with a higher --budget to continue.")

    def add(self, usage: Usage, tier: str | None, *, expected: int) -> None:
        """After a call; when the endpoint does not count its tokens, the expected ones stand in."""
        cost = self._prices.cost(self._model, usage, tier)
        if cost is None:
            guess = Usage(input_tokens=expected, output_tokens=_USUAL_OUTPUT)
            cost = self._prices.cost(self._model, guess)
        self.dollars += cost or 0.0
