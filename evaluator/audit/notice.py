"""The candidate's page: what was read, what counted and what did not, what would have changed it, how to correct it.

The fixed texts are in nine languages; quotes stay in the language of the resume.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..models.document import RESUME, FlagKind
from ..models.portfolio import PortfolioStatus
from ..models.vocabulary import AXIS_OF, DIMENSIONS, Axis, Context, Dimension, Identity
from ..report import CandidateReport, axis_of
from ..rubric import Rubric
from .correcting import Corrected
from .notice_evidence import counted_part, lower_part, uncounted_part
from .notice_lines import at_lines
from .notice_looks import looks, told_flags
from .notice_page import Notice, Part, notice_html, notice_text
from .notice_reasons import is_clear, is_list, is_near, is_told
from .notice_result import close_lines, ml_lines, result_part, short_result
from .notice_said import Said
from .notice_shown import as_shown
from .notice_split import split_of
from .notice_words import DEFAULT, LANGUAGES, Words, words_of
from .what_if import Change, changes

__all__ = ["LANGUAGES", "Notice", "notice_html", "notice_of", "notice_text", "words_of"]

_MOST_CHANGES = 3
_MOST_PAIRS = 3
_MOST_LINES = 5
_HIGHEST = 4
_OFF = "offline"
_NO_ACCOUNT = (
    "no such user account",
    "is not a GitHub account name",
    "an organisation",
    "not found",
)
"""How the reason begins where GitHub was not to be asked, and what it holds where there is no such person."""


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
    made, report = report, as_shown(report, text)
    steps = tuple(_steps(report, words, contact, text, close_lines(made, words, rubric)))
    parts = [
        Part(
            heading=words.corrected, lines=_corrected(report, corrected, words) if corrected else ()
        ),
        result_part(report, words, rubric, made),
        Part(heading=words.sources, lines=_sources(report, words)),
        counted_part(report, words, text),
        lower_part(report, words),
        uncounted_part(report, words, text),
        _missing(report, words),
        Part(heading=words.look, groups=tuple(looks(report, words, text))),
        Part(heading=words.change, lines=_changes(changes(made, rubric), report, words)),
        Part(
            heading=words.correct,
            lines=(words.step_nothing,),
            steps=steps,
            after=tuple(_beside_steps(report, words, contact)),
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
        return _unknown(report, words).format(login=account.login)
    if status is PortfolioStatus.CONFLICT:
        return words.code_other.format(login=account.login)
    is_counted = any(item.source != RESUME for item in report.evidence)
    if any(flag.kind is FlagKind.IDENTITY for flag in report.flags) and not is_counted:
        form = words.code_other if account.identity is Identity.CONFLICT else words.code_unconfirmed
        return form.format(login=account.login)
    told = words.code.format(login=account.login)
    return told if is_counted else f"{told}{words.gap}{words.code_nothing}"


def _unknown(report: CandidateReport, words: Words) -> str:
    """The words for why nothing is known of an account."""
    reason = report.portfolio.reason or ""
    if reason.startswith(_OFF):
        return words.code_off
    is_missing = any(one in reason for one in _NO_ACCOUNT)
    return words.code_missing if is_missing else words.code_unknown


def _missing(report: CandidateReport, words: Words) -> Part:
    lines = []
    for axis in Axis:
        shown = {item.dimension for item in report.evidence}
        missing = [words.dimensions[d] for d in DIMENSIONS[axis] if d not in shown]
        if missing:
            named = words.semicolon.join(missing)
            lines.append(words.missing_line.format(axis=words.axes[axis], dimensions=named))
    return Part(heading=words.missing, lines=(*lines, *([words.missing_why] if lines else [])))


def _corrected(report: CandidateReport, found: Corrected, words: Words) -> tuple[str, ...]:
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
    told = [(words.result, *(short_result(report, words, r.bands) for r in (before, after)))]
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
    if change.track is not report.track:
        yield words.change_track.format(track=short_result(report, words, change.bands))
    for axis, band in change.bands.items():
        before = axis_of(report, axis).band
        if band != before:
            yield words.change_band.format(
                axis=words.axes[axis], before=words.bands[before], after=words.bands[band]
            )


def _steps(
    report: CandidateReport,
    words: Words,
    contact: str | None,
    text: str | None,
    close: Sequence[str],
) -> Iterator[str]:
    """What to do, each step one thing; every action that the page names is one."""
    models = ml_lines(report, words)
    unclear = _unclear_lines(report, words, Said(report, text))
    lines = list(dict.fromkeys([*close, *models, *unclear]))
    if lines:
        form = words.step_lines if len(lines) <= _MOST_LINES else words.step_lines_some
        step = form.format(lines=words.comma.join(lines[:_MOST_LINES]))
        yield words.gap.join([*_of_top(report, words), step])
    if models:
        yield words.step_models.format(lines=words.comma.join(models))
    yield words.step_wrong
    yield words.step_missing
    yield from _steps_of_code(report, words)
    kinds = {flag.kind for flag in told_flags(report)}
    if FlagKind.HIDDEN_TEXT in kinds:
        yield words.step_hidden
    if kinds - {FlagKind.HIDDEN_TEXT, FlagKind.INSTRUCTION}:
        yield words.step_look.format(look=words.look)
    yield words.step_want
    yield words.step_number.format(id=report.id)
    yield words.step_write.format(contact=contact) if contact else words.step_nobody


def _steps_of_code(report: CandidateReport, words: Words) -> Iterator[str]:
    told, account = _code(report, words), report.candidate.github
    login = account.login if account else ""
    for name, step in (
        ("code_unknown", words.step_code_again),
        ("code_off", words.step_code_again),
        ("code_missing", words.step_code_missing),
        ("code_unconfirmed", words.step_code_name),
        ("code_other", words.step_code_yours),
    ):
        if told == getattr(words, name).format(login=login):
            yield step.format(login=login)


def _of_top(report: CandidateReport, words: Words) -> Iterator[str]:
    """For each axis that can go no higher, that nothing more is asked of it."""
    for axis in Axis:
        if _is_top(report, axis):
            yield words.step_top.format(axis=words.axes[axis])


def _is_top(report: CandidateReport, axis: Axis) -> bool:
    return axis_of(report, axis).band == _HIGHEST


def _unclear_lines(report: CandidateReport, words: Words, said: Said) -> Iterator[str]:
    """Lines of jobs and projects from which more could be read if they said more, and those that may say it."""
    split = split_of(report, said)
    apart = {*split.denied, *(one.less.item for one in split.beside)}
    for item in report.evidence:
        if item in apart or _is_top(report, AXIS_OF[item.dimension]):
            continue
        named = item.context is Context.LISTED and said.doing(item) is None
        if (named or is_list(item.quote)) and not said.tells_change(item.quote):
            continue
        if is_told(item, report) and not is_clear(item):
            yield words.at_line.format(line=at_lines(item.location, item.quote))
            later = said.later_result(item)
            if later is not None and not said.tells_change(item.quote):
                yield words.at_line.format(line=later)
        elif item.result_quote and item.result_location and not is_near(item):
            line = at_lines(item.result_location, item.result_quote)
            yield words.at_line.format(line=line)


def _beside_steps(report: CandidateReport, words: Words, contact: str | None) -> Iterator[str]:
    """What is good to know of the steps, and asks for nothing."""
    if not contact:
        yield words.step_else
    yield words.gap.join([words.step_person, words.step_again])
    if not (report.evidence and all(is_clear(item) for item in report.evidence)):
        yield words.step_new
    yield words.gap.join([words.no_deadline, words.us])
