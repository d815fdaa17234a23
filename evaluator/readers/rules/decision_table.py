"""What probabilities mean: the only place where a statement becomes a finding, or none."""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from functools import cache
from importlib.resources import files

from pydantic import Field

from ...models.base import Value
from ...models.evidence import Attributes
from ...models.vocabulary import Agency, Context, Dimension, Outcome, System
from .levels import Levels, Likely, WeighedStatement
from .lexicon import is_ml
from .probability import ONE

_BESIDE_WORK = frozenset({Context.LISTED, Context.CREDENTIAL, Context.COURSEWORK})
_APPLIED, _OWNED, _PROVEN = 2, 3, 4


class Level(Value):
    """When a resume as a whole shows each level."""

    least: tuple[int, int, int, int]


class Done(Value):
    """When something was done, and what it is about."""

    least: int = Field(ge=0, le=ONE)
    lead: int = Field(ge=0, le=ONE)
    dimension: int = Field(ge=0, le=ONE)
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
    maybe: int = Field(ge=0, le=ONE)
    unheard: int = Field(ge=0, le=ONE)
    likeliest: int = Field(ge=0, le=ONE)
    most: int = Field(ge=1)


class Decision(Value):
    """The thresholds of ``decision.toml``."""

    levels: Level
    done: Done
    shows: Shows
    named: Named

    def of(
        self, told: WeighedStatement, levels: Levels, leads: Collection[Dimension] = ()
    ) -> list[Attributes]:
        """What a statement shows: things done, else mentions, else nothing.

        Args:
            told: the statement with what is likely of it.
            levels: what the resume shows; no more is told of any statement.
            leads: dimensions of which no other statement of the resume shows more.
        """
        if told.context is None:
            return []
        found = [
            self._done(dimension, told, levels[dimension], is_lead=dimension in leads)
            for dimension in self._dimensions(told, levels, leads)
        ]
        return found or [_mention(d, told.context) for d in self._mentioned(told, levels, leads)]

    def _dimensions(
        self, told: WeighedStatement, levels: Levels, leads: Collection[Dimension]
    ) -> list[Dimension]:
        likely = told.likely
        if not told.is_done and told.context is not Context.COURSEWORK:
            return []
        lowest = _APPLIED if told.is_done else 1
        ranked = sorted(Dimension, key=lambda d: -likely[d])
        is_sure = likely["done"] >= self.done.least
        sure = [d for d in ranked[: self.done.most] if is_sure and likely[d] >= self.done.dimension]
        found = [
            d
            for d in ranked
            if levels[d] >= lowest and (d in sure or (told.is_done and d in leads))
        ]
        return found[: self.done.most]

    def _mentioned(
        self, told: WeighedStatement, levels: Levels, leads: Collection[Dimension]
    ) -> list[Dimension]:
        ranked = sorted(Dimension, key=lambda d: -told.likely[d])[: self.done.most]
        enough = self.named.maybe if told.statement.is_heard else self.named.unheard

        def is_told(dimension: Dimension) -> bool:
            applied, *_, named = told.amounts(dimension)
            if named >= self.named.least and (levels[dimension] or told.statement.is_heard):
                return True
            if not levels[dimension]:
                return False
            if dimension in ranked and applied >= enough:
                return True
            return dimension in leads and max(named, applied) >= self.named.likeliest

        return [dimension for dimension in Dimension if is_told(dimension)]

    def _done(
        self, dimension: Dimension, told: WeighedStatement, level: int, *, is_lead: bool
    ) -> Attributes:
        likely = told.likely
        system = self._system(dimension, likely)
        agency = Agency.OWNED if likely["owned"] >= self.shows.owned else Agency.CONTRIBUTED
        outcome = self._outcome(likely)
        if is_lead and level >= _OWNED:
            agency = Agency.OWNED
            if level >= _PROVEN:
                outcome = Outcome.QUANTIFIED
            elif outcome is Outcome.NONE:
                outcome = Outcome.STATED
        if level < _OWNED:
            agency = Agency.CONTRIBUTED
        elif level < _PROVEN and outcome is Outcome.QUANTIFIED:
            outcome = Outcome.STATED
        assert told.context is not None
        return Attributes(
            dimension=dimension,
            context=told.context,
            agency=agency,
            outcome=outcome,
            production=told.context is Context.WORK,
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
