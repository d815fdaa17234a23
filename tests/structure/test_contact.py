"""Whose resume it is: the name in whatever form and script, or no name, and whether it is one person's at all."""

from __future__ import annotations

import re
import tomllib
from io import BytesIO
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from evaluator.documents.reading import read_document
from evaluator.models.document import Box, Document, DocumentFormat, FlagKind, Line
from evaluator.structure.contact import Contact, contact
from evaluator.structure.folding import fold
from evaluator.structure.outline import outline
from evaluator.structure.phones import phones_in
from evaluator.structure.subject import subject_flags

HEADERS = tomllib.loads(Path(__file__).with_name("headers.toml").read_text(encoding="utf-8"))
CAREER = (
    "\n\nExperience\n\nML Engineer, Bluefern, Apr 2019 – Mar 2022\n- Trained a ranking model.\n"
)
_CASED = {"capitals", "small", "comma_capitals", "family_in_capitals", "title_of", "spaced"}
_PARTS = {"two_lines", "two_lines_headline", "comma", "comma_capitals", "initial", "formerly"} | {
    "nickname_quoted", "nickname_brackets", "reversed",
}  # fmt: skip


def read(text: str, name: str = "a.txt") -> Document:
    return read_document(text.encode(), name)


def person_in(text: str, name: str = "a.txt") -> Contact:
    document = read(text, name)
    return contact(document, outline(document))


def words(name: str | None) -> set[str]:
    return set(re.findall(r"[^\W\d_]+", fold(name or ""))) - {"dr", "mr", "ms", "m"}


def header(form: str, person: str) -> tuple[str, str]:
    """The header and the name in it."""
    given, family, order, roman = HEADERS["people"][person]
    gap = "" if order.endswith("-") else " "
    full = f"{given}{gap}{family}" if order.startswith("g") else f"{family}{gap}{given}"
    text: str = HEADERS["forms"][form]
    native = full
    if "{native}" in text:
        full, given, family = roman, roman.split()[0], roman.split()[-1]
    account = re.sub(r"[^a-z]+", ".", fold(roman or full)).strip(".")
    values = {
        "full": full, "given": given, "family": family, "native": native, "FULL": full.upper(),
        "FAMILY": family.upper(), "lower": full.lower(), "mail": "hello@mail.example",
        "spaced": "   ".join(" ".join(word) for word in full.split()), "named": f"{account}@mail.example",
    }  # fmt: skip
    return text.format(**values), full


def headers() -> list[tuple[str, str]]:
    """Every form with two people, every person with two forms."""
    people = list(HEADERS["people"])
    latin = [p for p in people if p.startswith("latin") and p != "latin_vietnamese"]
    other = [p for p in people if HEADERS["people"][p][3] and "-" not in HEADERS["people"][p][2]]
    pairs = []
    for number, form in enumerate(HEADERS["forms"]):
        pairs.append(
            (form, other[number % len(other)])
            if "two_scripts" in form
            else (form, latin[number % len(latin)])
        )
        if form not in _CASED | {"sidebar"}:
            some = other if form in _PARTS or "two_scripts" in form else people
            pairs.append((form, some[(7 * number) % len(some)]))
    return list(dict.fromkeys(p for p in pairs if p != ("two_lines", "japanese")))


@pytest.mark.parametrize(("form", "person"), headers())
def test_a_name_is_found_in_every_form_and_script(form: str, person: str) -> None:
    text, name = header(form, person)
    found = person_in(text + CAREER, "a.md" if form.startswith("md_") else "a.txt")
    native = HEADERS["people"][person]
    expected = words(name)
    assert expected <= words(found.name)
    assert words(found.name) <= expected | words(" ".join(native[:2])) | words(
        f"{native[1]}{native[0]}"
    )


@pytest.mark.parametrize("form", sorted(HEADERS["nameless"]))
def test_towns_titles_trades_and_employers_are_no_names(form: str) -> None:
    found = person_in(HEADERS["nameless"][form].format(mail="hello@mail.example") + CAREER)
    assert found.name is None


def test_size_tells_the_name_where_a_sidebar_comes_first() -> None:
    rows = ["Kubernetes", "Docker Swarm", "Zora Quillfeather", "Information Retrieval", "Leeds", "hello@mail.example", "EXPERIENCE", "Engineer, Alpha, 2019 - 2022"]  # fmt: skip
    lines, text = [], ""
    for number, row in enumerate(rows, start=1):
        height = 24.0 if number == 3 else 10.0
        box = Box(x0=40, y0=30.0 * number, x1=200, y1=30.0 * number + height)
        lines.append(
            Line(number=number, page=1, start=len(text), end=len(text) + len(row), box=box)
        )
        text += row + "\n"
    document = Document(
        sha256="0" * 64, name="a.pdf", format=DocumentFormat.PDF, text=text, lines=tuple(lines), links=(), pages=1,
    )  # fmt: skip
    assert contact(document, outline(document)).name == "Zora Quillfeather"


def test_a_file_name_and_an_address_tell_a_mononym() -> None:
    text = "Suharyanto\nhello@mail.example" + CAREER
    assert person_in(text).name is None
    assert person_in(text, "CV_Suharyanto_2024.txt").name == "Suharyanto"
    assert person_in(text.replace("hello", "suharyanto.dev")).name == "Suharyanto"


