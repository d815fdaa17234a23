"""Values of properties: kept, thrown away or not known, as Chromium decides; and which rules can't hide text."""

from __future__ import annotations

import pytest

from evaluator.documents.css.cascade import Cascade
from evaluator.documents.css.declarations import UNKNOWN, declarations
from evaluator.documents.css.harmless import is_plain
from evaluator.documents.css.matching import Page
from evaluator.documents.css.sheets import Sheet
from evaluator.documents.html.tree import html_tree

KEPT = {
    "display": "block; inline-block; block flow; inline flow-root list-item; contents; table-cell", "visibility": "hidden; collapse", "opacity": "0; .5; 50%; -1; 1e-7",
    "color": "red; #fff; rgb(1 2 3 / 50%); currentcolor; RED; \\72 ed", "font-size": "1px; 0; 50%; 1q; smaller; math; calc(1px + 2em); calc(2 * 1px); calc((1px + 1%) * 2 / 3); min(1px,2%)",
    "line-height": "1; 1.5; normal; 0; 2px", "top": "auto; -1px; 0; clamp(1px,2px,3px)", "width": "auto; min-content; 1px", "max-width": "none; 1px", "text-indent": "1px hanging; -1px",
    "z-index": "auto; 7; -7; +5", "order": "7; -7", "zoom": "1; 50%; normal", "-webkit-line-clamp": "none; 2", "-webkit-text-stroke-width": "thin; 1px", "outline-offset": "-1px",
    "transform": "none; translate(1px); translate(1px,2%); rotate(0); rotate(1deg) scale(2); scale(50%); matrix(1,0,0,1,0,0)", "filter": "none; blur(); blur(1px) opacity(50%); drop-shadow(1px 1px red)",
    "white-space": "pre; nowrap", "flex-direction": "column", "background-clip": "text; text,border-box", "contain": "layout style; strict", "text-decoration-line": "underline line-through",
    "background-image": "none; url(x),url('y'); linear-gradient(to left top,red,10%,blue 2px); -webkit-linear-gradient(top,red,blue); radial-gradient(circle at 1px 2px,red,blue); radial-gradient(1px 2px,red,blue); conic-gradient(from 1turn at left,red 1deg,blue 9%); linear-gradient(in oklch longer hue,red,blue); image-set(url(x) 1x,'y' 2x); linear-gradient(45deg in lab,red,blue); radial-gradient(ellipse closest-side,red,blue); radial-gradient(1px,red,blue)",
    "background-size": "cover; 1px; auto 50%,contain; calc(1px + 1%)", "background-repeat": "repeat-x; space round,no-repeat", "background-position-x": "left; right 1px; 50%", "box-shadow": "none; 1px 1px; inset 1px 1px 1px -1px red; 0 0 red,1px 1px",
    "clip": "auto; rect(1px auto auto 0); rect(1px,2px,3px,4px)", "clip-path": "none; url(#q); circle(); circle(1px at center); ellipse(1px 2%); inset(1px round 1px / 2px); polygon(evenodd,0 0,1px 0); border-box; circle(1px) view-box",
    "translate": "none; 1px 2% 3px", "scale": "1 2; 50%; none", "rotate": "none; 1deg; x 1deg; 1deg 0 0 1", "content": "none; 'q' counter(c); url(x) / 'q'; open-quote", "color-scheme": "normal; dark; light only; only dark",
    "font-family": "a b,'c'; serif", "text-overflow": "clip; ellipsis", "aspect-ratio": "auto; 1; 16 / 9; auto 2", "border-radius": "1px; 1px 2px 3px 4px / 5%", "animation-name": "none; a,'b'", "animation-duration": "0s; 1ms,2s; auto",
    "animation-delay": "-1s", "animation-iteration-count": "infinite; .5", "grid-row-start": "auto; 2; span 2; q; -1 q; span q", "flex-basis": "content; 0; 10%", "column-gap": "normal; 1px",
    "grid-template-columns": "none; 1fr auto minmax(1px,1fr); repeat(2,1px 1fr) [q]; repeat(auto-fill,1px); fit-content(1px); subgrid [q]", "all": "inherit", "float": "left", "letter-spacing": "normal; -1px", "flex-grow": "1.5; 0; calc(1 + 1)", "border-top-width": "thick; 1px",
}  # fmt: skip
DROPPED = {
    "display": "bogus; block block; inline table list-item; none block; inline-block flow", "visibility": "bogus; visible hidden", "opacity": "1px; bogus; 1 / 2; none", "color": "bogus; #ff; red red; 1px; red !bogus",
    "font-size": "-1px; 1; 1bogus; 1px 2px; 1e3; bogus; .; 16/9", "line-height": "-1; bogus; 1 / 2", "top": "1; none; 1px 1px; #fff", "width": "none; -1px; 7; bogus", "max-width": "auto",
    "text-indent": "bogus; 1", "z-index": "1.5; 1px; 50%; 1 2", "order": "1.5; 1px; auto; bogus", "zoom": "-7; 1px; reset", "-webkit-line-clamp": "0; 1.5; auto; 50%",
    "-webkit-text-stroke-width": "1; 50%; -1px", "outline-offset": "50%; 1",
    "transform": "bogus; translate(); translate(1px,2px,3px); translate(red); rotate(1); rotate(1px); scale(1px); matrix(1); 1px", "position": "bogus; -webkit-sticky",
    "filter": "blur(1); blur(-1px); blur(50%); opacity(1px); opacity(-1); drop-shadow(1bogus red); red", "white-space": "bogus; balance; collapse preserve", "flex-direction": "bogus; row column", "background-clip": "bogus",
    "contain": "size bogus; size inline-size; none size", "background-image": "bogus; 1px; red; url(x) url(y); none,; linear-gradient(45,red,blue); linear-gradient(top,red,blue); linear-gradient(to left left,red,blue); radial-gradient(circle 1%,red,blue); radial-gradient(circle at,red,blue); radial-gradient(circle ellipse,red,blue); conic-gradient(red 1px,blue); linear-gradient(in bogus,red,blue); linear-gradient(red,,blue); linear-gradient(10%,red,blue); -moz-linear-gradient(red,blue); image-set(); linear-gradient(top); radial-gradient(ellipse 1px,red,blue); conic-gradient(from,red,blue)",
    "background-size": "1; cover 1px; -1px; 1px 2px 3px", "background-repeat": "repeat-x repeat; bogus", "background-position-x": "top; 1px 1px; 1; left left", "box-shadow": "1px; 1px 1px -1px; 1px red 1px; 1px 1px red blue; 1% 1px; none,none; 1px 1px 1px 1px 1px",
    "clip": "rect(1px); bogus; rect(1%,0,0,0)", "clip-path": "bogus; ellipse(1px); circle(1px 2px); circle(at); polygon(0); inset(1px 2px 3px 4px 5px); url(x) border-box; circle() circle(); circle(0 at)",
    "translate": "1; 1px 2px 3%; 1px 2px 3px 4px", "scale": "1px; none none", "rotate": "1; 1deg 2deg; 1 1deg; 1 1deg 1 1", "content": "none 'q'; bogus; 'q' / url(x); 'q' /; 1px; / 'q'", "color-scheme": "only; dark normal; dark inherit; 1",
    "font-family": "a 1; 'a' b; a,; 1px", "text-overflow": "1px; none", "aspect-ratio": "-1; 1px; 1 / 2 / 3", "border-radius": "-1px; 1px / 2px / 3px; auto", "animation-name": "1; a b; a,inherit", "animation-duration": "1; -1s; 1px",
    "animation-delay": "1; bogus", "animation-iteration-count": "-1; 1s", "grid-row-start": "0; span; span -1; auto q; 1.5; 2 2; span auto", "flex-basis": "none; -1px; 1", "column-gap": "auto; -1px",
    "grid-template-columns": "1px,1px; -1fr; bogus; [q]; repeat(2); repeat(0,1px); minmax(1fr,1px); minmax(1px); repeat(2,bogus); 1; fit-content()", "text-wrap": "pre; wrap nowrap", "text-wrap-mode": "balance", "text-decoration-line": "none underline; bogus", "float": "top", "flex-grow": "-1; 1px", "border-top-width": "50%; 1; -1px; auto", "mask-image": "#fff",
}  # fmt: skip
UNKNOWN_YET = {
    "display": "bogus(1)", "opacity": "calc(1px)", "color": "bogus(1)", "font-size": "1cqw; round(1px,1px); calc(1px + 1); calc(1); calc(1px*1px); calc(red); calc(1deg); calc(); min(1px,2)",
    "line-height": "bogus(1)", "width": "fit-content(1px); calc-size(auto,size)", "z-index": "calc(1)", "transform": "perspective(1px); bogus(1px); translate(bogus(1)); rotate(calc(1deg)); none scale(2); scale(1), scale(2)",
    "filter": "url(x); drop-shadow(bogus(1) red)", "flex-direction": "bogus(1)", "float": "bogus(1)", "background-image": "bogus(1); element(#q)", "outline-width": "calc(50% - 1px)",
}  # fmt: skip


