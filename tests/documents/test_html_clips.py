"""Boxes that cut, covers and states: text that is not sure to be seen does not count, and ordinary designs keep theirs."""

from __future__ import annotations

import pytest

from evaluator.documents.css.names import NAMES
from evaluator.documents.css.shorthands import PARTS
from evaluator.documents.html.converter import HtmlConverter

TEXT = "Maintained nightly reports for four warehouses."
LOW = ".c{height:300px;overflow:hidden}"
PUSHED = """
<div style="min-height:400px">a</div>{} | <div style="padding-bottom:320px">a</div>{} | <pre>a@@@@@@@@@@@@@@@@@@@@@@@@@b</pre>{} | <p style="line-height:340px">a</p>{} | <hr size=900>{} | <img width=30 height=900>{}
<iframe height=900></iframe>{} | <textarea rows=80></textarea>{} | <select size=90></select>{} | <svg height=900></svg>{} | <svg viewBox="0 0 9 9"></svg>{} | <div style="float:left;height:900px;width:100%"></div>{} | <img style="aspect-ratio:1/4;width:300px">{}
<table cellpadding=90><tr><td>a<tr><td>a<tr><td>{}</table> | <table cellspacing=900><tr><td>{}</table> | <table><tr height=900><td>a<tr><td>{}</table> | <table height=900><tr><td>a<tr><td>{}</table> | <ul><li style="list-style-image:url(data:,a)">a</ul>{}
<div style="column-fill:auto;columns:1">{}</div> | <div style="zoom:3">a</div>{} | <ruby>a<rt>b</rt></ruby>{br}{ruby} | <div style="transform:scale(1.1);height:290px">a</div>{} | <img vspace=90 height=200>{} | <span style="display:inline-block;height:400px"></span>{}
<style>.c::before{content:"";display:block;height:400px}</style>{} | <style>.c{display:grid;gap:80px}</style><i>a</i><i>a</i><i>a</i><i>a</i><i>a</i><p>{}</p> | <style>.c{display:grid;grid-template-rows:2px}</style><p>{}</p> | <style>.c{display:flex;flex-direction:column}</style><p style="flex:none;height:400px">a</p>{}
<style>.c{display:flex;flex-wrap:wrap}p{flex:1 0 100%}</style><p>a<p>a<p>a<p>a<p>a<p>a<p>a<p>a<p>a<p>a<p>{}</p> | <style>.c{display:flex;flex-direction:column;row-gap:900px}</style><p>a</p>{} | <dialog open style="position:static;height:400px">a</dialog>{}
"""
CUT = """
container-type:size;overflow:hidden | container:box/size;overflow:clip | content-visibility:auto;height:1px | contain:strict | height:stretch;overflow:hidden | position:absolute;top:0;bottom:99%;overflow:hidden | writing-mode:vertical-rl;overflow:hidden
overflow:hidden;border-radius:200px;height:60px | height:20px;overflow:auto;margin:0 | position:fixed;top:790px;height:200px | clip-path:inset(0);writing-mode:vertical-rl | aspect-ratio:90/1;overflow:hidden
"""
WIDE = """
<div style="width:2000px;text-align:right">{}</div> | <table width=3000><tr><td align=right>{}</table> | <div style="border-left:1500px solid">{}</div> | <div style="display:flex"><p style="flex:0 0 1300px">a<p>{}</div> | <div style="display:flex"><p style="min-width:1300px">a<p>{}</div>
<div style="display:grid;grid-template-columns:minmax(2000px,1fr) 300px"><p>a<p>{}</div> | <div style="white-space:nowrap"><span style="display:inline-block;width:1300px">a</span>{}</div> | <div style="white-space:nowrap"><span style="padding-left:1300px">a</span>{}</div> | <div style="position:relative;top:90px">{}</div>
<div style="position:absolute;bottom:-90px">{}</div> | <div style="margin-bottom:-200px">{}</div> | <div style="transform:translateY(120px)">{}</div> | <p>a</p><div style="margin-top:-90px">{}</div> | <table><tr><td style="min-width:1400px">a<td>{}</table> | <div style="break-after:column">{}</div>
<div style="display:flex"><img width=1400 height=20><p>{}</div> | <div style="display:grid;grid-template-rows:0fr"><p style="overflow:hidden">{}</div> | <div style="display:flex;height:8px"><p style="overflow:hidden">{}</div> | <button style="width:30px;height:20px;overflow:hidden;white-space:nowrap">{}</button>
"""
COVERED = """
<p>{}</p><div style="margin-top:-110px;opacity:.99;background:#fff;height:120px"></div> | <p>{}</p><div style="margin-top:-110px;will-change:transform;background:#fff;height:120px"></div> | <p>{}</p><div style="position:relative;margin-top:-110px"><div style="background:#fff;height:120px"></div></div>
<div style="height:0">{}</div><div style="position:relative;background:#fff;height:90px">a</div> | <div style="margin-bottom:-90px">{}</div><div style="position:relative;background:#fff;height:90px">a</div> | <p>{}</p><hr size=120 color=white noshade style="margin-top:-120px;position:relative">
<div style="position:relative">{}<svg style="position:absolute;inset:0;width:100%;height:100%"></svg></div> | <p>{}</p><div style="box-shadow:0 0 0 110px #fff,inset 0 0 1px #fff"></div> | <p>{}</p><div style="-webkit-box-reflect:below"></div> | <p>{}</p><div style="position:relative"><b style="position:absolute;bottom:0;width:100%;height:90px;background:#fff"></b></div>
<dialog open style="inset:0;width:100%;height:900px">a</dialog><p>{}</p> | <p style="transform-style:preserve-3d">{}</p> | <p style="transform:scale(1.05);transform-origin:200000px 0">{}</p> | <p style="-webkit-text-stroke:1.6px #fff">{}</p> | <pre style="tab-size:900">{}</pre>
"""
STATES = """
<input autofocus><style>body:has(:focus) p{opacity:0}</style><p>{}</p> | <button autofocus>a</button><style>:focus~p{opacity:0}</style><p>{}</p> | <div><button autofocus>a</button><style>:focus-within p{opacity:0}</style><p>{}</p></div>
<details open name=a>a</details><details open name=a><summary>b</summary>{}</details> | <body link=white><a href=//e.org>{}</a> | <style>a:visited{color:#fff}</style><a href="#">{}</a> | <div style="background:#00e;color:#fff"><a href=//e.org>{}</a></div>
"""
SHOWN = """
<div class=c><h1>a</h1><p>b<p>{}</div> | <div class=c><img width=30 height=90><p>{}</div> | <div class=c><table cellpadding=4><tr><td>a<tr><td>{}</table></div> | <div class=c style="display:flex;gap:20px"><p style="flex:1">a<p style="flex:2">{}</div> | <div class=c><ul><li>a<li>{}</ul></div>
<div class=c style="display:grid;grid-template-columns:1fr 2fr;gap:1em"><p>a<p>{}</div> | <div style="overflow:hidden;border-radius:24px;padding:20px">{}</div> | <div style="overflow:hidden"><div style="float:left;width:60%">{}</div></div> | <div style="content-visibility:auto;contain-intrinsic-size:none">{}</div>
<div style="overflow:hidden"><div style="display:flex;flex-wrap:wrap;margin:0 -15px"><p style="flex:0 0 50%">a<p style="flex:0 0 50%">{}</div></div> | <div style="writing-mode:vertical-rl;transform:rotate(180deg)">{}</div> | <div style="overflow:hidden;columns:2">{}</div> | <a href=//e.org>{}</a> | <p style="text-underline-offset:.2em">{}</p>
<details open name=a>{}</details> | <style>a:focus{color:white}</style><a href=//e.org>{}</a> | <h2 style="border-image:linear-gradient(red,blue) 1;text-shadow:0 1px 2px #888">{}</h2> | <div style="display:grid;grid-template-rows:auto [a] 0">{}</div> | <div style="container-type:inline-size">{}</div> | <div class=c>a<br>b<br>{}</div> | <div style="display:grid"><h1 style="grid-column:2;background:white;position:sticky;top:0">a</h1><p style="grid-column:2">{}</div>
"""