@pytest.mark.parametrize(
    ("header", "others"),
    [
        ('Wei "Wendy" Zhang', ("Wendy",)),
        ("Alex Whitmore (formerly Alexandra)", ("Alexandra",)),
        ("王小明 Xiaoming Wang", ("王小明", "Xiaoming Wang")),
        ("Fatima El Mansouri née Benali", ("Benali",)),
    ],
)
def test_other_names_of_the_same_person_are_known(header: str, others: tuple[str, ...]) -> None:
    assert person_in(f"{header}\nhello@mail.example{CAREER}").others == others


@pytest.mark.parametrize(
    "text",
    [
        "ramped 10/50/100 % of traffic", "shares of 10/50/100", "2 000 000 users", "1920 1080 2160", "2021-01 – 2023-04",
        "06.2019 - 10.2020", "arXiv 1234.567890", "ids 100 200 300 400", "pages 1347-1682",
    ],
)  # fmt: skip
def test_figures_are_no_phones(text: str) -> None:
    assert phones_in(text) == []


@pytest.mark.parametrize(
    "number",
    ["+44 20 7946 0123", "(415) 555-0134", "0151 / 555 87 03", "07700 900 412", "138-0000-5678", "(+56) 9 0000 5153"],
)  # fmt: skip
def test_phones_are_found_as_people_write_them(number: str) -> None:
    assert phones_in(f"Zora | {number} | Leeds") == [number]


def flags_of(text: str, name: str = "a.txt") -> set[FlagKind]:
    document = read(text, name)
    parts = outline(document)
    return {flag.kind for flag in subject_flags(document, parts, contact(document, parts))}


ONE = "Zora Quillfeather\nzora@mail.example\n\nExperience\nEngineer, Alpha, Jan 2019 – Mar 2022\n- Ran the shop.\n\nEducation\nMSc Statistics, Tarnwick University\n"
OTHER = "\nBram Tallowick\nbram@mail.example\n\nExperience\nSRE, Corvane, May 2016 – Dec 2021\n- Ran servers.\n\nEducation\nBSc Physics, Ostley University\n"


def test_two_people_in_one_file_are_said() -> None:
    assert flags_of(ONE + OTHER) == {FlagKind.PEOPLE}


@pytest.mark.parametrize(
    "end",
    [
        "\nReferences\nBram Tallowick, bram@mail.example\nOrla Penhallow, orla@mail.example\n",
        "\nSkills\nPython\n\nZora Quillfeather\nzora@mail.example\n\nExperience\nIntern, Beta, 2017 – 2018\n- Helped.\n",
        "\nPublications\nB. Tallowick (bram@mail.example), On shops, 2020.\n",
    ],
)
def test_referees_co_authors_and_a_second_page_are_no_second_person(end: str) -> None:
    assert flags_of(ONE + end) == set()


@pytest.mark.parametrize(
    "text",
    [
        "Bluefern Ltd\nINVOICE\nInvoice number: 2231\nDue date: 2 June 2024\n\nBill to: Corvane\nModel training, 10 days\nSubtotal 9000\nTotal due 9900\n",
        "Rechnung\nRechnungsnummer 77\nBluefern GmbH\nKubernetes-Einrichtung\nGesamtbetrag 900\nMehrwertsteuer 19 %\n",
        "# drift-watch\n\nDetects drift.\n\n## Installation\n`helm install drift-watch`\n\n## Usage\nRun it.\n\n## License\nMIT\n",
        "Zora Quillfeather\n\nDear Hiring Manager,\n\nI am writing to apply. I trained models in PyTorch.\n\nYours sincerely,\nZora Quillfeather\n",
        "Senior MLOps Engineer\nBluefern\n\nWe are looking for somebody who runs Kubernetes.\n\nWhat we offer\n- Pension\n\nApply now\n",
    ],
)
def test_documents_of_other_kinds_are_said(text: str) -> None:
    assert FlagKind.NO_RESUME in flags_of(text, "a.md" if text[0] == "#" else "a.txt")


def test_a_resume_is_not_flagged_for_its_words() -> None:
    told = "- Built the invoice and VAT service; wrote README, installation and usage pages; due date alerts.\n"
    assert flags_of(ONE.replace("- Ran the shop.\n", told)) == set()


@pytest.mark.parametrize(
    ("header", "properties", "name"),
    [
        ("Nadia Ashgrove\nMaya Brandt", (), "Nadia Ashgrove"),
        ("Nadia Ashgrove\nMaya Brandt", ("Resume", "Maya Brandt"), "Maya Brandt"),
        ("Lior Ashgrove", ("Resume of Tilda Forms",), "Lior Ashgrove"),
        ("Spreadsheets and ledgers", ("Tilda Forms",), None),
    ],
)
def test_title_and_author_of_the_file_are_a_hint_and_never_the_name_by_themselves(
    header: str, properties: tuple[str, ...], name: str | None
) -> None:
    document = read(f"{header}\nhello@mail.example{CAREER}").model_copy(
        update={"properties": properties}
    )
    assert contact(document, outline(document)).name == name


def test_a_pdf_says_its_title_and_author() -> None:
    stream = BytesIO()
    canvas = Canvas(stream, invariant=1)
    canvas.setTitle("Application of Maya Brandt")
    canvas.setAuthor("Tilda Forms")
    canvas.drawString(60, 700, "Maya Brandt keeps the ledgers of a depot.")
    canvas.save()
    document = read_document(stream.getvalue(), "a.pdf")
    assert document.properties == ("Application of Maya Brandt", "Tilda Forms")
    assert "Tilda" not in document.text
