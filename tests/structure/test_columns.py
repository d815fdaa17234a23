"""Lines whose parts are set apart by spaces, as tables and templates print them; names, posts and projects in them."""

from __future__ import annotations

import pytest

from evaluator.documents.reading import read_document
from evaluator.structure.dates import Month, find_periods
from evaluator.structure.outline import outline
from evaluator.structure.projects import names_tools
from evaluator.structure.responsibility import responsibility
from evaluator.structure.sections import Section

from .test_contact import person_in
from .test_entries import BODY, TOP, taken_apart


@pytest.mark.parametrize(
    "head",
    [
        "Quist Shipping Ltd  DevOps Engineer  Oslo, Norway  03/2019  05/2022",
        "DevOps Engineer  Quist Shipping Ltd  Oslo, Norway  2019-03  2022-05",
        "Mar 2019  May 2022  Quist Shipping Ltd  DevOps Engineer  Oslo, Norway",
    ],
)
def test_two_spaces_part_the_cells_of_a_head(head: str) -> None:
    _, entry_with = taken_apart(f"{TOP}{head}\n{BODY}")
    entry = entry_with("Wrote the deployment")
    assert entry is not None
    assert entry.period is not None
    assert (entry.employer, entry.position) == ("Quist Shipping Ltd", "DevOps Engineer")
    assert entry.place == "Oslo, Norway"
    assert (str(entry.period.first), str(entry.period.last)) == ("2019-03", "2022-06")


def test_what_was_done_stands_behind_the_dates_of_a_row() -> None:
    parts, entry_with = taken_apart(
        f"{TOP}Brann Foods AB  Data Engineer  Lund  2019-03  2022-05  Moved nine pipelines to the new cluster and wrote its alarms.\n"
    )
    entry = entry_with("Moved nine")
    assert entry is not None
    assert (entry.employer, entry.position) == ("Brann Foods AB", "Data Engineer")
    assert not parts.passages[-1].is_header


def test_an_open_end_stands_in_a_cell_of_its_own() -> None:
    _, entry_with = taken_apart(
        f"{TOP}Brann Foods AB  Data Engineer  Lund  01/2024  Present\n{BODY}"
    )
    entry = entry_with("Wrote the deployment")
    assert entry is not None
    assert entry.period is not None
    assert (str(entry.period.first), entry.period.last) == ("2024-01", None)


@pytest.mark.parametrize(
    "text", ["Windows Server 2012 2016", "moved 2019 2021 boxes", "scored 2012  points"]
)
def test_two_numbers_side_by_side_are_no_dates(text: str) -> None:
    assert not find_periods(text)


def test_a_sentence_with_two_spaces_in_it_is_no_head() -> None:
    parts, _ = taken_apart(
        f"{TOP}SRE, Brann Foods AB, 2019 - 2022\n{BODY}Founded in 1996, the firm sells machines to mills  and bakeries.\n"
    )
    assert len(parts.entries) == 1


def test_a_post_after_years_elsewhere_does_not_inherit_the_employer() -> None:
    _, entry_with = taken_apart(
        f"{TOP}Platform Engineer, Quist Shipping Ltd, 2021 - 2024\n- Ran the clusters.\n\n"
        "Senior Technician, 2009 - 2012\n- Mended the printers.\n"
    )
    entry = entry_with("Mended the printers")
    assert entry is not None
    assert entry.employer is None
    assert entry.position == "Senior Technician"


def test_a_promotion_inherits_it() -> None:
    _, entry_with = taken_apart(
        f"{TOP}Platform Lead, Quist Shipping Ltd, 2021 - 2024\n- Ran the clusters.\n\n"
        "Platform Engineer, 2018 - 2021\n- Built the clusters.\n"
    )
    entry = entry_with("Built the clusters")
    assert entry is not None
    assert entry.employer == "Quist Shipping Ltd"


def test_posts_that_are_items_below_their_employer_are_entries_each() -> None:
    parts, entry_with = taken_apart(
        f"{TOP}Quist Shipping Ltd\n\n- Platform Architect, 01/2023 - Present\n  - Set the standards of deployment.\n\n"
        "- Senior Analyst, 07/2020 - 12/2022\n  - Automated the releases.\n"
    )
    assert len(parts.entries) == 2
    entry = entry_with("Automated the releases")
    assert entry is not None
    assert (entry.employer, entry.position) == ("Quist Shipping Ltd", "Senior Analyst")


def test_a_full_stop_behind_the_dates_ends_no_sentence() -> None:
    _, entry_with = taken_apart(
        "Ada Fictional\n\nEXPERIÊNCIA PROFISSIONAL\n"
        "Analista de Sistemas Sênior, de 01/07/2023 - 01/04/2025.\n- Automatizei as entregas.\n"
    )
    entry = entry_with("Automatizei")
    assert entry is not None
    assert entry.position == "Analista de Sistemas Sênior"
    assert entry.employer is None


