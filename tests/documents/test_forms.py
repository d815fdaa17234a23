"""Files that hold a resume in another form: read as what they are, or refused with a reason and a way out."""

from __future__ import annotations

import base64
import io
import json
import quopri
import zipfile
from email.message import EmailMessage

import docx
import pytest
from lxml import etree

from evaluator import DocumentError, Unreadable
from evaluator.documents.reading import read_document
from evaluator.models.document import Document, DocumentFormat, FlagKind
from fixtures.corpus.hidden import odt

SENTENCE = "Sorted archived ledgers by hand every autumn."
HEAD = "Marlow Quennell, keeper of ledgers in Rotterdam."
TEXT = f"{HEAD}\n{SENTENCE}\n"
PAGE = f"<html><body><p>{HEAD}</p><p>{SENTENCE}</p><p style='display:none'>SECRET words here</p>"


def _letter(body: str = "Please find my papers attached.", **attached: bytes) -> bytes:
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = "a@mail.example", "b@mail.example", "Hello"
    letter.set_content(body)
    for name, data in attached.items():
        letter.add_attachment(
            data, maintype="application", subtype="octet-stream", filename=name.replace("_", ".")
        )
    return letter.as_bytes()


def _docx() -> bytes:
    document = docx.Document()
    document.add_paragraph(HEAD)
    document.add_paragraph(SENTENCE)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _flat_opc() -> bytes:
    space = "http://schemas.microsoft.com/office/2006/xmlPackage"
    root = etree.Element(f"{{{space}}}package", nsmap={"pkg": space})
    with zipfile.ZipFile(io.BytesIO(_docx())) as archive:
        for name in archive.namelist():
            part = etree.SubElement(root, f"{{{space}}}part", {f"{{{space}}}name": f"/{name}"})
            data = archive.read(name)
            if name.endswith((".xml", ".rels")):
                etree.SubElement(part, f"{{{space}}}xmlData").append(etree.fromstring(data))
            else:
                inside = etree.SubElement(part, f"{{{space}}}binaryData")
                inside.text = base64.b64encode(data).decode()
    whole: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return whole


def _flat_odt() -> bytes:
    made = odt(("", f"<text:p>{HEAD}</text:p><text:p>{SENTENCE}</text:p>"))
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        root = etree.fromstring(archive.read("content.xml"))
    office = root.nsmap["office"]
    flat = etree.Element(f"{{{office}}}document", nsmap=root.nsmap)
    flat.set(f"{{{office}}}mimetype", "application/vnd.oasis.opendocument.text")
    flat.extend(list(root))
    whole: bytes = etree.tostring(flat, xml_declaration=True, encoding="UTF-8")
    return whole


def _mhtml(encoding: str = "quoted-printable", charset: str = "utf-8") -> bytes:
    page = PAGE.replace("Rotterdam", "Málaga").encode(charset)
    body = base64.encodebytes(page) if encoding == "base64" else quopri.encodestring(page)
    head = (
        'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n--b\r\n'
        f"Content-Type: text/html; charset={charset}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n"
    )
    sheet = "\r\n--b\r\nContent-Type: text/css\r\n\r\nem{display:none}\r\n--b--\r\n"
    return head.encode() + body + sheet.encode()


READ: dict[str, tuple[bytes, DocumentFormat]] = {
    "mail with a page": (_letter(cv_html=PAGE.encode()), DocumentFormat.HTML),
    "mail with a Word file": (_letter(cv_docx=_docx()), DocumentFormat.DOCX),
    "mail with a rich text": (_letter(a_rtf=b"{\\rtf1 " + TEXT.encode() + b"}"), DocumentFormat.RTF),
    "mail in a mail": (_letter(forwarded_eml=_letter(cv_docx=_docx())), DocumentFormat.DOCX),
    "mail alone": (_letter(TEXT), DocumentFormat.TEXT),
    "Flat OPC": (_flat_opc(), DocumentFormat.DOCX),
    "flat ODT": (_flat_odt(), DocumentFormat.ODT),
    "MHTML": (_mhtml(), DocumentFormat.HTML),
    "MHTML in Latin-1 and base64": (_mhtml("base64", "iso-8859-1"), DocumentFormat.HTML),
}  # fmt: skip


