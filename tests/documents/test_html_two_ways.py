"""What two programs read of one file counts only where both show it, and what no file tells is said."""

from __future__ import annotations

import pytest

from evaluator import DocumentError
from evaluator.documents.browser_encodings import are_tags_the_same
from evaluator.documents.drawing.chromium import windows_of
from evaluator.documents.drawing.runs import in_place
from evaluator.documents.reading import read_document
from evaluator.models.document import Document, FlagKind

LINE = "Led Kubernetes platform for 200 models"
OTHERS = "<h1>Odalys Brinkhurst</h1><p>Supervised six members of staff in the bakery.</p>"
HEAD = "<!doctype html><html lang=en><meta charset=utf-8><title>r</title>"
BESIDE = "<div class=c><div class=x>{}</div><div class=y>Stock, hygiene and rota of all staff.</div></div>"
NEXT = "<p>{}</p><p><span class=s>Trained new staff in hygiene.</span></p>"
PAGES = {
    "an element beside u": "<style>u+a{{display:none}}</style><p><u>Rye.</u><a>{}</a>",
    "another that an old syntax cuts": "<style>u+abbr{{display:none}}</style><p><u>Rye.</u><abbr>{}</abbr>",
    # Trees that browsers build otherwise than the library.
    "the end of a paragraph in a drawing": "<svg width=1 height=1></p><title></svg><p>{}</p></title>",
    "the end of a line in a formula": "<math></br><title></math><p>{}</p></title>",
    "a template that is not closed": "<table><tr><td>a</td></tr><template></table><p>{}</p></template></table>",
    "a list in a list": "<select><option>Rye<keygen><select></select><p>{}</p>",
    "what scripts make of noscript": "<noscript><p title='</noscript><!--'>Bread.</p></noscript><p>{}</p><!-- -->",
    "a sheet in a formula": "<style>.x{{display:none}}</style><math><style>.x{{display:block!important}}</style></math><p class=x>{}",
    "a kind with a blank": "<style>.x{{display:none}}</style><style type='text/css '>.x{{display:block!important}}</style><p class=x>{}",
    "another page": "<meta http-equiv=refresh content='1; b.html'><p>{}",
    "nested too deeply": "<div>" * 500 + "<p>{}",
    "a sheet of XML": "<!-- --><?xml-stylesheet href='data:text/css,p%7Bdisplay:none%7D'?><p>{}",
    "an element of a drawing in XML": "<p xmlns='http://www.w3.org/2000/svg'>{}",
    # Typefaces.
    "measures far below": "<style>@font-face{{font-family:Z;src:local(Arial);descent-override:9000%}}.x{{font-family:Z}}</style><p class=x>{}",
    "a name with two blanks": "<style>@font-face{{font-family:Z  Q;src:local(Arial);size-adjust:2%}}.x{{font-family:z Q}}</style><p class=x>{}",
    "a name by a code": "<style>@font-face{{font-family:'A B';src:local(Arial);line-gap-override:99}}.x{{font-family:A\\42}}.x{{font-family:A\\ B}}</style><p class=x>{}",
    "a break in an address": "<style>@font-face{{font-family:Z;src:url('da\\9 ta:font/ttf;base64,AA')}}.x{{font-family:Z}}</style><p class=x>{}",
    # Windows.
    "some heights": "<style>.x{{display:none}}@media (height:800px),(height:900px){{.x{{display:block}}}}</style><p class=x>{}",
    "large windows": "<style>@media (min-width:1500px){{.x{{display:none}}}}</style><p class=x>{}",
    "type by the height": "<style>.x{{font-size:calc((810px - 100vh)*9)}}</style><p class=x>{}",
    # What reaches over other text.
    "padding in a line": f"<style>.s{{{{padding:50px 90px 0 0;background:#fff}}}}</style>{NEXT}",
    "a border in a line": f"<style>.s{{{{border-top:30px solid #fff}}}}</style>{NEXT}",
    "a solid shadow": f"<style>.s{{{{display:inline-block;box-shadow:0 -20px #fff}}}}</style>{NEXT}",
    "a shadow that is cast": f"<style>.s{{{{display:inline-block;filter:drop-shadow(0 -20px 0 #fff)}}}}</style>{NEXT}",
    "an outline": f"<style>.s{{{{outline:20px solid #fff}}}}</style>{NEXT}",
    "a box of a sheet": f"<style>.s::before{{{{content:'';display:inline-block;width:700px;box-shadow:0 -20px #fff}}}}</style>{NEXT}",
    "no room in a row": f"<style>.c{{{{display:flex;white-space:nowrap}}}}.x{{{{flex:none;width:90px}}}}.y{{{{background:#fff}}}}</style>{BESIDE}",
    "no room in a grid": f"<style>.c{{{{display:grid;white-space:nowrap;grid-template-columns:minmax(0,1fr) 1200px}}}}.y{{{{background:#fff}}}}</style>{BESIDE}",
    "a letter in each line": f"<style>.c{{{{display:flex}}}}.x{{{{flex:0 1 0;min-width:0;word-break:break-all}}}}</style>{BESIDE}",
    "too wide for the middle": f"<style>.c{{{{display:flex;flex-direction:column;align-items:center;width:90px}}}}.x{{{{width:1200px}}}}</style>{BESIDE}",
    "too wide for the end": f"<style>.c{{{{width:90px}}}}.x{{{{float:right;width:1200px}}}}</style>{BESIDE}",
    "an old box": f"<style>.c{{{{display:-webkit-box;-webkit-box-pack:end;width:90px}}}}.x{{{{width:1200px}}}}</style>{BESIDE}",
    "a popover": "<div popover style='display:block;left:-9999px'>{}</div>",
}  # fmt: skip