def _rows(table: str) -> list[str]:
    return [row for line in table.strip().splitlines() for row in line.split(" | ")]


def _counts(body: str, css: str = LOW) -> bool:
    body = body.replace("{br}", "<br>").replace(
        "{ruby}", "<ruby>a<rt>b</rt></ruby><br>" * 14 + "{}"
    )
    body = body.replace("{}", TEXT).replace("@", "\n")
    page = f"<!doctype html><style>{css}</style><body><p>Marlow Quennell, data engineer.</p>{body}"
    return any("warehouses" in line.text for line in HtmlConverter().convert(page.encode()).lines)


def test_text_that_is_pushed_out_of_a_low_box_does_not_count() -> None:
    assert [row for row in _rows(PUSHED) if _counts(f"<div class=c>{row}</div>")] == []


def test_text_in_a_box_of_unsure_height_or_width_does_not_count() -> None:
    assert [row for row in _rows(CUT) if _counts(f"<div style='{row}'><p>{TEXT}</p></div>")] == []
    cut = ".c{overflow:hidden;position:relative}"
    assert [row for row in _rows(WIDE) if _counts(f"<div class=c>{row}</div>", cut)] == []


@pytest.mark.parametrize("table", [COVERED, STATES], ids=["covered", "states"])
def test_text_that_is_covered_or_shown_in_one_state_alone_does_not_count(table: str) -> None:
    assert [row for row in _rows(table) if _counts(row)] == []


def test_ordinary_boxes_that_cut_keep_their_text() -> None:
    assert [row for row in _rows(SHOWN) if not _counts(row)] == []


def test_each_property_is_in_one_list() -> None:
    groups = [NAMES.judged, NAMES.harmless, NAMES.risky.keys(), NAMES.pushing.keys(), PARTS.keys()]
    names = [name for group in groups for name in group]
    assert sorted(name for name in set(names) if names.count(name) > 1) == []
    assert (
        NAMES.aliases.keys() & (NAMES.judged | NAMES.risky.keys() | NAMES.pushing.keys()) == set()
    )
    assert set(NAMES.aliases.values()) <= set(names)
