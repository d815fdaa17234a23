"""What ordinary simple pages are made of is read as it is; of any other page only what its picture shows counts."""

from __future__ import annotations

import tomllib
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest

from evaluator.documents.css.plain import is_plain_declaration, is_plain_media, is_plain_selector
from evaluator.documents.drawing import worker as drawing_worker
from evaluator.documents.drawing.chromium import draw_page
from evaluator.documents.drawing.pictures import packed
from evaluator.documents.html.converter import HtmlConverter
from evaluator.documents.reading import reading_of
from evaluator.models.document import Document, FlagKind
from fixtures.corpus.browser import Sheet, page
from fixtures.corpus.content import foreign

from .test_html_tricks import BOAST, DESIGNS, HERE

TRICKS: dict[str, dict[str, str]] = tomllib.loads(
    (HERE / "html_unusual.toml").read_text(encoding="utf-8")
)
IN_SHORT = ("row reverse", "rem tiny root", "inset shadow", "grid justify center", "nonce csp", "checked")  # fmt: skip
PLAIN = """
color:#222; background:#fff; background-color:rgb(250, 250, 250); font:12pt/1.4 Georgia, serif; font-size:.9em; font-size:110%; margin:0 auto; padding:4px 1em; border-bottom:1px solid #ccc
width:60%; max-width:800px; line-height:1.5; text-align:center; letter-spacing:1px; list-style:none; display:table-cell; float:none
box-shadow:none; color:CanvasText; text-decoration:none; font-family:"Open Sans", Arial; opacity:1; content:"•"; height:auto; color:inherit
border-spacing:2px; border-width:1px 2px; vertical-align:top; min-height:200px; white-space:pre-wrap; break-inside:avoid; background:none; line-height:20px; font-size:small; border:none
""".replace("\n", "; ").strip("; ")
UNUSUAL = """
color:#fff; color:rgb(0 0 0/.3); color:Canvas; background:#123; background:linear-gradient(#fff,#fff); font-size:3px; font-size:.2em; font-size:5%; margin:-9px; padding:900px; border-left:600px solid; width:5px; width:400%
line-height:.2; letter-spacing:20px; justify-content:flex-end; flex-direction:row-reverse; position:absolute; transform:none; filter:none; direction:rtl; float:inline-start; content:"Trained models"; height:1px; opacity:.2
box-shadow:inset 0 0 0 900px #000; font:1px serif; font:italic; grid-template-columns:9000px; flex:0 0 5000px; color:var(--c); mix-blend-mode:screen; display:none; animation:k 1s; zoom:1; background:url(a.png); opacity:.9; white-space:nowrap; display:flex; display:grid; display:inline-block; float:right; box-shadow:0 0 0 20px #fff; box-shadow:0 1px 4px rgba(0,0,0,.2); color:HighlightText; color:ButtonText; background:Window
width:30%; min-width:900px; table-layout:fixed; word-break:break-all; display:inline; box-shadow:0 0 9px rgba(0,0,0,.3),0 0 9px rgba(0,0,0,.3)
""".replace("\n", "; ").strip("; ")
HEAD = "<!doctype html><html lang=en><meta charset=utf-8><title>r</title>"


def unusual(page: str) -> str:
    return HtmlConverter().convert(page.encode()).unusual


def of_pairs(table: str) -> list[tuple[str, str]]:
    return [(name, value) for name, _, value in (one.partition(":") for one in table.split("; "))]


def test_declarations_of_ordinary_simple_pages_are_plain() -> None:
    assert [one for one in of_pairs(PLAIN) if not is_plain_declaration(*one)] == []


def test_declarations_that_may_move_or_recolour_text_are_not_plain() -> None:
    assert [one for one in of_pairs(UNUSUAL) if is_plain_declaration(*one)] == []


def test_selectors_and_queries_of_simple_pages_are_plain() -> None:
    for text in ("h1", ".a > .b, ul li", "a:hover", "li:nth-child(2)", "p::before", "*"):
        assert is_plain_selector(text), text
    for text in ("[x]", "a:not(.b)", "input:checked ~ p", "p::first-line", r".a\:b", ".é"):
        assert not is_plain_selector(text), text
    assert is_plain_media("print")
    assert is_plain_media("screen and (max-width: 600px), print")
    assert not is_plain_media("(min-height: 9px)")


@pytest.mark.parametrize(
    "page",
    [
        f"{HEAD}<style>body{{font:16px Arial;color:#333}}@media print{{body{{margin:0}}}}</style><h1 class=a>Odalys Brinkhurst</h1><p style='margin: 4px; color: #444 !important'>Ordered flour.",
        f"{HEAD}<table><tr><td>2019<td>Ordered <b>flour</b> and <a href='https://e.org'>bread</a>.</table><svg width=9 height=9><path d='M0'/></svg>",
        f"{HEAD}<style>.never{{position:absolute}}</style><p>Ordered flour.",
    ],
)  # fmt: skip
def test_ordinary_simple_pages_are_plain(page: str) -> None:
    assert unusual(page) == ""


