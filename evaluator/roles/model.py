"""A role: what an opening asks for, requirement by requirement. The form of role files and its JSON Schema."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import ConfigDict, Field, model_validator

from ..models.base import Value
from ..models.vocabulary import Dimension
from ..wording import level_name

MOST_REQUIREMENTS = 60
_LONGEST = 400


class Importance(StrEnum):
    """How much a requirement matters."""

    MUST = "must"
    NICE = "nice"


class Kind(StrEnum):
    """What a requirement is about, and so how code checks it."""

    DIMENSION = "dimension"
    """A level of one of the twelve dimensions."""
    TOOL = "tool"
    """A tool, a language of programming or a method; any one of the names meets it."""
    YEARS = "years"
    """Years of work, of the names where there are any."""
    LANGUAGE = "language"
    """A language that people speak."""
    CERTIFICATE = "certificate"
    EDUCATION = "education"
    """A degree: ``bachelor``, ``master`` or ``doctorate`` among the names."""
    DOMAIN = "domain"
    """A trade, such as banking."""
    PLACE = "place"
    """Listed, never scored, as are permits and everything else."""
    PERMIT = "permit"
    OTHER = "other"


UNSCORED = frozenset({Kind.PLACE, Kind.PERMIT, Kind.OTHER})


class RequirementVerdict(StrEnum):
    """How far one candidate meets one requirement."""

    FOUND = "found"
    PARTLY = "partly"
    UNCLEAR = "unclear"
    """Mentioned without substance, or the resume is silent where people often are."""
    MISSING = "missing"
    """Contradicted, below what is asked, or nowhere."""


Words = Annotated[str, Field(min_length=1, max_length=_LONGEST)]


class Requirement(Value):
    """One thing that an opening asks for."""

    model_config = ConfigDict(extra="forbid")

    id: Annotated[str, Field(pattern=r"^[0-9A-Za-z_-]{1,40}$")]
    text: Words
    """In words that a person checks and a model is shown."""
    need: Importance = Importance.MUST
    weight: Annotated[float, Field(gt=0, le=100)] | None = None
    """None: 2 for a must, 1 for a nice-to-have."""
    kind: Kind
    dimension: Dimension | None = None
    """Of kind ``dimension``; of kind ``years``, the work whose years count."""
    level: Annotated[int, Field(ge=1, le=4)] | None = None
    names: tuple[Words, ...] = ()
    """Any one of them meets the requirement; other spellings that are known need not be named."""
    similar: bool = False
    """The opening takes something comparable as well."""
    years: Annotated[float, Field(gt=0, le=60)] | None = None
    quote: str | None = Field(default=None, max_length=4 * _LONGEST)
    """Its sentence of the advert. A resume that repeats it meets nothing by that."""

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        lacking = {
            Kind.DIMENSION: self.dimension is None or self.level is None,
            Kind.TOOL: not self.names,
            Kind.YEARS: self.years is None,
            Kind.LANGUAGE: not self.names,
        }
        if lacking.get(self.kind, False):
            wanted = {Kind.DIMENSION: "a dimension and a level", Kind.YEARS: "years"}
            message = f"{self.id}: a requirement of kind {self.kind.value} has {wanted.get(self.kind, 'names')}"
            raise ValueError(message)
        return self

    @property
    def weighs(self) -> float:
        """Its weight."""
        return self.weight or (2.0 if self.need is Importance.MUST else 1.0)

    @property
    def is_scored(self) -> bool:
        """Whether it counts for the fit."""
        return self.kind not in UNSCORED


class RoleFlagKind(StrEnum):
    NOT_SCORED = "must_not_be_scored"
    CONTRADICTION = "contradiction"
    TOO_MANY_YEARS = "more_years_than_it_exists"
    INSTRUCTION = "instruction_to_reader"


class RoleFlag(Value):
    """Something in an advert that a person should look at."""

    model_config = ConfigDict(extra="forbid")

    kind: RoleFlagKind
    message: str
    quote: str = ""


class RoleProfile(Value):
    """What a role needs. Files of the first form have ``needs`` and ``weights`` alone."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, Field(min_length=1, max_length=120)]
    title: str
    requirements: Annotated[tuple[Requirement, ...], Field(max_length=MOST_REQUIREMENTS)] = ()
    needs: dict[Dimension, Annotated[int, Field(ge=1, le=4)]] = {}
    """Levels by dimension: musts where there are no requirements, beside them levels that would be nice."""
    weights: dict[Dimension, Annotated[float, Field(gt=0)]] = {}
    flags: tuple[RoleFlag, ...] = ()
    """What was noticed in the advert; it enters nothing."""

    @model_validator(mode="after")
    def _asks_for_something(self) -> Self:
        if not self.requirements and not self.needs:
            message = "a role has requirements, or needs by dimension"
            raise ValueError(message)
        ids = [requirement.id for requirement in self.checked]
        if twice := next((i for i in ids if ids.count(i) > 1), None):
            message = f"two requirements are called {twice}"
            raise ValueError(message)
        return self

    @property
    def checked(self) -> tuple[Requirement, ...]:
        """Every requirement, those that ``needs`` stand for among them."""
        if not self.needs:
            return self.requirements
        need = Importance.NICE if self.requirements else Importance.MUST
        return (
            *self.requirements,
            *(
                Requirement(
                    id=d.value,
                    text=f"{d.value}: {level_name(level)}, or more",
                    need=need,
                    weight=self.weights.get(d, 1.0),
                    kind=Kind.DIMENSION,
                    dimension=d,
                    level=level,
                )
                for d, level in sorted(
                    self.needs.items(), key=lambda n: list(Dimension).index(n[0])
                )
            ),
        )

    @property
    def asked(self) -> tuple[Requirement, ...]:
        """What a reader is asked about beside its usual evidence; nothing for a role of levels alone."""
        told = [r for r in self.requirements if r.kind not in {Kind.PLACE, Kind.PERMIT}]
        return tuple(told) if any(r.kind is not Kind.DIMENSION for r in told) else ()


def role_schema() -> dict[str, Any]:
    """The JSON Schema of role files."""
    return RoleProfile.model_json_schema()
