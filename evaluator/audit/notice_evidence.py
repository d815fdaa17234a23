"""The parts of a notice that quote: what counted, what counted less, and what did not, with the reason of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ..models.document import RESUME, Location
from ..models.dropped import MOST_QUOTE_CHARACTERS, DropReason
from ..models.evidence import Evidence, LowerReason
from ..models.vocabulary import AXIS_OF, Axis, Dimension
from ..report import CandidateReport
from .notice_lines import at_lines, passed_over, unquoted_lines
from .notice_page import Group, Kind, Part, Passage
from .notice_reasons import because, because_less, is_list
from .notice_said import Said
from .notice_split import Beside, split_of
from .notice_words import Words

_WHY_NOT = {
    DropReason.NOT_NAMED: "drop_not_named",
    DropReason.REPOSITORY: "drop_repository",
    DropReason.UNSUPPORTED: "drop_unsupported",
    DropReason.FEW_READINGS: "drop_few_readings",
    DropReason.DATES: "drop_dates",
    DropReason.DIMENSIONS: "drop_dimensions",
    DropReason.REPEATED: "drop_repeated",
}
_MOST_PASSED_OVER = 5
"""Lines of work that are shown of those in which nothing was found."""


def counted_part(report: CandidateReport, words: Words, text: str | None) -> Part:
    """Each passage that counts in full under the kind of work it counts for, with the tasks and why."""
    said = Said(report, text)
    split = split_of(report, said)
    kinds = []
    for axis in Axis:
        of_axis = [item for item in split.full if AXIS_OF[item.dimension] is axis]
        if of_axis:
            beside = [one for one in split.beside if AXIS_OF[one.within.dimension] is axis]
            told = tuple(_counted(of_axis, beside, words, said))
            kinds.append(Kind(heading=words.axes[axis], passages=told))
    passages = [passage for kind in kinds for passage in kind.passages]
    lines = [words.assumed] if any(_is_assumed(p, words) for p in passages) else []
    if not split.full:
        lines.append(words.counted_little if report.evidence else words.counted_none)
    return Part(heading=words.counted, lines=tuple(lines), kinds=tuple(kinds))


def _is_assumed(passage: Passage, words: Words) -> bool:
    """Whether something is told of a passage that its own words do not say."""
    said = (words.because_taken, words.because_owned_taken, words.result_taken)
    starts = tuple(form.partition("{")[0] for form in (words.result_at, words.result_here))
    why = passage.notes[-1]
    return any(form in why for form in (*said, *starts))


def lower_part(report: CandidateReport, words: Words) -> Part:
    """The passages that count less than they could, by the reason, each reason with a sentence that would count."""
    split = split_of(report, Said(report))
    alike: dict[str, list[Evidence]] = {}
    for one in split.less:
        alike.setdefault(one.why(words), []).append(one.item)
    shown: set[Dimension] = set()
    groups = []
    for why, same in alike.items():
        placed = _placed(((i.quote, i.source, i.location, i.dimension) for i in same), words)
        fitting = [i.dimension for i in same if _takes_example(i) and i.dimension not in shown]
        shown |= set(fitting[:1])
        after = [words.example.format(example=words.examples[d]) for d in fitting[:1]]
        groups.append(Group(text=why, passages=placed, after=tuple(after)))
    count = split.shown_less(words)
    is_both = sum(split.shown_less(words, axis) for axis in Axis) > count
    lines = (words.lower_both.format(shown=count),) if is_both else ()
    return Part(heading=words.lower, lines=lines, groups=tuple(groups))


def _takes_example(item: Evidence) -> bool:
    """Whether other words would make it count; what was done and lacks a number, or stands in code, needs none."""
    return item.source == RESUME and LowerReason.FIGURE not in item.lower_reasons


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
            quoted = (one.words + cut, one.source, one.location, one.dimension)
            alike.setdefault(why, []).append(quoted)
            listed += 1
    after = []
    more = sum(count for reason, count in report.dropped.reasons.items() if reason in _WHY_NOT)
    if more > listed:
        after.append(words.more.format(shown=listed, count=more))
    if report.provenance.rejected_evidence:
        after.append(words.rejected.format(count=report.provenance.rejected_evidence))
    denied = [
        (item.quote, item.source, item.location, item.dimension)
        for item in split_of(report, Said(report)).denied
    ]
    if denied:
        alike[words.denied] = denied
    groups = [Group(text=why, passages=_placed(same, words)) for why, same in alike.items()]
    if text is not None:
        said = Said(report)
        told = [
            one
            for one in passed_over(report, text)
            if not is_list(one.words) and not said.is_denied(one.words)
        ]
        passed = told[:_MOST_PASSED_OVER]
        if passed:
            lines = tuple(
                Passage(quote=one.words, notes=(words.at_line.format(line=one.place),))
                for one in passed
            )
            groups.append(Group(text=words.passed, passages=lines))
        shown = {number for one in passed for number in range(one.first, one.last + 1)}
        rest = unquoted_lines(report, text, shown)
        if rest:
            after.append(words.rest.format(lines=words.comma.join(rest)))
    return Part(heading=words.uncounted, groups=tuple(groups), after=tuple(after))


def _counted(
    items: Sequence[Evidence], beside: Sequence[Beside], words: Words, said: Said
) -> Iterator[Passage]:
    """Each quote once, with every dimension it counts for, and those for which words of it count less."""
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
        told = [*because(same, words, said), *_less_here(quote, same, beside, words)]
        yield Passage(quote=quote, notes=(*notes, words.gap.join(told)))


def _less_here(
    quote: str, same: Sequence[Evidence], beside: Sequence[Beside], words: Words
) -> Iterator[str]:
    """For which other tasks words of a quote count less, and why."""
    full = {item.dimension for item in same}
    less: dict[str, dict[str, None]] = {}
    for one in beside:
        dimension = one.less.item.dimension
        if one.within.quote == quote and dimension not in full:
            why = because_less(one.less.names, words)
            less.setdefault(why, {})[words.dimensions[dimension]] = None
    for why, dimensions in less.items():
        yield words.less_here.format(dimensions=words.semicolon.join(dimensions), why=why)


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
