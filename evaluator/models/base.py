"""The base of every value that crosses a stage."""

from __future__ import annotations

import ast
import inspect
from functools import cache
from itertools import pairwise
from textwrap import dedent

from pydantic import BaseModel, ConfigDict, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema


class Value(BaseModel):
    """Frozen, refuses unknown fields, compares by content.

    The text below a field is its description in a JSON schema.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler, /
    ) -> JsonSchemaValue:
        """Descriptions are looked up here, not by pydantic: it would read every source whenever a process starts."""
        found = handler(core_schema)
        properties = handler.resolve_ref_schema(found).get("properties", {})
        for name, field in cls.model_fields.items():
            shown, text = properties.get(field.alias or name), _description(cls, name)
            if shown is not None and text is not None:
                shown.setdefault("description", text)
        return found


def _description(cls: type[BaseModel], field: str) -> str | None:
    """What stands below a field, in the class that declares it."""
    owner = next((c for c in cls.__mro__ if field in vars(c).get("__annotations__", {})), None)
    return None if owner is None else _texts(owner).get(field)


@cache
def _texts(cls: type) -> dict[str, str]:
    """What stands below each field of a class; nothing of one that was not written in a file."""
    try:
        (found,) = ast.parse(dedent(inspect.getsource(cls))).body
    except (OSError, SyntaxError, TypeError):
        return {}
    assert isinstance(found, ast.ClassDef)
    return {
        field.target.id: inspect.cleandoc(below.value.value)
        for field, below in pairwise(found.body)
        if isinstance(field, ast.AnnAssign)
        and isinstance(field.target, ast.Name)
        and isinstance(below, ast.Expr)
        and isinstance(below.value, ast.Constant)
        and isinstance(below.value.value, str)
    }
