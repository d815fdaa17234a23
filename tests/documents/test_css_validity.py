"""Values of properties: kept, thrown away or not known, as Chromium decides; and which rules can't hide text."""

from __future__ import annotations

import pytest

from evaluator.documents.css import Cascade
from evaluator.documents.css_declarations import UNKNOWN, declarations
from evaluator.documents.css_matching import Page
from evaluator.documents.css_sheets import Sheet
from evaluator.documents.html_tree import html_tree

KEPT = {
    "display": "block; inline-block; block flow; inline flow-root list-item; contents; table-cell", "visibility": "hidden; collapse", "opacity": "0; .5; 50%; -1; 1e-7",
    "color": "red; #fff; rgb(1 2 3 / 50%); currentcolor; RED; \\72 ed", "font-size": "1px; 0; 50%; 1q; smaller; math; calc(1px + 2em); calc(2 * 1px); calc((1px + 1%) * 2 / 3); min(1px,2%)",
    "line-height": "1; 1.5; normal; 0; 2px", "top": "auto; -1px; 0; clamp(1px,2px,3px)", "width": "auto; min-content; 1px", "max-width": "none; 1px", "text-indent": "1px hanging; -1px",
    "z-index": "auto; 7; -7; +5", "order": "7; -7", "zoom": "1; 50%; normal", "-webkit-line-clamp": "none; 2", "-webkit-text-stroke-width": "thin; 1px", "outline-offset": "-1px",
    "transform": "none; translate(1px); translate(1px,2%); rotate(0); rotate(1deg) scale(2); scale(50%); matrix(1,0,0,1,0,0)", "filter": "none; blur(); blur(1px) opacity(50%); drop-shadow(1px 1px red)",
    "white-space": "pre; nowrap", "flex-direction": "column", "background-clip": "text; text,border-box", "contain": "layout style", "text-decoration-line": "underline line-through",
    "background-image": "none; url(x),url('y'); linear-gradient(red,blue)", "float": "left", "letter-spacing": "normal; -1px", "flex-grow": "1.5; 0; calc(1 + 1)", "border-top-width": "thick; 1px",
}  # fmt: skip
DROPPED = {
    "display": "bogus; block block; none block; inline-block flow", "visibility": "bogus; visible hidden", "opacity": "1px; bogus; 1 / 2; none", "color": "bogus; #ff; red red; 1px; red !bogus",
    "font-size": "-1px; 1; 1bogus; 1px 2px; 1e3; bogus; .; 16/9", "line-height": "-1; bogus; 1 / 2", "top": "1; none; 1px 1px; #fff", "width": "none; -1px; 7; bogus", "max-width": "auto",
    "text-indent": "bogus; 1", "z-index": "1.5; 1px; 50%; 1 2", "order": "1.5; 1px; auto; bogus", "zoom": "-7; 1px; reset", "-webkit-line-clamp": "0; 1.5; auto; 50%",
    "-webkit-text-stroke-width": "1; 50%; -1px", "outline-offset": "50%; 1",
    "transform": "bogus; translate(); translate(1px,2px,3px); translate(red); rotate(1); rotate(1px); scale(1px); matrix(1); 1px", "position": "bogus; -webkit-sticky",
    "filter": "blur(1); blur(-1px); blur(50%); opacity(1px); opacity(-1); drop-shadow(1bogus red); red", "white-space": "bogus", "flex-direction": "bogus; row column", "background-clip": "bogus",
    "contain": "size bogus", "background-image": "bogus; 1px; red; url(x) url(y); none,", "float": "top", "flex-grow": "-1; 1px", "border-top-width": "50%; 1; -1px; auto", "mask-image": "#fff",
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
    page = Page(html_tree("<!doctype html><p>One</p>"))
    return len(Cascade([Sheet(f"@container (width > 9px){{p{{{declared}}}}}")], page).doubts)


def test_rules_that_may_apply_and_hide_nothing_do_no_harm() -> None:
    assert [one for one in HARMLESS.split("; ") if _doubts(one)] == []


def test_rules_that_may_apply_and_hide_something_are_doubted() -> None:
    assert [one for one in HARMFUL.split("; ") if not _doubts(one)] == []