@pytest.mark.parametrize("name", READ)
def test_the_document_inside_another_form_is_read(name: str) -> None:
    data, format_ = READ[name]
    document = read_document(data, "a.doc")
    assert document.format is format_
    assert SENTENCE in document.text
    assert "SECRET" not in document.text
    assert "Please find" not in document.text
    assert ("Málaga" in document.text) == name.startswith("MHTML")


def test_of_several_attachments_the_resume_is_read_and_the_others_are_told() -> None:
    cover = b"<html>" + b"A letter about nothing much, and longer than all else. " * 90
    letter = _letter(cover_html=cover, Lebenslauf_html=PAGE.encode(), photo_png=b"\x89PNG\r\n..")
    document = read_document(letter, "a.eml")
    assert SENTENCE in document.text
    assert [f.message for f in document.flags if f.kind is FlagKind.NOT_READ] == [
        "The e-mail also holds “cover.html”, which was not read."
    ]


def _saved(page: str, *others: str) -> bytes:
    """A saved page and the other parts of its file, each with its head."""
    html = f"Content-Type: text/html; charset=utf-8\nContent-Location: https://a.example/cv.html\n\n{page}"
    parts = "\n--b\n".join([html, *others])
    head = 'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="b"\n\n--b\n'
    return f"{head}{parts}\n--b--\n".encode()


def test_a_saved_page_has_the_sheets_that_it_asks_for_and_no_others() -> None:
    def read(link: str, sheet: str) -> str:
        part = f"Content-Type: text/css\nContent-Location: https://a.example/s.css\n\n{sheet}"
        page = (
            f"<!doctype html>{link}<p>{SENTENCE}<p class=s>SECRET words here<p class=t>Baked rye."
        )
        return read_document(_saved(page, part), "a.mht").text

    for address in ("https://a.example/s.css", "/s.css", "s.css"):
        link = f'<link rel="stylesheet" href="{address}">'
        assert "SECRET" not in read(link, ".s{display:none}"), address
    hidden = "<style>.t{display:none}</style>"
    assert "SECRET" in read("", ".s{display:none}")
    assert "rye" not in read(hidden, ".t{display:block !important}")


def test_a_saved_page_is_read_as_it_is_without_scripts() -> None:
    style = "<noscript><style>.s{display:none}</style></noscript>"
    page = f"<!doctype html>{style}<p>{SENTENCE}<p class=s>SECRET words here"
    assert "SECRET" not in read_document(_saved(page), "a.mht").text
    page = f"<!doctype html><p>{SENTENCE}<nos<noscript>cript><textarea></noscript><p>Baked rye."
    with pytest.raises(DocumentError, match="without scripts"):
        read_document(_saved(page), "a.mht")


def test_another_page_of_a_saved_one_is_not_read_in_its_place() -> None:
    named = 'Content-Type: text/html; name="resume.html"\n\n<p>SECRET words that nobody opens here'
    text = read_document(_saved(f"<!doctype html><p>{SENTENCE}", named), "a.mht").text
    assert SENTENCE in text
    assert "SECRET" not in text


