"""What the lines of one job tell of each other: results that they share, and mentions that stand alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ...models.evidence import Attributes, Finding
from ...models.vocabulary import AXIS_OF, Agency, Axis, Context, Dimension, Outcome
from .lexicon import Lexicon, Said

_ENOUGH, _MANY = 2, 4
"""Dimensions owned with a result that make a job one of this trade, whatever its title; more where the title
is of those who sell, order, teach or describe what others make."""

_AFTER_TITLE = re.compile(r"[,|·@]|\s[–—-]\s|\bat\b")
_TITLES = ("bystander", "trade_title")
_WHOLE = 3
"""Dimensions told, a model among them: more than a mention, so one result less will do."""


def with_shared_results(job: Sequence[Finding], lexicon: Lexicon) -> list[Finding]:
    """One line says what came of a system, the next how its data were made: owner and result are of both.

    Args:
        job: findings of one job or project. What only helped stays as it is.
        lexicon: of the resume's languages.
    """
    proven = {axis for axis in Axis if any(_is_proof(found.shows, axis) for found in job)}
    return [
        found.model_copy(update={"shows": _with_result(found.shows)})
        if (AXIS_OF[found.shows.dimension] in proven or (proven and found.shows.ml_specific))
        and found.shows.context is Context.WORK
        and found.shows.agency is not Agency.EXPOSED
        and not lexicon.says("shared", Said.of(found.anchor))
        else found
        for found in job
    ]


def without_other_trades(job: Sequence[Finding], title: Said, lexicon: Lexicon) -> list[Finding]:
    """In a job of another trade, and in one beside this trade, what is told in passing is nothing.

    Args:
        job: findings of one job.
        title: of the job; empty where nobody knows it.
        lexicon: of the resume's languages.
    """
    # What follows is the employer's name, which may speak of anybody's trade.
    first = Said.of(_AFTER_TITLE.split(title.text)[0])
    told_of = first if any(lexicon.says(phrase, first) for phrase in _TITLES) else title
    beside = lexicon.says("bystander", told_of)
    in_trade = lexicon.says("trade_title", told_of) and not beside
    proven = {f.shows.dimension for f in job if _is_owned_with_result(f.shows)}
    told = {f.shows.dimension for f in job if f.shows.agency is not Agency.EXPOSED}
    enough = _MANY if beside else _ENOUGH
    if Dimension.MODELING in told and len(told) >= _WHOLE:
        enough -= 1
    if not title.text or in_trade or len(proven) >= enough:
        return list(job)
    return [found for found in job if found.shows.context is not Context.WORK]


def _is_owned_with_result(shows: Attributes) -> bool:
    return shows.agency is Agency.OWNED and shows.outcome is not Outcome.NONE


def without_strays(jobs: Iterable[Sequence[Finding]], lexicon: Lexicon) -> list[Finding]:
    """A single thing done in a whole career, without result and in words of other trades too, is a mention."""
    findings = [found for job in jobs for found in job]
    if len({found.anchor for found in findings}) == 1 and all(
        _is_slight(found, lexicon) for found in findings
    ):
        return [
            found.model_copy(
                update={"shows": found.shows.model_copy(update={"agency": Agency.EXPOSED})}
            )
            for found in findings
        ]
    return findings


def _is_slight(found: Finding, lexicon: Lexicon) -> bool:
    said = Said.of(found.anchor)
    of_trade = lexicon.says("ml", said) or lexicon.says("models", said) or lexicon.names(said)
    unproven = found.shows.agency is not Agency.OWNED and found.shows.outcome is Outcome.NONE
    return unproven and not of_trade


def _is_proof(shows: Attributes, axis: Axis) -> bool:
    return (
        AXIS_OF[shows.dimension] is axis
        and shows.context is Context.WORK
        and shows.agency is Agency.OWNED
        and shows.outcome is Outcome.QUANTIFIED
    )


def _with_result(shows: Attributes) -> Attributes:
    outcome = Outcome.STATED if shows.outcome is Outcome.NONE else shows.outcome
    return shows.model_copy(update={"outcome": outcome, "agency": Agency.OWNED})
