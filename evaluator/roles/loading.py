"""Role files, found by name or path and validated."""

from __future__ import annotations

import tomllib
from pathlib import Path

from pydantic import ValidationError

from ..errors import UsageError
from ..prompt_files import read_resource
from ..rubric import first_line, text_of_file
from ..text.spelling import near
from .model import RoleProfile

SHIPPED_ROLES = ("ml-engineer", "mlops-engineer", "dual")


def load_role(name: str) -> RoleProfile:
    """A shipped role by name, or a user's own TOML file by path.

    Raises:
        UsageError: there is no such role or file, or its content is not a role.
    """
    if name in SHIPPED_ROLES:
        text = read_resource("prompts", f"roles/{name}.toml")
    else:
        path = Path(name)
        if not _is_there(path):
            message = f"There is no role “{name}”."
            meant = near(name, SHIPPED_ROLES)
            raise UsageError(
                message,
                hint=f"{f'{meant} ' if meant else ''}Use {', '.join(SHIPPED_ROLES)}, or the path of a TOML file such as “evaluator role AD” writes.",
            )
        text = text_of_file(path)
    try:
        return RoleProfile.model_validate(tomllib.loads(text))
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        message = f"The role profile {name} is not valid: {first_line(error)}."
        raise UsageError(
            message,
            hint="“evaluator schema --role” prints its JSON Schema; prompts/roles/dual.toml is an example.",
        ) from error


def _is_there(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # no name that a file could have
        return False
