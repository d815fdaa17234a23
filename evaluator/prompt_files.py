"""Prompts as artefacts: a file with an id, a version and declared variables; its hash goes into reports.

Prompts, rubrics and roles stand in ``prompts/`` at the top of the checkout and inside the wheel.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from .errors import InternalError
from .models.base import Value

_VARIABLE = re.compile(r"\{\{\s*(\w+)\s*\}\}")


class Prompt(Value):
    """One prompt file: TOML front matter between ``+++`` lines, then the body."""

    id: str
    version: str
    variables: tuple[str, ...]
    output: str | None = None
    """Name of the schema that a reply must have; None for a part of a conversation."""
    body: str
    sha256: str

    @property
    def key(self) -> str:
        return f"{self.id}@{self.version}"

    def render(self, **values: str) -> str:
        """Fill in every declared variable.

        Raises:
            InternalError: a variable is missing or unknown.
        """
        if set(values) != set(self.variables):
            wrong = ", ".join(sorted(set(values) ^ set(self.variables)))
            message = f"Prompt {self.key} got other variables than it declares: {wrong}."
            raise InternalError(message)
        return _VARIABLE.sub(lambda match: values[match.group(1)], self.body)


def resource_folder(kind: str) -> Traversable:
    """The folder ``prompts`` or ``fixtures``, in the wheel or in the checkout.

    Raises:
        InternalError: the installation lacks it.
    """
    packed = files(__package__).joinpath("_data", kind)
    if packed.is_dir():
        return packed
    checkout = Path(__file__).resolve().parent.parent / kind
    if checkout.is_dir():
        return checkout
    message = f"The installation lacks its folder {kind}."
    raise InternalError(message)


def read_resource(kind: str, name: str) -> str:
    """Text of a file below :func:`resource_folder`."""
    return resource_folder(kind).joinpath(*name.split("/")).read_text(encoding="utf-8")


@cache
def load_prompt(name: str) -> Prompt:
    """Load ``prompts/NAME.md``.

    Raises:
        InternalError: its front matter and its body disagree about the variables.
    """
    text = read_resource("prompts", f"{name}.md")
    _, front, body = text.split("+++\n", 2)
    head = tomllib.loads(front)
    prompt = Prompt(
        id=head["id"],
        version=head["version"],
        variables=tuple(head["variables"]),
        output=head.get("output"),
        body=body.strip("\n"),
        sha256=hashlib.sha256(text.encode("utf-8")).hexdigest(),
    )
    used = set(_VARIABLE.findall(prompt.body))
    if used != set(prompt.variables):
        message = (
            f"Prompt {prompt.key} declares {sorted(prompt.variables)} and uses {sorted(used)}."
        )
        raise InternalError(message)
    return prompt
