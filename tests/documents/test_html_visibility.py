"""HTML: what the cascade shows, in both directions."""

from __future__ import annotations

import pytest

from evaluator.documents.reading import read_document
from evaluator.errors import DocumentError, Unreadable
from evaluator.models.document import Document

SENTENCE = "Maintained nightly reports for four warehouses."


def _read(html: str) -> Document:
    page = f"<!doctype html><html><body><p>Marlow Quennell, data engineer.</p>{html}</body></html>"
    return read_document(page.encode(), "a.html")


SHOWN = {
    "print rule": f"<style>@media print{{.a{{display:none}}}}</style><p class=a>{SENTENCE}</p>",
    "narrow window": f"<style>@media (max-width:600px){{.a{{display:none}}}}</style><p class=a>{SENTENCE}</p>",
    "dark theme": f"<style>@media (prefers-color-scheme:dark){{.a{{color:white}}}}</style><p class=a>{SENTENCE}</p>",
    "wide window": f"<style>.a{{display:none}}@media (min-width:40em){{.a{{display:block}}}}</style><p class=a>{SENTENCE}</p>",
    "stronger selector": f"<style>p.a{{display:block}}.a{{display:none}}</style><p class=a>{SENTENCE}</p>",
    "inline over rule": f'<style>.a{{display:none}}</style><p class=a style="display:block">{SENTENCE}</p>',
    "visible again": f'<div style="visibility:hidden"><p style="visibility:visible">{SENTENCE}</p></div>',
    "white on dark": f'<div style="background:#123"><p style="color:#fff">{SENTENCE}</p></div>',
    "white on a gradient": f'<div style="background:linear-gradient(90deg,#123,#456)"><p style="color:#fff">{SENTENCE}</p></div>',
    "white on a variable": f"<style>:root{{--b:#123}}.b{{background:var(--b,white);color:white}}</style><p class=b>{SENTENCE}</p>",
    "light grey": f'<p style="color:#aaa">{SENTENCE}</p>',
    "half opaque": f'<p style="opacity:50%">{SENTENCE}</p>',
    "small": f'<p style="font:normal 7pt/1 serif">{SENTENCE}</p>',
    "size by keyword": f'<p style="font-size:x-small">{SENTENCE}</p>',
    "broken selector": f"<style>p[[{{display:none}} .x{{}}</style><p>{SENTENCE}</p>",
    "unknown colour": f'<p style="color:currentcolor;background:nonsense">{SENTENCE}</p>',
    "moved a little": f'<p style="position:relative;left:-4px;transform:translateX(-3px)">{SENTENCE}</p>',
    "supported": f"<style>@supports (display:grid){{.a{{display:grid}}}}</style><p class=a>{SENTENCE}</p>",
    "folded": f"<details><summary>More</summary>{SENTENCE}</details>",
}


@pytest.mark.parametrize("html", SHOWN.values(), ids=SHOWN.keys())
def test_what_a_browser_shows_is_read(html: str) -> None:
    document = _read(html)
    assert SENTENCE in document.text
    assert document.flags == ()


HIDDEN = {
    "print only": f"<style>@media not print{{.a{{display:none}}}}</style><p class=a>{SENTENCE}</p>",
    "nested media": f"<style>@media screen{{@media (min-width:1px){{.a{{display:none}}}}}}</style><p class=a>{SENTENCE}</p>",
    "content visibility": f'<p style="content-visibility:hidden">{SENTENCE}</p>',
    "filter": f'<p style="filter:opacity(0%)">{SENTENCE}</p>',
    "fill colour": f'<p style="-webkit-text-fill-color:#fff">{SENTENCE}</p>',
    "far below": f'<p style="margin-top:-3000px">{SENTENCE}</p>',
    "translated": f'<p style="transform:translate(-200em,0)">{SENTENCE}</p>',
    "closed dialog": f"<dialog>{SENTENCE}</dialog>",
    "body colours": f'<div style="background:black;color:#010101">{SENTENCE}</div>',
    "font shorthand": f'<p style="font:1px serif">{SENTENCE}</p>',
}


@pytest.mark.parametrize("html", HIDDEN.values(), ids=HIDDEN.keys())
def test_what_a_browser_hides_is_told(html: str) -> None:
    document = _read(html)
    assert SENTENCE not in document.text
    assert SENTENCE in " ".join(flag.message for flag in document.flags)


def test_blocks_cells_and_flex_rows_are_apart() -> None:
    document = _read(
        "<table><tr><td>Python</td><td>expert</td></tr></table>"
        "<div style='display:flex'><span>Engineer</span><span>2019</span></div>"
        "<div style='display:flex;flex-direction:column'><span>first</span><span>second</span></div>"
        "<p>one<br>two<b>bold</b>end</p><pre>  kept   spaces</pre>"
    )
    for part in ("Python\texpert", "Engineer\t2019", "one\ntwoboldend", "kept"):
        assert part in document.text


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        ("<b>" * 70_000, Unreadable.UNSAFE),
        ("<br>" * 70_000, Unreadable.TOO_LARGE),
        ("<style>" + "".join(f".c{n}{{color:red}}" for n in range(6_000)) + "</style>" + "<i>x</i>" * 4_000, Unreadable.UNSAFE),
    ],
)  # fmt: skip
def test_pages_that_would_take_minutes_are_refused(html: str, reason: Unreadable) -> None:
    with pytest.raises(DocumentError) as caught:
        _read(html)
    assert caught.value.reason is reason
