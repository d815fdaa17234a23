"""What probabilities mean: the only place where a statement becomes a finding, or none."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from pydantic import Field

from ...models.base import Value
from ...models.evidence import Attributes
from ...models.vocabulary import Agency, Context, Dimension, Outcome, System
from .classifier import Likely
from .lexicon import is_ml
from .probability import ONE

_DONE = frozenset({Context.WORK, Context.PROJECT, Context.COURSEWORK, Context.PUBLICATION})
_BESIDE_WORK = frozenset({Context.LISTED, Context.CREDENTIAL, Context.COURSEWORK})


class Done(Value):
    """When something was done, and what it is about."""

    least: int = Field(ge=0, le=ONE)
    dimension: int = Field(ge=0, le=ONE)
    likeliest: int = Field(ge=0, le=ONE)
    most: int = Field(ge=1)


class Shows(Value):
    """When a thing done shows an attribute."""

    owned: int
    result: int
    quantified: int
    scope: int
    ml: int
    office: int
    quality: int
    security: int


class Named(Value):
    """When something is a mention."""

    least: int = Field(ge=0, le=ONE)
    most: int = Field(ge=1)


class Decision(Value):
    """The thresholds of ``decision.toml``."""

    done: Done
    shows: Shows
    named: Named

    def of(self, likely: Likely, context: Context) -> list[Attributes]:
        """What a statement shows: things done, else mentions, else nothing.

        Args:
            likely: by head, of :data:`.surroundings.HEADS`.
            context: of the passage that it stands in.
        """
        if context in _DONE and likely["done"] >= self.done.least:
            return [self._done(d, likely, context) for d in self._dimensions(likely)]
        mentioned = [d for d in Dimension if likely[f"names {d}"] >= self.named.least]
        return [_mention(dimension, context) for dimension in mentioned]

    def _dimensions(self, likely: Likely) -> list[Dimension]:
        ranked = sorted(Dimension, key=lambda d: -likely[d])[: self.done.most]
        found = [d for d in ranked if likely[d] >= self.done.dimension]
        return found or [d for d in ranked[:1] if likely[d] >= self.done.likeliest]

    def _done(self, dimension: Dimension, likely: Likely, context: Context) -> Attributes:
        system = self._system(dimension, likely)
        return Attributes(
            dimension=dimension,
            context=context,
            agency=Agency.OWNED if likely["owned"] >= self.shows.owned else Agency.CONTRIBUTED,
            outcome=self._outcome(likely),
            production=context is Context.WORK,
            ml_specific=system is System.ML,
            system=system,
        )

    def _outcome(self, likely: Likely) -> Outcome:
        if likely["quantified"] >= self.shows.quantified:
            return Outcome.QUANTIFIED
        if likely["result"] >= self.shows.result:
            return Outcome.STATED
        return Outcome.SCOPE if likely["scope"] >= self.shows.scope else Outcome.NONE

    def _system(self, dimension: Dimension, likely: Likely) -> System:
        if is_ml(dimension) or likely["ml"] >= self.shows.ml:
            return System.ML
        least = {
            System.OFFICE: self.shows.office,
            System.QUALITY: self.shows.quality,
            System.SECURITY: self.shows.security,
        }
        likeliest = max(least, key=lambda system: likely[system])
        return likeliest if likely[likeliest] >= least[likeliest] else System.SOFTWARE


def _mention(dimension: Dimension, context: Context) -> Attributes:
    return Attributes(
        dimension=dimension,
        context=context if context in _BESIDE_WORK else Context.LISTED,
        agency=Agency.EXPOSED,
        outcome=Outcome.NONE,
        production=False,
        ml_specific=is_ml(dimension),
        system=System.ML if is_ml(dimension) else System.SOFTWARE,
    )


@cache
def decision() -> Decision:
    """The one that comes with the package.

    Raises:
        ValidationError: the file does not hold what it must.
    """
    text = files(__package__).joinpath("decision.toml").read_text(encoding="utf-8")
    return Decision.model_validate(tomllib.loads(text))
