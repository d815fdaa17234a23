"""What stands beside a line, in a box or a file of its own, may lie over it, later or elsewhere: then the line does not count."""

from __future__ import annotations

import base64
from io import BytesIO
from typing import Any
from urllib.parse import quote

import pytest
from PIL import Image

from evaluator.documents.drawing.as_drawn import as_drawn
from evaluator.documents.drawing.chromium import draw_page
from evaluator.documents.drawing.pictures import packed
from evaluator.documents.html.converter import HtmlConverter
from evaluator.documents.reading import reading_of
from evaluator.models.document import Document, FlagKind

LINE = "Led Kubernetes platform for 200 models"
BEFORE = (
    "<h1>Odalys Brinkhurst</h1><p>Baker in Leeds.</p>" + "<p>Baked rye for forty shops.</p>" * 8
)
AFTER = "<p>Stock, hygiene and rota of all staff.</p>" * 8
HEAD = "<html lang=en><meta charset=utf-8><title>r</title>"
BLANKS = "\u00a0" * 30
TYPE = "<style>p,.t{{margin:0;line-height:16px}}.s{{font-size:60px;background:#fff}}</style>"
BOX = "<style>.x{{display:VALUE;padding:60px 300px 0 0;background:#fff}}</style><p style='margin:0'>{}</p><section><div class=x>Baked rye.</div></section>"
OVER = "<div style='position:relative'><p>{}</p><ELEMENT style='position:absolute;left:0;top:0;width:700px;height:60px'></div>"
LATE = "data:image/svg+xml," + quote(
    "<svg xmlns='http://www.w3.org/2000/svg' width='900' height='90'><rect width='900' height='90' fill='white' opacity='0'>"
    "<set attributeName='opacity' to='1' begin='9s'/></rect></svg>"
)
PAGES = {
    "large grounds in low lines": TYPE + f"<p>{{}}</p><p class=t><span class=s>{BLANKS}</span></p>",
    "many of them": TYPE + "<p>{}</p><p class=t>" + "<i class=s>\u00a0</i>" * 20 + "</p>",
    "large signs in low lines": TYPE + "<p>{}</p><p class=t><b style='font-size:60px'>████████████</b></p>",
    "signs that a sheet puts in": TYPE + "<style>q{{quotes:'████████████' '';font-size:60px}}</style><p>{}</p><p><q> </q></p>",
    "a large first line": TYPE + "<style>.t::first-line{{font-size:60px}}</style><p>{}</p><p class=t>████████████</p>",
    **{
        f"display: {value}": BOX.replace("VALUE", value)
        for value in ("initial", "unset", "inline flow", "inline list-item", "var(--none)")
    },
    "display: inherit": BOX.replace("VALUE", "inherit").replace("<div class=x>Baked rye.</div>", "<em><div class=x>Baked rye.</div></em>"),
    "all: unset": BOX.replace("display:VALUE", "all:unset"),
    "a picture over a short line": OVER.replace("ELEMENT", "img alt=''"),
    "an embedded file over it": OVER.replace("ELEMENT", "embed"),
    "a set of pictures over it": OVER.replace("ELEMENT style='", f"i style='background-image:image-set(\"{LATE}\" 1x);"),
    "a style of the body": "<style>body{{--a:b}}@container style(--a:b){{.l{{display:none}}}}</style><p class=l>{}</p>",
    "no style at all": "<style>@container not style(--q:z){{.l{{display:none}}}}</style><p class=l>{}</p>",
    "a sheet with a kind and more": "<link rel=stylesheet type='text/css;x=y' href='data:text/css,.l{{display:none}}'><p class=l>{}</p>",
    "a page without scripts": "<style>@media not (scripting){{.l{{display:none}}}}</style><p class=l>{}</p>",
    "an element that ends a paragraph": "<style>body>search{{display:none}}</style><p>Rye.<search>{}</search>",
    "an element that is known no more": "<style>command p{{display:none}}</style><command><p>{}</p></command>",
}  # fmt: skip


def page_of(body: str, start: str = f"<!doctype html>{HEAD}") -> str:
    return f"{start}{BEFORE}{body}{AFTER}".replace("{}", LINE).replace("{{", "{").replace("}}", "}")


def read(data: bytes, views: bytes = b"") -> Document:
    document = reading_of(data, "a.html", views).document
    assert isinstance(document, Document)
    return document


@pytest.mark.parametrize("name", PAGES)
def test_a_line_beside_what_may_hide_it_does_not_count(name: str) -> None:
    found = reading_of(page_of(PAGES[name]).encode(), "a.html").document
    assert not isinstance(found, Document) or LINE not in found.text


def test_a_page_in_an_encoding_that_browsers_do_not_know_is_read_as_they_read_it() -> None:
    for name, end in (("unicode_escape", r"\x2d\x2d>"), ("raw_unicode_escape", r"\u002d\u002d>"), ("utf-7", "+AC0ALQA+-")):  # fmt: skip
        start = f"<!doctype html><html><meta charset={name}>"
        page = page_of(f"<!-- {end}<p>{{}}</p><!-- --><p>Café</p>", start)
        assert LINE not in read(page.encode("cp1252")).text, name