def is_counted(data: bytes, name: str = "a.html") -> bool:
    """Whether the line counts."""
    try:
        return LINE in read_document(data, name).text
    except DocumentError:
        return False


@pytest.mark.parametrize("name", PAGES)
def test_what_browsers_may_not_show_does_not_count(name: str) -> None:
    assert not is_counted((HEAD + OTHERS + PAGES[name].format(LINE)).encode())


SHOWN = {
    "a drawing": "<svg width=9 height=9><g><path d=M0/></g><circle r=3></svg><p>{}",
    "a list": "<select><option>Rye<option>Bread</select><p>{}",
    "a template": "<template><p>Bread.</p></template><p>{}</p>",
    "a word for those without scripts": "<noscript><p>Bread.</p></noscript><p>{}",
    "a typeface that stands in": "<style>@font-face{{font-family:Z;src:local(Arial);size-adjust:107%;ascent-override:90%;descent-override:22%;line-gap-override:0%}}.x{{font-family:Z}}</style><p class=x>{}",
    "a wider page in wide windows": "<style>.x{{max-width:900px}}@media (min-width:1400px){{.x{{max-width:1200px}}}}</style><p class=x>{}",
    "a button in a line": NEXT + "<style>.s{{padding:6px 12px;background:#eee;box-shadow:0 1px 3px rgba(0,0,0,.2)}}</style>",
    "a card in a row": BESIDE + "<style>.c{{display:flex;gap:9px}}.x{{flex:1;box-shadow:0 10px 25px rgba(0,0,0,.25)}}</style>",
    "a date that does not wrap": BESIDE + "<style>.c{{display:grid;grid-template-columns:minmax(0,1fr) auto}}.y{{white-space:nowrap}}</style>",
    "a column in the middle": BESIDE + "<style>.c{{display:flex;flex-direction:column;align-items:center}}.x{{width:700px}}</style>",
    "counting visits": "<script async src=https://www.googletagmanager.com/gtag/js?id=G-1></script><script>window.dataLayer=window.dataLayer||[];function gtag(){{dataLayer.push(arguments);}}gtag('js',new Date());gtag('config','G-1');</script><p>{}",
    "a description": "<script type='application/ld+json'>{{}}</script><p>{}",
    "a typeface of a word processor": "<style>@font-face{{font-family:Calibri;panose-1:2 15 5 2 2 2 4 3 2 4;mso-font-charset:0}}p{{font-family:Calibri}}</style><p>{}",
    "names of a word processor": "<div xmlns:o='urn:schemas-microsoft-com:office:office' xmlns='http://www.w3.org/TR/REC-html40'><o:p>Bread.</o:p><p>{}</div>",
    "typefaces of a known host": "<link rel=stylesheet href='https://fonts.googleapis.com/css2?family=Lato'><p>{}",
}  # fmt: skip


@pytest.mark.parametrize("name", SHOWN)
def test_ordinary_pages_are_read_without_a_word(name: str) -> None:
    document = _read(HEAD + OTHERS + SHOWN[name].format(LINE))
    assert LINE in document.text
    assert document.flags == ()


@pytest.mark.parametrize(
    "page",
    [
        "<p id=q>{}</p><script>q.remove()</script>",
        "<p id=q>{}</p><script type=module src=a.js></script>",
        "<p id=q>{}</p><iframe srcdoc='<script>parent.q.remove()</script>'></iframe>",
        "<p id=q>{}</p><script>function gtag(){{}};window['q']['remove']()</script>",
        "<body onload='q.remove()'><p id=q>{}</p>",
        "<link rel='preload stylesheet' href=a.css><p>{}",
        "<style>@import 'https://a.example/a.css';</style><p>{}",
        "<p>Bread, rye and cakes for forty shops of the town in each year.</p><style>@font-face{{font-family:Z;src:url(z.woff2)}}.x{{font-family:Z}}</style><p class=x>{}",
    ],
)  # fmt: skip
def test_what_scripts_and_other_files_may_change_is_told(page: str) -> None:
    flags = _read(HEAD + OTHERS + page.format(LINE)).flags
    assert FlagKind.LOOKS_UNCHECKED in {flag.kind for flag in flags}


