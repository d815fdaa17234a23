"""The numbers of the judgement and the role profiles, from their files, validated."""

from __future__ import annotations

import hashlib
import tomllib
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError

from .errors import UsageError
from .models.base import Value
from .models.vocabulary import Dimension
from .prompting import read_resource

Points = Annotated[float, Field(ge=0, le=4)]


class ByOutcome(Value):
    none: Points
    stated: Points
    quantified: Points


class Strength(Value):
    listed: Points
    credential: Points
    coursework: Points
    exposed: Points
    contributed: ByOutcome
    owned: ByOutcome
    owned_quantified_production: Points
    owned_corroborated: Points
    demonstrated_cap: Points
    demonstrated_releases: int


class Smoothing(Value):
    further_item: Points
    further_most: Points


class Score(Value):
    weights: tuple[float, ...]


class Bands(Value):
    stray_mentions: int
    working_applied: int
    strong_owned: int
    strong_applied: int
    expert_proven: int
    expert_owned: int
    expert_years: float
    ops_without_ml: int


class Roles(Value):
    engineer_years: float
    senior_years: float
    senior_owned: int
    senior_owned_alone: int
    lead_years: float


class Present(Value):
    month: str


class Rubric(Value):
    """One version of the judgement's numbers."""

    version: str
    present: Present
    strength: Strength
    smoothing: Smoothing
    score: Score
    bands: Bands
    roles: Roles
    sha256: str

    @property
    def key(self) -> str:
        """Version and the first digits of the content's digest, as reports show it."""
        return f"{self.version}+{self.sha256[:12]}"


class RoleProfile(Value):
    """What a role needs: a level by dimension, and how much each weighs."""

    name: str
    title: str
    needs: dict[Dimension, Annotated[int, Field(ge=1, le=4)]]
    weights: dict[Dimension, Annotated[float, Field(gt=0)]] = {}


@cache
def load_rubric() -> Rubric:
    """The rubric that ships with this version."""
    text = read_resource("prompts", "rubrics/default.toml")
    digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
    return Rubric.model_validate({**tomllib.loads(text), "sha256": digest})


SHIPPED_ROLES = ("ml-engineer", "mlops-engineer", "dual")


def load_role(name: str) -> RoleProfile:
    """A shipped role by name, or a user's own TOML file by path.

    Raises:
        UsageError: there is no such role or file, or its content is not a profile.
    """
    if name in SHIPPED_ROLES:
        text = read_resource("prompts", f"roles/{name}.toml")
    else:
        path = Path(name)
        if not path.is_file():
            message = f"There is no role “{name}”."
            raise UsageError(
                message, mend=f"Use {', '.join(SHIPPED_ROLES)}, or the path of a TOML profile."
            )
        text = path.read_text(encoding="utf-8")
    try:
        return RoleProfile.model_validate(tomllib.loads(text))
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        message = f"The role profile {name} is not valid: {_first_line(error)}."
        raise UsageError(message, mend="See prompts/roles/dual.toml for the form.") from error


def _first_line(error: Exception) -> str:
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        return f"{place}: {first['msg']}"
    return str(error).splitlines()[0]