@pytest.mark.parametrize(
    "page",
    [
        "<html><p>Ordered flour.",
        "<!doctype html public '-//W3C//DTD XHTML 1.0 Strict//EN'><p>Ordered flour.",
        f"{HEAD}<p x:hide>Ordered flour.",
        f"{HEAD}<p hidden>Hidden.<p>Ordered flour.",
        f"{HEAD}<font color=red>Ordered flour.</font>",
        f"{HEAD}<small><small>Ordered flour.</small></small>",
        f"{HEAD}<meta http-equiv=content-security-policy content='img-src *'><p>Ordered flour.",
        f"{HEAD}<style nonce=a>p{{color:#111}}</style><p>Ordered flour.",
        f"{HEAD}<style title=a>p{{color:#111}}</style><p>Ordered flour.",
        f"{HEAD}<style media='(min-height:9px)'>p{{color:#111}}</style><p>Ordered flour.",
        f"{HEAD}<style>p{{b{{color:#111}}}}</style><p>Ordered flour.",
        f"{HEAD}<style>@layer a{{p{{color:#111}}}}</style><p>Ordered flour.",
        f"{HEAD}<style>@supports (gap:1px){{p{{color:#111}}}}</style><p>Ordered flour.",
        f"{HEAD}<style>@import 'data:text/css,p{{color:red}}';</style><p>Ordered flour.",
        f"{HEAD}<style>p:empty{{color:#111}}</style><p>Ordered flour.",
        f"{HEAD}<p style='color:#111;background:url(a)'>Ordered flour.",
        f"{HEAD}<p style='color:#eee\\9'>Ordered flour.",
        f"{HEAD}<svg overflow=visible></svg><p>Ordered flour.",
        f"{HEAD}<svg><style>p{{color:#111}}</style></svg><p>Ordered flour.",
    ],
)
def test_other_pages_are_not(page: str) -> None:
    assert unusual(page) != ""


@pytest.mark.parametrize("name", TRICKS)
def test_no_picture_is_needed_for_what_is_known_of_browsers(name: str) -> None:
    document = reading_of(page_of(TRICKS[name]).encode(), "a.html").document
    assert not isinstance(document, Document) or "Kubernetes" not in document.text


SHOWN = {
    "a root of another size": "<style>html{font-size:62.5%}body{font-size:1.6rem}p{margin:calc(1rem + .5rem) 0}</style><p>{}",
    "a large root": "<style>html{font-size:40px}body{font-size:.4rem}</style><p style='padding:0 1REM'>{}",
    "a soft inner shadow": "<p style='box-shadow:inset 0 0 4px #000'>{}",
    "a clear inner shadow": "<p style='box-shadow:inset 0 0 90px rgba(0,0,0,.1)'>{}",
    "one of two buttons": "<style>#b:checked~p{display:none}</style><input type=radio name=a checked><input type=radio name=a id=b><p>{}",
    "a text that is no button": "<style>#b:checked~p{display:none}</style><input id=b checked><p>{}",
    "an animation that ends": "<style>@keyframes k{from{opacity:0}}p{animation:k 1s 2}</style><p>{}",
    "a marked text": "<p style='background:mark'>{}",
    "a column in the middle": "<div style='display:flex;justify-content:center'><div style='width:800px'><p>{}</div></div>",
    "a grid in the middle": "<div style='display:grid;place-content:center;grid-template-columns:600px'><p>{}</div>",
    "wide and at the start": "<div style='display:grid;grid-template-columns:3000px'><p>{}</div>",
    "a name of its own": "<style>[data-x]{display:none}[x\\:y]{color:#111}</style><p x:y DATA-Z=1>{}",
}
UNSURE = {
    "two buttons that are on": "<style>#b:checked~p{display:none}</style><input type=radio name=a id=b checked><input type=radio name=a checked><p>{}",
    "a colour of the machine": "<p style='color:white;background:SelectedItem'>{}",
    "a sum": "<style>p{display:none}</style><link rel=stylesheet integrity=sha256-a href='data:text/css,p{display:block}'><p>{}",
    "an animation that stops halfway": "<style>@keyframes k{50%{opacity:0}}p{animation:k 1s 1.5 both}</style><p>{}",
    "a shadow as dark as its text": "<p style='background:#fff;color:#111;box-shadow:inset 0 0 0 300px'>{}",
    "a box above the page": "<div style='position:relative'><p style='position:absolute;bottom:100%'>{}</div>",
}


@pytest.mark.parametrize("name", SHOWN)
def test_pages_that_show_it_are_read_without_a_picture(name: str) -> None:
    page = f"{HEAD}{SHOWN[name]}".replace("{}", "Ordered flour for four shops.")
    document = reading_of(page.encode(), "a.html").document
    assert isinstance(document, Document)
    assert "Ordered flour" in document.text
    assert document.flags == ()


