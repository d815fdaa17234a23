"""Selectors, conditions and layers of style sheets: the elements that a browser gives a declaration to.

Every row was decided by Chromium; where browsers differ, the rule is in doubt and nothing that it touches counts.
"""

from __future__ import annotations

import base64

import pytest

from evaluator.documents.css.cascade import Cascade
from evaluator.documents.css.matching import Page
from evaluator.documents.css.sheets import Sheet, sheet_in, sheets_of
from evaluator.documents.html.tree import html_tree
from evaluator.errors import DocumentError

BODY = (
    "<section id=s title='Big Data' data-k='a-b c'><h2 id=h class=y>Work</h2><p id=a class=x>One</p><!-- between -->"
    "<p id=b class='x y' lang=de-AT dir=rtl>Two <b id=i>bold</b></p><ul id=u><li id=j>1</li><li id=k class=x>2</li>"
    "<li id=l class='y x'>3</li><li id=m>4</li></ul><a id=n href=/CV.pdf hreflang=EN>Link</a><a id=o>No link</a>"
    "<details id=e open><summary id=f>More</summary></details></section><div id=d></div><div id=w><!-- only --></div>"
    "<form id=t><input id=c type=CheckBox checked></form>"
)
ROOT = html_tree(f"<!doctype html><html id=r><body id=B>{BODY}</body></html>").root
EVERYTHING = "rBshabiujklmnoefdwtc"


def told(css: str) -> tuple[str, str]:
    """Elements that get ``order: 7`` for sure, and those that may."""
    page = Page(ROOT)
    cascade = Cascade([Sheet(css)], page)
    named = [node for node in page.elements if node.get("id")]
    in_doubt = named if page.root in cascade.doubts else [n for n in named if n in cascade.doubts]
    sure = [n for n in named if cascade.declared(n).values.get("order") == "7"]
    return (
        "".join(n.get("id") for n in sure if n not in in_doubt),
        "".join(n.get("id") for n in in_doubt),
    )


MEANT = {
    "[CLASS=x]": "ak", "[class=X]": "", "[class='X'i]": "ak", "[class~=y]": "hbl", "[class~='']": "", "[lang|=de]": "b", "[lang|=d]": "",
    "[type=checkbox]": "c", "[hreflang=en]": "n", "[href^='/']": "n", "[href^='']": "", "[href$=PDF i]": "n", "[href$=pdf]": "n",
    "[href*=CV]": "n", "[*|class=x]": "ak", "[|open]": "e", "[ title /* of */ = 'Big Data' ]": "s", "p": "ab", "P": "ab", "*|p": "ab", "|p": "",
    "p p": "", "p#a.x": "a", "#a#b": "", "#a#a": "a", ".X": "", ".x.y": "bl", "section .x": "abkl", "section>.x": "ab", "section > p + p": "b",
    "h2~p": "ab", "p ~ + ul": "", "p/**/.x": "ab", ".\\78 ": "abkl", "#\\61 ": "a", "* > * > b": "i", ":is(p,li).y": "bl", ":is(p,:bogus)": "ab",
    ":is(p::before,b)": "i", ":is()": "", ":where(p)": "ab", ":-webkit-any(p,b)": "abi", "p:not(.y)": "a", "p:not(:not(.y))": "b",
    ":is(:is(:is(:is(:is(:is(:is(:is(b))))))))": "i", ":has(>b)": "b", ":has(+ul)": "b", ":has( ~ /**/ ul )": "hab", ":has(+ p + ul)": "a",
    "section:has(.x b)": "s", "ul:has(b)": "", ":is(p:has(b))": "b", "li:nth-child(2n+1)": "jl", "li:nth-child(-n+2)": "jk",
    "li:nth-child(0)": "", "li:nth-child(n+3)": "lm", "li:nth-child(1 of .x)": "k", "li:nth-child(even of .x, .y)": "l",
    "li:nth-last-child(2 of .x)": "k", "li:nth-last-child(-n+2)": "lm", "p:nth-of-type(2)": "b", "p:nth-last-of-type(2)": "a", "b:only-child": "i",
    "li:first-child": "j", "li:last-child": "m", "p:first-of-type": "a", "p:last-of-type": "b", "h2:only-of-type": "h", ":root": "r",
    "html:scope": "r", "div:empty": "dw", "p:empty": "", "a:link": "n", "a:any-link": "n", "p:link": "", ":checked": "c", ":open": "e", "p:hover": "",
    ":focus-within": "", ":target": "", ":visited": "", "p:not(:hover)": "ab", "p::before": "", "p:first-line": "", "p::marker": "",
    ".z,.y": "hbl", "&": "r", "& b": "i", "p:hover,b": "i", "p::selection,b": "i", "::-webkit-any-name,b": "i", "::cue,b": "i", "::cue(p),b": "i",
    "-->b": "i",
}  # fmt: skip


