"""The candidate's page: what was read, what counted and what did not, what would have changed it, how to correct it.

The fixed texts are in nine languages; quotes stay in the language of the resume.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from ..models.base import Value
from ..models.document import RESUME
from ..models.evidence import Evidence
from ..models.portfolio import PortfolioStatus
from ..models.vocabulary import Agency, Axis, Context, Dimension, Outcome
from ..render.checks import checks
from ..render.escaping import for_terminal
from ..render.html import environment
from ..report import CandidateReport, axis_of
from ..rubric import Rubric
from .changing import Change, changes
from .correcting import Corrected

LANGUAGES = ("en", "de", "es", "fr", "pt", "pl", "hi", "ja", "zh")
_DEFAULT = "en"
_WHY = {
    "stands in a list": "why_list",
    "no figure": "why_figure",
    "neither its passage": "why_axis",
}
_BARE = frozenset({Context.LISTED, Context.COURSEWORK, Context.CREDENTIAL})
_WITHOUT_CODE = frozenset({PortfolioStatus.NONE, PortfolioStatus.CONFLICT})


class Words(Value):
    """The fixed texts of one language."""

    title: str
    intro: str
    human: str
    sources: str
    resume: str
    code: str
    code_unknown: str
    code_none: str
    rules: str
    model: str
    unused: str
    result: str
    band_line: str
    counted: str
    counted_none: str
    counts_for: str
    counts_code: str
    lower: str
    why_list: str
    why_exposed: str
    why_figure: str
    why_axis: str
    missing: str
    missing_line: str
    rejected: str
    look: str
    change: str
    change_line: str
    change_step: str
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
    tracks: dict[str, str]
    axes: dict[Axis, str]
    bands: tuple[str, str, str, str, str]
    levels: tuple[str, str, str, str, str]
    dimensions: dict[Dimension, str]


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
    text = files(__package__).joinpath("notices", f"{name}.toml").read_text(encoding="utf-8")
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
    counted = [item for item in report.evidence if not _reasons(item, words)]
    lower = [item for item in report.evidence if _reasons(item, words)]
    missing = [words.dimensions[d] for d, found in report.dimensions.items() if not found.level]
    rejected = report.provenance.rejected_evidence
    parts = [
        Part(heading=words.corrected, lines=_corrected(corrected, words) if corrected else ()),
        Part(heading=words.sources, lines=_sources(report, words)),
        Part(heading=words.result, lines=_result(report, words)),
        Part(
            heading=words.counted,
            lines=() if counted else (words.counted_none,),
            passages=_passages(counted, words),
        ),
        Part(heading=words.lower, passages=_passages(lower, words)),
        Part(
            heading=words.missing,
            lines=(
                *([words.missing_line.format(dimensions=", ".join(missing))] if missing else ()),
                *([words.rejected.format(count=rejected)] if rejected else ()),
            ),
        ),
        Part(
            heading=words.look,
            lines=checks(report, for_candidate=True),
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
    account, portfolio = report.candidate.github, report.portfolio
    if portfolio.status in _WITHOUT_CODE or (account is None and portfolio.status is not PortfolioStatus.UNKNOWN):  # fmt: skip
        code = words.code_none
    elif portfolio.status is PortfolioStatus.UNKNOWN:
        code = words.code_unknown.format(reason=portfolio.reason)
    else:
        code = words.code.format(login=account.login if account else "")
    model = report.provenance.model
    return (
        words.resume.format(name=report.document.name),
        code,
        words.model.format(model=model) if model else words.rules,
        words.unused,
    )


def _result(report: CandidateReport, words: Words) -> tuple[str, ...]:
    lines = [words.tracks[report.track.value]]
    for axis in Axis:
        found = axis_of(report, axis)
        lines.append(
            words.band_line.format(
                axis=words.axes[axis], band=words.bands[found.band], score=f"{found.score:.0f}"
            )
        )
    return tuple(lines)


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


def _reasons(item: Evidence, words: Words) -> tuple[str, ...]:
    """Why an item counts less than it could."""
    found = [getattr(words, name) for sign, name in _WHY.items() if sign in (item.why or "")]
    if item.context in _BARE and not found:
        found.append(words.why_list)
    if item.agency is Agency.EXPOSED and item.context not in _BARE:
        found.append(words.why_exposed)
    return tuple(dict.fromkeys(found))


def _passages(items: Sequence[Evidence], words: Words) -> tuple[Passage, ...]:
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
        told.update(dict.fromkeys(_reasons(item, words)))
    return tuple(Passage(quote=quote, notes=tuple(told)) for quote, told in notes.items())


def _changes(found: Sequence[Change], words: Words) -> tuple[str, ...]:
    if not found:
        return (words.change_none,)
    lines = []
    for change in found:
        steps = [
            words.change_step.format(dimension=words.dimensions[a.dimension], level=words.levels[a.level])
            for a in change.achievements
        ]  # fmt: skip
        bands = "; ".join(f"{words.axes[x]}: {words.bands[b]}" for x, b in change.bands.items())
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