REFUSED = {
    "Word 2003": b'<?xml version="1.0"?><w:wordDocument xmlns:w="x"><w:t>Ada</w:t></w:wordDocument>',
    "TeX": b"% resume\n\\documentclass[11pt]{moderncv}\n\\begin{document}\nAda Example\n",
    "a part of TeX": b"\\section{Experience}\n\\textbf{Keeper} at the depot of ledgers\n",
    "Typst": b'#set page(margin: 1cm)\n#show heading: it => it\n= Ada Example\nKeeper of ledgers\n',
    "YAML": b"cv:\n  name: Ada Example\n  sections:\n    experience:\n      - company: Depot\n        position: Keeper\n",
    "XML": b'<?xml version="1.0"?>\n<SkillsPassport><Name>Ada Example of the depot</Name></SkillsPassport>',
    "a contact card": b"BEGIN:VCARD\nFN:Ada Example of the depot\nEND:VCARD\n",
    "PostScript": b"%!PS-Adobe-3.0\n(Ada Example of the depot) show\n",
    "JSON": json.dumps({"rows": ["Ada Example keeps the ledgers of the depot"]}).encode(),
    "a flat spreadsheet": b'<?xml version="1.0"?><office:document xmlns:office='
    b'"urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:mimetype='
    b'"application/vnd.oasis.opendocument.spreadsheet"/>',
    "a mail with a program": _letter(" ", x_exe=b"MZ" + bytes(90)),
    "an Outlook message": b"\xd0\xcf\x11\xe0" + bytes(80) + "__substg1.0_".encode("utf-16-le"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_read_is_refused_with_a_way_out(name: str) -> None:
    with pytest.raises(DocumentError) as caught:
        read_document(REFUSED[name], "resume.txt")
    assert caught.value.reason is Unreadable.UNSUPPORTED
    assert caught.value.hint


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\xd0\xcf\x11\xe0" + bytes(80) + "EncryptedPackage".encode("utf-16-le"), Unreadable.ENCRYPTED),
        (b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY x 'y'>]><office:document xmlns:office='o'>&x;</office:document>", Unreadable.UNSAFE),
        (b"<?xml version='1.0'?><pkg:package xmlns:pkg='o'><a></pkg:package>", Unreadable.DAMAGED),
        (_flat_opc().replace(b"/docProps/app.xml", b"/docProps/core.xml"), Unreadable.UNSAFE),
    ],
)  # fmt: skip
def test_unsafe_and_damaged_forms_say_so(data: bytes, reason: Unreadable) -> None:
    with pytest.raises(DocumentError) as caught:
        read_document(data, "a.xml")
    assert caught.value.reason is reason


@pytest.mark.parametrize(
    "text",
    [
        "Name: Ada Example\nEmail: ada@mail.example\nCity: Rotterdam\n\nSorted archived ledgers by hand.\n",
        "Skills: Python, C#\n#1 in sales of the depot\nUsed \\LaTeX for all ledgers of the house.\n",
        "[2019 - 2021] Keeper of ledgers\n{Rotterdam} Sorted archived ledgers by hand.\n",
        "Summary:\n  Keeper of ledgers in Rotterdam.\nExperience:\n  Sorted archived ledgers by hand.\n",
    ],
)
def test_text_that_looks_like_another_form_is_text(text: str) -> None:
    assert "ledgers" in read_document(text.encode(), "a").text


def _json(value: object) -> Document:
    return read_document(json.dumps(value).encode(), "resume.json")


JSON_FORMS: dict[str, object] = {
    "a list of highlights": {
        "basics": {"name": "Ada Example"},
        "work": [{"company": "Depot", "position": "Keeper", "startDate": "2019-03-01", "endDate": "2021-06-30T00:00:00Z", "highlights": [SENTENCE]}],
    },
    "highlights in one string": {
        "resume": {
            "basics": {"name": "Ada Example"},
            "work": [{"name": "Depot", "position": "Keeper", "startDate": "2019-03", "endDate": "2021-06", "highlights": f"- {SENTENCE}\n- Second line", "keywords": "Paper, ink"}],
        }
    },
    "the first JSON Resume": {
        "bio": {"firstName": "Ada", "lastName": "Example", "websites": ["https://ada.example"]},
        "work": [{"company": "Depot", "position": "Keeper", "startDate": "2019-03", "endDate": "2021-06", "summary": [SENTENCE]}],
        "hobbies": ["Chess"],
    },
    "promotions": {
        "basics": {"name": "Ada Example"},
        "work": [{"name": "Depot", "positions": [{"position": "Keeper", "startDate": "2019-03", "endDate": "2021-06", "summary": SENTENCE}]}],
    },
    "Reactive Resume 3": {
        "basics": {"name": "Ada Example", "summary": {"body": "Keeper."}},
        "sections": {"work": {"name": "Work", "visible": True, "items": [{"name": "Depot", "position": "Keeper", "date": {"start": "2019-03-01", "end": "2021-06-01"}, "summary": SENTENCE}]}},
    },
    "Reactive Resume 4": {
        "basics": {"name": "Ada Example", "customFields": [{"name": "Permit", "value": "yes"}]},
        "sections": {
            "experience": {"name": "Work", "visible": True, "items": [
                {"visible": True, "company": "Depot", "position": "Keeper", "date": "2019-03 – 2021-06", "summary": f"<ul><li><p>{SENTENCE}</p></li></ul>"},
                {"visible": False, "company": "SECRET", "position": "SECRET", "summary": "SECRET"},
            ]},
            "custom": {"x": {"name": "More", "items": [{"name": "Chess"}]}},
        },
    },
    "Reactive Resume 5": {
        "basics": {"name": "Ada Example", "website": {"url": "https://ada.example"}},
        "summary": {"title": "About", "hidden": True, "content": "<p>SECRET</p>"},
        "sections": {"experience": {"title": "Work", "items": [{"hidden": False, "company": "Depot", "position": "Keeper", "period": "2019-03 – 2021-06", "description": f"<p>{SENTENCE}</p>"}]}},
        "customSections": [{"type": "projects", "title": "Extra", "items": [{"name": "Chess", "description": "<p>A game</p>"}]}],
    },
}  # fmt: skip


