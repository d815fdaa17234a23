"""The result on a notice: in short, and for each axis what was found, how far that leads, and what the next step asks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from ..models.base import Value
from ..models.document import RESUME
from ..models.evidence import Evidence
from ..models.vocabulary import AXIS_OF, DIMENSIONS, Agency, Axis, Context, Dimension, Outcome
from ..report import CandidateReport, axis_of
from ..rubric import Rubric
from ..scoring.bands import End, mentions_of
from ..scoring.tenure import DONE
from .notice_close import with_one_told, without_one
from .notice_lines import at_lines, is_work_or_head
from .notice_page import Group, Part
from .notice_reasons import is_told
from .notice_said import Said
from .notice_split import split_of
from .notice_words import Words

_OF_READINGS = re.compile(r"\d+ of \d+ readings")
"""How the reason of a borderline verdict begins where the readings disagree."""
_TOLD = frozenset({Outcome.STATED, Outcome.QUANTIFIED})
_BANDS_OF_YEARS = frozenset({2, 3})
"""Those of which the next asks for years."""
_AMOUNT_OF_BAND = {2: "some", 3: "much", 4: "very_much"}


class _Found(Value):
    """What the page quotes of one axis; each number counts different quotes."""

    full: int
    tasks: tuple[Dimension, ...]
    owned: int
    told: int
    less: int
    is_named: bool
    """Whether all that counts less is named in lists, courses and certificates."""

    beside: int

    @classmethod
    def of(cls, axis: Axis, report: CandidateReport, words: Words) -> _Found:
        split = split_of(report, Said(report))
        items = [item for item in report.evidence if AXIS_OF[item.dimension] is axis]
        full = [item for item in split.full if AXIS_OF[item.dimension] is axis]
        return cls(
            full=len(split.shown_full(axis)),
            tasks=tuple(d for d in DIMENSIONS[axis] if any(i.dimension is d for i in full)),
            owned=len({item.quote for item in full if item.agency is Agency.OWNED}),
            told=len({item.quote for item in full if item.outcome in _TOLD}),
            less=split.shown_less(words, axis),
            beside=split.shown_beside(axis),
            is_named=not any(
                is_told(item, report) and item.context is not Context.COURSEWORK for item in items
            ),
        )

    @property
    def is_anything(self) -> bool:
        """Whether a quote is shown that is about the axis."""
        return bool(self.full or self.less or self.beside)


def result_part(
    report: CandidateReport, words: Words, rubric: Rubric, made: CandidateReport
) -> Part:
    """The result in short, of each axis, and how firmly it stands.

    Args:
        report: with its quotes as they are shown.
        words: of the notice.
        rubric: that judged it.
        made: the report as it was made, which is what a verdict is computed from.
    """
    steps = words.comma.join(f"{number} {band}" for number, band in enumerate(words.bands))
    return Part(
        heading=words.result,
        lead=words.overall.format(track=short_result(report, words)),
        groups=tuple(_of_axis(report, axis, words, rubric, made) for axis in Axis),
        after=(*_close_call(made, report, words, rubric), words.scale.format(bands=steps)),
    )


def _of_axis(
    report: CandidateReport, axis: Axis, words: Words, rubric: Rubric, made: CandidateReport
) -> Group:
    found = axis_of(report, axis)
    line = words.band_line.format(
        axis=words.axes[axis], step=found.band, band=words.bands[found.band],
        score=f"{found.score:.0f}",
    )  # fmt: skip
    return Group(text=line, passages=(), after=tuple(_meaning(report, axis, words, rubric, made)))


def _close_call(
    made: CandidateReport, report: CandidateReport, words: Words, rubric: Rubric
) -> Iterator[str]:
    """That the verdict is close, which places it rests on, and what it would be then."""
    close = made.borderline
    if close is None:
        return
    told = [words.borderline]
    if _OF_READINGS.match(close.reason):
        track = words.tracks[close.neighbour.value]
        told.append(words.borderline_read.format(track=track))
    else:
        form, bands, items = _nearest(made, rubric)
        if items:
            places = dict.fromkeys(_place(item, words) for item in items)
            then = short_result(report, words, bands)
            told.append(getattr(words, form).format(track=then, lines=words.comma.join(places)))
    yield words.gap.join([*told, words.borderline_who])


def _nearest(
    made: CandidateReport, rubric: Rubric
) -> tuple[str, Mapping[Axis, int], Sequence[Evidence]]:
    """The name of the words for a close call, the other result, and the items it rests on."""
    less = without_one(made, rubric)
    bands, items = less or with_one_told(made, rubric) or ({}, [])
    return "borderline_less" if less else "borderline_more", bands, items


def close_lines(made: CandidateReport, words: Words, rubric: Rubric) -> list[str]:
    """Places of the resume that a close call rests on."""
    close = made.borderline
    if close is None or _OF_READINGS.match(close.reason):
        return []
    items = [item for item in _nearest(made, rubric)[2] if item.source == RESUME]
    return list(dict.fromkeys(_place(item, words) for item in items))


def _place(item: Evidence, words: Words) -> str:
    if item.source != RESUME:
        return item.source
    return words.at_line.format(line=at_lines(item.location, item.quote))


def short_result(
    report: CandidateReport, words: Words, bands: Mapping[Axis, int] | None = None
) -> str:
    """How much of each kind of work there is.

    Args:
        report: with its evidence.
        words: of the notice.
        bands: of something else than what is in the report; None is the report's own.
    """
    told = {
        axis.value: words.amounts[_amount(report, axis, words, bands[axis] if bands else None)]
        for axis in Axis
    }
    return words.short.format(**told)


def _amount(report: CandidateReport, axis: Axis, words: Words, other: int | None) -> str:
    """The name of an amount, which claims no more than the quotes show."""
    own = axis_of(report, axis)
    band = own.band if other is None else other
    found = _Found.of(axis, report, words)
    if band >= min(_AMOUNT_OF_BAND):
        return _AMOUNT_OF_BAND[band]
    if band and (found.full or band != own.band):
        return "little"
    if band:
        return "names" if found.is_named else "signs"
    return "hardly" if found.is_anything else "nothing"


def _meaning(
    report: CandidateReport, axis: Axis, words: Words, rubric: Rubric, made: CandidateReport
) -> Iterator[str]:
    """What was found of an axis, and what the next step asks for."""
    band, next_band = axis_of(report, axis).band, axis_of(report, axis).next_band
    found = _Found.of(axis, report, words)
    if found.full:
        names = words.semicolon.join(words.dimensions[d] for d in found.tasks)
        yield words.found.format(
            full=found.full, tasks=len(found.tasks), tasks_of=len(DIMENSIONS[axis]), names=names,
            owned=found.owned, told=found.told, less=found.less,
        )  # fmt: skip
    elif found.less:
        yield words.found_less.format(less=found.less)
    elif not found.beside:
        yield words.band_nothing
    if found.beside:
        yield words.found_beside.format(beside=found.beside)
    if not (found.is_anything or band):
        yield from _of_models(report, axis, words)
        return
    ended = [words.ends[end.name.lower()] for end in End if end.value == next_band]
    of_axis = [item for item in made.evidence if AXIS_OF[item.dimension] is axis]
    step = words.next_steps[band].format(
        mentions=mentions_of(of_axis, rubric.bands), needed=rubric.bands.stray_mentions + 1
    )
    yield from ended or [step]
    if not ended and band in _BANDS_OF_YEARS:
        tenure = report.basis.tenure
        months = tenure.ml if axis is Axis.ML else tenure.ops
        yield words.months.format(months=months) if tenure.is_known else words.months_unknown
    yield from _of_models(report, axis, words)


def _of_models(report: CandidateReport, axis: Axis, words: Words) -> Iterator[str]:
    """Where keeping models running is told, that it counts as operations."""
    found = axis_of(report, axis)
    if not _about_models(report):
        return
    if axis is Axis.ML and not found.band:
        yield words.models_are_ops
    if found.next_band == End.WITHOUT_ML:
        yield words.maybe_ml.format(lines=words.comma.join(ml_lines(report, words)))


def ml_lines(report: CandidateReport, words: Words) -> list[str]:
    """Places that may tell of keeping a system of machine learning running, where the step asks for one."""
    if axis_of(report, Axis.OPS).next_band != End.WITHOUT_ML:
        return []
    return list(dict.fromkeys(_place(item, words) for item in _about_models(report)))


def _about_models(report: CandidateReport) -> list[Evidence]:
    said = Said(report)
    return [
        item
        for item in report.evidence
        if AXIS_OF[item.dimension] is Axis.OPS and item.source == RESUME
        if item.context in DONE or is_work_or_head(report, item.location.start or 0)
        if item.ml_specific or said.speaks_of_models(item)
    ]
