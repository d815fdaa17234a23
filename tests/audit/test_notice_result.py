"""The result of a notice says what the page shows: how much of each kind, what the next step asks, and how firm it is."""

from __future__ import annotations

import re

import pytest

from evaluator import CandidateReport
from evaluator.audit.notice import (
    notice_of,
    notice_text,
    words_of,
)
from evaluator.audit.notice_close import with_one_told
from evaluator.audit.notice_result import short_result
from evaluator.audit.recomputing import verdict_of
from evaluator.models.document import Location
from evaluator.models.vocabulary import (
    AXIS_OF,
    DIMENSIONS,
    Agency,
    Axis,
    Context,
    Dimension,
    Outcome,
    Track,
)
from evaluator.report import axis_of
from evaluator.report.model import (
    ReportBorderline,
)
from evaluator.rubric import load_rubric
from evaluator.scoring.bands import End

from .test_notice import MANY, part_of, passages_of, told_of_axis
from .test_verifying import made


@pytest.mark.parametrize(
    ("name", "axis", "told"),
    [
        ("daniel-okoro.json", Axis.ML, "The program found nothing of this kind. Keeping models"),
        (
            "noah-feldman.pdf",
            Axis.ML,
            "Quotes that count in full: 1. They are about 1 of 6 tasks: ",
        ),
        (
            "noah-feldman.pdf",
            Axis.ML,
            "That is too little for step 1. Mentions (names of tools or courses, for example) that the program counted here: 2. Step 1 needs 3",
        ),
        ("noah-feldman.pdf", Axis.OPS, "Step 2 asks for work on two different tasks"),
        ("stefan-ilic.pdf", Axis.OPS, "No quote counts in full."),
    ],
)
def test_each_step_says_what_was_found_and_what_the_next_asks(
    name: str, axis: Axis, told: str
) -> None:
    report, _ = made(name)
    notice = notice_of(report, load_rubric(), language="en")
    line = told_of_axis(notice, axis)
    assert told in line
    nothing = not any(AXIS_OF[item.dimension] is axis for item in report.evidence)
    assert (notice.words.band_nothing in line) == nothing


@pytest.mark.parametrize("name", MANY)
def test_the_numbers_of_the_result_are_those_of_the_quotes_on_the_page(name: str) -> None:
    report, _ = made(name)
    notice = notice_of(report, load_rubric(), language="en")
    words = notice.words
    kinds = {kind.heading: kind.passages for kind in part_of(notice, words.counted).kinds}
    lower = [p for part in notice.parts if part.heading == words.lower for p in passages_of(part)]
    told_less = 0
    for axis in Axis:
        line = told_of_axis(notice, axis)
        full = {passage.quote: passage.notes[0] for passage in kinds.get(words.axes[axis], ())}
        found = re.search(r"in full: (\d+)\. They are about (\d+) of 6 tasks: ([^.]+)\.", line)
        assert (int(found[1]) if found else 0) == len(full)
        if found:
            named = {
                one for note in full.values() for one in note.split(": ")[1].rstrip(".").split("; ")
            }
            assert len(found[3].split("; ")) == int(found[2])
            assert set(found[3].split("; ")) == named
        of_axis = [words.dimensions[d] for d in DIMENSIONS[axis]]
        less = re.search(r"that count less: (\d+)", line)
        shown = [p for p in lower if any(name in note for note in p.notes for name in of_axis)]
        assert (int(less[1]) if less else 0) == len(shown)
        told_less += len(shown)
    both = words.lower_both.format(shown=len(lower))
    assert (both in notice_text(notice)) == (told_less > len(lower))