@pytest.mark.parametrize("name", JSON_FORMS)
def test_every_form_of_a_json_resume_has_its_sections(name: str) -> None:
    document = _json(JSON_FORMS[name])
    assert document.format is DocumentFormat.JSON_RESUME
    for told in ("Ada Example", "Keeper", "Depot", SENTENCE, "2019-03 – 2021-06"):
        assert told in document.text
    assert "SECRET" not in document.text
    assert document.flags == ()


def test_fields_that_no_theme_prints_are_told_and_not_read() -> None:
    document = _json({
        "basics": {"name": "Ada Example of Rotterdam"},
        "work": [{"name": "Depot", "secret": "SECRET words that nothing prints"}],
        "trail": [{"text": "SECRET words that nothing prints"}],
    })  # fmt: skip
    assert "SECRET" not in document.text
    (flag,) = document.flags
    assert flag.kind is FlagKind.NOT_READ
    assert "“work.secret”, “trail”" in flag.message


@pytest.mark.parametrize(
    "text",
    [
        f"# Ada Example\n\n## Work\n\n**Keeper**, Depot\n{SENTENCE}\n",
        f"Ada Example\nada@mail.example\n\nWork\n{SENTENCE}\n",
        f"---\nname: Ada Example\ntheme: dark\n---\n\n- {SENTENCE}\n",
        f"Ada Example\n\n<!---- SECRET words of a draft ---->\n\n{SENTENCE} 12 \\%\n",
        f"Ada\n\n| Year | Where |\n|---|---|\n| 2019 | Depot |\n\n{SENTENCE}\n",
    ],
)
def test_the_same_bytes_give_the_same_reading_under_every_name(text: str) -> None:
    first, *others = (read_document(text.encode(), f"a{end}") for end in (".md", ".txt", ""))
    assert SENTENCE in first.text
    assert "SECRET" not in first.text
    for other in others:
        assert (other.text, other.lines, other.flags, other.format) == (
            first.text,
            first.lines,
            first.flags,
            first.format,
        )


def test_front_matter_gives_its_name_and_keeps_the_rest_aside() -> None:
    source = f"---\ntitle: Ada Example\nemail: ada@mail.example\nlayout: page\n---\n# Work\n\n{SENTENCE}\n"
    document = read_document(source.encode(), "a.md")
    assert document.text.splitlines()[:2] == ["Ada Example", "email: ada@mail.example"]
    assert "page" not in document.text
    assert document.flags == ()


@pytest.mark.parametrize("mark", ["o ", "o\t", "\uf0b7 ", "\uf0a7\t", "• "])
def test_bullets_that_word_processors_leave_behind_begin_statements(mark: str) -> None:
    source = f"Ada Example\nKeeper, Depot\n{mark}{SENTENCE}\n{mark}Counted crates.\n"
    for name in ("a.txt", "a.md"):
        lines = read_document(source.encode(), name).text.splitlines()
        assert lines[2][0] in "•▪"
        assert lines[2].endswith(SENTENCE)


@pytest.mark.parametrize("hyphens", ["--", "---", "----", "-----"])
def test_a_comment_with_hyphens_is_no_reason_to_fail(hyphens: str) -> None:
    page = f"<html><p>{SENTENCE}</p><!-- {hyphens} SECRET old job title {hyphens} --><p>{HEAD}</p>"
    document = read_document(page.encode(), "a.html")
    assert SENTENCE in document.text
    assert HEAD in document.text
    assert "SECRET" not in document.text