@pytest.mark.parametrize("selector", MEANT)
def test_selectors_mean_the_elements_that_they_mean_to_a_browser(selector: str) -> None:
    assert told(f"{selector}{{order:7}}") == (MEANT[selector], "")


VOID = """[class=] | [] | [=x] | [class x] | [class=x z] | [class=x i s] | [title=5] | [class!=x] | foo|p | [foo|class=x] | | | p| | # | ##a | #5 | . | ..x
.-5 | .5 | >p | p> | p>+ul | p>>b | ,p | p,, | p"x" | 5 | (p) | p! | % | :not(p,:bogus) | :not() | :not(::before) | :-webkit-any(p,:bogus)
:has() | :has(b,:bogus) | :has(:has(b)) | :has(> :has(b)) | :has(::before) | :has(+) | :nth-child() | :nth-child(x) | :nth-child(1 of)
:nth-child(1 of :bogus) | :nth-of-type(1 of p) | :nth-child | :is | :bogus | :bogus(p) | :hover(p) | :--x | :-moz-focusring | :first
:marker | ::bogus | ::slotted | ::bogus(p) | ::-moz-selection | p: | p:: | p:5 | p::5 | p::before.x | p::before p | p::before:hover | p&p | |5 | *|5
""".replace("\n", " | ")


@pytest.mark.parametrize("selector", [one for one in VOID.split(" | ") if one.strip()])
def test_what_is_no_selector_makes_its_whole_rule_void(selector: str) -> None:
    assert told(f"b,{selector}{{order:7}}") == ("", "")


IN_DOUBT = {
    "input:disabled": "c", "p:lang(de)": "ab", "b:dir(rtl)": "i", "p:not(:read-only)": "ab", "ul:has(:default)": "u",
    "li:nth-child(1 of :enabled)": "klm", "p:is(.q,:defined)": "ab", "b,:blank": EVERYTHING, "b,[title=q s]": EVERYTHING,
    "b,u:playing": "i", "b,u:heading(2)": "i", "b,u:nth-child(1 OF .x)": "i", "b,::placeholder:hover": "i", "b,p::before:is(p)": "iab",
    "b,::part(a)::before": EVERYTHING, "b::details-content": "i", "p::first-letter": "ab", "b + ul, p:valid > b": "i",
}  # fmt: skip


@pytest.mark.parametrize("selector", IN_DOUBT)
def test_what_hangs_on_the_moment_or_on_the_browser_is_in_doubt(selector: str) -> None:
    sure, doubtful = told(f"{selector}{{order:7}}")
    assert sure == ""
    assert set(doubtful) == set(IN_DOUBT[selector])


def test_lists_nested_deeper_than_anybody_writes_are_refused() -> None:
    with pytest.raises(DocumentError):
        told(":is(" * 14 + "p" + ")" * 14 + "{order:7}")


NESTED = {
    "section{.x{order:7}}": "abkl", "section{> p{order:7}}": "ab", "p{&.y{order:7}}": "b", "p{.y&{order:7}}": "b", ".y{li&{order:7}}": "l",
    "p{& + ul{order:7}}": "u", "ul{:is(&,b){order:7}}": "iu", "p,::marker{&.y{order:7}}": "b", "b{:has(&){order:7}}": "rBsb",
    "p{@media screen{order:7}}": "ab", "p{@media print{order:7}}": "", "p{@layer q{order:7}}": "ab", "p{@supports (display:grid){&.y{order:7}}}": "b",
    "::before{p{order:7}}": "", ":bogus{p{order:7}}": "", "p{:bogus{order:7}}": "", "p{bogus;order:7}": "ab", "p{color:red order:7}": "",
    "p{@bogus{order:7}}": "", "p{order:7": "ab", "@media screen{order:7}": "", "}p{order:7}b{order:7}": "i", "p{order:7!bogus}": "", "p{order:7;order:8px}": "ab",
    "p{order:7;order:1.5}": "ab", "p{order:7;order:var(--n)}": "", "p{order:7!important}p{order:1}": "ab", ".x{order:7}b,p{order:1}": "abkl",
    ".x{order:1}:is(p,#z){order:7}": "ab", "p{order:1}:where(#a){order:7}": "", "p:nth-child(n of #a){order:7}.x.x{order:1}": "a",
    "p:has(b){order:7}p{order:1}": "b",
}  # fmt: skip


