"""Accuracy over the corpus: files made here by five engines, and the kept ones of engines not everywhere.

The random layouts are drawn with a seed that nobody looked at while the reader was written.
"""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from evaluator.documents.ocr import tessdata
from evaluator.documents.reading import read_document
from evaluator.models.document import Document
from evaluator.redaction import known_values, redact_resume
from evaluator.structure.contact import contact
from evaluator.structure.outline import outline
from evaluator.structure.sections import Section
from fixtures.corpus import browser, canvas, office, plain, programs, scans, typesetting
from fixtures.corpus.__main__ import is_kept
from fixtures.corpus.measures import adjacency, links_found, token_f1
from fixtures.corpus.truth import Made, Truth, load

KEPT = Path(__file__).resolve().parents[2] / "fixtures" / "corpus" / "kept"
SEED = 2026
_SCHOOLS = ("Delfshaven", "Norrvik", "Alderney", "Kestrel")
Read = list[tuple[str, Document, Truth]]


@pytest.fixture(scope="module")
def corpus() -> Read:
    chromium = browser.find_chromium()
    assert chromium, "the README's test command installs Chromium"
    made: list[Made] = [
        *canvas.made(), *plain.made(), *browser.html_made(), *office.word_made(),
        *typesetting.typst_made(), *browser.made(chromium), *programs.made(),
        *canvas.random_made(SEED, 16), *typesetting.random_typst_made(SEED, 16),
        *browser.random_made(chromium, SEED, 16),
    ]  # fmt: skip
    files = {file.name: (file.data, file.truth) for file in made if not is_kept(file)}
    files |= load(KEPT)
    return [(name, read_document(data, name), truth) for name, (data, truth) in files.items()]


def _means(read: Iterable[tuple[str, Document, Truth]]) -> tuple[float, float]:
    scores, kept, pairs = [], 0, 0
    for _, document, truth in read:
        scores.append(token_f1(document.text, truth))
        together, all_pairs = adjacency(document.text, truth)
        kept, pairs = kept + together, pairs + all_pairs
    return sum(scores) / len(scores), kept / pairs


@pytest.mark.no_cover
def test_the_corpus_is_as_large_as_promised(corpus: Read) -> None:
    assert len(corpus) >= 120
    assert sum(not truth.tuned for _, _, truth in corpus) >= len(corpus) / 4
    formats = {document.format for _, document, _ in corpus}
    assert {"pdf", "docx", "odt", "rtf", "html", "markdown", "text", "json-resume"} <= formats


@pytest.mark.no_cover
def test_words_and_neighbours_are_right(corpus: Read) -> None:
    f1, together = _means(entry for entry in corpus if entry[2].tuned)
    assert f1 >= 0.995
    assert together >= 0.99


def test_words_and_neighbours_are_right_in_layouts_nobody_tuned_on(corpus: Read) -> None:
    f1, together = _means(entry for entry in corpus if not entry[2].tuned)
    assert f1 >= 0.995
    assert together >= 0.99


def test_links_keep_label_and_target_together(corpus: Read) -> None:
    found = wanted = 0
    for _, document, truth in corpus:
        got, all_links = links_found([(x.label, x.target) for x in document.links], truth)
        found, wanted = found + got, wanted + all_links
    assert wanted > 150
    assert found >= 0.98 * wanted


def test_ordinary_files_have_no_flags(corpus: Read) -> None:
    assert {name: document.flags for name, document, _ in corpus if document.flags} == {}


@pytest.mark.no_cover
def test_the_name_is_found_in_every_layout_and_nothing_of_it_is_shown(corpus: Read) -> None:
    """A sidebar that comes first, as LinkedIn writes it, must not hide whom the resume is about."""
    for name, document, truth in corpus:
        parts = outline(document)
        person = contact(document, parts)
        assert person.name == truth.flows[0][0], name
        shown = redact_resume(document, parts, known_values(person)).passages
        text = " ".join(passage.text for passage in shown).casefold()
        identity = [*person.name.split(), "@mail", "+31 10 555", *_SCHOOLS]
        assert [word for word in identity if word.casefold() in text] == [], name


def test_the_pdf_of_linkedin_has_its_sections_and_jobs(corpus: Read) -> None:
    for name, document, _ in corpus:
        if name.startswith("linkedin-"):
            parts = outline(document)
            sections = {passage.section for passage in parts.passages}
            assert {Section.EMPLOYMENT, Section.EDUCATION, Section.SKILLS} <= sections
            assert "Page 1 of" not in document.text
            dated = [
                entry
                for entry in parts.entries
                if entry.section is Section.EMPLOYMENT and entry.period
            ]
            assert len(dated) == 4


@pytest.fixture(scope="module")
def page() -> Made:
    assert tessdata(), "the README's test command installs Tesseract's language data"
    return canvas.made()[0]


@pytest.mark.no_cover
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "PDF"])
def test_a_scan_is_read_by_ocr_and_says_so(page: Made, kind: str) -> None:
    stream = BytesIO()
    scans.scan(page.data, 3).save(stream, kind, resolution=200)
    document = read_document(stream.getvalue(), f"scan.{kind.lower()}")
    assert token_f1(document.text, page.truth) >= 0.97
    assert document.ocr
    assert [flag.kind for flag in document.flags] == ["read_by_ocr"]
    assert document.format == ("pdf" if kind == "PDF" else "picture")
    assert document.lines[0].box is not None


@pytest.mark.no_cover
def test_a_bad_photograph_is_read(page: Made) -> None:
    stream = BytesIO()
    scans.photograph(page.data, 5).save(stream, "JPEG", quality=70)
    document = read_document(stream.getvalue(), "phone.jpg")
    assert token_f1(document.text, page.truth) >= 0.9


@pytest.mark.no_cover
def test_pages_of_a_tiff_are_read_up_to_the_limit(page: Made) -> None:
    picture = scans.scan(page.data, 3)
    stream = BytesIO()
    blank = Image.new("L", (300, 400), 255)
    picture.save(stream, "TIFF", save_all=True, append_images=[blank] * 7)
    document = read_document(stream.getvalue(), "scan.tiff")
    assert document.pages == 8
    assert any("Pages 7 to 8 were not read" in flag.message for flag in document.flags)
