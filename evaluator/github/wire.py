"""Forms of GitHub's replies: what is read of them, strict where it counts, and one reason where they are odd."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    model_validator,
)

from ..errors import GitHubError
from .parsing import as_date, clean

_LARGEST = 2**53
"""Whole numbers up to it are the same in every reader of JSON."""


class OddReply(GitHubError):
    """A reply that is not of the form that GitHub documents: a proxy's, another product's, or a part left out."""


class Wire(BaseModel):
    """A part of a reply. What is not asked for is left aside, and null is the same as absent."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    @model_validator(mode="before")
    @classmethod
    def _without_nulls(cls, value: Any) -> Any:
        if isinstance(value, dict):
            return {key: part for key, part in value.items() if part is not None}
        return value


def _present(value: object) -> object:
    return [part for part in value if part is not None] if isinstance(value, list) else value


def _line(most: int) -> BeforeValidator:
    return BeforeValidator(lambda text: clean(text, most) if isinstance(text, str) else text)


Whole = Annotated[int, Field(ge=0, le=_LARGEST)]
Day = Annotated[date | None, BeforeValidator(as_date)]
"""The day of an ISO 8601 moment; None where it is none."""
Word = Annotated[str, _line(50)]
Name = Annotated[str, _line(100)]
Message = Annotated[str, _line(120)]
Address = Annotated[str, _line(200)]
Paragraph = Annotated[str, _line(300)]
T = TypeVar("T")
Many = Annotated[tuple[T, ...], BeforeValidator(_present)]
"""A list; GitHub puts null where a member is protected or gone."""
Part = TypeVar("Part", bound=Wire)


class Counted(Wire):
    """A connection of which only the number is read."""

    total: Whole = Field(alias="totalCount")


class Named(Wire):
    """An object of which only the name is read."""

    name: Word


def read(kind: type[Part], value: object, what: str) -> Part:
    """A reply, or a part of one, as its form says.

    Args:
        kind: the form.
        value: decoded JSON.
        what: the part, as it is told to the user.

    Raises:
        OddReply: it is something else; the first place that differs is named.
    """
    try:
        return kind.model_validate(value)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(step) for step in first["loc"]) or "all of it"
        fault = first["msg"].removeprefix("Value error, ").lower()
        message = f"GitHub's reply about {what} has another form than it documents ({place}: {fault[:100]})"
        raise OddReply(message) from error


def sound(kind: type[Part], values: Iterable[object], what: str, notes: list[str]) -> list[Part]:
    """The members that have the form; how many have not is a note."""
    found: list[Part] = []
    odd = 0
    for value in values:
        try:
            found.append(read(kind, value, what))
        except OddReply:
            odd += 1
    if odd:
        notes.append(
            f"{odd} {what} could not be read: GitHub's reply has another form than it documents."
        )
    return found
