"""The candidate's page: what was read, what counted and what did not, what would have changed it, how to correct it.

The fixed texts are in nine languages; quotes stay in the language of the resume.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..models.document import RESUME, FlagKind
from ..models.portfolio import PortfolioStatus
from ..models.vocabulary import AXIS_OF, DIMENSIONS, Axis, Dimension, Identity
from ..report import CandidateReport, axis_of
from ..rubric import Rubric
from ..scoring.bands import End
from ..scoring.tenure import DONE
from .correcting import Corrected
from .notice_evidence import counted_part, is_clear, lower_part, uncounted_part
from .notice_lines import at_lines
from .notice_looks import looks
from .notice_page import Notice, Part, notice_html, notice_text
from .notice_said import Said
from .notice_words import DEFAULT, LANGUAGES, Words, words_of
from .what_if import Change, changes

__all__ = ["LANGUAGES", "Notice", "notice_html", "notice_of", "notice_text", "words_of"]

_CLOSE = (
    (re.compile(r"\d+ of \d+ readings"), "borderline_read"),
    (re.compile(r"With one result"), "borderline_more"),
)
"""How the reason of a borderline verdict begins where the readings disagree, and where more would change it."""
_MOST_CHANGES = 3
_MOST_PAIRS = 3


def notice_of(
    report: CandidateReport,
    rubric: Rubric,
    *,
    language: str | None = None,
    contact: str | None = None,
    corrected: Corrected | None = None,
    text: str | None = None,
) -> Notice:
    """The notice of one report.

    Args:
        report: of the candidate.
        rubric: that judged it, for what would have changed it.
        language: of the fixed texts; None is the resume's own where it is one of the nine, else English.
        contact: where corrections are sent to.
        corrected: what a correction makes of the reading; it stands before the rest.
        text: of the document, to tell which lines are quoted nowhere; None leaves them out.
    """
    chosen = language or report.document.language or DEFAULT
    chosen = chosen if chosen in LANGUAGES else DEFAULT
    words = words_of(chosen)
    parts = [
        Part(heading=words.corrected, lines=_corrected(corrected, words) if corrected else ()),
        _result(report, words, rubric),
        Part(heading=words.sources, lines=_sources(report, words)),
        counted_part(report, words),
        lower_part(report, words),
        uncounted_part(report, words, text),
        _missing(report, words),
        Part(heading=words.look, groups=tuple(looks(report, words, text))),
        Part(heading=words.change, lines=_changes(changes(report, rubric), report, words)),
        Part(
            heading=words.correct,
            steps=_steps(report, words, contact),
            after=tuple(_beside_steps(report, words)),
        ),
    ]
    p = report.provenance
    return Notice(
        language=chosen,
        title=words.title,
        lead=(words.intro, words.human),
        parts=tuple(part for part in parts if not part.is_empty),
        made=words.made.format(
            id=report.id, rubric=p.rubric, version=p.evaluator, present=p.present
        ),
        words=words,
    )


def _sources(report: CandidateReport, words: Words) -> tuple[str, ...]:
    model = report.provenance.model
    return (
        f"{words.resume.format(name=report.document.name)}{words.gap}{words.lines}",
        _code(report, words),
        words.model.format(model=model) if model else words.rules,
        words.unused,
    )


def _code(report: CandidateReport, words: Words) -> str:
    account, status = report.candidate.github, report.portfolio.status
    if account is None or status is PortfolioStatus.NONE:
        return words.code_none
    if status is PortfolioStatus.UNKNOWN:
        return words.code_unknown.format(login=account.login)
    if status is PortfolioStatus.CONFLICT:
        return words.code_other.format(login=account.login)
    is_counted = any(item.source != RESUME for item in report.evidence)
    if any(flag.kind is FlagKind.IDENTITY for flag in report.flags) and not is_counted:
        form = words.code_other if account.identity is Identity.CONFLICT else words.code_unconfirmed
        return form.format(login=account.login)
    told = words.code.format(login=account.login)
    return told if is_counted else f"{told}{words.gap}{words.code_nothing}"


def _result(report: CandidateReport, words: Words, rubric: Rubric) -> Part:
    bands = {axis: axis_of(report, axis).band for axis in Axis}
    lines = [words.overall.format(track=words.track_told(report.track, bands))]
    for axis in Axis:
        found = axis_of(report, axis)
        lines.append(
            words.band_line.format(
                axis=words.axes[axis], step=found.band, band=words.bands[found.band],
                meaning=words.gap.join(_meaning(report, axis, words, rubric)),
                score=f"{found.score:.0f}",
            )
        )  # fmt: skip
    if report.borderline is not None:
        neighbour = words.tracks[report.borderline.neighbour.value]
        form = next(
            (
                getattr(words, name)
                for start, name in _CLOSE
                if start.match(report.borderline.reason)
            ),
            words.borderline_less,
        )
        lines.append(words.gap.join([form.format(track=neighbour), words.borderline_who]))
    steps = words.comma.join(f"{number} {band}" for number, band in enumerate(words.bands))
    return Part(heading=words.result, lines=(*lines, words.scale.format(bands=steps)))


def _meaning(report: CandidateReport, axis: Axis, words: Words, rubric: Rubric) -> Iterator[str]:
    """What the band of an axis means, and what keeps it from going higher."""
    found = axis_of(report, axis)
    items = [item for item in report.evidence if AXIS_OF[item.dimension] is axis]
    if items or found.band:
        yield words.bands_told[found.band].format(mentions=rubric.bands.stray_mentions)
    else:
        yield words.band_nothing
    yield from (words.ends[end.name.lower()] for end in End if end.value == found.next_band)
    said = Said(report)
    about_models = [
        item
        for item in report.evidence
        if AXIS_OF[item.dimension] is Axis.OPS and item.source == RESUME and item.context in DONE
        if item.ml_specific or said.speaks_of_models(item)
    ]
    if not about_models:
        return
    if axis is Axis.ML and not found.band:
        yield words.models_are_ops
    if found.next_band == End.WITHOUT_ML:
        lines = dict.fromkeys(at_lines(item.location, item.quote) for item in about_models)
        told = words.comma.join(words.at_line.format(line=line) for line in lines)
        yield words.maybe_ml.format(lines=told)


def _missing(report: CandidateReport, words: Words) -> Part:
    lines = []
    for axis in Axis:
        missing = [words.dimensions[d] for d in DIMENSIONS[axis] if not report.dimensions[d].level]
        if missing:
            named = words.semicolon.join(missing)
            lines.append(words.missing_line.format(axis=words.axes[axis], dimensions=named))
    return Part(heading=words.missing, lines=(*lines, *([words.missing_why] if lines else [])))


def _corrected(found: Corrected, words: Words) -> tuple[str, ...]:
    before, after = found.before, found.after
    lines = [
        words.corrected_struck.format(quote=quote, basis=one.basis)
        for one in found.correction.strike
        for quote in found.struck[one.words]
    ]
    lines += [
        words.corrected_added.format(quote=one.text, basis=one.basis)
        for one in found.correction.add
    ]
    told = [(words.result, words.tracks[before.track.value], words.tracks[after.track.value])]
    for axis in Axis:
        one, other = (
            f"{words.bands[r.bands[axis]]}, {r.scores[axis]:.0f}" for r in (before, after)
        )
        told.append((words.axes[axis], one, other))
    told += [
        (words.dimensions[d], words.levels[before.levels[d]], words.levels[after.levels[d]])
        for d in Dimension
    ]
    changed = [
        words.corrected_line.format(what=what, before=one, after=other)
        for what, one, other in told
        if one != other
    ]
    return (*lines, *(changed or [words.corrected_same]))


def _changes(found: Sequence[Change], report: CandidateReport, words: Words) -> tuple[str, ...]:
    """A line for all changes that ask for the same and give the same, of different fields."""
    if not found:
        return (words.change_none,)
    alike: dict[tuple[int, int, str], list[Change]] = {}
    for change in found:
        level = change.achievements[0].level
        effects = words.gap.join(_effects(change, report, words))
        alike.setdefault((len(change.achievements), level, effects), []).append(change)
    lines = []
    shown: set[Axis] = set()
    for (count, level, effects), same in list(alike.items())[:_MOST_CHANGES]:
        what = words.change_levels[level - 2]
        told = same if count == 1 else same[:_MOST_PAIRS]
        shown |= {AXIS_OF[a.dimension] for change in told for a in change.achievements}
        fields = words.semicolon.join(_fields(change, words) for change in told)
        form = words.change_one if count == 1 else words.change_two
        lines.append(f"{form.format(what=what, dimensions=fields)}{words.gap}{effects}")
    return (words.change_true, *lines, *([words.change_ops] if Axis.OPS in shown else []))


def _fields(change: Change, words: Words) -> str:
    named = [words.dimensions[a.dimension] for a in change.achievements]
    return named[0] if len(named) == 1 else words.pair.format(one=named[0], other=named[1])


def _effects(change: Change, report: CandidateReport, words: Words) -> Iterator[str]:
    """What would be different, and nothing else."""
    is_same = change.track is report.track
    if not is_same:
        yield words.change_track.format(track=words.track_told(change.track, change.bands))
    for axis, band in change.bands.items():
        before = axis_of(report, axis).band
        if band != before:
            yield words.change_band.format(
                axis=words.axes[axis], before=words.bands[before], after=words.bands[band]
            )
    if is_same:
        yield words.change_same


def _steps(report: CandidateReport, words: Words, contact: str | None) -> tuple[str, ...]:
    send = words.step_write.format(contact=contact) if contact else words.step_nobody
    return words.step_say, send, words.step_number.format(id=report.id)


def _beside_steps(report: CandidateReport, words: Words) -> Iterator[str]:
    """What is good to know of the steps, and asks for nothing."""
    yield words.gap.join([words.step_person, words.step_again])
    if not (report.evidence and all(is_clear(item) for item in report.evidence)):
        yield words.step_new
    yield words.gap.join([words.no_deadline, words.us])
