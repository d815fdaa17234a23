"""Texts in boxes of their own: letters of drawings, what fields of forms hold, formulas."""

from __future__ import annotations

import pytest

from evaluator.documents.reading import read_document, reading_of
from evaluator.models.document import Document, FlagKind

HEAD = "<!doctype html><html lang=en><meta charset=utf-8><title>r</title><p>Odalys Brinkhurst, shop supervisor.</p>"
WORDS = "Ordered flour"


def _read(html: str) -> Document:
    return read_document(
        f"{HEAD}{html.replace('{}', WORDS)}<p>Kept the rota.</p>".encode(), "a.html"
    )


SHOWN = {
    "a drawing": "<svg width=300 height=40><text x=10 y=25 font-size=20>{}</text></svg>",
    "a drawing with units of its own": "<svg viewBox='0 0 200 20' width=400 height=40><text x=100 y=15 font-size=14 text-anchor=middle>{}</text></svg>",
    "the second line first": "<svg width=300 height=80><text x=0 y=60>of May.</text><text x=0 y=25>{}</text></svg>",
    "a field": "<form><label>Work <input class=c value='{}'></label></form>",
    "a wide field": "<style>input{width:100%;padding:6px 12px;border:1px solid #ccc;font-size:16px}</style><input value='{} from seven mills each Monday morning'>",
    "an area": "<textarea rows=2 cols=40>\n{}\nBread.</textarea>",
    "a choice": "<select><option>Bread<option selected>{}</select>",
    "a formula": "<math><semantics><mtext>{}</mtext><annotation>Bread</annotation></semantics></math>",
}  # fmt: skip
NOT_SHOWN = {
    "beside the drawing": "<svg width=300 height=40><text x=310 y=25>{}</text></svg>",
    "below the drawing": "<svg width=300 height=40 viewBox='0 0 300 40'><text y=60>{}</text></svg>",
    "shrunk": "<svg width=30 height=4 viewBox='0 0 300 40'><text y=20>{}</text></svg>",
    "covered in the drawing": "<svg width=300 height=40><text y=20>{}</text><rect width=300 height=40 fill=#fff /></svg>",
    "painted by a sheet": "<style>text{fill:#fff}</style><svg width=300 height=40><text y=20>{}</text></svg>",
    "painted from above": "<style>body{fill-opacity:0}</style><svg width=300 height=40><text y=20>{}</text></svg>",
    "a drawing that is cut": "<style>svg{width:100px}</style><svg width=400 height=40><text x=200 y=20>{}</text></svg>",
    "in a cut box": "<div style='width:90px;overflow:hidden'><svg width=400 height=40><text x=200 y=20>{}</text></svg></div>",
    "beyond the field": "<input size=3 value='Bread, {}'>",
    "a field for numbers": "<input type=number value='{}'>",
    "a narrow field": "<style>input{width:20px}</style><input value='{}'>",
    "pushed away": "<style>input{padding-left:600px}</style><input value='{}'>",
    "below the area": "<textarea rows=1>Bread\n{}</textarea>",
    "a note of a formula": "<math><mpadded width=0><mtext>{}</mtext></mpadded></math>",
    "a small formula": "<math><mtext mathsize=1px>{}</mtext></math>",
    "a white field": "<input style='color:#fff' value='{}'>",
}  # fmt: skip
NEVER_SHOWN = {
    "a hidden field": "<input type=HIDDEN value='{}'><input type=hidden value='{}'>",
    "a password": "<input type=password value='{}'>",
    "defined in a drawing": "<svg width=300 height=40><defs><text y=20>{}</text></defs></svg>",
    "a phantom": "<math><mn>3</mn><mphantom><mtext>{}</mtext></mphantom></math>",
}


@pytest.mark.parametrize("html", SHOWN.values(), ids=SHOWN.keys())
def test_what_its_box_surely_shows_is_read(html: str) -> None:
    document = _read(html)
    assert WORDS in document.text
    assert document.flags == ()


@pytest.mark.parametrize("html", NOT_SHOWN.values(), ids=NOT_SHOWN.keys())
def test_what_its_box_may_not_show_is_told_and_not_read(html: str) -> None:
    document = _read(html)
    assert WORDS not in document.text
    assert [flag.kind for flag in document.flags] == [FlagKind.HIDDEN_TEXT]
    assert WORDS in document.flags[0].message


@pytest.mark.parametrize("html", NEVER_SHOWN.values(), ids=NEVER_SHOWN.keys())
def test_what_no_box_shows_is_not_read(html: str) -> None:
    document = _read(html)
    assert WORDS.split()[0] not in document.text


def test_texts_are_read_in_the_order_in_which_they_are_seen() -> None:
    assert "Ordered flour\nof May." in _read(SHOWN["the second line first"]).text


@pytest.mark.parametrize("html", SHOWN.values(), ids=SHOWN.keys())
def test_a_picture_is_wanted_of_them_all(html: str) -> None:
    assert reading_of(f"{HEAD}{html}".encode(), "a.html").wants_picture
