"""Pages that a browser reads as XML because of their file's name."""

from __future__ import annotations

import pytest

from evaluator.documents.reading import read_document
from evaluator.errors import DocumentError

SENTENCE = "Sorted archived ledgers by hand."
_TYPE = '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">'


def _page(body: str, sheet: str = "", doctype: str = "<!DOCTYPE html>") -> bytes:
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n{doctype}\n<html xmlns="http://www.w3.org/1999/xhtml" lang="en"><head>'
        f"<title>CV</title><style>{sheet}</style></head><body>{body}<p>Baked rye.</p></body></html>"
    ).encode()


OTHER = {
    "a namespace": (f'<p xmlns="http://www.w3.org/2000/sv&#103;">{SENTENCE}</p>', ""),
    "a prefix": (f'<s:p xmlns:s="urn:x">{SENTENCE}</s:p>', ""),
    "text in a line break": (f"<br>{SENTENCE}</br>", ""),
    "an element that is closed at once": (f"<p/>{SENTENCE}", ""),
    "an end too many": (f"</div><p>{SENTENCE}</p>", ""),
    "a name that XML does not know": (f"<p>{SENTENCE}&nbsp;</p>", ""),
    "a namespace in a sheet": (f"<p>{SENTENCE}</p>", "p[*|lang]{display:none}"),
    "large letters in a sheet": (f"<p>{SENTENCE}</p>", "body>:not(P){display:none}"),
    "a value in a sheet": (f'<p lang="FR">{SENTENCE}</p>', "p:not([lang=fr]){display:none}"),
    "large letters in a tag": (f"<P>{SENTENCE}</P>", ""),
}


@pytest.mark.parametrize("name", OTHER)
def test_a_page_that_is_another_one_as_xml_is_refused_where_its_name_says_xml(name: str) -> None:
    data = _page(*OTHER[name])
    for ending in ("xhtml", "XHT", "xml"):
        with pytest.raises(DocumentError, match="takes it for XML"):
            read_document(data, f"a.{ending}")


def test_usual_pages_of_xml_are_read() -> None:
    body = (
        f'<h1>Ada</h1><p class="Lead">{SENTENCE}</p><hr/><p xml:lang="de">Brot &amp; Kuchen<br />Torte</p>'
        "<table><tr><td>Rotterdam</td></tr></table><!-- a remark --><ul>\n<li>Rye</li>\n</ul>"
    )
    sheet = (
        ".Lead { margin: 6px } @media (max-width: 900px) { td, a[href^='http'] { color: #222 } }"
    )
    for data in (_page(body, sheet), _page(f"{body}<p>a&nbsp;b</p>", sheet, _TYPE)):
        text = read_document(data, "a.xhtml").text
        assert all(word in text for word in (SENTENCE, "Kuchen", "Rotterdam", "Rye"))
