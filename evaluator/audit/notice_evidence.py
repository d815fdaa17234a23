"""The parts of a notice that quote: what counted, what counted less, and what did not, with the reason of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ..models.document import RESUME, Location
from ..models.dropped import MOST_QUOTE_CHARACTERS, DropReason
from ..models.evidence import Evidence, LowerReason
from ..models.vocabulary import Agency, Context, Dimension, Outcome
from ..report import CandidateReport
from ..structure.sections import Section
from .notice_lines import at_lines, unquoted_lines
from .notice_page import Group, Part, Passage
from .notice_said import Said
from .notice_words import Words

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
_WORK = frozenset(
    {Section.EMPLOYMENT, Section.PROJECTS, Section.ACHIEVEMENTS, Section.VOLUNTEERING}
)
"""Sections that tell of work, of which no passage is said to be a mere list."""
_OUTCOMES = tuple(Outcome)


def counted_part(report: CandidateReport, words: Words) -> Part:
    """Each passage that counts in full, with what it counts for and why."""
    said = Said(report)
    counted = [item for item in report.evidence if not _reasons(item, report, words, said)]
    nothing = words.counted_little if report.evidence else words.counted_none
    return Part(
        heading=words.counted,
        lines=() if counted else (nothing,),
        passages=tuple(_counted(counted, words, said)),
    )


def lower_part(report: CandidateReport, words: Words) -> Part:
    """The passages that count less than they could, by the reason."""
    said = Said(report)
    alike: dict[str, list[Evidence]] = {}
    for item in report.evidence:
        reasons = _reasons(item, report, words, said)
        if reasons:
            alike.setdefault(words.gap.join(reasons), []).append(item)
    return Part(
        heading=words.lower,
        groups=tuple(
            Group(
                text=why,
                passages=_placed(
                    ((i.quote, i.source, i.location, i.dimension) for i in same), words
                ),
            )
            for why, same in alike.items()
        ),
    )


def uncounted_part(report: CandidateReport, words: Words, text: str | None) -> Part:
    """What the reader cited and does not count, and what it cited nothing of.

    Words that stand nowhere are nobody's, so they are only counted.
    """
    alike: dict[str, list[tuple[str, str, Location, Dimension]]] = {}
    listed = 0
    for one in report.dropped.items:
        if one.location and one.dimension and one.words and one.source:
            cut = "…" if len(one.words) == MOST_QUOTE_CHARACTERS else ""
            why = getattr(words, _WHY_NOT[one.reason])
            told = (one.words + cut, one.source, one.location, one.dimension)
            alike.setdefault(why, []).append(told)
            listed += 1
    after = []
    more = sum(count for reason, count in report.dropped.reasons.items() if reason in _WHY_NOT)
    if more > listed:
        after.append(words.more.format(shown=listed, count=more))
    if report.provenance.rejected_evidence:
        after.append(words.rejected.format(count=report.provenance.rejected_evidence))
    rest = unquoted_lines(report, text) if text is not None else []
    if rest:
        after.append(words.rest.format(lines=words.comma.join(rest)))
    groups = tuple(Group(text=why, passages=_placed(told, words)) for why, told in alike.items())
    return Part(heading=words.uncounted, groups=groups, after=tuple(after))


def is_clear(item: Evidence) -> bool:
    """Whether an item tells what was done and what came of it, or is none of the resume's."""
    is_told = item.context not in _BARE and item.agency is not Agency.EXPOSED
    is_full = is_told and not item.lower_reasons and item.outcome is not Outcome.NONE
    return is_full or item.source != RESUME


def _reasons(item: Evidence, report: CandidateReport, words: Words, said: Said) -> tuple[str, ...]:
    """Why an item counts less than it could."""
    is_bare = item.context in _BARE or item.agency is Agency.EXPOSED
    if item.source != RESUME and is_bare:
        return (words.why_code,)
    found = [getattr(words, _WHY[reason]) for reason in item.lower_reasons]
    if item.context in _BARE and not found:
        found += _why_bare(item, report, words, said)
    if item.agency is Agency.EXPOSED and item.context not in _BARE:
        found.append(words.why_exposed)
    return tuple(dict.fromkeys(found))


def _why_bare(item: Evidence, report: CandidateReport, words: Words, said: Said) -> Iterator[str]:
    """Why an item counts no more than a mention: where it stands, else what its words lack."""
    if not _is_told(item, report):
        yield words.why_list
    elif item.context is Context.COURSEWORK:
        yield words.why_course
    elif said.is_help(item):
        yield words.why_exposed
    else:
        yield words.why_little if said.has_outcome(item) else words.why_no_outcome


def _is_told(item: Evidence, report: CandidateReport) -> bool:
    """Whether the passage stands where work is told."""
    start = item.location.start
    if start is None:
        return False
    return any(s.kind in _WORK and s.start <= start < s.end for s in report.sections)


def _counted(items: Sequence[Evidence], words: Words, said: Said) -> Iterator[Passage]:
    """Each quote once, with every dimension it counts for."""
    alike: dict[str, list[Evidence]] = {}
    for item in items:
        alike.setdefault(item.quote, []).append(item)
    for quote, same in alike.items():
        places: dict[str, dict[str, None]] = {}
        for item in same:
            form = words.counts_for if item.source == RESUME else words.counts_code
            # The place is filled in now, the dimensions once all of them are known.
            place = form.replace("{line}", at_lines(item.location, quote))
            place = place.replace("{source}", item.source)
            places.setdefault(place, {})[words.dimensions[item.dimension]] = None
        notes = [p.replace("{dimensions}", words.semicolon.join(d)) for p, d in places.items()]
        yield Passage(quote=quote, notes=(*notes, words.gap.join(_because(same, words, said))))


def _because(same: Sequence[Evidence], words: Words, said: Said) -> Iterator[str]:
    """Why a passage counts as it does, by the strongest that it shows."""
    own = [item for item in same if item.source == RESUME]
    if len(own) < len(same):
        yield words.because_code
    if own:
        is_owned = any(item.agency is Agency.OWNED for item in own)
        yield words.because_owned if is_owned else words.because_done
        best = max(own, key=lambda item: _OUTCOMES.index(item.outcome))
        # A level that takes no figure into account must not make the page deny one that is there.
        is_figure = best.outcome is Outcome.STATED and any(map(said.has_figure, own))
        yield words.outcomes[_OUTCOMES.index(Outcome.QUANTIFIED if is_figure else best.outcome)]
    told = [i for i in same if i.outcome is not Outcome.NONE and i.result_quote]
    for quote, item in {i.result_quote: i for i in told}.items():
        if quote and quote != item.quote:
            yield words.result_at.format(quote=words.quote.format(quote=quote))


def _placed(
    told: Iterable[tuple[str, str, Location, Dimension]], words: Words
) -> tuple[Passage, ...]:
    """Each quote once, with its places and what it is about there."""
    quotes: dict[str, dict[tuple[str, str], dict[str, None]]] = {}
    for quote, source, location, dimension in told:
        place = quotes.setdefault(quote, {}).setdefault((source, at_lines(location, quote)), {})
        place[words.dimensions[dimension]] = None
    return tuple(
        Passage(
            quote=quote,
            notes=tuple(
                (words.place if source == RESUME else words.place_code).format(
                    line=line, source=source, dimensions=words.semicolon.join(found)
                )
                for (source, line), found in places.items()
            ),
        )
        for quote, places in quotes.items()
    )
