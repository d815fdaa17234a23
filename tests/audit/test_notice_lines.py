"""Every line of a resume is accounted for: quoted, shown as other work, or named by its number."""

from __future__ import annotations

import re

from evaluator.audit.notice import (
    notice_of,
    notice_text,
    words_of,
)
from evaluator.audit.notice_lines import at_lines, passed_over, unquoted_lines
from evaluator.models.document import Location
from evaluator.models.dropped import Dropped, DropReason
from evaluator.report.model import (
    ReportDropped,
    ReportSection,
)
from evaluator.rubric import load_rubric

from .test_notice import part_of
from .test_verifying import made


def test_lines_that_are_quoted_nowhere_are_named_and_no_list_ends_in_silence() -> None:
    report, document = made("noah-feldman.pdf")
    words = words_of("en")
    notice = notice_of(report, load_rubric(), language="en", text=document.text)
    (line,) = part_of(notice, words.uncounted).after
    (told,) = re.findall(r"on this page: ([\d–, ]+)\.", line)
    named: set[int] = set()
    for piece in told.split(", "):
        first, _, last = piece.partition("–")
        named |= set(range(int(first), int(last or first) + 1))
    quoted = {item.location.line for item in report.evidence if item.source == "resume"}
    assert not named & quoted
    assert named | quoted >= {number.number for number in document.lines}
    one = Dropped.of(report.evidence[0], DropReason.REPEATED)
    cut = ReportDropped(reasons={DropReason.REPEATED: 7}, items=(one,))
    changed = report.model_copy(update={"dropped": cut})
    text = notice_text(notice_of(changed, load_rubric(), language="en", text=document.text))
    assert "This list shows only 1 of 7. Ask us for the others." in text
    empty = notice_of(report, load_rubric(), language="en", text="")
    assert all(words.uncounted != part.heading for part in empty.parts)


def test_lines_of_work_in_which_nothing_was_found_are_shown() -> None:
    report, document = made("hannah-whitlock.html")
    words = words_of("en")
    notice = notice_of(report, load_rubric(), language="en", text=document.text)
    (group,) = part_of(notice, words.uncounted).groups
    assert group.text == words.passed
    first = group.passages[0]
    assert first.quote == "Led a kitchen team of fourteen and designed the seasonal menu."
    (number,) = [n for n, line in enumerate(document.text.split("\n"), 1) if first.quote in line]
    assert first.notes == (f"line {number}",)
    assert len(group.passages) <= 5
    (rest,) = part_of(notice, words.uncounted).after
    assert not re.search(rf"\b{number}\b", rest)
    titles = {s.start for s in report.sections if s.kind == "title"}
    assert not any(document.text.index(p.quote) in titles for p in group.passages)


def test_a_sentence_over_two_lines_is_shown_as_one_and_heads_are_none() -> None:
    lines = (
        "THE KITCHENS THAT I WORKED IN",
        "• Led a front- and back-of-house team of fourteen and",
        "designed the seasonal menu.",
        "Head of the kitchen, 2019 to 2021, at sea",
        "调味料和菜单的设计以及厨房团队的培训工作",
        "Two words",
        "Cook of the year in the town of Leith",
        "Cook, Leith",
    )
    text = "\n".join(lines)
    report, _ = made("hannah-whitlock.html")
    head = text.index("Cook, Leith")
    sections = (
        ReportSection(kind="employment", start=0, end=head),
        ReportSection(kind="title", start=head, end=len(text)),
    )
    changed = report.model_copy(update={"sections": sections, "flags": ()})
    assert [(one.place, one.words) for one in passed_over(changed, text)] == [
        ("2–3", "Led a front- and back-of-house team of fourteen and designed the seasonal menu."),
        ("5", lines[4]),
    ]


def test_headings_halves_of_sentences_and_hobbies_are_shown_as_no_work() -> None:
    wide = "Built the kitchen of the new house and trained all of its cooks there for the"
    lines = (
        "What did not work out in the kitchen",
        "- Cooked for the whole of the harbour",
        "The kitchens of mine, and how they ran:",
        "Menus for the harbour, the town,",
        "Ferries and the ships of the island.",
        wide,
        "Opening of the season. It went well enough.",
        wide,
        "",
        "My dog, a garden and a valid visa.",
        "Hobbies: cooking for friends and the choir.",
        "I have never trained any cooks myself.",
    )
    text = "\n".join(lines)
    report, _ = made("hannah-whitlock.html")
    sections = (ReportSection(kind="employment", start=0, end=len(text)),)
    quoted = report.model_copy(update={"sections": sections, "flags": (), "evidence": ()})
    notice = notice_of(quoted, load_rubric(), language="en", text=text)
    (group,) = part_of(notice, words_of("en").uncounted).groups
    assert [(p.notes[0], p.quote) for p in group.passages] == [
        ("line 2", "Cooked for the whole of the harbour"),
        ("line 4–5", f"{lines[3]} {lines[4]}"),
        ("line 6–7", f"{wide} {lines[6]}"),
        ("line 8", wide),
    ]


def test_the_steps_name_the_lines_that_could_say_more() -> None:
    report, _ = made("noah-feldman.pdf")
    words = words_of("en")
    steps = part_of(notice_of(report, load_rubric(), language="en"), words.correct).steps
    assert steps[0] == words.step_lines.format(lines="line 8, line 16, line 9, line 14")
    report, _ = made("dolores-quint.pdf")
    steps = part_of(notice_of(report, load_rubric(), language="en"), words.correct).steps
    assert steps[0] == words.step_wrong


def test_a_quote_over_two_lines_names_both() -> None:
    report, _ = made("mathieu-roussel.pdf")
    assert "Line 6–7. Counts for" in notice_text(notice_of(report, load_rubric(), language="en"))


def test_what_stands_on_no_line_is_named_without_one() -> None:
    assert at_lines(Location(), "words") == ""
    report, document = made("wei-zhang.md")
    dropped = Dropped.of(report.evidence[0], DropReason.REPEATED)
    nowhere = dropped.model_copy(update={"location": Location(line=1)})
    of_code = dropped.model_copy(update={"source": "fictional-x/y"})
    bare = report.model_copy(update={"evidence": (), "flags": ()})
    told = [
        unquoted_lines(
            bare.model_copy(update={"dropped": ReportDropped(reasons={}, items=(one,))}),
            document.text,
        )
        for one in (nowhere, of_code, dropped)
    ]
    assert told[0] == told[1] != told[2]


def test_lines_of_code_are_no_lines_of_the_resume() -> None:
    report, document = made("tomas-varga.docx")
    of_code = [item for item in report.evidence if item.source != "resume"]
    assert of_code
    own = tuple(item for item in report.evidence if item.source == "resume")
    without = report.model_copy(update={"evidence": own})
    assert unquoted_lines(report, document.text) == unquoted_lines(without, document.text)