def test_an_iso_month_alone_dates_a_head() -> None:
    _, entry_with = taken_apart(f"{TOP}Brann Foods AB  Cloud Engineer  2026-01\n{BODY}")
    entry = entry_with("Wrote the deployment")
    assert entry is not None
    assert entry.employer == "Brann Foods AB"


def test_the_tools_of_a_project_are_not_its_name() -> None:
    parts, entry_with = taken_apart(
        "Ada Fictional\n\nPROJECTS\n\nReceipt Reader\nPyTorch, BERT, FastAPI\n"
        "Developed a service that sorts receipts of shops by what was bought.\n\n"
        "Tide Tables\nPython | Pandas | Docker\nForecast the tides of three harbours for a sailing club.\n"
    )
    assert [entry.position or entry.title for entry in parts.entries] == [
        "Receipt Reader", "Tide Tables",
    ]  # fmt: skip
    entry = entry_with("PyTorch, BERT")
    assert entry is not None
    assert entry.title == "Receipt Reader"


@pytest.mark.parametrize(
    ("text", "is_so"),
    [
        ("Python | Pandas | Docker", True),
        ("PyTorch, BERT and FastAPI", True),
        ("Django", True),
        ("Django blog", False),
        ("Tide Tables", False),
        ("Planned the move of Python services, with Docker, to another data centre", False),
    ],
)
def test_a_line_of_tools_is_told_from_a_name(text: str, is_so: bool) -> None:
    assert names_tools(text) is is_so


@pytest.mark.parametrize(
    ("text", "section"),
    [
        ("Relevant AI/ML Online Courses", Section.COURSES),
        ("Cursus", Section.EDUCATION),
        ("发表的期刊论文", Section.PUBLICATIONS),
    ],
)
def test_these_are_headings(text: str, section: Section) -> None:
    parts, _ = taken_apart(
        f"{TOP}SRE, Brann Foods AB, 2019 - 2022\n{BODY}\n{text}\n\nGraph methods, 2018\n"
    )
    assert parts.passages[-1].section is section


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Ada  Fictional", "Ada Fictional"),
        ("Dr. Ada  Fictional, MSc, Ph.D.", "Dr. Ada Fictional"),
        ("Ada  Maria  Fictional", "Ada Maria Fictional"),
        ("Anna-Maria  Fictional  Data Scientist at Brann Foods  anna@mail.example", "Anna-Maria Fictional"),
        ("Name: Ada\nSurname: Fictional", "Ada Fictional"),
        ("林晓东简历\n\n- 性别：男", "林晓东"),
    ],
)  # fmt: skip
def test_a_name_that_is_set_apart_is_whole(line: str, name: str) -> None:
    assert (
        person_in(
            f"{line}\nada@mail.example\n\nEXPERIENCE\nSRE, Brann Foods AB, 2019 - 2022\n"
        ).name
        == name
    )


@pytest.mark.parametrize("line", ["Ada  Oslo", "Ada  Python", "Ada  Engineer"])
def test_what_is_no_family_name_is_not_joined_to_it(line: str) -> None:
    found = person_in(f"Ada Fictional\n{line}\nada@mail.example\n\nEXPERIENCE\n")
    assert found.name == "Ada Fictional"


@pytest.mark.parametrize(
    "top",
    [
        "GLAS FLOOR CONSTRUCTION WORKER",  # Floor is somebody's given name
        "VICE PRESIDENT",
        "REGIONAL FACILITATOR, COACH AND DEVELOPER",
        "M.Tech (IT) B.Tech (CSE) Lund University",
        "H.S.C Sarojini Devi High  State Board",
    ],
)
def test_trades_and_degrees_on_top_are_no_names(top: str) -> None:
    text = f"{top}\n\nEXPERIENCE\nLayer, Brann Floors AB, 2019 - 2022\n"
    assert person_in(text).name is None


def test_the_word_between_two_dates_stands_alone() -> None:
    _, entry_with = taken_apart(
        f"{TOP}January 2015\nto\nDecember 2016\nDevOps Engineer, Brann Foods AB\n{BODY}"
    )
    entry = entry_with("Wrote the deployment")
    assert entry is not None
    assert entry.period is not None
    assert (str(entry.period.first), str(entry.period.last)) == ("2015-01", "2017-01")
    assert entry.employer == "Brann Foods AB"


def test_every_job_that_goes_on_tells_the_rank() -> None:
    text = (
        "Ada Fictional\n\nEXPERIENCE\nDoctoral Student, Lund University, Jan 2025 - Present\n- Read papers.\n\n"
        "Staff Engineer, Quist Shipping Ltd, Oct 2023 - Present\n- Ran the clusters.\n"
    )
    document = read_document(text.encode(), "a.txt")
    assert "lead" in responsibility(document, outline(document), Month.of(2026, 11)).titles
