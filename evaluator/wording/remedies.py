"""What to do about a flag, or about another reason for a person to look."""

from __future__ import annotations

from ..models.document import FlagKind
from .data import data


def flag_name(kind: FlagKind) -> str:
    """A flag in two or three words."""
    return _flag(kind)["name"]


def flag_remedy(kind: FlagKind, *, for_candidate: bool = False) -> str:
    """What whoever reads the report should do about a flag, or the candidate."""
    return _flag(kind)["you" if for_candidate else "do"]


def _flag(kind: FlagKind) -> dict[str, str]:
    flag: dict[str, str] = data("remedies.toml")["flags"][kind.value]
    return flag


def reason_remedy(reason: str) -> str:
    """What to do about a reason that no flag gives."""
    remedies: list[dict[str, str]] = data("remedies.toml")["reasons"]
    return next(
        r["do"]
        for r in remedies
        if reason.startswith(r["begins"]) and r.get("contains", "") in reason
    )