XML = '<?xml version="1.0"?>\n<!DOCTYPE html>\n<html xmlns="http://www.w3.org/1999/xhtml"><head><title>r</title>SHEET</head><body>'
IN_XML = {
    "characters by number": ("<style>&#46;l{display:none}</style>", '<p class="l">{}</p>'),
    "a part of a sheet": ("<style>p{color:#111}<![CDATA[ .l{display:none} ]]></style>", '<p class="l">{}</p>'),
    "a sheet for no scripts": ("<noscript><style>.l{display:none}</style></noscript>", '<p class="l">{}</p>'),
    "a short comment": ("", "<!--><p>{}</p><!-->"),
    "a block in a paragraph": ("<style>.h{display:none}</style>", '<p class="h"><div>{}</div></p>'),
    "an element that ends itself": ("<style>b+i{display:none}</style>", "<p><b/><i>{}</i></p>"),
    "large letters": ("<style>.l{display:none}</style><STYLE>.l{display:block}</STYLE>", '<p class="l">{}</p>'),
}  # fmt: skip


@pytest.mark.parametrize("name", IN_XML)
def test_of_a_page_that_is_xml_too_counts_what_both_show(name: str) -> None:
    sheet, body = IN_XML[name]
    assert (
        LINE
        not in read(f"{page_of(body, XML.replace('SHEET', sheet))}</body></html>".encode()).text
    )


def test_ordinary_pages_that_are_xml_too_are_whole() -> None:
    sheet = "<style>/*<![CDATA[*/ p{color:#111} /*]]>*/</style><script>//<![CDATA[\nvar a\n//]]></script>"
    body = "<p>Rye&nbsp;&ndash; and<br />bread</p><p>Skills:<ul><li>{}</li></ul></p><table><tr><td>2014</td></tr></table>"
    text = read(f"{page_of(body, XML.replace('SHEET', sheet))}</body></html>".encode()).text
    assert LINE in text
    assert "2014" in text


WHOLE = (
    "<style>.i{{font-size:28px;line-height:0;background:#eee}}</style><p><b class=i>✉</b> {}</p>",
    "<style>.c{{padding:6px 12px;background:#eee}}p{{line-height:1.5}}</style><p>{} <span class=c>Rye</span> <span class=c>Bread</span></p>",
    "<style>h2{{font-size:80px;line-height:.85}}</style><h2>Odalys<br>Brinkhurst</h2><p>{}</p>",
    "<style>li::marker{{color:#c33;font-size:1.2em}}</style><ul><li>{}</ul>",
    "<style>dt,dd{{display:initial}}</style><dl><dt>Work: <dd>{}</dl>",
)


@pytest.mark.parametrize("body", WHOLE)
def test_small_signs_and_marked_words_hide_nothing(body: str) -> None:
    document = read(page_of(body).encode())
    assert LINE in document.text
    assert document.flags == ()


@pytest.mark.parametrize(
    "body",
    [
        "<p style='font:12pt/16px serif'><b style='font-size:4em'>Rye</b>",
        "<style>q{{quotes:'████████' ''}}</style><p><q>Rye</q>",
        "<style>p{{display:initial}}</style><p>Rye",
        "<style>span{{box-shadow:0 -2px 0 rgba(255,255,255,.3)}}</style><p><span>Rye</span>",
        "<style>p{{font-style:oblique 90deg}}</style><p>Rye",
        "<style type='text/css;x'>p{{color:#111}}</style><p>Rye",
        "<svg width=9 height=9><foreignObject></foreignObject></svg>",
        "<noscript>Rye</noscript>",
        "<p><b>Rye</p></b>",
    ],
)
def test_pages_with_more_than_the_list_has_are_not_plain(body: str) -> None:
    assert HtmlConverter().convert(page_of("{}").encode()).unusual == ""
    assert HtmlConverter().convert(page_of(body).encode()).unusual != ""


def moving() -> str:
    """A picture that is clear at first and then white."""
    frames = [Image.new("RGBA", (70, 6), (255, 255, 255, alpha)) for alpha in (0, 255)]
    held = BytesIO()
    frames[0].save(held, "PNG", save_all=True, append_images=frames[1:], duration=[9000, 60000])
    return "data:image/png;base64," + base64.b64encode(held.getvalue()).decode()


def test_a_picture_settles_nothing_that_it_does_not_show(browser: Any) -> None:
    elements = (f'img src="{moving()}"', f'img src="{LATE}"', f'embed src="{LATE}"', "iframe")
    html = page_of("".join(OVER.replace("ELEMENT", one) for one in elements))
    document = read(html.encode(), packed("Chromium", draw_page(html, browser)))
    assert LINE not in document.text
    assert FlagKind.HIDDEN_TEXT in {flag.kind for flag in document.flags}


def test_no_picture_of_some_windows_settles_what_others_show() -> None:
    window = "<style>@media (min-width:1281px) and (max-width:1439px){{.l{{display:none}}}}</style><p class=l>{}"
    draft = HtmlConverter().convert(page_of(window).encode())
    assert LINE in "".join(one.text for one in draft.unverified)
    assert as_drawn(draft, "Chromium", []) is None


def test_moving_pictures_beside_a_line_take_nothing_away(browser: Any) -> None:
    body = f'<header style="display:flex"><img src="{moving()}" width=80 alt=""><p>{{}}</p></header><iframe src=a></iframe>'
    html = page_of(body)
    document = read(html.encode(), packed("Chromium", draw_page(html, browser)))
    assert LINE in document.text
    assert document.flags == ()