def test_short_pages_are_read() -> None:
    page = b"<html><body><h1>A</h1><!-- ---- old job ---- --><p>Built a model.</p></body></html>"
    document = read_document(page, "a.html")
    assert "Built a model." in document.text
    assert document.flags == ()


_SHEET = "Content-Type: text/css\nContent-Location: https://a.example/s.css\n\n.s{display:none}"
_OWN = f"<!doctype html><p class=s>{SENTENCE}"
UNCLEAR = {
    "text in front of the page": _saved(_OWN).replace(
        b"--b\nContent-Type: text/html", b"--b\nContent-Type: text/plain\n\nBread.\n--b\nContent-Type: text/html"
    ),
    "two encodings": _saved(_OWN).replace(
        b"Content-Location", b"Content-Transfer-Encoding: 8bit\nContent-Transfer-Encoding: base64\nContent-Location"
    ),
    "two boundaries": _saved(_OWN).replace(b'boundary="b"', b'boundary="a"; boundary="b"'),
    "an escape that is none": _saved(_OWN.replace("class=s", "class=3D's==t'")).replace(
        b"Content-Location", b"Content-Transfer-Encoding: quoted-printable\nContent-Location"
    ),
    "a document beside the page": _saved(
        "<!doctype html><p>Bread.", f"Content-Type: application/rtf; name=cv.rtf\n\n{{\\rtf1 {SENTENCE}\\par}}"
    ),
    "a sheet asked for in signs by number": _saved(f"<link rel=stylesheet href='s&#46;css'>{_OWN}", _SHEET),
    "a sheet asked for by a sheet": _saved(f"<style>@import 's.css';</style>{_OWN}", _SHEET),
    "a sheet of another kind": _saved(
        f"<link rel=stylesheet href=s.css>{_OWN}", _SHEET.replace("text/css", "application/x-css")
    ),
    "a link in a remark": _saved(f"<!-- <link --><link rel='stylesheet' href='s.css'>{_OWN}", _SHEET),
    "a page in a plain text": f"From: a@b.example\nSubject: CV\n\n{_OWN}".encode(),
}  # fmt: skip


@pytest.mark.parametrize("name", UNCLEAR)
def test_a_saved_page_of_which_programs_show_different_ones_is_refused(name: str) -> None:
    with pytest.raises(DocumentError) as caught:
        read_document(UNCLEAR[name], "a.mht")
    assert caught.value.reason is Unreadable.UNSAFE
    assert caught.value.hint


def test_no_text_of_a_saved_page_is_changed_for_its_sheets_and_scripts() -> None:
    sheet = "Content-Type: text/css\nContent-Location: s\n\nb{color:#000}"
    for told in ('class="s"', 'title="https://a.example/s"'):
        page = f"<!doctype html><style>[class=s],[title^=https]{{display:none}}</style><p {told}>SECRET words<p>{SENTENCE}"
        text = read_document(_saved(page, sheet), "a.mht").text
        assert SENTENCE in text
        assert "SECRET" not in text


def test_usual_saved_pages_and_letters_are_read() -> None:
    link = '<link rel="icon" href="f.png"><link rel="stylesheet" type="text/css" href="cid:css-1@mhtml.blink">'
    page = f"<!DOCTYPE html><html><head>{link}</head><body><p>{SENTENCE}</p><noscript>Allow scripts.</noscript></body></html>"
    sheet = 'Content-Type: text/css\nContent-ID: <css-1@mhtml.blink>\n\n@charset "utf-8";\np{color:#222}'
    picture = "Content-Type: image/svg+xml\nContent-Location: https://a.example/f.png\n\n<svg/>"
    frame = "Content-Type: text/html\nContent-ID: <frame-2@mhtml.blink>\n\n<p>SECRET words of another frame"
    text = read_document(_saved(page, frame, sheet, picture), "a.mhtml").text
    assert SENTENCE in text
    assert "SECRET" not in text
    letter = EmailMessage()
    letter["Subject"], letter["From"], letter["To"] = "CV", "a@mail.example", "b@mail.example"
    letter.set_content(f"{SENTENCE}\n")
    letter.add_alternative(f"<html><body><p>{SENTENCE}</p></body></html>", subtype="html")
    assert SENTENCE in read_document(bytes(letter), "a.eml").text