def test_the_same_words_are_shown_once_and_in_full_where_they_count_so_for_any_task() -> None:
    report, _ = made("wei-zhang.md")
    words = words_of("en")
    item = next(i for i in report.evidence if i.context is Context.WORK and not i.lower_reasons)
    other = next(d for d in DIMENSIONS[AXIS_OF[item.dimension]] if d is not item.dimension)
    end = item.location.start + 12 if item.location.start is not None else 12
    bare = {"dimension": other, "context": Context.LISTED, "agency": Agency.EXPOSED, "lowered": ()}
    part = {"quote": item.quote[:12], "location": item.location.model_copy(update={"end": end})}
    for less in (item.model_copy(update=bare), item.model_copy(update=bare | part)):
        changed = report.model_copy(update={"evidence": (item, less)})
        notice = notice_of(changed, load_rubric(), language="en")
        (passage,) = [p for one in notice.parts[2:4] for p in passages_of(one)]
        told = f"For “{words.dimensions[other]}” it counts less, because "
        assert told in passage.notes[-1]
        assert "that count less: 0" in told_of_axis(notice, AXIS_OF[item.dimension])


@pytest.mark.parametrize(
    ("name", "told"),
    [
        (
            "daniel-okoro.json",
            "no work in machine learning, very much work in software operations.",
        ),
        (
            "greta-lindholm.docx",
            "much work in machine learning, almost no work in software operations.",
        ),
        (
            "noah-feldman.pdf",
            "almost no work in machine learning, a little work in software operations.",
        ),
        (
            "theo-marchetti.docx",
            "no work in machine learning, some work in software operations.",
        ),
        (
            "lucia-ferrer.txt",
            "a little work (none of it counts in full) in machine learning, no work in software operations.",
        ),
    ],
)
def test_the_short_result_says_how_much_was_found_of_each_kind(name: str, told: str) -> None:
    report, _ = made(name)
    notice = notice_of(report, load_rubric(), language="en")
    assert part_of(notice, notice.words.result).lead == f"In short, the program found: {told}"


def test_a_first_step_by_names_alone_is_called_names() -> None:
    report, _ = made("wei-zhang.md")
    listed = [item for item in report.evidence if item.context is Context.LISTED]
    axes = report.axes.model_copy(update={"ops": report.axes.ops.model_copy(update={"band": 1})})
    changed = report.model_copy(update={"evidence": tuple(listed), "axes": axes})
    told = short_result(changed, words_of("en"))
    assert "a little work (only names of tools or courses) in software operations" in told


@pytest.mark.parametrize("name", MANY)
def test_the_short_result_and_the_steps_use_the_same_words(name: str) -> None:
    report, _ = made(name)
    words = words_of("en")
    ml, _, ops = short_result(report, words).partition(" in machine learning, ")
    for axis, told in ((Axis.ML, ml), (Axis.OPS, ops)):
        band = axis_of(report, axis).band
        assert told.startswith(f"{words.bands[band]} work" if band else ("no work", "almost no work"))  # fmt: skip


@pytest.mark.parametrize("name", ["greta-lindholm.docx", "farah-haddad.docx", "wei-zhang.md"])
def test_a_close_call_names_the_places_it_rests_on_and_the_result_without_them(name: str) -> None:
    report, _ = made(name)
    words, rubric = words_of("en"), load_rubric()
    line = _close_call_of(report)
    named = set(re.findall(r"line (\d+)", line))
    assert named
    for item in report.evidence:
        if str(item.location.line) in named:
            place = item.location.start
            rest = tuple(i for i in report.evidence if i.location.start != place)
            without = verdict_of(report, rest, rubric)
            told = short_result(report, words, without.bands)
            if without.track is not report.track:
                break
    else:
        pytest.fail("no named line changes the result")
    assert f"“{told}”" in line
    assert line.endswith(words.borderline_who)
    firm = notice_of(report.model_copy(update={"borderline": None}), rubric, language="en")
    assert words.borderline not in notice_text(firm)


def test_a_close_call_of_a_result_not_told_names_where_it_was_not_told() -> None:
    rubric, found = load_rubric(), 0
    for name in MANY:
        report, _ = made(name)
        for number, item in enumerate(report.evidence):
            near = _less_told(report, number)
            if item.context is Context.WORK and item.agency is Agency.OWNED and near:
                one = with_one_told(near, rubric)
                assert one
                assert item.location in [told.location for told in one[1]]
                found += 1
    assert found


def _less_told(report: CandidateReport, number: int) -> CandidateReport | None:
    """The report without a result of one item, where that changes its track."""
    less = [*report.evidence]
    less[number] = less[number].model_copy(update={"outcome": Outcome.NONE})
    verdict = verdict_of(report, tuple(less), load_rubric())
    near = ReportBorderline(neighbour=report.track, reason="With one result stated")
    if verdict.track is report.track:
        return None
    update = {"evidence": tuple(less), "track": verdict.track, "borderline": near}
    return report.model_copy(update=update)


