"""What a notice says of a quote is true of its words; what was taken from elsewhere is told as that."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

import pytest

from evaluator import CandidateReport, Settings
from evaluator.audit.notice import (
    LANGUAGES,
    notice_of,
    notice_text,
    words_of,
)
from evaluator.audit.notice_reasons import because, reasons
from evaluator.audit.notice_said import Said
from evaluator.models.document import Location
from evaluator.models.evidence import Evidence
from evaluator.models.vocabulary import (
    AXIS_OF,
    Agency,
    Context,
    Dimension,
    Outcome,
)
from evaluator.pipeline.inputs import load_input
from evaluator.pipeline.session import Session
from evaluator.rubric import load_rubric
from evaluator.structure.sections import Section

from .test_notice import MANY, part_of, passages_of
from .test_verifying import made

_HEADINGS = {
    "de": ("Berufserfahrung", "Veröffentlichungen"),
    "en": ("Experience", "Publications"),
    "es": ("Experiencia laboral", "Publicaciones"),
    "fr": ("Expérience professionnelle", "Publications"),
    "hi": ("अनुभव", "प्रकाशन"),
    "ja": ("職務経歴", "論文"),
    "pl": ("Doświadczenie zawodowe", "Publikacje"),
    "pt": ("Experiência profissional", "Publicações"),
    "zh": ("工作经历", "论文"),
}
_FEWEST_EXAMPLES = 9
"""Of twelve; what a sentence gives depends a little on the others."""


@pytest.mark.parametrize("name", MANY)
def test_what_the_words_of_a_quote_do_not_say_is_told_as_assumed(name: str) -> None:
    report, _ = made(name)
    notice = notice_of(report, load_rubric(), language="en")
    words, said = notice.words, Said(report)
    part = part_of(notice, words.counted)
    told_of = [(kind.heading, passage) for kind in part.kinds for passage in kind.passages]
    for heading, passage in told_of:
        note = passage.notes[-1]
        items = [
            i
            for i in report.evidence
            if i.quote == passage.quote
            and i.source == "resume"
            and words.axes[AXIS_OF[i.dimension]] == heading
        ]
        is_said = said.outcome_of(passage.quote) is not Outcome.NONE
        assert is_said or not any(
            told in note for told in (*words.outcomes[2:], words.result_size, words.result_unsure)
        )
        if any(i.outcome in {Outcome.STATED, Outcome.QUANTIFIED} for i in items) and not is_said:
            is_paper = words.because_paper in note
            assert is_paper or "The program assumes that" in note or "but was not sure" in note
        if words.because_owned in note:
            assert said.doing(items[0]) is Agency.OWNED
        for item in items:
            if (
                item.result_quote
                and item.result_quote in note
                and item.result_quote not in item.quote
            ):
                assert item.result_location
                assert f"(line {item.result_location.line}" in note


def test_a_result_that_another_sentence_tells_is_quoted_with_its_line() -> None:
    report, document = made("wei-zhang.md")
    item = next(i for i in report.evidence if i.context is Context.WORK and i.outcome in {Outcome.STATED, Outcome.QUANTIFIED})  # fmt: skip
    bare = item.model_copy(
        update={
            "quote": "Work on the platform",
            "result_quote": "Costs fell by 30 %.",
            "result_location": Location(line=7, start=1, end=2),
        }
    )
    assert bare.location.line != 7
    near = bare.model_copy(
        update={
            "location": Location(line=3, start=0, end=20),
            "result_location": Location(line=3, start=21, end=40),
        }
    )
    alone = bare.model_copy(update={"result_quote": None, "result_location": None})
    for one, told in (
        (
            bare,
            "The program counted line 7 as what came of it, but was not sure that the two belong",
        ),
        (near, "assumes that this sentence (line 3) tells what came of it: “Costs fell by 30 %.”"),
        (alone, "The program assumes that something came of it."),
    ):
        changed = report.model_copy(update={"evidence": (one,)})
        (passage,) = passages_of(
            part_of(notice_of(changed, load_rubric(), language="en"), words_of("en").counted)
        )
        assert told in passage.notes[-1]
    assert document.text


@pytest.mark.parametrize("name", MANY)
def test_the_reason_why_a_quote_counts_less_is_true_of_that_quote(name: str) -> None:
    report, _ = made(name)
    notice = notice_of(report, load_rubric(), language="en")
    words, said = notice.words, Said(report)
    of_quote: dict[str, Evidence] = {item.quote: item for item in report.evidence}
    for group in part_of(notice, words.lower).groups:
        for passage in group.passages:
            doing = said.doing(of_quote[passage.quote])
            if words.why_unsure in group.text or words.why_task in group.text:
                assert doing in {Agency.CONTRIBUTED, Agency.OWNED}
            if words.why_no_doing in group.text or words.why_result_only in group.text:
                assert doing is None
            if words.why_list in group.text:
                assert doing is None or len(passage.quote.split()) <= 4


@pytest.mark.parametrize(
    ("quote", "context", "at_work", "told"),
    [
        ("Prometheus", Context.LISTED, True, "why_list"),
        ("Availability rose from 97 % to 99.9 %", Context.LISTED, True, "why_result_only"),
        ("The models of all the teams, each night", Context.LISTED, True, "why_no_doing"),
        ("60 servers with Ansible in two towns", Context.LISTED, True, "why_no_doing"),
        ("Built two of the dashboards of the team", Context.LISTED, True, "why_task"),
        ("Two of the ten dashboards, cleaned up and kept tidy", Context.LISTED, True, "why_unsure"),
        ("Helped the team with its dashboards and alerts", Context.LISTED, True, "why_exposed"),
        ("An exercise of the course on dashboards", Context.COURSEWORK, True, "why_course"),
        ("Certified Kubernetes Administrator", Context.CREDENTIAL, True, "why_studies"),
        ("Prometheus", Context.LISTED, False, "why_list"),
        ("I built the dashboards of a sports club", Context.LISTED, False, "why_outside"),
        ("Certified Kubernetes Administrator", Context.CREDENTIAL, False, "why_studies"),
        ("Course on machine learning", Context.COURSEWORK, False, "why_studies"),
        ("Grafana, Loki, Go, Ansible", Context.CREDENTIAL, False, "why_list"),
        ("Grafana, Loki, Go, Ansible", Context.COURSEWORK, True, "why_list"),
    ],
)
def test_what_stands_in_a_job_and_what_stands_beside_it_have_reasons_of_their_own(
    quote: str, context: Context, at_work: bool, told: str
) -> None:
    report, _ = made("wei-zhang.md")
    words = words_of("en")
    item = next(item for item in report.evidence if item.context is Context.LISTED)
    wanted = Section.EMPLOYMENT if at_work else Section.SKILLS
    start = next(s.start for s in report.sections if s.kind == wanted)
    changed = item.model_copy(
        update={
            "quote": quote, "context": context, "agency": Agency.EXPOSED, "lowered": (),
            "location": Location(line=1, start=start, end=start + 1),
        }
    )  # fmt: skip
    (why, *_) = reasons(changed, report, words, Said(report))
    assert why == getattr(words, told)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_examples_of_every_language_count(language: str, tmp_path: Path) -> None:
    words = words_of(language)
    work, paper = _HEADINGS[language]
    title, _, published = words.examples[Dimension.THEORY].replace("：", ":").partition(":")
    assert title.strip() == paper
    jobs = "\n".join(f"- {e}" for d, e in words.examples.items() if d is not Dimension.THEORY)
    source = tmp_path / "a.md"
    job = "Fjord Parcel, 01/2019 – 10/2026"
    source.write_text(
        f"# Kim Example\n\n## {work}\n\n{job}\n\n{jobs}\n\n## {paper}\n\n{published.strip()}\n",
        encoding="utf-8",
    )
    report = asyncio.run(_judged(source))
    said = Said(report)
    full = [item for item in report.evidence if not reasons(item, report, words, said)]
    found = {d for d, e in words.examples.items() if any(i.dimension is d and i.quote in e for i in full)}  # fmt: skip
    assert len(found) >= _FEWEST_EXAMPLES


async def _judged(source: Path) -> CandidateReport:
    async with Session(Settings(reader="rules", offline=True, as_of="2026-11")) as session:
        return await session.evaluate_document(await session.read_document(load_input(source)))


def test_work_that_is_told_in_a_job_is_never_said_to_stand_in_a_list() -> None:
    report, _ = made("sakura-endo.pdf")
    text = notice_text(notice_of(report, load_rubric()))
    assert re.search(
        r"This tells of something that you did\. But [^“]+\n  - “Cleaned shipment", text
    )
    assert re.search(r"Here this is only named[^“]+\n  - “scikit-learn” \(line \d+: ", text)


def test_a_figure_in_the_quote_is_told_whatever_the_level_takes_of_it() -> None:
    report, _ = made("daniel-okoro.json")
    notice = notice_of(report, load_rubric(), language="en")
    said = {p.quote: p.notes[-1] for p in passages_of(part_of(notice, notice.words.counted))}
    (fell,) = [note for quote, note in said.items() if "fell by 60 %" in quote]
    assert fell.endswith("It says what came of it, in numbers.")
    (caught,) = [note for quote, note in said.items() if "silent failures were caught" in quote]
    assert caught.endswith("It says what came of it.")


def test_who_helped_is_told_so_and_not_that_nothing_was_understood() -> None:
    report, _ = made("noah-feldman.pdf")
    notice = notice_of(report, load_rubric(), language="en")
    (group,) = [g for g in part_of(notice, notice.words.lower).groups if "Helped the data" in g.passages[0].quote]  # fmt: skip
    assert group.text == notice.words.why_exposed


def test_code_that_shows_no_doing_and_code_that_does_are_told_as_code() -> None:
    report, _ = made("tomas-varga.docx")
    words, said = words_of("en"), Said(report)
    item = next(item for item in report.evidence if item.source != "resume")
    assert list(because([item], words, said)) == [words.because_code]
    bare = item.model_copy(update={"agency": Agency.EXPOSED})
    assert reasons(bare, report, words, said) == (words.why_code,)
    own = next(item for item in report.evidence if item.source == "resume")
    both = list(because([item, own], words, said))
    assert both[0] == words.because_code
    assert len(both) > 1


def test_a_paper_is_told_as_a_publication_and_help_in_a_job_as_help() -> None:
    report, _ = made("wei-zhang.md")
    words, said = words_of("en"), Said(report)
    item = next(item for item in report.evidence if item.context is Context.WORK)
    paper = item.model_copy(update={"context": Context.PUBLICATION})
    assert list(because([paper], words, said)) == [words.because_paper]
    helped = item.model_copy(update={"agency": Agency.EXPOSED, "lowered": ()})
    assert reasons(helped, report, words, said) == (words.why_exposed,)
    contributed = item.model_copy(
        update={"quote": "The whole platform, and all of its users", "agency": Agency.CONTRIBUTED}
    )
    assert words.because_taken in list(because([contributed], words, said))


@pytest.mark.parametrize(
    ("quote", "language", "is_denied"),
    [
        ("No containers, no Kubernetes.", "en", True),
        ("Without Docker or Kubernetes", "en", True),
        ("kein Kubernetes", "de", True),
        ("sans Docker ni Kubernetes", "fr", True),
        ("sin Kubernetes", "es", True),
        ("Kubernetes は使っていない", "ja", True),
        ("No downtime in the move to Kubernetes", "en", False),
        ("Not only Docker", "en", False),
        ("Docker, no Kubernetes", "en", False),
    ],
)
def test_what_is_denied_neither_counts_less_nor_is_to_be_done(
    quote: str, language: str, is_denied: bool
) -> None:
    report, _ = made("wei-zhang.md")
    words = words_of("en")
    item = next(item for item in report.evidence if item.context is Context.LISTED)
    start = next(s.start for s in report.sections if s.kind == Section.EMPLOYMENT)
    place = Location(line=777, start=start, end=start + len(quote))
    changed = item.model_copy(
        update={
            "quote": quote, "dimension": Dimension.INFRASTRUCTURE, "agency": Agency.EXPOSED,
            "lowered": (), "location": place,
        }
    )  # fmt: skip
    document = report.document.model_copy(update={"language": language})
    one = report.model_copy(update={"evidence": (changed,), "document": document})
    notice = notice_of(one, load_rubric(), language="en")
    told = [g.text for part in notice.parts for g in part.groups if g.passages and g.passages[0].quote == quote]  # fmt: skip
    assert (told == [words.denied]) == is_denied
    steps = part_of(notice, words.correct).steps
    assert not is_denied or "line 777" not in " ".join(steps)
