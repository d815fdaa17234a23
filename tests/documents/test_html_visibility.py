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
    "clear letters on a gradient": f"<p style='background:linear-gradient(#f06,#48f);-webkit-background-clip:text;color:transparent'>{SENTENCE}</p>",
    "mixed ground": f"<p style='background:color-mix(in srgb, navy 80%, white);color:white'>{SENTENCE}</p>",
    "a dark page": f"<style>:root{{color-scheme:dark}}</style><p style='color:#ddd'>{SENTENCE}</p>",
    "light of two": f"<p style='color:light-dark(#111,#eee)'>{SENTENCE}</p>",
    "oklch": f"<p style='color:oklch(0.3 0.1 250)'>{SENTENCE}</p>",
    "a box behind": f"<style>p{{position:relative;color:#fff}}p::before{{content:'';position:absolute;inset:0;background:#123;z-index:-1}}</style><p>{SENTENCE}</p>",
    "for the ear": f"<p>{SENTENCE}</p><span style='position:absolute;width:1px;height:1px;overflow:hidden;clip:rect(0,0,0,0)'>Jump to the list</span>",
    "for paper": f"<style>.a{{display:none}}@media print{{.a{{display:block}}}}</style><p>{SENTENCE}</p><p class=a>From my own site</p>",
    "an invalid value": f"<p style='display:block;display:nowhere;opacity:1;opacity:none'>{SENTENCE}</p>",
    "a computed size": f"<p style='font-size:clamp(10px,2vw,20px);left:calc(50% - 20px);position:absolute'>{SENTENCE}</p>",
    "turned a little": f"<p style='transform:rotateY(10deg) scale(.9);clip-path:inset(0 5% 0 0)'>{SENTENCE}</p>",
    "faded out": f"<p style='mask-image:linear-gradient(black,transparent)'>{SENTENCE}</p>",
    "faded in": f"<style>@keyframes k{{from{{opacity:0}}to{{opacity:1}}}}p{{opacity:0;animation:k 1s forwards}}</style><p>{SENTENCE}</p>",
    "known support": f"<style>@supports not (display:grid){{.a{{display:none}}}}</style><p class=a>{SENTENCE}</p>",
    "nested": f"<style>.a{{&:hover{{display:none}}b{{color:red}}}}</style><p class=a>{SENTENCE}</p>",
    "a tall box": f"<div style='height:40px;overflow:hidden'>{SENTENCE}</div>",
    "tight letters": f"<p style='letter-spacing:-0.03em'>{SENTENCE}</p>",
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
    "unknown support": f"<style>.a{{display:none}}@supports (nothing:such){{.a{{display:block}}}}</style><p class=a>{SENTENCE}</p>",
    "container": f"<style>@container (min-width:2px){{.a{{opacity:0}}}}</style><p class=a>{SENTENCE}</p>",
    "nested": f"<style>body{{p.a{{display:none}}}}</style><p class=a>{SENTENCE}</p>",
    "nested with the parent": f"<style>p{{&.a{{visibility:hidden}}}}</style><p class=a>{SENTENCE}</p>",
    "a range of widths": f"<style>@media (400px <= width){{.a{{display:none}}}}</style><p class=a>{SENTENCE}</p>",
    "a tall window": f"<style>@media (min-height:9px) and (orientation:landscape){{.a{{display:none}}}}</style><p class=a>{SENTENCE}</p>",
    "the last of a kind": f"<style>:nth-last-child(1 of .a){{display:none}}</style><p class=a>{SENTENCE}</p>",
    "a sheet for paper": f"<style>.a{{display:none}}</style><style media=print>.a{{display:block}}</style><p class=a>{SENTENCE}</p>",
    "a sheet without scripts": f"<style>.a{{display:none}}</style><noscript><style>.a{{display:block}}</style></noscript><p class=a>{SENTENCE}</p>",
    "a sheet in its address": f"<link rel=stylesheet href='data:text/css;base64,LmF7ZGlzcGxheTpub25lfQ=='><p class=a>{SENTENCE}</p>",
    "an invalid value after": f"<p style='font-size:1px;font-size:none'>{SENTENCE}</p>",
    "animated away": f"<style>@keyframes k{{100%{{opacity:0}}}}</style><p style='animation:k 1s both'>{SENTENCE}</p>",
    "inherited": f"<div style='visibility:hidden'><p style='visibility:inherit'>{SENTENCE}</p></div>",
    "a circle of nothing": f"<p style='clip-path:circle(2px at 50% 50%)'>{SENTENCE}</p>",
    "cut from the left": f"<p style='clip-path:inset(0 60% 0 40%)'>{SENTENCE}</p>",
    "a line for a shape": f"<p style='clip-path:polygon(0 0,100% 0,100% 1px)'>{SENTENCE}</p>",
    "a clear mask": f"<p style='-webkit-mask-image:linear-gradient(transparent,transparent)'>{SENTENCE}</p>",
    "blurred": f"<p style='filter:blur(9px)'>{SENTENCE}</p>",
    "turned away": f"<p style='transform:rotateX(.25turn)'>{SENTENCE}</p>",
    "a flat matrix": f"<p style='transform:matrix(1,0,0,0,0,0)'>{SENTENCE}</p>",
    "a far inset": f"<p style='position:absolute;inset:0 auto auto -900px'>{SENTENCE}</p>",
    "a far margin": f"<p style='margin:0 0 0 calc(-1 * 4000px)'>{SENTENCE}</p>",
    "overlaid letters": f"<p style='letter-spacing:-9px'>{SENTENCE}</p>",
    "a low scroller": f"<div style='max-height:.3em;overflow-y:scroll'>{SENTENCE}</div>",
    "contained": f"<div style='contain:size paint'>{SENTENCE}</div>",
    "a quarter of a millimetre": f"<p style='font:1q/1 serif'>{SENTENCE}</p>",
    "zoomed out": f"<p style='zoom:5%'>{SENTENCE}</p>",
    "a mixed colour": f"<p style='color:color-mix(in srgb,white 95%,black)'>{SENTENCE}</p>",
    "the canvas": f"<p style='color:canvas'>{SENTENCE}</p>",
    "oklab": f"<p style='color:oklab(0.99 0 0)'>{SENTENCE}</p>",
    "a ground of no size": f"<p style='color:white;background:linear-gradient(red,red) 0 0/0 0'>{SENTENCE}</p>",
    "dots for letters": f"<p style='-webkit-text-security:disc'>{SENTENCE}</p>",
    "a popover": f"<div popover>{SENTENCE}</div>",
    "in a meter": f"<meter value=1>{SENTENCE}</meter>",
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
