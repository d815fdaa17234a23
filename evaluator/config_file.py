"""``evaluator.toml``: settings that a project or a person keeps, below the environment and the options of a command.

It holds no secret, since such files are shared.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping
from pathlib import Path

from .errors import ConfigurationError, UsageError
from .models.base import Value
from .rubric import text_of_file
from .secret_masking import apart, keys_in, masked
from .text.spelling import near

NAME = "evaluator.toml"

_SECRET = re.compile(
    r"key|token(?!s_per_minute)|secret|passw|login|proof|credential", re.IGNORECASE
)
_PATHS = frozenset({"rubric", "prices", "snapshots", "replies"})


class ConfigFile(Value):
    """What one file sets."""

    path: Path
    values: dict[str, object]


def find_config(start: Path, home: Path | None) -> Path | None:
    """The nearest file from ``start`` upwards to a folder with ``.git`` or the home folder.

    Where neither lies above, only ``start`` is looked at: what stands beside it belongs to anybody.
    """
    folders = (start, *start.parents)
    ends = [i for i, folder in enumerate(folders) if folder == home or (folder / ".git").exists()]
    for folder in folders[: ends[0] + 1 if ends else 1]:
        if (folder / NAME).is_file():
            return folder / NAME
    return None


def read_config(path: Path, known: Collection[str]) -> ConfigFile:
    """Read a file; paths in it are relative to its folder.

    Args:
        path: of the file.
        known: names of the settings.

    Raises:
        ConfigurationError: a secret stands in it.
        UsageError: it cannot be read, is no TOML, or has a name that is no setting.
    """
    try:
        found = tomllib.loads(text_of_file(path))
    except tomllib.TOMLDecodeError as error:
        message = f"{path} is not valid TOML: {masked(str(error))}."
        raise UsageError(message) from error
    values = {}
    for written, value in found.items():
        name = written.replace("-", "_")
        _refuse_secret(path, name, value)
        if name not in known:
            message = f"{path}: there is no setting “{written}”."
            hint = (
                near(name, known)
                or "“evaluator batch --help” lists them; a dash may be an underscore."
            )
            raise UsageError(message, hint=hint)
        values[name] = _placed(name, value, path.parent)
    return ConfigFile(path=path, values=values)


def without_environment(
    config: ConfigFile, variables: Mapping[str, str], is_set: Collection[str]
) -> dict[str, object]:
    """What the file sets and the environment does not.

    Args:
        config: the file.
        variables: name of a setting to the variable that sets it.
        is_set: variables that have a value.
    """
    return {
        name: value for name, value in config.values.items() if variables.get(name) not in is_set
    }


def _refuse_secret(path: Path, name: str, value: object) -> None:
    is_address = isinstance(value, str) and "://" in value
    if is_address and (apart(str(value))[1] or keys_in(str(value))):
        message = f"{path}: a key or a password stands in the address of “{name}”."
    elif _SECRET.search(name) or (isinstance(value, str) and masked(value) != value):
        message = f"{path}: “{name}” is a secret, and this file holds none."
    else:
        return
    variable = "GITHUB_TOKEN" if "github" in name else "OPENAI_API_KEY"
    raise ConfigurationError(message, hint=f"Take it out and set {variable} in the environment.")


def _placed(name: str, value: object, folder: Path) -> object:
    is_path = name in _PATHS or (name == "role" and str(value).endswith(".toml"))
    if not (is_path and isinstance(value, str)):
        return value
    placed = folder / Path(value).expanduser()
    return str(placed) if name == "role" else placed
