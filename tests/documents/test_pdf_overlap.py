"""PDF: large letters under and over a resume take nothing from it, unless nobody can read it there."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from evaluator.documents.reading import read_document

LINES = (
    "Platform engineer with nine years in payments and logistics.",
    "Migrated 140 services from virtual machines to Kubernetes with no planned downtime.",
    "Built the delivery pipeline in Terraform and Argo CD, from monthly to daily releases.",
    "Cut the cost of the cluster by 38 percent with autoscaling and spot capacity.",
    "Ran the monitoring of 60 services and wrote the handbook that five teams use.",
    "Automated certificates and the rotation of secrets with Vault.",
)
WORDS = [word for line in LINES for word in line.split()]
Paint = Callable[[Canvas], None]


def _stamp(
    words: str, size: float, grey: float, turn: float = 0, opacity: float = 1.0, at: tuple[float, float] = (297, 660)
) -> Paint:  # fmt: skip
    def paint(canvas: Canvas) -> None:
        canvas.saveState()
        canvas.setFillGray(grey)
        canvas.setFillAlpha(opacity)
        canvas.setFont("Helvetica-Bold", size)
        canvas.translate(*at)
        canvas.rotate(turn)
        canvas.drawCentredString(0, -size / 3, words)
        canvas.restoreState()

    return paint


def _again_and_again(words: str, size: float, grey: float) -> Paint:
    def paint(canvas: Canvas) -> None:
        for height in range(540, 800, 30):
            _stamp(words, size, grey, at=(297, height))(canvas)

    return paint


def _scribble(canvas: Canvas) -> None:
    for number in range(len(LINES)):
        canvas.drawString(60, 740 - 24 * number, "x8Wq " * 20)


def _pdf(under: Paint | None = None, over: Paint | None = None, grey: float = 0.0) -> bytes:
    target = BytesIO()
    canvas = Canvas(target, pagesize=A4)
    if under:
        under(canvas)
    canvas.setFillGray(0)
    canvas.setFont("Helvetica-Bold", 20)
    canvas.drawString(60, 785, "Marta Sundell")
    canvas.setFillGray(grey)
    canvas.setFont("Helvetica", 10.5)
    for number, line in enumerate(LINES):
        canvas.drawString(60, 740 - 24 * number, line)
    if over:
        over(canvas)
    canvas.save()
    return target.getvalue()


ORDINARY = {
    "pale stamp under it": _pdf(under=_stamp("CONFIDENTIAL", 90, 0.88, 55)),
    "pale stamp over it": _pdf(over=_stamp("DRAFT", 150, 0.0, 45, opacity=0.1)),
    "grey stamp over it": _pdf(over=_stamp("COPY", 170, 0.4, 30, opacity=0.2)),
    "stamp that runs across": _pdf(under=_stamp("SAMPLE", 130, 0.9)),
    "stamp that runs up": _pdf(under=_stamp("CURRICULUM VITAE", 50, 0.85, 90, at=(300, 420))),
    "three stamps": _pdf(under=_again_and_again("FOR INTERNAL USE ONLY", 40, 0.9)),
    "giant letter behind": _pdf(under=_stamp("M", 400, 0.92)),
    "initials behind the name": _pdf(under=_stamp("MS", 70, 0.75, at=(95, 790))),
    "initials beside the name": _pdf(under=_stamp("MS", 90, 0.8, at=(470, 780))),
}


@pytest.mark.parametrize("look", ORDINARY)
def test_pale_letters_across_a_page_take_no_word_from_it_and_raise_no_flag(look: str) -> None:
    document = read_document(ORDINARY[look], "resume.pdf")
    read = document.text.split()

    assert [word for word in WORDS if word not in read] == []
    assert document.flags == ()


UNREADABLE = {
    "dark letters over it": _pdf(over=_again_and_again("MMMMMMMMMMMM", 60, 0.0)),
    "letters of its own grey under it": _pdf(under=_stamp("I", 2200, 0.2, at=(180, -80)), grey=0.22),
    "one dark letter over it": _pdf(over=_stamp("I", 2200, 0.0, at=(180, -80))),
    "other letters of the same size over it": _pdf(over=_scribble),
}  # fmt: skip


@pytest.mark.parametrize("look", UNREADABLE)
def test_what_lies_under_dark_letters_or_on_letters_of_its_own_grey_does_not_count(
    look: str,
) -> None:
    document = read_document(UNREADABLE[look], "resume.pdf")
    read = document.text.split()

    assert sum(word not in read for word in WORDS) > 0.5 * len(WORDS)
    assert any(flag.kind == "hidden_text" for flag in document.flags)


def test_white_words_on_a_dark_letter_are_read_and_those_beside_it_are_not() -> None:
    document = read_document(
        _pdf(under=_stamp("MM", 800, 0.05, at=(297, 400)), grey=1.0), "resume.pdf"
    )
    read = document.text.split()

    assert 0 < sum(word in read for word in WORDS) < len(WORDS)


def _unseen(canvas: Canvas, x: float, text: str) -> None:
    canvas.saveState()
    canvas.setFillAlpha(0)
    canvas.drawString(x, 500, text)
    canvas.restoreState()


def _under_bars(canvas: Canvas) -> None:
    """Narrow letters drawn one by one, whose ink covers most of every letter of what is not seen."""
    canvas.saveState()
    canvas.setFont("Helvetica", 6)
    _unseen(canvas, 60, "Sorted archived ledgers by hand every autumn")
    canvas.restoreState()
    canvas.setFont("Helvetica", 5.4)
    for number in range(150):
        canvas.drawString(60 + 2.7 * number, 500, "|")


def _letter_by_letter(canvas: Canvas) -> None:
    canvas.setFont("Helvetica", 11)
    canvas.drawString(
        60, 500, "Wrote the handbook of the monitoring that all five teams of the firm use"
    )
    for number, letter in enumerate("Sorted"):
        _unseen(canvas, 60 + 11 * number, letter)


def _large_in_a_mass(canvas: Canvas) -> None:
    canvas.setFont("Helvetica", 27)
    canvas.drawString(42, 500, "Sorted ledgers")
    for number in range(12):
        for rise in (-8, 8):
            canvas.drawString(36 + 1.8 * number, 500 + rise, "M" * 20)


@pytest.mark.parametrize("paint", [_under_bars, _letter_by_letter, _large_in_a_mass])
def test_letters_that_another_one_lends_its_ink_are_not_read(paint: Paint) -> None:
    found = read_document(_pdf(over=paint), "a.pdf")
    assert "Sorted" not in found.text.replace(" ", "")
    assert found.flags