def _values(name: str, values: str) -> dict[str, list[str]]:
    return {
        value: [one.value for one in declarations(f"{name}:{value}") if one.name == name]
        for value in values.split("; ")
    }


@pytest.mark.parametrize("name", KEPT)
def test_what_browsers_keep_counts(name: str) -> None:
    found = _values(name, KEPT[name])
    assert [value for value, kept in found.items() if len(kept) != 1 or UNKNOWN in kept] == []


@pytest.mark.parametrize("name", DROPPED)
def test_what_browsers_throw_away_changes_nothing(name: str) -> None:
    assert [value for value, kept in _values(name, DROPPED[name]).items() if kept] == []


@pytest.mark.parametrize("name", UNKNOWN_YET)
def test_what_this_reader_does_not_know_is_marked(name: str) -> None:
    found = _values(name, UNKNOWN_YET[name])
    assert [value for value, kept in found.items() if kept != [UNKNOWN]] == []


SHORTHANDS = {
    "font: italic 700 12px/1.5 a,'b'": "font-size", "border: red solid 1px": "border-top-width", "outline: auto 1px": "outline-width", "text-decoration: underline overline 2px wavy red": "text-decoration-line",
    "flex: 1 1 0": "flex-basis", "flex: none": "flex-grow", "animation: a 1s 2s ease-in infinite alternate both paused": "animation-name", "grid-area: 1 / 2 / span 3": "grid-row-start", "grid-row: a / 2": "grid-row-start",
    "grid-template: 'a b' 1px 'c d' / 1fr 2fr": "grid-template-columns", "grid: auto-flow dense 1px / 1fr": "grid-template-columns", "gap: 1px 2px": "column-gap", "mask: url(x)": "mask-image", "flex-flow: wrap column": "flex-direction",
    "background: url(x) left 1px top / cover no-repeat fixed,red": "background-color", "background-position: right 1px bottom": "background-position-x", "-webkit-text-stroke: red 1px": "-webkit-text-stroke-width",
}  # fmt: skip
DROPPED_SHORTHANDS = (
    """
font: 12px; font: bold bold 12px a; font: 10deg 12px a; font: 1001 12px a; font: 12px 'a' b; font: 12px/ a; border: 1px 2px; border: red blue; outline: hidden; text-decoration: 1; text-decoration: red blue
text-decoration: none underline; flex: 1px 1px; flex: 1 1 1; flex: -1; flex: 1 1px 1; animation: a b 1s; animation: 1s 2s 3s; animation: a,1px; grid-area: 0; grid-area: 1 / 2 / 3 / 4 / 5; grid-row: 1 / 2 / 3
grid-template: 1px; grid-template: 'a b' 'c' / 1px; grid-template: 1px 'a'; grid-template: 'a' / 1px / 2px; grid: auto-flow / auto-flow; grid-template: auto-flow / 1px; gap: 1; gap: 1px 2px 3px; mask: -moz-linear-gradient(red,blue)
flex-flow: row column; background: red blue; background: red,blue; background: url(x) / cover; background: 0 0 / top; background: 1 1; background: x-start; background-position: left left; background-position: center 1px 1px
background-position: 1px left; -webkit-text-stroke: 1; -webkit-text-stroke: 1px 1px
""".strip()
    .replace("\n", "; ")
    .split("; ")
)


