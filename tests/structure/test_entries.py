"""Entries of a resume: employer, title, place and dates in any order, and what belongs to each."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from evaluator.documents.reading import read_document
from evaluator.readers.rules.lexicon import PreparedText, lexicon_for
from evaluator.structure import dates
from evaluator.structure import line_features as looks
from evaluator.structure.outline import MOST_BLOCKS, Entry, Outline, outline
from evaluator.structure.sections import Section, heading_section


def taken_apart(text: str) -> tuple[Outline, Callable[[str], Entry | None]]:
    document = read_document(text.encode(), "a.txt")
    parts = outline(document)

    def entry_with(words: str) -> Entry | None:
        passage = parts.passage_at(document.text.index(words))
        return parts.entry_of(passage) if passage else None

    return parts, entry_with


BODY = "- Moved nine services to the new cluster.\n- Wrote the deployment scripts for them.\n"
TOP = "Ada Fictional\nada@mail.example\n\nEXPERIENCE\n"


@pytest.mark.parametrize(
    "head",
    [
        "DevOps Engineer, Quist Shipping Ltd, Oslo, Norway, 03/2019 - 05/2022",
        "Quist Shipping Ltd, Oslo, Norway, 03/2019 - 05/2022\nDevOps Engineer",
        "03/2019 - 05/2022\nDevOps Engineer\nQuist Shipping Ltd, Oslo, Norway",
        "03/2019 - 05/2022: DevOps Engineer at Quist Shipping Ltd, Oslo, Norway",
        "Quist Shipping Ltd | DevOps Engineer | Oslo, Norway | 03/2019 - 05/2022",
        "DevOps Engineer\nQuist Shipping Ltd, Oslo, Norway\n03/2019 - 05/2022",
        "QUIST SHIPPING LTD\nDevOps Engineer - Oslo, Norway\n03/2019 - 05/2022",
        "Company: Quist Shipping Ltd\nRole: DevOps Engineer\nLocation: Oslo, Norway\nDuration: 03/2019 - 05/2022",
    ],
)
def test_a_head_names_the_same_in_any_order(head: str) -> None:
    parts, entry_with = taken_apart(f"{TOP}{head}\n{BODY}\nSKILLS\nBash, Go\n")
    entry = entry_with("Wrote the deployment")
    assert entry is not None
    assert (entry.employer or "").casefold() == "quist shipping ltd"
    assert entry.position == "DevOps Engineer"
    assert entry.place == "Oslo, Norway"
    assert entry.period is not None
    assert str(entry.period.first) == "2019-03"
    assert len(parts.entries) == 1
    assert entry_with("Bash, Go") is None


@pytest.mark.parametrize(
    ("line", "section"),
    [
        ("PROFFESIONAL EXPERIENCE:", Section.EMPLOYMENT),
        ("Employement Histroy", Section.EMPLOYMENT),
        ("Wrok Experience", Section.EMPLOYMENT),
        ("Experience Summary", Section.EMPLOYMENT),
        ("PROJECT HANDLED:", Section.EMPLOYMENT),
        ("Project", Section.PROJECTS),
        ("Highlighted Software Projects", Section.PROJECTS),
        ("Techincal Skill Set", Section.SKILLS),
        ("W O R K   E X P E R I E N C E", Section.EMPLOYMENT),
        ("2.1 Educational Qualificaton", Section.EDUCATION),
        ("Berufserfahrung / Work Experience", Section.EMPLOYMENT),
        ("工作经历 Work Experience", Section.EMPLOYMENT),
        ("Опыт работы", Section.EMPLOYMENT),
        ("Experience (8 years)", Section.EMPLOYMENT),
        ("Technology, 2016 – 2020", None),
        ("Trading Experience with futures", None),
        ("Customer service", None),
        ("Project Manager", None),
        ("and further training programs.", None),
    ],
)
def test_headings_are_known_in_spite_of_slips(line: str, section: Section | None) -> None:
    assert heading_section(line) is section


def test_an_unknown_title_is_none() -> None:
    _, entry_with = taken_apart(f"{TOP}Quist Shipping Ltd, August 2019 - Present\n{BODY}")
    entry = entry_with("Moved nine")
    assert entry is not None
    assert (entry.employer, entry.position) == ("Quist Shipping Ltd", None)


@pytest.mark.parametrize(
    ("title", "dates"),
    [
        ("Chief Loading Officer", "03/2019 to 05/2022"),
        ("Head of R&D", "Mar 2019 to May 2022"),
    ],
)
def test_a_title_behind_the_dates_of_an_employer_without_a_name_is_kept(
    title: str, dates: str
) -> None:
    head = f"Company Name {dates} {title}\nCity, State" if "&" not in title else f"{title} {dates}"
    _, entry_with = taken_apart(f"{TOP}{head}\n{BODY}")
    entry = entry_with("Wrote the deployment")
    assert entry is not None
    assert entry.position == title
    assert entry.period is not None
    assert str(entry.period.first) == "2019-03"


def test_a_head_below_its_dates_goes_on_in_no_short_statement() -> None:
    jobs = "".join(
        f"{year}\nShift Manager, Quist Shipping Ltd, Oslo, Norway\nHelp at the quay.\nWork the crane.\n"
        for year in ("03/2019 to 05/2022", "01/2016 to 02/2019")
    )
    parts, entry_with = taken_apart(f"{TOP}{jobs}")
    assert [entry.position for entry in parts.entries] == ["Shift Manager"] * 2
    assert entry_with("Help at the quay") == parts.entries[0]


@pytest.mark.parametrize(
    ("line", "school", "place"),
    [
        ("BSc Physics Portland State University, 2012", "Portland State University", None),
        ("AS Welding Fenwick Area Technical College, 2012", "Fenwick Area Technical College", None),
        ("B.E. Computers Pune, Maharashtra Lohani College, 2012", "Lohani College", "Pune, Maharashtra"),
    ],
)  # fmt: skip
def test_a_school_keeps_the_place_that_is_a_part_of_its_name(
    line: str, school: str, place: str | None
) -> None:
    parts, _ = taken_apart(f"Ada Fictional\nada@mail.example\n\nEDUCATION\n{line}\n")
    assert [(entry.employer, entry.place) for entry in parts.entries] == [(school, place)]


def test_promotions_keep_their_employer_and_their_own_dates() -> None:
    _, entry_with = taken_apart(
        f"{TOP}Quist Shipping Ltd, 2015 - 2022\nSenior Engineer, 2019 - 2022\n{BODY}"
        "Engineer, 2015 - 2019\n- Looked after the build servers.\n"
    )
    senior, first = entry_with("Moved nine"), entry_with("Looked after")
    assert senior is not None
    assert first is not None
    assert senior.employer == first.employer == "Quist Shipping Ltd"
    assert [str(e.period.first) for e in (senior, first) if e.period] == ["2019-01", "2015-01"]


def test_a_project_within_a_job_has_the_dates_of_the_job() -> None:
    _, entry_with = taken_apart(
        f"{TOP}Engineer, Quist Shipping Ltd, 2015 - 2022\n\nProject: Berth planner\nResponsibilities:\n{BODY}"
    )
    entry = entry_with("Moved nine")
    assert entry is not None
    assert entry.title.startswith("Project: Berth planner")
    assert entry.employer == "Quist Shipping Ltd"
    assert entry.period is not None


def test_statements_without_bullets_are_not_heads() -> None:
    parts, entry_with = taken_apart(
        TOP + "11/2008 to 08/2014\nOffice Coordinator Company Name City , State\n"
        "Kept the visitors' book\nPresented monthly figures\n"
        "05/2000 to 11/2008\nClerk Company Name City , State\nAnswered calls\n"
    )
    assert [entry.position for entry in parts.entries] == ["Office Coordinator", "Clerk"]
    first = entry_with("Presented monthly")
    assert first is parts.entries[0]


def test_the_letter_o_as_a_bullet_begins_a_statement() -> None:
    letters = BODY.replace("- ", "o ")
    _, entry_with = taken_apart(f"{TOP}Engineer, Quist Shipping\nApr 2022 – Present\n{letters}")
    entry = entry_with("Moved nine")
    assert entry is not None
    assert entry.period is not None


def test_a_line_of_languages_in_the_header_opens_nothing() -> None:
    document = read_document(
        b"Ada Fictional\nContact: ada@mail.example\n\nI have taught statistics for thirteen years and wrote the book that we use.\n",
        "a.txt",
    )
    assert outline(document).passages[-1].section is not Section.OTHER


@pytest.mark.no_cover
def test_no_more_is_looked_at_when_a_resume_grows(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = 0
    find = dates.find_period

    def counted(text: str) -> object:
        nonlocal asked
        asked += 1
        return find(text)

    def cost(jobs: int) -> int:
        nonlocal asked
        asked = 0
        looks.find_period.cache_clear()
        lines = "".join(
            f"Engineer, Acme{n}, 01/2019 - 12/2023\n- Built part {n}.\n" for n in range(jobs)
        )
        outline(read_document((TOP + lines).encode(), "a.txt"))
        return asked

    monkeypatch.setattr("evaluator.structure.line_features._find_period", counted)
    few, many = cost(50), cost(200)
    assert many < 4.5 * few


def test_what_no_resume_holds_is_left_out_and_said() -> None:
    lines = "".join(f"- Built part {n}.\n" for n in range(MOST_BLOCKS + 50))
    document = read_document((TOP + lines).encode(), "a.txt")
    parts = outline(document)
    assert len(parts.passages) <= MOST_BLOCKS
    assert parts.beyond is not None
    assert document.text[parts.beyond :].startswith("Built part")


@pytest.mark.parametrize("unit", ["a.", "b@b.", "é."])
def test_words_without_an_end_cost_no_more_than_their_length(unit: str) -> None:
    lexicon = lexicon_for("en", "the work of a year for and with")

    def seconds(units: int) -> float:
        spent = []
        for attempt in range(3):
            said = PreparedText(f"{attempt} {unit * units} end".replace(" ", " x" * 40 + " ", 1))
            start = time.process_time()
            lexicon.says("trade_title", said)
            spent.append(time.process_time() - start)
        return min(spent)

    seconds(100)
    # Quadratic would be 64 times as long.
    assert seconds(4000) < 30 * max(seconds(500), 0.0005)
