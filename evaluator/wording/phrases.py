"""Levels, standings and evidence in words that explain themselves."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ..models.document import RESUME
from ..models.dropped import DropReason
from ..models.evidence import Evidence
from ..models.vocabulary import Agency, Context, Dimension, Outcome, Standing, Track
from .data import words
from .glossary import dimension_sentence as dimension_sentence

_BARE = (Context.COURSEWORK, Context.CREDENTIAL, Context.LISTED)
_APPLIED = (Context.WORK, Context.PROJECT, Context.PUBLICATION)
_APPLIED_LEVEL = 2
_OPTION = re.compile(r"(?<![\w-])--?[a-z][\w-]*|\b[A-Z]+_[A-Z_]+\b")
_SENTENCE = re.compile(r"(?<=[.!?;])\s+")


def level_phrase(level: int, items: Sequence[Evidence], standing: Standing) -> str:
    """How a dimension reached its level, such as "owned, with a measured result".

    Args:
        level: 0 to 4.
        items: evidence of the dimension.
        standing: where it was found.
    """
    ways = (_nothing, _mentioned, _applied, _owned, _proven)
    how: str = words()["reached"][ways[level](items, standing)]
    return how


def _nothing(items: Sequence[Evidence], standing: Standing) -> str:
    return "nothing"


def _mentioned(items: Sequence[Evidence], standing: Standing) -> str:
    contexts = {item.context for item in items}
    if contexts - set(_BARE):
        return Agency.EXPOSED.value
    return next((c.value for c in _BARE if c in contexts), Context.LISTED.value)


def _applied(items: Sequence[Evidence], standing: Standing) -> str:
    contexts = {item.context for item in items if item.agency is not Agency.EXPOSED}
    return next((c.value for c in _APPLIED if c in contexts), Context.WORK.value)


def _owned(items: Sequence[Evidence], standing: Standing) -> str:
    owned = [item for item in items if item.agency is Agency.OWNED]
    outcomes = {item.outcome for item in owned}
    if outcomes & {Outcome.STATED, Outcome.QUANTIFIED}:
        done = any(i.context is not Context.PUBLICATION for i in owned if _has_result(i))
        return "result" if done else "author"
    return Outcome.SCOPE.value if Outcome.SCOPE in outcomes else "result"


def _proven(items: Sequence[Evidence], standing: Standing) -> str:
    owned = [item for item in items if item.agency is Agency.OWNED]
    if any(item.outcome is Outcome.QUANTIFIED for item in owned):
        return "measured"
    if standing is Standing.CORROBORATED:
        return "confirmed"
    if standing is Standing.DEMONSTRATED:
        return "seen"
    is_published = any(item.context is Context.PUBLICATION for item in owned)
    return "papers" if is_published else "result"


def _has_result(item: Evidence) -> bool:
    return item.outcome in {Outcome.STATED, Outcome.QUANTIFIED}


def standing_phrase(standing: Standing) -> str:
    """Where a dimension was found, such as "resume only"; empty where nothing was."""
    phrase: str = words()["standings"][standing.value]
    return phrase


def drop_phrase(reason: DropReason) -> str:
    """Why an item that the reader returned does not count."""
    phrase: str = words()["dropped"][reason.value]
    return phrase


def track_phrase(track: Track) -> str:
    """What a track means."""
    phrase: str = words()["tracks"][track.value]
    return phrase


def level_name(level: int) -> str:
    """A level where no evidence is at hand, as in filters and requirements."""
    name: str = words()["levels"][level]
    return name


def item_phrase(item: Evidence) -> str:
    """What an item shows: "owned at work, measured result, in production"."""
    said = words()
    context = said["contexts"][item.context.value]
    if is_bare(item):
        return str(context)
    if item.context is Context.PUBLICATION and item.agency in said["authors"]:
        parts = [said["authors"][item.agency.value], said["outcomes"][item.outcome.value]]
        return ", ".join(parts)
    where = "in public code" if item.source != RESUME else context
    parts = [f"{said['agencies'][item.agency.value]} {where}", said["outcomes"][item.outcome.value]]
    return ", ".join([*parts, "in production"] if item.production else parts)


def is_bare(item: Evidence) -> bool:
    """Whether an item only names something, in a list or a certificate."""
    return item.context in {Context.LISTED, Context.CREDENTIAL} and item.source == RESUME


def rise_advice(dimension: Dimension, level: int, items: Sequence[Evidence] = ()) -> str:
    """What a candidate may write to rise from a level, if it is true.

    Args:
        dimension: what should rise.
        level: from 0 to 3.
        items: evidence of the dimension; without it the advice is the general one.
    """
    advice: dict[str, str] = words()["rise"]
    owned = [item for item in items if item.agency is Agency.OWNED]
    if level == _APPLIED_LEVEL and owned:
        return advice["owned"]
    if level == _APPLIED_LEVEL + 1:
        if dimension is Dimension.THEORY:
            return advice["theory"]
        if any(item.outcome is Outcome.QUANTIFIED for item in owned):
            return advice["measured"]
    return advice[str(level)]


def listed(names: Iterable[str]) -> str:
    """Names as an English sentence lists them."""
    *first, last = list(names) or [""]
    return f"{', '.join(first)} and {last}" if first else last


def reader_name(model: str | None) -> str:
    """Who read, as pages say it."""
    return model or "the embedded rules"


def without_options(text: str | None) -> str:
    """A text for a page: without the sentences that only help at a command line."""
    said = " ".join(s for s in _SENTENCE.split(text or "") if not _OPTION.search(s))
    return f"{said[:-1]}." if said.endswith(";") else said