@pytest.mark.parametrize("declared", SHORTHANDS)
def test_shorthands_are_taken_apart(declared: str) -> None:
    assert SHORTHANDS[declared] in {
        one.name for one in declarations(declared) if one.value != UNKNOWN
    }


def test_shorthands_that_browsers_throw_away_change_nothing() -> None:
    assert [one for one in DROPPED_SHORTHANDS if declarations(one)] == []
    assert declarations("text-wrap: balance") == [("white-space", "balance", False)]


def test_properties_not_understood_have_plain_values_of_their_own() -> None:
    assert is_plain("mask-size", "auto")
    assert not is_plain("mask-size", "1")
    assert not is_plain("perspective", "0")


def test_pages_without_a_doctype_may_leave_out_the_unit() -> None:
    assert [one.value for one in declarations("font-size:1;order:1px", quirks=True)] == ["1"]
    assert declarations("font-size:1;line-height:1px 1px") == []


HARMLESS = """opacity:.9; visibility:visible; display:flex; font-size:12px; line-height:1.5; position:relative; overflow:auto; margin:4px; width:300px; max-width:none; padding:2px auto
white-space:normal; transform:none; letter-spacing:normal; text-indent:0; vertical-align:top; order:0; flex-basis:auto; text-decoration:underline; grid-template-columns:1fr 300px; all:unset
float:left; border-radius:2px; box-shadow:none; outline-width:2px; content-visibility:auto; mask-size:auto""".replace(
    "\n", "; "
)
HARMFUL = """opacity:.1; visibility:hidden; display:none; font-size:1px; line-height:0; position:absolute; overflow:hidden; margin:-9px; width:9px; padding:400px; --q:1; clip:auto
transform:scale(0); letter-spacing:-9px; text-indent:-99px; vertical-align:9px; vertical-align:calc(1px); order:2; flex-basis:1px; text-decoration:line-through; grid-template-columns:9px 1fr; mask-size:1px
color:white; box-shadow:0 0 9px red; outline-width:99px; content-visibility:hidden; all:inherit; content:'q'""".replace(
    "\n", "; "
)


def _doubts(declared: str) -> int:
    page = Page(html_tree("<!doctype html><p>One</p>").root)
    return len(Cascade([Sheet(f"@media (width > 1300px){{p{{{declared}}}}}")], page).doubts)


def test_rules_that_may_apply_and_hide_nothing_do_no_harm() -> None:
    assert [one for one in HARMLESS.split("; ") if _doubts(one)] == []


def test_rules_that_may_apply_and_hide_something_are_doubted() -> None:
    assert [one for one in HARMFUL.split("; ") if not _doubts(one)] == []
