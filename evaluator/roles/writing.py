"""A role as the TOML file that a person edits."""

from __future__ import annotations

import json
from typing import Any

from .model import RoleProfile

_HEAD = (
    "# What an opening asks for. Edit it: need is must or nice, any one of names meets a requirement, kinds place, permit and\n"
    "# other are listed and never scored. “evaluator schema --role” prints the form; --role takes this file.\n\n"
)


def write_role(role: RoleProfile) -> str:
    """The file's text; reading it gives the role again."""
    value = role.model_dump(mode="json", exclude_defaults=True)
    lists = {name: value.pop(name, []) for name in ("requirements", "flags")}
    tables = {name: value.pop(name, {}) for name in ("needs", "weights")}
    lines = [f"{name} = {_value(each)}" for name, each in value.items()]
    for name, entries in lists.items():
        for entry in entries:
            if name == "requirements":
                entry = {"id": entry["id"], "text": entry["text"], "need": "must", **entry}
            lines += [
                "",
                f"[[{name}]]",
                *(f"{key} = {_value(each)}" for key, each in entry.items()),
            ]
    for name, table in tables.items():
        if table:
            lines += ["", f"[{name}]", *(f"{key} = {_value(each)}" for key, each in table.items())]
    return _HEAD + "\n".join(lines) + "\n"


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    if isinstance(value, str):
        # JSON's escapes are TOML's; only the delete character is let stand by the one and not by the other.
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return repr(value)
