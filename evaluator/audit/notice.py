"""The candidate's page: what was read, what counted and what did not, what would have changed it, how to correct it.

The fixed texts are in nine languages; quotes stay in the language of the resume.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files

from ..models.base import Value
from ..models.document import RESUME, FlagKind
from ..models.dropped import DropReason
from ..models.evidence import Evidence, LowerReason
from ..models.portfolio import PortfolioStatus
from ..models.vocabulary import Agency, Axis, Context, Dimension, Identity, Outcome, Severity
from ..render.escaping import for_terminal
from ..render.html import environment
from ..report import CandidateReport, axis_of
from ..rubric import Rubric
from ..structure.sections import Section
from .correcting import Corrected
from .what_if import Change, changes

_TEXTS = files(__package__).joinpath("notices")
LANGUAGES = tuple(sorted(f.name.removesuffix(".toml") for f in _TEXTS.iterdir()))
"""Those whose fixed texts stand in ``notices``."""
_DEFAULT = "en"
_WHY = {
    LowerReason.LIST: "why_list",
    LowerReason.FIGURE: "why_figure",
    LowerReason.AXIS: "why_axis",
}
_WHY_NOT = {
    DropReason.NOT_NAMED: "drop_uncertain",
    DropReason.REPOSITORY: "drop_repository",
    DropReason.UNSUPPORTED: "drop_uncertain",
    DropReason.FEW_READINGS: "drop_uncertain",
    DropReason.DATES: "drop_dates",
    DropReason.DIMENSIONS: "drop_dimensions",
    DropReason.REPEATED: "drop_repeated",
}
_BARE = frozenset({Context.LISTED, Context.COURSEWORK, Context.CREDENTIAL})
_NOT_TOLD = frozenset(
    {FlagKind.REJECTED_EVIDENCE, FlagKind.IDENTITY, FlagKind.PORTFOLIO, FlagKind.DRAWN}
)
"""What stands elsewhere in a notice, and what is nothing to be checked."""
_ALIKE = {FlagKind.OCR: FlagKind.GARBLED}
_QUOTED = re.compile(r"“[^”]+”")
_WORK = frozenset(
    {Section.EMPLOYMENT, Section.PROJECTS, Section.ACHIEVEMENTS, Section.VOLUNTEERING}
)
"""Sections that tell of work, of which no passage is said to be a mere list."""


class Words(Value):
    """The fixed texts of one language."""

    title: str
    intro: str
    human: str
    sources: str
    resume: str
    code: str
    code_unknown: str
    code_unconfirmed: str
    code_other: str
    code_none: str
    rules: str
    model: str
    unused: str
    result: str
    band_line: str
    scale: str
    counted: str
    counted_none: str
    counts_for: str
    counts_code: str
    lower: str
    why_list: str
    why_little: str
    why_exposed: str
    why_figure: str
    why_axis: str
    missing: str
    missing_line: str
    uncounted: str
    uncounted_for: str
    uncounted_code: str
    drop_dates: str
    drop_dimensions: str
    drop_repeated: str
    drop_repository: str
    drop_uncertain: str
    rejected: str
    look: str
    change: str
    change_line: str
    change_step: str
    change_band: str
    change_none: str
    correct: str
    correct_how: str
    correct_contact: str
    corrected: str
    corrected_struck: str
    corrected_added: str
    corrected_line: str
    corrected_same: str
    made: str
    comma: str
    """Between the members of a list."""
    semicolon: str
    """Between two bands."""
    tracks: dict[str, str]
    axes: dict[Axis, str]
    bands: tuple[str, str, str, str, str]
    levels: tuple[str, str, str, str, str]
    dimensions: dict[Dimension, str]
    flags: dict[FlagKind, str]
    """What the candidate should know and do, by what was flagged."""


class Passage(Value):
    """A quote and what is said of it. Texts are raw: the sink escapes them."""

    quote: str
    notes: tuple[str, ...]


class Part(Value):
    """A heading with sentences and quotes."""

    heading: str
    lines: tuple[str, ...] = ()
    passages: tuple[Passage, ...] = ()


class Notice(Value):
    """The page before it is drawn."""

    language: str
    title: str
    lead: tuple[str, ...]
    parts: tuple[Part, ...]
    made: str


@cache
def words_of(language: str) -> Words:
    """The texts of a language; one that there is not is English."""
    name = language if language in LANGUAGES else _DEFAULT
    text = _TEXTS.joinpath(f"{name}.toml").read_text(encoding="utf-8")
    return Words.model_validate(tomllib.loads(text))


def notice_of(
    report: CandidateReport,
    rubric: Rubric,
    *,
    language: str | None = None,
    contact: str | None = None,
    corrected: Corrected | None = None,
) -> Notice:
    """The notice of one report.

    Args:
        report: of the candidate.
        rubric: that judged it, for what would have changed it.
        language: of the fixed texts; None is the resume's own where it is one of the nine, else English.
        contact: where corrections are sent to.
        corrected: what a correction makes of the reading; it stands before the rest.
    """
    chosen = language or report.document.language or _DEFAULT
    chosen = chosen if chosen in LANGUAGES else _DEFAULT
    words = words_of(chosen)
    counted = [item for item in report.evidence if not _reasons(item, report, words)]
    lower = [item for item in report.evidence if _reasons(item, report, words)]
    missing = [words.dimensions[d] for d, found in report.dimensions.items() if not found.level]
    parts = [
        Part(heading=words.corrected, lines=_corrected(corrected, words) if corrected else ()),
        Part(heading=words.sources, lines=_sources(report, words)),
        Part(heading=words.result, lines=_result(report, words)),
        Part(
            heading=words.counted,
            lines=() if counted else (words.counted_none,),
            passages=_passages(counted, report, words),
        ),
        Part(heading=words.lower, passages=_passages(lower, report, words)),
        _uncounted(report, words),
        Part(
            heading=words.missing,
            lines=(words.missing_line.format(dimensions=words.comma.join(missing)),)
            if missing
            else (),
        ),
        Part(
            heading=words.look,
            lines=tuple(_looks(report, words)),
        ),
        Part(heading=words.change, lines=_changes(changes(report, rubric), words)),
        Part(
            heading=words.correct,
            lines=(
                words.correct_how,
                *([words.correct_contact.format(contact=contact)] if contact else ()),
            ),
        ),
    ]
    p = report.provenance
    return Notice(
        language=chosen,
        title=words.title,
        lead=(words.intro, words.human),
        parts=tuple(part for part in parts if part.lines or part.passages),
        made=words.made.format(
            id=report.id, rubric=p.rubric, version=p.evaluator, present=p.present
        ),
    )


def _sources(report: CandidateReport, words: Words) -> tuple[str, ...]:
    model = report.provenance.model
    return (
        words.resume.format(name=report.document.name),
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
    return words.code.format(login=account.login)


def _looks(report: CandidateReport, words: Words) -> Iterator[str]:
    """What a candidate should know of each kind that was flagged, with the words it is about."""
    quotes: dict[FlagKind, dict[str, None]] = {}
    for flag in report.flags:
        if flag.severity is not Severity.INFO and flag.kind not in _NOT_TOLD:
            kind = _ALIKE.get(flag.kind, flag.kind)
            quotes.setdefault(kind, {}).update(dict.fromkeys(_QUOTED.findall(flag.message)))
    for kind, found in quotes.items():
        yield words.flags[kind]
        yield from found


def _result(report: CandidateReport, words: Words) -> tuple[str, ...]:
    lines = [words.tracks[report.track.value]]
    for axis in Axis:
        found = axis_of(report, axis)
        lines.append(
            words.band_line.format(
                axis=words.axes[axis], band=words.bands[found.band], score=f"{found.score:.0f}"
            )
        )
    return (*lines, words.scale.format(bands=words.comma.join(words.bands)))


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


def _reasons(item: Evidence, report: CandidateReport, words: Words) -> tuple[str, ...]:
    """Why an item counts less than it could."""
    found = [getattr(words, _WHY[reason]) for reason in item.lower_reasons]
    if item.context in _BARE and not found:
        found.append(words.why_little if _is_told(item, report) else words.why_list)
    if item.agency is Agency.EXPOSED and item.context not in _BARE:
        found.append(words.why_exposed)
    return tuple(dict.fromkeys(found))


def _is_told(item: Evidence, report: CandidateReport) -> bool:
    """Whether the passage stands where work is told."""
    start = item.location.start
    if start is None:
        return False
    return any(s.kind in _WORK and s.start <= start < s.end for s in report.sections)


def _passages(
    items: Sequence[Evidence], report: CandidateReport, words: Words
) -> tuple[Passage, ...]:
    """Each quote once, with every dimension it counts for."""
    notes: dict[str, dict[str, None]] = {}
    for item in items:
        told = notes.setdefault(item.quote, {})
        dimension = words.dimensions[item.dimension]
        if item.source == RESUME:
            told[words.counts_for.format(line=item.location.line, dimension=dimension)] = None
        else:
            told[words.counts_code.format(source=item.source, dimension=dimension)] = None
        if item.result_quote and item.outcome is not Outcome.NONE:
            told[f"“{item.result_quote}”"] = None
        told.update(dict.fromkeys(_reasons(item, report, words)))
    return _quoted(notes)


def _quoted(notes: dict[str, dict[str, None]]) -> tuple[Passage, ...]:
    return tuple(Passage(quote=quote, notes=tuple(told)) for quote, told in notes.items())


def _uncounted(report: CandidateReport, words: Words) -> Part:
    """What the reader cited and does not count; words that stand nowhere are nobody's, so they are only counted."""
    rejected = report.provenance.rejected_evidence
    notes: dict[str, dict[str, None]] = {}
    for one in report.dropped.items:
        if one.location is None or one.dimension is None or one.words is None:
            continue
        told = notes.setdefault(one.words, {})
        form = words.uncounted_for if one.source == RESUME else words.uncounted_code
        dimension = words.dimensions[one.dimension]
        told[form.format(line=one.location.line, source=one.source, dimension=dimension)] = None
        told[getattr(words, _WHY_NOT[one.reason])] = None
    return Part(
        heading=words.uncounted,
        lines=(words.rejected.format(count=rejected),) if rejected else (),
        passages=_quoted(notes),
    )


