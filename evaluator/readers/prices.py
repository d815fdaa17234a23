"""What a reading costs, from a dated file. Unknown is None, never 0."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from pathlib import Path

from pydantic import ValidationError

from ..errors import UsageError
from ..models.base import Value
from ..models.reading import Usage


class Price(Value):
    """US dollars for a million tokens."""

    dated: str
    input: float
    cached: float
    output: float


class PriceList(Value):
    models: dict[str, Price]

    def cost(self, model: str, usage: Usage) -> float | None:
        """Dollars, or None when the price or the tokens are unknown."""
        price = self.models.get(model)
        if price is None or usage.input_tokens is None or usage.output_tokens is None:
            return None
        cached = usage.cached_tokens or 0
        fresh = max(0, usage.input_tokens - cached)
        total = fresh * price.input + cached * price.cached + usage.output_tokens * price.output
        return round(total / 1_000_000, 6)


def load_prices(path: Path | None = None) -> PriceList:
    """The shipped prices, or a user's own file.

    Raises:
        UsageError: the user's file is missing or not of the form.
    """
    try:
        raw = (
            path.read_text(encoding="utf-8")
            if path
            else files(__package__).joinpath("prices.toml").read_text(encoding="utf-8")
        )
        return PriceList.model_validate(tomllib.loads(raw))
    except (OSError, tomllib.TOMLDecodeError, ValidationError) as error:
        message = f"The price file {path} cannot be used ({type(error).__name__})."
        raise UsageError(message, mend="See evaluator/readers/prices.toml for the form.") from error
