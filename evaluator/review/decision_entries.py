"""What a reviewer can say of a candidate, as the run's chain of decisions keeps it."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, TypeAdapter, model_validator

from ..audit.correcting import Result
from ..models.base import Value
from ..models.evidence import Evidence
from ..models.vocabulary import Dimension, Track

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=4000)]
Words = Annotated[str, StringConstraints(strip_whitespace=True, max_length=20_000)]


class Choice(StrEnum):
    """What a reviewer decides."""

    YES = "yes"
    MAYBE = "maybe"
    NO = "no"


class Objection(StrEnum):
    """What a reviewer says of an item of evidence."""

    STRUCK = "struck"
    """It does not count."""
    DISPUTED = "disputed"
    """It counts, and is in doubt."""
    RESTORED = "restored"
    """Neither any more."""


class Passage(Value):
    """An item of evidence, known again by its words when the report is made again."""

    id: str
    """In the report that the reviewer saw."""
    source: str
    dimension: Dimension
    quote: str

    @classmethod
    def of(cls, item: Evidence) -> Passage:
        """That of an item."""
        return cls(id=item.id, source=item.source, dimension=item.dimension, quote=item.quote)

    @property
    def key(self) -> tuple[str, str, str]:
        """What does not change when evidence is numbered anew."""
        return self.source, self.dimension.value, self.quote


class Decided(Value):
    """A decision. No harm is done to anybody without a reason: a no has one."""

    kind: Literal["decided"] = "decided"
    by: Name
    choice: Choice
    reason: Words = ""
    note: Words = ""
    report: str | None
    """SHA-256 of the report that was there, in hex; None where nobody could read the document."""
    machine: Result | None
    """What the machine read."""
    reviewed: Result | None
    """The same with what reviewers changed, as this one saw it."""

    @model_validator(mode="after")
    def _no_has_a_reason(self) -> Decided:
        if self.choice is Choice.NO and not self.reason:
            message = "“no” needs a reason"
            raise ValueError(message)
        return self


class Objected(Value):
    """An item of evidence struck, disputed or restored."""

    kind: Literal["objected"] = "objected"
    by: Name
    objection: Objection
    passage: Passage
    reason: Reason


class Overridden(Value):
    """Another track than the machine's."""

    kind: Literal["overridden"] = "overridden"
    by: Name
    track: Track | None
    """None gives the track back to the machine."""
    reason: Reason


Said = Annotated[Decided | Objected | Overridden, Field(discriminator="kind")]
SAID: TypeAdapter[Decided | Objected | Overridden] = TypeAdapter(Said)


class Noted(Value):
    """One entry of a run's decisions."""

    number: int
    at: str
    """ISO 8601 in UTC."""
    id: str
    """Of the candidate."""
    said: Said


def seen_by(history: list[Noted], reviewer: str | None) -> list[Noted]:
    """What one reviewer may see: of a candidate the own entries, and everybody's once a decision of the own stands.

    Args:
        history: in its order.
        reviewer: None for who may see all.
    """
    if reviewer is None:
        return history
    open_ = {n.id for n in history if n.said.by == reviewer and isinstance(n.said, Decided)}
    return [n for n in history if n.id in open_ or n.said.by == reviewer]