def test_a_close_call_of_readings_tells_the_other_result() -> None:
    report, _ = made("wei-zhang.md")
    near = ReportBorderline(neighbour=Track.ML, reason="2 of 5 readings give ml.")
    line = _close_call_of(report.model_copy(update={"borderline": near}))
    assert "read your resume several times" in line
    assert words_of("en").tracks["ml"] in line


def _close_call_of(report: CandidateReport) -> str:
    words = words_of("en")
    notice = notice_of(report, load_rubric(), language="en")
    (line,) = [line for line in part_of(notice, words.result).after if words.borderline in line]
    return line


def test_an_axis_that_goes_no_higher_says_what_it_lacks() -> None:
    ends = words_of("en").ends
    for name, told in (("mathieu-roussel.pdf", True), ("wei-zhang.md", False)):
        report, _ = made(name)
        assert (report.axes.ops.next_band == End.WITHOUT_ML) == told
        text = notice_text(notice_of(report, load_rubric(), language="en"))
        assert (ends["without_ml"] in text) == told
        assert ("Perhaps it is told here: line 6–7, line 11." in text) == told


def test_at_the_highest_step_of_a_kind_the_first_step_asks_for_lines_of_the_other_only() -> None:
    report, _ = made("wei-zhang.md")
    words = words_of("en")
    top = report.axes.ops.model_copy(update={"band": 4, "next_band": None})
    changed = report.model_copy(
        update={"axes": report.axes.model_copy(update={"ops": top}), "borderline": None}
    )
    bare = {"context": Context.LISTED, "agency": Agency.CONTRIBUTED, "lowered": ()}
    quote = "Built the alerts of the whole shop"
    at = {axis: Location(line=700 + n, start=700 + n, end=800) for n, axis in enumerate(Axis)}
    section = report.sections[0].model_copy(update={"kind": "employment", "start": 0, "end": 9999})
    item = report.evidence[0].model_copy(update=bare | {"quote": quote, "source": "resume"})
    items = tuple(
        item.model_copy(update={"dimension": DIMENSIONS[axis][0], "location": at[axis]})
        for axis in Axis
    )
    changed = changed.model_copy(update={"evidence": items, "sections": (section,)})
    first, *_ = part_of(notice_of(changed, load_rubric(), language="en"), words.correct).steps
    assert first.startswith(words.step_top.format(axis=words.axes[Axis.OPS]))
    named = {axis for axis in Axis if f"line {at[axis].line}" in first}
    assert named == {Axis.ML}


@pytest.mark.parametrize("name", ["greta-lindholm.docx", "farah-haddad.docx", "wei-zhang.md"])
def test_what_a_close_call_rests_on_is_named_first_among_what_is_to_be_done(name: str) -> None:
    report, _ = made(name)
    words = words_of("en")
    first, *_ = part_of(notice_of(report, load_rubric(), language="en"), words.correct).steps
    named = re.findall(r"line (\d+)", _close_call_of(report))
    told = re.findall(r"line (\d+)", first)
    assert told[: len(named)] == named[: len(told)]


def test_a_mention_of_the_hardware_of_models_is_named_where_a_step_asks_for_models() -> None:
    report, document = made("mathieu-roussel.pdf")
    words = words_of("en")
    item = next(i for i in report.evidence if AXIS_OF[i.dimension] is Axis.OPS)
    place = item.location.model_copy(update={"line": 900})
    update = {
        "quote": "Kubernetes with a few GPU nodes for a team",
        "dimension": Dimension.INFRASTRUCTURE,
        "context": Context.LISTED,
        "agency": Agency.EXPOSED,
    }
    one = item.model_copy(update=update | {"location": place, "ml_specific": False})
    changed = report.model_copy(update={"evidence": (*report.evidence, one)})
    first, *_ = part_of(notice_of(changed, load_rubric(), language="en"), words.correct).steps
    assert "line 900" in first
    assert document.text