@pytest.mark.parametrize("css", NESTED)
def test_nesting_and_weight_are_those_of_browsers(css: str) -> None:
    sure, doubtful = told(css)
    assert (sure, doubtful) == (NESTED[css], "")


HOLD = """all | screen | SCREEN | only screen | not print | not speech | screen,print | bogus, screen | (min-width:1px) | (MIN-WIDTH : 80em) | (max-width:2000px)
(width) | (color) | (hover) | (pointer:fine) | (orientation:landscape) | (grid:0) | (prefers-color-scheme) | not (prefers-reduced-motion)
(400px<=width) | (width>400px) | (9000px > width >= 1em) | (0<width) | (width>calc(1px + 1px)) | (min-width:1px) and (color) | not (max-width:1px)
(max-width:1px) or (min-width:1px) | ((min-width:1px)) | (not (max-width:1px)) | screen and (not (max-width:1px)) | not screen and (max-width:1px)
not (not (color)) | (nothing:such) or (min-width:1px) | screen/**/and/**/(color) | (device-width>1px) | (min-height:9px) | all and (width >= 1q) | (update:fast)""".replace(
    "\n", " | "
).split(" | ")
FAIL = """print | not screen | not all | speech | tv | bogus | (max-width:1px) | (min-width:9000px) | (orientation:portrait) | (hover:none) | (monochrome) | (grid:1)
(width<1px) | (1px>width) | (400px<width<=500px) | (9000px=width) | screen and (max-width:1px) | (color) and (max-width:1px) | not (min-width:1px) | (prefers-reduced-motion)
(nothing:such) and (max-width:1px) | print and (nothing:such) | not screen and (min-width:1px) | print, (max-width:1px) | (max-height:1px)""".replace(
    "\n", " | "
).split(" | ")
UNSETTLED = """only | not | and | not only screen | , | bogus, | screen and | screen (color) | screen or (color) | screen and (color) or (hover) | screen print
(min-width:1) | (min-width:50%) | (min-width:) | (:1px) | (min-width:calc(1)) | (min-width:auto) | (width> =1px) | (400px<width>2px) | (400px<width=900px)
(1px<2px) | (width<) | (1px + 1px<width) | (1px<width<2000px<3000px) | (width 1px) | (nothing) | (nothing:such) | not (nothing:such) | bogus(1) | [color] | "x" | ()
(orientation:bogus) | not (orientation:bogus) | (device-pixel-ratio) | (inverted-colors:none) | (min-orientation:landscape) | (aspect-ratio:1/1) | (color) and screen
(color)(hover) | (color) or (hover) and (width) | (color) xor (hover) | (width:1280px) | (width=1280px) | (min-width:1300px) | (1270px<width<1290px) | (height:800px)""".replace(
    "\n", " | "
).split(" | ")


@pytest.mark.parametrize("query", HOLD)
def test_media_queries_that_hold(query: str) -> None:
    assert told(f"@media {query}{{b{{order:7}}}}") == ("i", "")


@pytest.mark.parametrize("query", FAIL)
def test_media_queries_that_fail(query: str) -> None:
    assert told(f"@media {query}{{b{{order:7}}}}") == ("", "")


@pytest.mark.parametrize("query", [*UNSETTLED, "(" * 20 + "color" + ")" * 20, "(color)" * 400])
def test_media_queries_that_only_some_windows_answer_so(query: str) -> None:
    assert told(f"@media {query}{{b{{order:7}}}}") == ("", "i")