@pytest.mark.parametrize("name", UNSURE)
def test_what_only_a_picture_could_tell_waits_for_one(name: str) -> None:
    page = f"{HEAD}{UNSURE[name]}".replace("{}", "Ordered flour for four shops.")
    assert not any("flour" in line.text for line in HtmlConverter().convert(page.encode()).lines)


@pytest.mark.parametrize("value", ["fff", "ffffff", "fff000"])
def test_colours_of_old_pages_may_lack_their_sign(value: str) -> None:
    page = f"<p style='color:{value}'>Ordered flour for four shops.<p>Bread."
    found = HtmlConverter().convert(page.encode())
    assert any("flour" in line.text for line in found.lines) is (value == "fff000")
    assert any("flour" in line.text for line in HtmlConverter().convert(f"{HEAD}{page}".encode()).lines)  # fmt: skip


def page_of(trick: dict[str, str]) -> str:
    body = trick.get("body", "<ul class=x>{boast}</ul>")
    return (
        f"{trick.get('before', '<!doctype html>')}<html lang=en><head><meta charset=utf-8><title>r</title>{trick.get('head', '')}"
        f"<style>{trick.get('css', '')}</style></head><body>{trick.get('first', '')}<h1>Odalys Brinkhurst</h1><h2>Experience</h2>"
        "<h3>Shop Supervisor, Corner Bakery, 03/2019 - 05/2024</h3><ul><li class=s>Supervised six members of staff in the shop.</li></ul>"
        f"{body}<h2>Education</h2><p>Diploma in Hospitality, 2016</p></body></html>"
    ).replace("{boast}", BOAST)


def seen(html: str, browser: Any) -> Document:
    plain = reading_of(html.encode(), "a.html")
    document = plain.document
    if plain.wants_picture:
        document = reading_of(html.encode(), "a.html", packed("Chromium", draw_page(html, browser))).document  # fmt: skip
    assert isinstance(document, Document)
    return document


def test_what_the_picture_of_an_unusual_page_lacks_does_not_count(
    browser: Any, nightly: bool
) -> None:
    for name in TRICKS if nightly else IN_SHORT:
        document = seen(page_of(TRICKS[name]), browser)
        assert "Kubernetes" not in document.text, name
        assert FlagKind.HIDDEN_TEXT in {flag.kind for flag in document.flags}, name


def test_ordinary_designs_lose_nothing_by_their_picture(browser: Any, nightly: bool) -> None:
    for path in DESIGNS if nightly else DESIGNS[4::9]:
        if path.stem == "stickyheader":
            continue  # a link in blue on black, which no picture tells from its ground
        html = path.read_text(encoding="utf-8")
        plain = reading_of(html.encode(), path.name).document
        document = seen(html, browser)
        assert isinstance(plain, Document)
        assert document.text == plain.text, path.name
        assert document.flags == (), path.name


@pytest.mark.parametrize("language", ["ar", "ja", "pl"])
def test_pages_in_other_scripts_lose_nothing_by_their_picture(browser: Any, language: str) -> None:
    html = page(foreign(language), Sheet("grid", css="h1{position:relative}"))
    plain = reading_of(html.encode(), "a.html")
    assert plain.wants_picture
    assert isinstance(plain.document, Document)
    document = seen(html, browser)
    assert document.text == plain.document.text
    assert document.flags == ()


def test_markdown_with_a_page_in_it_is_drawn_too(
    browser: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(drawing_worker, "chromium_at", lambda *_: nullcontext(browser))
    text = (
        "---\ntitle: Odalys Brinkhurst\n---\n\n# Experience\n\n- Supervised six members of staff.\n\n"
        f"<div style='display:flex;justify-content:center;width:9px;overflow:visible'><ul style='translate:-3000px'>{BOAST}</ul></div>\n"
    ).encode()
    views = drawing_worker.drawn(text, "a.md", {"chromium": "here"}, tmp_path)
    plain = reading_of(b"# Experience\n\n- Supervised six members of staff.\n", "a.md")
    document = reading_of(text, "a.md", views).document
    assert not plain.wants_picture
    assert isinstance(document, Document)
    assert document.text.startswith("Odalys Brinkhurst")
    assert "six members" in document.text
    assert "Kubernetes" not in document.text


def test_large_signs_of_blocks_are_looked_at_and_bars_of_text_size_are_not() -> None:
    text = f"{HEAD}<h1>Ada</h1><p>Ordered flour.<p>Rye ████░░ 60%"
    assert unusual(text) == ""
    assert unusual(f"{text}<p style='font-size:40px'>█ Ordered rye.") != ""
    assert unusual(f"{text}<p>██████") != ""
