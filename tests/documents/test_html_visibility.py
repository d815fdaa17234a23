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
    "unfolded": f"<details open><summary>More</summary>{SENTENCE}</details>",
    "the summary": f"<details><summary>{SENTENCE}</summary></details>",
}


@pytest.mark.parametrize("html", SHOWN.values(), ids=SHOWN.keys())
def test_what_a_browser_shows_is_read(html: str) -> None:
    document = _read(html)
    assert SENTENCE in document.text
    assert document.flags == ()


HIDDEN = {
    "folded": f"<details><summary>More</summary>{SENTENCE}</details>",
    "folded twice": f"<details><div><p>{SENTENCE}</p></div><summary>More</summary></details>",
    "print only": f"<style>@media not print{{.a{{display:none}}}}</style><p class=a>{SENTENCE}</p>",
    "nested media": f"<style>@media screen{{@media (min-width:1px){{.a{{display:none}}}}}}</style><p class=a>{SENTENCE}</p>",
    "content visibility": f'<p style="content-visibility:hidden">{SENTENCE}</p>',
    "filter": f'<p style="filter:opacity(0%)">{SENTENCE}</p>',
    "fill colour": f'<p style="-webkit-text-fill-color:#fff">{SENTENCE}</p>',
    "far below": f'<p style="margin-top:-3000px">{SENTENCE}</p>',
    "translated": f'<p style="transform:translate(-200em,0)">{SENTENCE}</p>',
    "unknown support": f"<style>.a{{display:none}}@supports (nothing:such){{.a{{display:block}}}}</style><p class=a>{SENTENCE}</p>",
    "container": f"<style>body{{container-type:inline-size}}@container (min-width:2px){{.a{{opacity:0}}}}</style><p class=a>{SENTENCE}</p>",
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


MORE_HIDDEN = {
    "a later layer": "@layer a,b;@layer b{.x{display:none}}@layer a{.x{display:block}}",
    "an important layer": "@layer a{.x{display:none!important}}.x{display:block!important}",
    "negated lists": ".x:not(.a,.b){display:none}",
    "the strongest of a list": ".x{display:block}:is(.x,#z){display:none}",
    "a void list": ".x{display:none}.x,.y:bogus{display:block}",
    "nested after": ".x{display:block;&{display:none}}",
    "an import too late": ".x{display:none}@import 'data:text/css,.x{display:block}';",
    "names of variables": ".x{--Dark:#fff;color:var(--Dark,black)}",
    "variables of the root": ":root{--c:var(--d);--d:white}.x{--d:black;color:var(--c)}",
    "a shorthand after": ".x{color:white;background-color:#123;background:white}",
    "its own colour behind": ".x{color:#123;background:currentcolor}",
    "two faint things": ".x{color:#ccc;opacity:.2}",
    "either medium": "@media (max-width:1px) or (min-width:1px){.x{display:none}}",
    "no unit": ".x{font-size:1px;font-size:20}",
    "an unknown function": ".x{font-size:20px;font-size:round(1px,1px)}",
    "a choice": ".x{color:if(media(screen):white;else:black)}",
    "the first line": ".x::first-line{color:white}",
    "blended": ".x{mix-blend-mode:screen}",
    "a column": ".x{display:table-column}",
    "one line of many": ".x{height:1em;overflow:hidden;padding-top:40px;box-sizing:border-box}",
    "a registered variable": "@property --c{syntax:'<color>';inherits:false;initial-value:white}.x{color:var(--c,black)}",
    "turned round": ".x{unicode-bidi:bidi-override;direction:rtl}",
    "for ever": "@keyframes k{from,to{opacity:0}}.x{animation:k 9s infinite}",
    "driven by scrolling": "@keyframes k{from,to{opacity:0}}.x{animation:k both;animation-timeline:scroll()}",
    "a gradient of one line": ".x{color:white;background:linear-gradient(#000 1px,white 1px)}",
    "struck out": ".x{text-decoration:line-through 2em white}",
    "a frame over it": "div{position:relative}div::after{content:'';position:absolute;inset:0;background:white}",
    "glass over it": ".x{position:relative}.x::after{content:'';position:absolute;inset:0;backdrop-filter:blur(30px)}",
    "no room in a row": "div{display:grid;grid-template-columns:0 1fr}.x{overflow:hidden}",
    "a blank typeface": "@font-face{font-family:b;src:url(data:font/woff2;base64,d09G)}.x{font-family:b}",
    "behind another ground": "body{background:white}.x{position:relative;color:white}.x::before{content:'';position:absolute;inset:0;background:#123;z-index:-1}div{background:#fff}",
}


@pytest.mark.parametrize("css", MORE_HIDDEN.values(), ids=MORE_HIDDEN.keys())
def test_what_is_not_understood_to_be_shown_does_not_count(css: str) -> None:
    document = _read(
        f"<style>{css}</style><div><p class=x>{SENTENCE}</p></div><p>Ghent and Bruges</p>"
    )
    assert SENTENCE not in document.text
    (flag,) = document.flags
    assert SENTENCE in flag.message


MORE_SHOWN = {
    "a page of two tones": "body{background:linear-gradient(90deg,#123 0 40px,#fff 40px);padding-left:60px}",
    "layers": "@layer a,b;@layer a{.x{color:white}}@layer b{.x{color:black}}",
    "a container": "@container (min-width:9px){.x{display:grid;padding:1rem}}",
    "a narrow container": "div{container:card/inline-size;width:400px}@container card (width > 30em){.x{display:none}}",
    "no such container": "div{container:card/inline-size}@container main (width > 30em){.x{display:none}}",
    "the nearer container": "body{container-type:inline-size}div{container-type:inline-size;max-width:300px}@container (min-width:600px){.x{display:none}}",
    "places of their own in a grid": "body{display:grid;grid-template-areas:'a b';grid-template-columns:1fr 300px}div{grid-area:a}div+p{grid-area:b;background:#123;color:#fff}",
    "lines of their own in a grid": "body{display:grid}div{grid-area:1/1/2/-1}div+p{grid-row:2;grid-column:1/span 2;background:#ccd}",
    "of a kind": ".x:not(:has(img)):is(p,li){margin-block:1em}",
    "a bar above": "body::before{content:'';position:fixed;top:0;left:0;width:100%;height:4px;background:#123}",
    "a mark beside": ".x{position:relative}.x::before{content:'';position:absolute;left:-20px;top:4px;width:9px;height:9px;background:#123}",
    "a sheet of paper": "body{background:#555}.x{background:white;width:210mm;min-height:90mm;margin:auto;padding:2cm}",
    "sizes by the window": ".x{font-size:clamp(1rem,2cqi,2rem);width:min(100%,70ch);margin-inline:auto}",
    "a typeface by name": "@font-face{font-family:b;src:local('Lato'),url(b.woff2)}.x{font-family:b}",
    "appearing": "@keyframes k{from{opacity:0;transform:translateY(9px)}to{opacity:1}}.x{animation:k .8s ease both}",
    "cards": "div{display:grid;grid-template-columns:repeat(auto-fit,minmax(280px,1fr))}.x{overflow:hidden;border-radius:8px}",
}


@pytest.mark.parametrize("css", MORE_SHOWN.values(), ids=MORE_SHOWN.keys())
def test_ordinary_sheets_of_today_are_understood(css: str) -> None:
    document = _read(
        f"<style>{css}</style><div><p class=x>{SENTENCE}</p></div><p>Ghent and Bruges</p>"
    )
    assert SENTENCE in document.text
    assert document.flags == ()


CONTAINED = [
    "body{container-type:inline-size}@container (width > 1300px){.x{opacity:0}}",
    "body{container-type:inline-size}@container (inline-size > 30em) and (not (width < 2px)){.x{opacity:0}}",
    "body{container-type:size;height:300px}@container (height > 2px){.x{opacity:0}}",
    "body{container:m/inline-size}@container m style(--a:1){.x{opacity:0}}",
    "body{container:m/inline-size}@container m{.x{opacity:0}}",
    "body{container:m/inline-size}@container m (orientation:portrait){.x{opacity:0}}",
    "body{container:m/inline-size}@container m (width){.x{opacity:0}}",
    "body{container:m/inline-size}@container m (hover){.x{opacity:0}}",
    "div{display:inline-block;container-type:inline-size}@container (width < 100px){.x{opacity:0}}",
    "body{container-type:inline-size}@container (width > 2px){@container (width > 3px){.x{opacity:0}}}",
    ".x{opacity:0;container-type:inline-size}@container (width > 2px){.x{opacity:1}}",
]
PLACED = [
    "div{grid-area:a}div+p{grid-area:a}",
    "div{grid-area:A}div+p{grid-area:B}",
    "div{grid-area:1/1/2/3}div+p{grid-area:1/2}",
    "div{grid-area:1/1}div+p{grid-area:-3/-3}",
    "div{grid-row:1;grid-column:1/span 2}div+p{grid-row:1;grid-column:span 1/3}",
    "body{grid-template-areas:none;grid-template-areas:'a b' 'b a'}div{grid-area:a}div+p{grid-area:b}",
    "body{grid-template-areas:none;grid-template-areas:'a' '..b'}div{grid-area:a}div+p{grid-area:b}",
    "body{grid-template-areas:none;grid-template-areas:'a' '!'}div{grid-area:a}div+p{grid-area:b}",
]


@pytest.mark.parametrize("css", CONTAINED)
def test_what_containers_may_ask_away_does_not_count(css: str) -> None:
    document = _read(
        f"<style>{css}</style><div><p class=x>{SENTENCE}</p></div><p>Ghent and Bruges</p>"
    )
    assert SENTENCE not in document.text


@pytest.mark.parametrize("css", PLACED)
def test_boxes_in_one_place_of_a_grid_may_cover_each_other(css: str) -> None:
    grid = "body{display:grid;grid-template-areas:'a a' 'b .'}div+p{background:white}"
    document = _read(
        f"<style>{grid}{css}</style><div><p class=x>{SENTENCE}</p></div><p>Ghent and Bruges</p>"
    )
    assert SENTENCE not in document.text


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