def _changes(found: Sequence[Change], words: Words) -> tuple[str, ...]:
    if not found:
        return (words.change_none,)
    lines = []
    for change in found:
        steps = [
            words.change_step.format(dimension=words.dimensions[a.dimension], level=words.levels[a.level])
            for a in change.achievements
        ]  # fmt: skip
        bands = words.semicolon.join(
            words.change_band.format(axis=words.axes[x], band=words.bands[b])
            for x, b in change.bands.items()
        )
        lines.append(
            words.change_line.format(
                what=" + ".join(steps), track=words.tracks[change.track.value], bands=bands
            )
        )
    return tuple(lines)


def notice_html(notice: Notice) -> str:
    """The page: self-contained, no script."""
    return environment().get_template("notice.html.j2").render(notice=notice, lang=notice.language)


def notice_text(notice: Notice) -> str:
    """The same as plain text."""
    lines = [notice.title, "", *notice.lead]
    for part in notice.parts:
        lines += ["", part.heading, ""]
        lines += [for_terminal(line) for line in part.lines]
        for passage in part.passages:
            lines.append(f"“{for_terminal(passage.quote)}”")
            lines += [f"    {for_terminal(note)}" for note in passage.notes]
    return "\n".join([*lines, "", for_terminal(notice.made), ""])
