"""One declaration or one element each: whether its text counts, as Chromium's own pictures of these pages tell."""

from __future__ import annotations

import pytest

from evaluator.documents.html.converter import HtmlConverter
from evaluator.documents.html.old_colours import old_colour

TEXT = "Maintained nightly reports for four warehouses."
SHOWN = """
clip-path:inset(0) | clip-path:polygon(0 0,100% 0,100% 100%,0 100%) | filter:contrast(1) | transform:scale(1) | transform:rotateX(10deg) | clip-path:circle(100% at center) | filter:blur(.1px)
--a:1;font-size:calc((var(--a) + 1) * 10px) | font:var(--none) | color:white;background:#1234 | mask:none | font-size:larger | filter:sepia(.5) | margin:-300px 0 0 0 0
color:white;color:initial | transform:translateZ(9px) | color:white;background:#123 none | color:white;background:#123 0 / 0 | mask:linear-gradient(90deg,black,black) | display:block;width:300px;margin:0 0 0 auto
color:white;background:#123 calc(1px + 2px) 3px | padding-top:env(safe-area-inset-top) | opacity:0;opacity:calc(1) | color:white;background-color:#123;background-clip:nonsense
<font size=1>{}</font> | <div style="display:grid;grid-template-columns:1fr 1fr"><div style="grid-column:2">{}</div></div> | <div style="display:grid;grid-template-columns:1fr 1fr"><div>a</div><div style="order:-1">{}</div></div>
<font size=+1>{}</font> | <dialog open>{}</dialog> | <ul><li style="text-decoration:underline 1px">{}</ul> | <p style="transform:rotate(.01turn)">{}</p> | <p style="transform:matrix(1,0,0,1,3,3)">{}</p>
"""
UNSEEN = """
clip-path:polygon(0 0,1px 0,0 1px) | clip-path:polygon(0 0,0 0) | transform:rotateX(90deg) | filter:brightness(0);background:black | clip-path:polygon(calc(1px + 1cqw) 0,1px 0,0 1px)
filter:invert() | --a:var(--b);--b:var(--a);color:var(--a,white) | mask:url(#m) | transform:scaleX(9) | transform:scaleZ(0) | color:color(rec2020 1 1 1) | transform:translate(-150%)
position:fixed;left:1300px | position:fixed;right:-400px | color:white;color:hsl(0,0,0) | position:fixed;bottom:-200px | position:relative;top:-500px | float:left;margin-left:-2000px | overflow:hidden visible;height:0
color:white;background:foo(1) #123 | display:inline;margin-left:-2000px | font-size:1px;font-size:calc(200px / 0) | outline:900px solid white;outline-offset:-900px
mask:linear-gradient(black,black) 0 0/0 0 no-repeat | color:white;color:color-mix(in srgb,black 150%,black) | color:white;text-decoration:underline;color:1 | opacity:0;opacity:none
transform:rotateY(90deg) | transform:rotateY(180deg);backface-visibility:hidden | transform:matrix(0,0,0,0,0,0) | clip:rect(0,0,0,0);position:absolute | clip-path:circle(1px at 0 0) | clip-path:ellipse(1px 1px) | mix-blend-mode:screen;color:white
color:white;background-size:0 0;background-image:linear-gradient(#123,#123) | -webkit-text-security:disc | contain:strict;overflow:hidden | filter:blur(9px) | filter:opacity(0) | position:absolute;left:-9999px
<table><col style="visibility:collapse"><tr><td>{}</table> | <font color=ffffff>{}</font> | <dialog>{}</dialog> | <p popover>{}</p> | <div style="content-visibility:hidden">{}</div>
<style>@property --c{syntax:"<color>";inherits:false;initial-value:black}p{--c:white;color:var(--c)}</style><p>{}</p> | <style>p::first-line{color:white}</style><p>{}</p> | <div style="zoom:.01">{}</div> | <body text=white>{}
<style>body{overflow:hidden}</style><div style="height:3000px"></div><p>{}</p> | <div style="display:-webkit-box;-webkit-line-clamp:1;-webkit-box-orient:vertical;overflow:hidden;width:300px">a<br>b<br>{}</div>
"""
NOT_SURE = """
font-size:calc(1px & 2px) | unicode-bidi:bidi-override;unicode-bidi:nonsense | word-spacing:-1em;word-spacing:-9em | color:white;background:#123 text | direction:rtl;width:60px;white-space:nowrap | filter:url(#q) | <bdo dir=rtl>{}</bdo> | <marquee>{}</marquee> | <progress>{}</progress>
color:light-dark(black) | color:color-mix(in srgb,white) | color:white;color:revert-layer | color:color-mix(in srgb,nonsense,black) | mask:linear-gradient(black) | mask:linear-gradient(black,30%,black) | clip-path:url(#x) | animation:k 1s foo(1)
<font face=Wingdings>{}</font> | <style>@keyframes k{to{opacity:0}}p{animation-name:inherit}</style><p>{}</p> | <p>{}</p><div style="position:absolute;top:30px;left:10px;width:70em;background:#eee">tag</div>
<div style="display:grid;grid-template-columns:foo(1)"><div style="overflow:hidden">{}</div><div>b</div></div> | <div style="display:grid;grid-template-columns:calc(1px + 1cqw)"><div style="overflow:hidden">{}</div><div>b</div></div>
<p style="background-image:url(data:image/png;base64,AA)">{}</p> | <style>@keyframes k{to{opacity:0}}</style><p style="animation:k 1s infinite">{}</p> | <div><template shadowrootmode=open></template>{}</div> | <p style="vertical-align:900px;display:inline-block">{}</p>
"""


def _rows(table: str) -> list[str]:
    return [row for line in table.strip().splitlines() for row in line.split(" | ")]


def _counts(row: str) -> bool:
    body = row.replace("{}", TEXT) if row.startswith("<") else f"<p style='{row}'>{TEXT}</p>"
    page = f"<!doctype html><body><p>Marlow Quennell, data engineer.</p>{body}"
    return any("warehouses" in line.text for line in HtmlConverter().convert(page.encode()).lines)


def test_text_that_is_painted_counts() -> None:
    assert [row for row in _rows(SHOWN) if not _counts(row)] == []


@pytest.mark.parametrize("table", [UNSEEN, NOT_SURE], ids=["unseen", "not sure"])
def test_text_that_is_not_painted_for_sure_does_not_count(table: str) -> None:
    assert [row for row in _rows(table) if _counts(row)] == []


def test_colours_of_old_attributes_are_those_that_browsers_make_of_them() -> None:
    made = {
        "ffffffffffff": "#ffffff", "#FFF0FFF0FFF0": "#ffffff", " ff ff ff": "#ffffff", "chucknorris": "#c00000", "336699": "#336699",
        "#336": "#336", "navy": "navy", "336": "#030306", "CanvasText": "#caa000", "transparent": "?",
    }  # fmt: skip
    assert {told: old_colour(told) for told in made} == made
    page = f"<!doctype html><body text=fffffffff><p>{TEXT}"
    assert TEXT not in "".join(line.text for line in HtmlConverter().convert(page.encode()).lines)
