"""A link that nobody can meet on the page names no account."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pikepdf
import pytest
from reportlab.pdfgen.canvas import Canvas

from evaluator.documents.reading import read_document
from evaluator.github.accounts import choose_account

LINES = ("Tessa Veller, baker of bread", "Kept the books of the shop, too")


def linked(*, rect: list[float], flags: int = 4, white: bool = False) -> bytes:
    stream, out = BytesIO(), BytesIO()
    drawing = Canvas(stream, pagesize=(400, 300), invariant=1)
    drawing.drawString(50, 240, LINES[0])
    if white:
        drawing.setFillColorRGB(1, 1, 1)
    drawing.drawString(50, 200, LINES[1])
    drawing.save()
    with pikepdf.open(BytesIO(stream.getvalue())) as document:
        action = pikepdf.Dictionary(
            S=pikepdf.Name.URI, URI=pikepdf.String("https://github.com/fictional-a")
        )
        link: Any = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=pikepdf.Array(rect), F=flags, A=action
        )  # fmt: skip
        document.pages[0].Annots = pikepdf.Array([document.make_indirect(link)])
        document.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("shape", "login"),
    [
        ({"rect": [50, 195, 200, 215]}, "fictional-a"),
        ({"rect": [200, 215, 50, 195]}, "fictional-a"),
        ({"rect": [300, 20, 320, 40]}, "fictional-a"),  # a mark that is drawn and has no words
        ({"rect": [-300, 195, -100, 215]}, None),
        ({"rect": [50, 900, 200, 920]}, None),
        ({"rect": [50, 200, 50, 200]}, None),
        ({"rect": [50, 195, 200, 215], "flags": 2}, None),
        ({"rect": [50, 195, 200, 215], "flags": 32}, None),
        ({"rect": [50, 195, 200, 215], "white": True}, None),
    ],
)
def test_only_links_that_can_be_met_name_an_account(
    shape: dict[str, Any], login: str | None
) -> None:
    assert choose_account(read_document(linked(**shape), "a.pdf")).login == login