@pytest.mark.parametrize(
    "source",
    [
        "<style>p{{color:#222}}</style>\n\n<h1>Odalys</h1>\n\n`<p hidden>`{}`</p>`\n\nBaked rye.\n",
        "# Odalys\n\nBaked rye and bread.\n\n`<!--`\n\n{}\n\n`-->`\n",
        "Odalys, baker\nBaked rye and bread.\n<x-a hidden>\n{}\n</x-a>\nBread.\n",
        "Odalys, baker\n\nBaked rye and bread.\n\n<section hidden>\n\n{}\n\n</section>\n",
        "---\nname: Odalys\nheadline: {}\n---\n\n# Baker\n\nBaked rye and bread for forty shops.\n",
    ],
)
def test_texts_with_tags_count_as_far_as_a_browser_shows_them(source: str) -> None:
    for name in ("a.html", "a.md", "a.txt"):
        assert not is_counted(source.format(LINE).encode(), name)


def test_texts_with_tags_that_hide_nothing_are_whole() -> None:
    source = (
        f'# Odalys <br> Brinkhurst\n\n<div align=center>\n\n**{LINE}**, see [the list](https://a.example/b "c") '
        "or <https://a.example>\n\n</div>\n\n- Kept `List<String>` and x < y in order\n"
    )
    document = read_document(source.encode(), "a.md")
    assert LINE in document.text
    assert "List<String>" in document.text
    assert document.flags == ()


@pytest.mark.parametrize(
    "data",
    [
        b"<!doctype html><!-- %PDF-1.4 -->" + OTHERS.encode(),
        b"%PDF-1.4\n<style>*{font-size:0}</style>",
        b"{\\rtf1 <!-- " + LINE.encode() + b"\\par --> Bread.}",
        b'{"basics":{"name":"Odalys <title>","summary":"' + LINE.encode() + b'"},"work":[]}',
        b"From: a@b.example\r\nSubject: CV <!--\r\n\r\n" + LINE.encode(),
        b"Subject: CV\r\nFrom: a@b.example\r\nContent-Type: multipart/mixed; boundary=q\r\n\r\n<textarea>\r\n--q\r\n\r\n"
        + LINE.encode(),
        b"<?xml version='1.0'?><office:document xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0'>"
        b"<style xmlns=''>*{}</style></office:document>",
    ],
)  # fmt: skip
def test_files_of_two_formats_are_refused(data: bytes) -> None:
    with pytest.raises(DocumentError, match="two formats"):
        read_document(data, "a.html")


def test_a_declared_encoding_matters_where_it_gives_other_tags() -> None:
    for charset, told, is_same in (
        ("iso-2022-jp", "<p hid\x1b(Bden>", False),
        ("shift_jis", ".\u00c1{ ,.x{display:none}}", False),
        ("utf-8", "<p hid\x1b(Bden>", False),
        ("windows-1252", "Köln", True),
        ("shift_jis", "Koeln", True),
        ("nonsense", "Köln", True),
    ):
        text = f"<meta charset={charset}>{told}"
        assert are_tags_the_same(text.encode(), text, "utf-8") is is_same, (charset, told)
    page = f"{HEAD.replace('utf-8', 'iso-2022-jp')}{OTHERS}<p hid\x1b(Bden>{LINE}</p>"
    assert not is_counted(page.encode())


def test_windows_are_ordinary_and_follow_from_the_page() -> None:
    sizes = [windows_of(f"<p>{number}") for number in range(6)]
    assert len({str(one) for one in sizes}) == len(sizes)
    for small, large in sizes:
        assert small["width"] == 1280
        assert 680 <= small["height"] <= 840
        assert 1440 <= large["width"] <= 1900
        assert 860 <= large["height"] <= 1080


def test_words_vouch_only_beside_the_words_that_the_document_has_there() -> None:
    known = ["Trained machine learning models in production", "Baked rye and bread.", "Go\t5"]
    shown = ["In production: trained on every machine, learning each of the models of oven"]
    assert not {"machine", "learning", "models"} & set(in_place(shown, known))
    narrow = ["Trained machine\tBaked", "learning\trye and", "models in\tbread.", "production", "Go", "5Rye"]  # fmt: skip
    assert set("trained machine learning models in production baked go 5".split()) <= set(in_place(narrow, known))  # fmt: skip


def _read(page: str) -> Document:
    return read_document(page.encode(), "a.html")
