"""What a report depends on, by name: equal identities have equal reports, wherever they are made."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from ..errors import UsageError
from ..pipeline.inputs import Input
from ..pipeline.session import Session
from ..version import __version__


def parts_of(loaded: Input, account: str | None, session: Session) -> dict[str, str]:
    """Everything that decides about a report, never a path.

    Args:
        loaded: the resume.
        account: given by a manifest, or None for the one the resume names.
        session: with its settings, rubric, prompts and model.
    """
    return {
        "content": hashlib.sha256(loaded.data).hexdigest(),
        "format": Path(loaded.name).suffix,
        "account given": account or "",
        "evaluator": __version__,
        **session.identity,
    }


def key_of(parts: Mapping[str, str]) -> str:
    """SHA-256 of an identity, 64 hex digits."""
    return hashlib.sha256(repr(sorted(parts.items())).encode("utf-8")).hexdigest()


def refuse_other_reader(readers: Iterable[str], reader: str) -> None:
    """Reports of one reader are never overwritten by another unasked.

    Raises:
        UsageError: reports of another reader are there.
    """
    others = sorted(set(readers) - {""})
    if others and reader not in others:
        message = f"The reports of this run were made by the reader “{others[0]}”, and now “{reader}” would read."
        raise UsageError(
            message,
            hint=f"Use --reader {others[0]}, another --out, or --replace to overwrite them.",
        )


def difference(before: Mapping[str, str], now: Mapping[str, str]) -> str:
    """Why two identities of one source differ, in words."""
    if not before:
        return "an older version of the program made it"
    changed = [name for name in now if before.get(name) != now[name]]
    told = [
        "the content changed" if name == "content" else f"{name}: {before.get(name)} → {now[name]}"
        for name in changed
    ]
    return "; ".join(told) or "settings changed"