SUPPORTED = """(display:grid) | not (not (display:grid)) | (--x:1) | selector(p > p) | (gap:1px) | (object-fit:cover) | (display:grid) and (color:red) | (aspect-ratio:16 / 9)
((display:grid)) | (nothing:such) or (display:grid) | (user-select:none) | (float:left) | (margin:1px) | (gap:inherit)""".replace(
    "\n", " | "
).split(" | ")
UNKNOWN_SUPPORT = """(nothing:such) | not (nothing:such) | (gap:bogus) | (gap:5) | (object-fit:bogus) | (display:bogus) | (display) | (display:grid;) | (display:grid;color:red) | display:grid
selector(p,p) | selector(:bogus) | selector(:is(:bogus)) | selector(:blank) | selector(::-webkit-bogus) | font-tech(color-colrv1) | (line-clamp:2)
(grid-template-rows:masonry) | (clip-path:bogus) | (display:grid) and (nothing:such) | env(x)""".replace(
    "\n", " | "
).split(" | ")


@pytest.mark.parametrize("condition", SUPPORTED)
def test_what_browsers_support(condition: str) -> None:
    assert told(f"@supports {condition}{{b{{order:7}}}}") == ("i", "")
    assert told(f"@supports not ({condition}){{b{{order:7}}}}") == ("", "")


@pytest.mark.parametrize("condition", UNKNOWN_SUPPORT)
def test_what_browsers_may_support(condition: str) -> None:
    assert told(f"@supports {condition}{{b{{order:7}}}}") == ("", "i")


SHEET = "'data:text/css,b{order:7}'"
RULES = {
    f"@import {SHEET};": "i", f"@import url({SHEET}) screen;": "i", "@import url(data:text/css,b%7Border:7%7D);": "i", f"@import {SHEET} print;": "",
    f"@import {SHEET} layer(q) (min-width:1px);b{{order:1}}": "", f"@import {SHEET} layer;": "i", f"@import {SHEET} layer(q r);": "", f"@import {SHEET} layer();": "",
    f"@import {SHEET}{{}}": "", "@import;b{order:7}": "i", "@import 5;b{order:7}": "i", f"b{{order:1}}@import {SHEET};": "", f"@charset 'x';@import {SHEET};": "i",
    f"@layer q;@import {SHEET};": "i", f"@layer q{{}}@import {SHEET};": "", f"@media print{{}}@import {SHEET};": "", f"@media screen{{@import {SHEET};}}": "",
    f"@layer q,z;@import {SHEET} layer(z);@layer q{{b{{order:1}}}}": "i", "@import 'site.css';b{order:7}": "i",
    "@layer q,z;@layer z{b{order:7}}@layer q{b{order:1}}": "i", "@layer q.z{b{order:1}}@layer q{b{order:7}}": "i", "@layer{b{order:1}}@layer{b{order:7}}": "i",
    "@layer q{b{order:7!important}}b{order:1!important}": "i", "@layer q,z{b{order:7}}": "", "@layer q z{b{order:7}}": "", "@layer q.{b{order:7}}": "", "@layer 5;b{order:7}": "i",
    "@layer z q;@layer q{b{order:1}}@layer z{b{order:7}}": "i", "@layer /**/ q . z{b{order:7}}": "", "@layer q\\.z{b{order:7}}@layer q{@layer z{b{order:1}}}": "",
    "@media print{@layer z;}@layer q{b{order:1}}@layer z{b{order:7}}": "i", "@bogus{b{order:7}}": "", "@bogus;b{order:7}": "i", "@-webkit-media screen{b{order:7}}": "",
    "@page{margin:1px}b{order:7}": "i", "@font-face{b{order:7}}": "", "@counter-style q{b{order:7}}": "", "@keyframes q{b{order:7}}": "", "@MEDIA screen{b{order:7}}": "i",
    "<!-- b{order:7} -->": "i", "@media screen;b{order:7}": "i", "@container (min-width:1px){b{order:7}}": "", "@container (width>1px){@layer q{b{order:7}}}": "",
}  # fmt: skip


@pytest.mark.parametrize("css", RULES)
def test_rules_with_an_at_sign_are_kept_as_browsers_keep_them(css: str) -> None:
    assert told(css) == (RULES[css], "")


PERHAPS = {
    "@starting-style{b{order:7}}": "i", "@scope (p){b{order:7}}": "i", "@scope (p){> b{order:7}}": "i",
    "@scope (p){b{&.x{order:7}}}": "", "@scope (p){:scope{order:7}}": EVERYTHING, "@scope (p){order:7}": EVERYTHING, "@scope (p){& > b{order:7}}": "i",
    "@namespace q url(x);b{order:7}": EVERYTHING, "@when media(screen){b{order:7}}": "i", f"@bogus;@import {SHEET};": "i", f":bogus{{}}@import {SHEET};": "i",
    f"@import {SHEET} supports(display:grid);": "i", f"@import {SHEET} (nothing:such);": "i", f"@import {SHEET} scope(p);": "i", f"{{}}@import {SHEET};": "i",
    "@supports (nothing:such){@layer z;}@layer q{b{order:7}}": EVERYTHING, "@media screen{" * 14 + "b{order:7}" + "}" * 14: EVERYTHING,
}  # fmt: skip


@pytest.mark.parametrize("css", PERHAPS)
def test_rules_that_may_apply_are_in_doubt(css: str) -> None:
    sure, doubtful = told(css)
    assert sure == ""
    assert set(doubtful) == set(PERHAPS[css])


PACKED = "data:text/css;base64,YntvcmRlcjo3fQ"
WIDE = "b{order:7}".encode("utf-16-le").hex("%")
ADDRESSES = {
    "data:text/css,b{order:7}": True, "DATA:Text/CSS,b{order:7}": True, "data:text/css;charset=utf-8,b%7Border:7%7D": True, " data:text/css ,b{ord\ner:7}": True,
    f"{PACKED}==": True, PACKED: True, f"{PACKED} ==".replace("Ynt", "Yn t"): True, f"{PACKED}=": False, f"{PACKED}===": False, f"{PACKED}!": False,
    f"data:text/css;charset=utf-16le,%{WIDE}": True, f"data:text/css,%ff%fe%{WIDE}": True, "data:text/css,%EF%BB%BFb{order:7}": True,
    "data:text/css,b#{order:7}": False, "data:text/css,%23z,b{order:7}": True, "data:text/plain,b{order:7}": False, "data:,b{order:7}": False, "site.css": False, "": False,
}  # fmt: skip


def test_sheets_imported_by_sheets_without_end_put_the_page_in_doubt() -> None:
    css = "b{order:7}"
    for _ in range(13):
        css = f"@import 'data:text/css;base64,{base64.b64encode(css.encode()).decode()}';"
    assert told(css) == ("", EVERYTHING)


@pytest.mark.parametrize("address", ADDRESSES)
def test_sheets_are_read_from_addresses_as_browsers_read_them(address: str) -> None:
    assert (told(sheet_in(address))[0] == "i") is ADDRESSES[address]


HEADS = {
    "<style>b{order:7}</style>": True, "<style type='text/css'>b{order:7}</style>": True, "<style type=text/less>b{order:7}</style>": False,
    "<style media=screen>@import 'data:text/css,b{order:7}';</style>": True, "<style media=print>b{order:7}</style>": False, "<style media=' '>b{order:7}</style>": True,
    "<style media=print>} b{order:7}</style>": False, "<style media='print{}b{order:7}@media print'></style>": False, "<style media=(nothing:such)>b{order:7}</style>": False,
    "<style>b{order:1</style><style>b{order:7}</style>": True, "<noscript><style>b{order:7}</style></noscript>": False, "<template><style>b{order:7}</style></template>": False,
    "<link rel=stylesheet href='data:text/css,b{order:7}'>": True, "<link rel='Alternate StyleSheet' title=q href='data:text/css,b{order:7}'>": False,
    "<link rel=icon href='data:text/css,b{order:7}'>": False, "<link rel=stylesheet disabled href='data:text/css,b{order:7}'>": False, "<link rel=stylesheet>": False,
    "<style title=q>b{order:7}</style><style title=z>b{order:1}</style>": True, "<style title=q>b{order:1}</style><style title=z>b{order:7}</style>": False,
}  # fmt: skip


@pytest.mark.parametrize("head", HEADS)
def test_sheets_of_a_page_are_those_that_a_browser_applies(head: str) -> None:
    page = Page(
        html_tree(f"<!doctype html><html><head>{head}</head><body><b>bold</b></body></html>").root
    )
    cascade = Cascade(sheets_of(page.root), page)
    (bold,) = page.root.iter("b")
    assert (cascade.declared(bold).values.get("order") == "7") is HEADS[head]
    assert bool(cascade.doubts) is ("nothing" in head)
